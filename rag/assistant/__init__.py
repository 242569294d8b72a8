"""The composition root: from settings to a wired assistant, which the command line and the page talk to."""

from rag.assistant.asking import Assistant, open_assistant

__all__ = ["Assistant", "open_assistant"]
