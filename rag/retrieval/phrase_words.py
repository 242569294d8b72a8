"""English words that are in no phrase which names a field, and such that say little in one."""

from __future__ import annotations

JOINT = "of"
"""The one function word that stands inside phrases: "chain of thought"."""

# Grammar, and what papers say of themselves and of one another.
BREAKS = frozenset(
    """
about above accordingly account accounts accurate accurately achieve achieved achieves achieving across adapt adapts
additional additionally address addressed addresses addressing adopt adopted advantage advantages after again against
ago aim aimed aims allow allowed allowing allows almost alone along already also although always am among amount
amounts analyze analyzed analyzes analyzing and another anything applied applies apply applying approach approaches
are argue arise arises as aspect aspects assume assumes assuming at attempt attempts author authors available away
back based be became because become becomes been before begin being believe below benefit benefits besides best better
between beyond bring brings broad broader build building builds built but by call called came can cannot capable
capture captures capturing case cases cause certain challenge challenges challenging change changes choose chosen
clear clearly combine combined combines combining come comes common commonly comparable compare compared comparing
complex complicated comprehensive comprise compute computed computes conduct conducted conducting consider considered
considering considers consist consisting consists construct constructs contain containing contains contrast contribute
contributes contribution contributions conventional core could cover covers create created creates creating critical
crucial current currently deal dealing define defined defines defining deliver delivers demonstrate demonstrated
demonstrates demonstrating denote depend depending depends derive derived derives describe described describes
describing designing desirable desired despite detail detailed details determine develop developed developing develops
did differ difference differences different differently difficult directly discuss discussed discusses do does doing
done drawback due during e easily easy effective effectively efficiently either eliminate eliminates eliminating else
emerge emerged emerging employ employed employing employs enable enabled enables enabling encode encodes encourage
end-to-end enhance enhanced enhances enhancing enough ensure ensures ensuring entire especially essential establish
establishes estimate estimated estimates etc evaluate evaluated evaluates evaluating even everything evidence examine
examined examines example examples exceed exceeds excellent exhibit exhibits exist existing exists expect expected
expensive experiment experimental experimentally experiments explain explains exploit exploiting exploits explore
explored explores exploring extend extended extends extension extensive extract extracting extracts facilitate
facilitates fail failing fails far feasible few final finally find finding findings finds fine-grained first five
flexible focus focuses focusing follow followed follows for former formulate formulated found four framework
frameworks friendly from full fully fundamental further furthermore future gain gains general generally generate
generates get give given gives giving go goal goals goes good great greater greatly growing guide guided guides had
handle handles handling hard has have having he help helpful helps hence here herein high-level high-quality higher
higher-level highest highlight highlighting highlights highly him however hundreds i idea ideal identified identifies
identify identifying if illustrate illustrates impact impacts implement implemented implementing implements importance
important impressive improve improved improvement improvements improves improving in include includes including
incorporate incorporates incorporating increase increased increases increasing increasingly infer inherent innovative
insight insights inspired instead integrate integrated integrates integrating interesting into introduce introduced
introduces introducing investigate investigated investigates involve involves involving is issue issues it itself just
keep key kind kinds know known lack lacks large-scale largely last lead leading leads learn learned learns least led
less let leverage leveraged leverages leveraging like likely limit limitation limitations limited limits literature
little lot low-level lower made main mainly maintain maintaining maintains major make makes making manner may maybe me
meanwhile meet meets method methodologies methodology methods might million mitigate mitigates moderate modern more
moreover mostly motivate motivated moving much must my name named namely naturally necessary need needed needs neither
never nevertheless new newly next no non none nor not notable notably nothing novel now number numerous observe
observed observes obtain obtained obtaining obtains occur of offer offering offers often on once one ones only onto
open-source optimize optimized optimizes optimizing or order original originally other others otherwise ours out
outperform outperformed outperforming outperforms over overall overcome own paper papers part particular particularly
per perceive percent percentage perform performance performed performing performs play plays plug-and-play popular
pose poses possible potential potentially powerful practical precise precisely predict predicts present presented
presenting presents preserve preserves preserving prevent prevents previous previously principled prior produce
produced produces producing promising proper properly properties property propose proposed proposes proposing prove
proves provide provided provides providing publicly purpose put quite range ranging rapid rapidly rather reach reached
reaches real- realistic realize really reasonable receive received recent recently recognize recognizing reduce
reduced reduces reducing regarding related relative release released relevant reliable reliably relies rely relying
remain remaining remains remarkable remarkably remove removes report reported reports represent represents require
required requires requiring research researchers respect respective respectively respond result resulting results
rethink rethinking reveal reveals revisit revisiting rich rising robust robustly run running runs same satisfy say
says scalable scenario scenarios second see seek seem seems seen select selecting selects serious serve serves serving
set sets setting settings severe share shares sharing she should show showcase showed showing shown shows significant
significantly similar simple simply simultaneously since single six so solution solutions solve solved solves solving
something sometimes sophisticated special specific specifically standard start starting starts state-of-the-art stem
stems step steps still straightforward strong studied studies study studying substantial substantially success
successful successfully suffer suffers sufficient suggest suggests suitable summarize superior supports surpass
surpasses surpassing survey systematic systematically t tackle tackles tackling take taken takes taking target
targeted targeting technique techniques tend tends term termed than them themselves then theoretical theoretically
there thereby therefore they thing things third thorough though thousands through throughout thus time-consuming title
to today together too toward towards trade-off trade-offs traditional train trained trains turn turns typical
typically under underlying understand unfortunately unified unify unifying unique unlike until up update updates
updating upon us use used useful user- uses using usually utilize utilizes utilizing validate validated validates
valuable variety vary varying vast verify versus very via viewed want was way ways we well were when where whereas
whether while who whole whom whose why wide widely will with within without work working works world would write
written yet yield yielding yields you your
""".split()
)

# They stand before a noun and after a verb, but not after a noun.
DETERMINERS = frozenset(
    """
a all an any both each every her his how its many most multiple our several some such that the their these this those
three two various what which
""".split()
)

# Words that say little: no phrase of these alone names a field, and one that ends in them is named better otherwise.
WEAK = frozenset(
    """
ability access account accuracy action adaptation adjustment algorithm allocation analysis annotation answer
application architecture area assessment automatic averaging baseline behavior behaviour benchmark bias body bound
capability choice class code collaboration collapse collection complexity component computation computer condition
consistency constraint construct construction content context cost data dataset demand design designed development
dimension distribution domain dynamic effect effectiveness efficiency efficient effort element end environment error
evaluation evolution extraction factor feature feedback field file formulation function gap generalization generated
generation group hardware high horizon human image implementation information input insight instance intelligence
interaction interface knowledge layer learning level line long loss low maneuver matrices matrix meaning
measure mechanism metric model modeling module motion network object objective observation operation operator optimal
output paradigm parameter part pattern people perspective pipeline point policy prediction prior problem procedure
process processing program qualitative quality quantitative question rate relationship representation resource
response robustness role rule sample sampling scale scaling scenario scene score selection sequence signal size small
source space speed stability state steering strategy structure support system task term test text theory time tool
training transfer type understanding unit user value variable video visual
""".split()
)

# Second parts of adjectives with a hyphen, as in "vision-based".
ADJECTIVAL = frozenset(
    """
agnostic aided assisted augmented aware based centric dependent driven enabled enhanced free guided informed invariant
level like oriented powered scale shot specific time wise
""".split()
)

# Nouns that end as adverbs do.
NO_ADVERBS = frozenset("anomaly assembly butterfly family fly italy july monopoly reply supply".split())
