"""A conversation as the page would keep it."""

from rag.conversations.kept import KeptAnswer, KeptTurn
from rag.types import Answer, Cell, Citation, Doubt, Filters, Plan, Provenance, Table

VISITOR = "browser:ann"
CITATION = Citation(
    1, "p1", "On kelp", ("Ann Bée", "Bo"), 2021, "Oceans", "https://example.org/1", "Kelp is brown.", True
)
DOUBTED = Citation(2, "p2", "On tides", (), None, None, None, "Tides come twice.", False)
FILTERS = Filters(("Ann Bée",), "Oceans", (2020, None), ("Cy",), ("Lakes",), ("year", "link"), (None, 3))
PLAN = Plan(
    "kelp",
    "compare",
    FILTERS,
    "authors",
    "kelp",
    ("KelpNet", "TMT"),
    ("Ann",),
    (Doubt("Wen", ("A Wen", "B Wen"), True),),
)
ANSWER = Answer(
    question="Which is browner, 昆布 or dulse?",
    standalone_question="Which is browner?",
    kind="compare",
    answer="Kelp is **brown**. [1] It is tidal. [2][?]",
    refused=False,
    citations=(CITATION, DOUBTED),
    model="tern",
    unsupported=("It is tidal.",),
    problem="It was slow. Wait.",
    provenance=Provenance("rev", "rag 1", "http://localhost", 0.0, 7, 8192, 512, True),
    plan=PLAN,
    offers=("And dulse?",),
    table=Table(("Paper", "Hue"), ((Cell("On kelp", (1,)), Cell("brown")),)),
    written=("Kelp is **brown**.",),
)
GIVEN = KeptAnswer(ANSWER.answer, ANSWER.citations, ANSWER, False, "", "By tern.")
ASKED = KeptTurn(ANSWER.question, FILTERS, (("kind", "list"), ("years", "2020–")))
