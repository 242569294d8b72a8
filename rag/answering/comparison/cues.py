"""The words by which a sentence shows what it tells: of a contribution, a gap, data, a result, a limit, of code."""

from __future__ import annotations

import re

from rag.retrieval.expectation import ADDRESS


def _any(*phrases: str) -> str:
    """A pattern for any of these, which stand apart by blanks; `_` is a blank within one."""
    return "(?:" + "|".join(each.replace("_", " ") for text in phrases for each in text.split()) + ")"


def _words(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(*phrases)}\b", re.IGNORECASE)


_PAPER = r"(?:paper|work|article|study|survey|research|letter|report|thesis|contribution)"
_METHOD = r"(?:approach|method|model|framework|system|algorithm|technique|estimator|controller)"
_US = (
    rf"(?:we|i|the authors?|th(?:is|e|e present) {_PAPER}|our (?:\w+ )?(?:{_METHOD}|{_PAPER}|goal|aim|objective)s?"
    r"|(?:goal|aim|objective|purpose) of this \w+)"
)
_MAKE = _any(
    "propos introduc present develop design devis build built creat construct describ provid offer formulat deriv",
    "establish contribut releas collect curat give extend adapt leverag combin exploit employ utili[sz]",
    "us(?:e|es|ing) apply applies",
)
_STUDY = _any(
    "stud[iy] investigat explor examin analy[sz] consider revisit address tackl ask survey review characteri[sz]"
)
_TRY = _any("evaluat compar test show find demonstrat prov")
_ADVANCED = r"\b(?:is|are) (?:then |hereby )?(?:proposed|presented|introduced|described|developed)\b"

MAKES = re.compile(rf"\b{_US}\b[^.;]{{0,60}}?\b(?<!the )(?<!our ){_MAKE}\w*(?! that\b)|{_ADVANCED}", re.IGNORECASE)
STUDIES = re.compile(
    rf"\b{_US}\b[^.;]{{0,60}}?\b{_STUDY}\w*|\b(?:is|are) (?:studied|investigated|considered)\b"
    rf"|\bthis {_PAPER} (?:\w+ )?(?:show|reveal|demonstrat|argu|prov|uncover|identif|aim|seek)\w*",
    re.IGNORECASE,
)
TRIES = re.compile(rf"\b{_US}\b[^.;]{{0,60}}?\b{_TRY}\w*", re.IGNORECASE)
OWN = _words(rf"we our ours this_(?:{_PAPER}|{_METHOD}) the_proposed the_(?:present|resulting)_\w+")
COLLECTS = re.compile(r"\bwe (?:\w+ ){0,2}?(?:collect|gather|annotat|record|curat|compil)\w*", re.IGNORECASE)
REPORTS = re.compile(
    r"\b(?:we|results?|analysis|experiments?|study|findings?)\b[^.;]{0,60}?"
    r"\b(?:show|find|found|reveal|observe|demonstrate|prove|indicate|suggest)\w*",
    re.IGNORECASE,
)

GAP = _words(
    r"however but yet despite although challeng\w* difficult\w* hard lack\w* limit\w* suffer\w* fail\w* struggl\w*",
    r"remain\w* unclear unknown scarc\w* expensive costly slow\w* cannot bottleneck\w* hinder\w* prone overlook\w*",
    r"unable neglect\w* ignor\w* rarely insufficient\w* inefficient\w* poor\w* unexplored infeasible intractable",
    r"do(?:es)?_not not_been few little rare no drawback\w* tedious time-consuming",
)
NEED = _words(r"problems? requir\w* need\w* crucial important essential critical key fundamental")
TASK = re.compile(
    r"\b(?:problem|task|question|challenge|issue)s? of\b|\bask (?:whether|how|if)\b|\b(?:aim|goal|objective)s?\b"
    r"|\?$|\binterested in\b",
    re.IGNORECASE,
)

_SETS = _any(
    "benchmark_(?:data_?sets?|suites?) data_?sets? datasets? benchmarks? corpus corpora test_?sets? test_?suites?",
    "test_?beds? simulators? leaderboards? simulated_(?:data|environments?) synthetic_(?:data|images) challenge_set",
    "real[-_]world_(?:data|images|scenes|scenarios)",
)
_THINGS = _any(
    "images? videos? clips questions? sentences? documents? articles? abstracts? papers? reviews? tweets? samples?",
    "examples instances annotations summaries patients participants subjects users volunteers scenes tracks?",
    "trajectories episodes demonstrations tasks games recordings utterances molecules graphs scans drones robots",
    "objects datasets? benchmarks? languages domains species claims pairs problems environments",
)
_HOW_MANY = (
    r"(?:\d[\d,.]*\s?[kKM]?|two|three|four|five|six|seven|eight|nine|ten|several|(?:hundred|thousand|million)s of)"
)
# Names as data sets have them, one or a list: HMDB51, UCF-101, and Kinetics-400.
_COINED = r"(?:[A-Z][\w-]*[A-Z0-9][\w.-]*\w|[A-Z][\w-]*\d+\w*)(?: [12]\d?M?\b| v\d+\b)?"

PLACE_TO_TRY = re.compile(r"simulator|test ?bed", re.IGNORECASE)
DATA = re.compile(rf"\b{_SETS}\b", re.IGNORECASE)
COUNTED = re.compile(rf"(?<![\w.,-]){_HOW_MANY}\s+(?:[\w'’-]+\s+){{0,4}}?{_THINGS}\b", re.IGNORECASE)
NAMED = re.compile(rf"\b(?i:on|across|over)\s+(?P<names>(?:the\s+)?{_COINED}(?:(?:, (?:and )?| and |/){_COINED})*)")
EVALUATES = re.compile(
    r"\b(?:evaluat\w+|experiment\w*|test(?:s|ed|ing)?|validat\w+|benchmark(?:ed|ing)|simulations?|train(?:ed|s)"
    r"|pre-?trained|results?|performance|fine-tun\w+|demonstrat\w+|illustrat\w+|appl(?:y|ied))\b[^.;]{0,70}?"
    r"\b(?:on|across|over|with|using|in|from|against)\b",
    re.IGNORECASE,
)

_NUMERAL = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d+)"
NUMBER = re.compile(
    r"(?<![\d.,])\d(?:[\d.,]{0,20}\d)?\s?(?:%|percent|per cent|×|x\b|times\b|-?fold\b|points?\b|dB\b|fps\b|ms\b"
    r"|milliseconds?|seconds?"
    r"|minutes?|hours?|frames per|[kMG]?bps|mm\b|cm\b|met(?:er|re)s?|degrees?|centimet)|\d+\.\d+"
    r"|\b(?:factor|order)s? of\b|\b(?:twice|half|fewer|one[- ]third|two[- ]fold|ten[- ]fold)\b"
    rf"|\d+ (?:of|out of|to|per) \w*\d*|\b(?:one|all|{_NUMERAL}) (?:out )?of (?:the )?{_NUMERAL}\b",
    re.IGNORECASE,
)
METRIC = _words(
    r"accurac\w+ errors? f1 f-score scores? au(?:c|roc) fid map iou bleu rouge precision recall success_rates?",
    r"speed\w* rates? rmse psnr ssim dice latency throughput perplexity cost time memory drift\w* bias variance",
)
RIVAL = re.compile(
    r"\b(?:than|while|against|compared|versus|vs|over|from [\d.]+%? to|(?:up|down) from|down to|outperform\w*"
    r"|surpass\w*)\b",
    re.IGNORECASE,
)
_SHOW = r"(?:show|find|found|prove|demonstrate|indicate|suggest|reveal|confirm|verify|observe|conclude)"
ACHIEVES = re.compile(
    r"\b(?:outperform\w*|surpass\w*|achiev\w+|reach\w*|attain\w*|improv\w+|reduc\w+|lower\w*|increas\w+|exceed\w*"
    r"|obtain\w*|yield\w*|state[- ]of[- ]the[- ]art|superior\w*|competitive|comparable|better|faster|higher|stronger"
    r"|fewer|effective\w*|robust\w*|answers?|fall|converge\w*|guarantee\w*|near-optimal|bounds?"
    r"|(?:error|accuracy|score|rate|bias|fid|bleu|auc|f1|map|loss|drift)s? (?:of|is|falls?)"
    rf"|we (?:\w+ ){{0,2}}?{_SHOW}|(?:is|was) shown|analysis \w+ that|(?:results?|experiments?) {_SHOW}\w*)\b",
    re.IGNORECASE,
)
OUTLOOK = re.compile(
    r"\b(?:future|pave\w*|opens?|potential(?:ly)? (?:for|to|applications?)|insights?|implications?|promising"
    r"|highlight\w*|contribut\w* to|underscor\w*|we (?:hope|believe|discuss|recommend)|useful for|lends?|valuable"
    r"|serves? as|outlook|concludes?|(?:findings|results) (?:suggest|position)"
    r"|are (?:discussed|presented|reported|given))\b",
    re.IGNORECASE,
)

_NOT = r"(?:do|does|did)(?: not|n['’]t)"
LIMIT = re.compile(
    rf"\b(?:fails?\b|failed\b|struggl\w+|cannot\b|can not\b|(?:un|not )able to|{_NOT}\b|only works?|works? only"
    r"|only (?:when|if|for|on|in|under)\b|(?:limited|restricted|confined) to|degrades?\b|deteriorates?\b|falls? short"
    r"|at the (?:cost|expense) of|loses\b|still (?:lag|suffer|lack|requir|depend|fall)\w*"
    r"|less (?:effective|accurate|reliable|robust)|requires? (?:at least|prior|knowledge|access|more)|mixed results)",
    re.IGNORECASE,
)
LIMITATION = re.compile(
    r"\b(?:limitations?|drawbacks?|shortcomings?|caveats?|weakness(?:es)?) (?:of|in|to) (?:our|this|the (?:proposed"
    r"|present))|\b(?:our|its|one|main|key|some|certain) (?:\w+ )?(?:limitations?|drawbacks?|shortcomings?|caveats?)\b"
    r"|\b(?:left|leave\w*) (?:\w+ )?(?:for|to|as) future\b|\b(?:our|in) future work\b|\bfuture work (?:will|is)\b"
    r"|\broom for (?:further )?improvement\b",
    re.IGNORECASE,
)
LOSES = re.compile(r"\bloses\b", re.IGNORECASE)
COST = re.compile(r"loses\b|at the (?:cost|expense) of|falls? short", re.IGNORECASE)
"""What falls short is what the sentence speaks of, whatever that is called."""
OVERCOMES = re.compile(
    r"\b(?:address|overcom|tackl|mitigat|alleviat|resolv|remov|solv|remed|lift|circumvent|avoid|eliminat|reduc)\w*\b"
    r"[^,;]{0,40}$",
    re.IGNORECASE,
)
"""What stands before a limit of something else, which this paper does away with."""
HARMLESS = re.compile(
    rf"{_NOT} (?:\(\w\) )?(?:require|need|rely|depend|assume|use|involve|suffer|make|have to|impose|change|increase"
    r"|affect|introduce|lose|harm|degrade|compromise|only|just|merely|find|observe|see|aim|claim|consider)"
    rf"|{_NOT}\W*$|requires? only",
    re.IGNORECASE,
)
"""What a method does without is no limit of it, nor is what was not found."""
OTHERS = re.compile(
    r"\b(?:existing|previous|prior|current|conventional|traditional|others?|baselines?|state[- ]of[- ]the[- ]art"
    r"|earlier|most|many|recent|these|they|humans?|unlike|whereas|standard|classical|often|typically|llms|models)\b",
    re.IGNORECASE,
)
"""Who it is that falls short, where that is not this paper's own."""
ITSELF = re.compile(rf"\b(?:our|we|it|this (?:{_METHOD}|{_PAPER})|the (?:proposed )?{_METHOD})\b", re.IGNORECASE)

_PROGRAM = (
    r"(?:(?:source )?codes?(?!-)|implementations?|software|toolkits?|scripts|weights|checkpoints|demos?"
    r"|repositor(?:y|ies)|project (?:page|website)|(?:our|pre-?trained|trained) models?)"
)
_GIVE = r"(?:releas\w+|open[- ]?sourc\w+|publish\w*|shar(?:e|ing)|provid\w+|mak(?:e|ing))"
_BETWEEN = r"(?:all |the |our |its |both )*(?:\w+,? (?:and )?){0,3}"
SOMEWHERE = ADDRESS
LICENCE = re.compile(r"\bli[cs]en[cs]e|\bwe (?:will )?release\b", re.IGNORECASE)
CODE = re.compile(
    rf"\b{_PROGRAM}\b[^.;]{{0,80}}?\b(?:available|released?|accessible|open[- ]?sourced|published|provided"
    rf"|found (?:at|in|on|here)|publicly)\b|\b{_GIVE} {_BETWEEN}{_PROGRAM}\b(?=[^.;]*\b(?:public\w*|open\w*|online"
    rf"|available|github|http|at)\b)"
    rf"|\b(?:we|and) (?:will )?(?:release|open[- ]?source) {_BETWEEN}(?:{_PROGRAM}|models?)\b",
    re.IGNORECASE,
)
OFFERS = re.compile(
    rf"\b(?:{_PROGRAM}|models?|data\w*|available|released?|accessible|visit|see|found|page|website|homepage|hosted"
    r"|videos?)\b",
    re.IGNORECASE,
)
"""Words with which an address is given for something to be had."""
MATERIAL_AT = re.compile(
    rf"(?<![/\w])(?:(?:our|the|all|source|project) )*\b(?:{_PROGRAM}|models?|data\w*)\b[^;:]{{0,80}}"
    r"(?:https?://|www\.|git(?:hub|lab)\.)\S*",
    re.IGNORECASE,
)
"""What is to be had, with its address, within a longer sentence."""
