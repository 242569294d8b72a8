"""The values that flow through the house. All are frozen: a stage returns new ones."""

from rag.types.answers import Answer, Citation, Grounds, Prompt, Provenance, Support
from rag.types.finding import EVERYTHING, Asks, Evidence, Filters, Hit, Message, Plan, Role
from rag.types.papers import BadRecord, Chunk, Paper, Record
from rag.types.reports import Failure, IngestReport, LocalServer, ModelStatus, Status

__all__ = [
    "EVERYTHING",
    "Answer",
    "Asks",
    "BadRecord",
    "Chunk",
    "Citation",
    "Evidence",
    "Failure",
    "Filters",
    "Grounds",
    "Hit",
    "IngestReport",
    "LocalServer",
    "Message",
    "ModelStatus",
    "Paper",
    "Plan",
    "Prompt",
    "Provenance",
    "Record",
    "Role",
    "Status",
    "Support",
]
