"""The values that flow through the house. All are frozen: a stage returns new ones."""

from rag.types.answers import Answer, Cell, Citation, Grounds, Prompt, Provenance, Support, Table
from rag.types.finding import EVERYTHING, Asks, Doubt, Evidence, Filters, Hit, Kind, Lacking, Message, Plan, Role
from rag.types.papers import BadRecord, Chunk, Paper, Record
from rag.types.reports import Failure, IngestReport, LocalServer, ModelStatus, Progress, Removal, Shelf, Source, Status

__all__ = [
    "EVERYTHING",
    "Answer",
    "Asks",
    "BadRecord",
    "Cell",
    "Chunk",
    "Citation",
    "Doubt",
    "Evidence",
    "Failure",
    "Filters",
    "Grounds",
    "Hit",
    "IngestReport",
    "Kind",
    "Lacking",
    "LocalServer",
    "Message",
    "ModelStatus",
    "Paper",
    "Plan",
    "Progress",
    "Prompt",
    "Provenance",
    "Record",
    "Removal",
    "Role",
    "Shelf",
    "Source",
    "Status",
    "Support",
    "Table",
]
