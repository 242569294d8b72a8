"""English words with a part in how a question is built, as the stems the index knows them by."""

from __future__ import annotations

from rag.index.terms import analyse


def _stems(words: str) -> frozenset[str]:
    return frozenset(analyse(words))


# Words that ask, join or address the assistant, and say nothing of the subject.
FUNCTION_WORDS = _stems("""
a about above across after all also am among an and any anyone anything are as at be because been before
being besides between both but by can could did do does doing done down during each either else every for from
further get gets getting give gives got had has have having he her here hers him his how however i if in
into is it its just kind let like made make makes many may me might more most much must my neither no nor
not of off ok on once one only or other our out over own per please same shall she should show shows so some
something sort such tell than that the their theirs them then there these they thing things this those
through to too under until up upon us use used uses using very via want was we were what whats when where
whether which while who whom whose why will with within without would yes you your ask asked explain
describe find know mention mentioned say says said paper papers library abstract abstracts author authors
article articles exactly actually according regarding
""") | {"s", "t"}

# Measures: a paper that does not have the word does not state the amount.
QUANTITIES = _stems("""
accuracy age amount amounts auc bleu budget coefficient cost count date depth dimension duration eer epsilon
error f1 factor fid fraction frequency gain improvement intensity iou latency length level loss map memory
number optimizer optimiser percentage perplexity precision price rank rate ratio recall reward score size
speed speedup temperature threshold throughput time value wer weight width year
""")

# "By how many percent", "by what factor": the unit of the answer, not what is asked for.
UNITS = _stems("percent percentage points times milliseconds orders")
FORMS = _stems("amount amounts factor fraction number percentage ratio")

# Words that ask for someone's work as a whole, and nothing of its contents.
WORK_AS_A_WHOLE = _stems("""
work works worked working research researched study studied publish published publications written write
writes writing wrote summarize summarise summary overview contributions topics main done far list together
jointly collaborate collaborated collaborations coauthor coauthored
""")

# Words that can be asked of any paper, so that a question with no others is about the one spoken of.
OF_ANY_PAPER = (
    QUANTITIES
    | UNITS
    | WORK_AS_A_WHOLE
    | _stems("""
ablation ablations advantage advantages approach architecture art assumption assumptions available baseline
baselines batch beat benchmark benchmarks best better big bigger called claim claims class classes code
company compare compared comparison compute conclude conclusion conclusions contribution contributions data
dataset datasets demo differ different disadvantage disadvantages download drawback drawbacks eight evaluate
evaluated evaluation example examples expensive experiment experiments fail fails fast faster find finding
findings five four future github goal good gpu gpus hard hardware help hidden high hyperparameter
hyperparameters idea implementation implemented improve improved input interesting key label labels language
large larger layer layers learning licence license limit limitation limitations limits link long loss low
machine main many measured method methods metric metrics model models motivation name named needed network new
nine novel novelty number numbers one open optimizer original outperform output parameter parameters people
perform performance point prior problem problems programming proof propose proposed prove public publicly
question questions rate real reason release released repository reproduce result results robust run runs
sample sampled samples scale seed seeds set sets setting setup seven show significant simple single six slow
small source state study summary takeaway task tasks team ten test tested tests theory three tool train
trained training tried two validate validated validation version weakness weaknesses weights work worse
""")
)

# Words, as written, that end the noun phrase after "how many" or "what".
PHRASE_ENDS = frozenset(
    """
a an and are as at be been by can could did do does for from get gets had has have in is it may might must
of on or per should than that the they to was we were when which who will with would you took take takes
need needs needed use uses used reach reaches reached achieve achieves achieved obtain obtains obtained give
gives given make makes made work works worked go goes fit fits span spans
""".split()
)
