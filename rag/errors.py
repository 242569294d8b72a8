"""Every error a user can meet, as one tree.

Exception
└── RagError                 says what happened and what to do next; the CLI exits with 1
    ├── SettingsError        an environment variable or a line of .env cannot be used
    ├── SourceError          a file or folder cannot be read at all
    ├── LibraryError         the library folder cannot be opened or written
    │   ├── LibraryBusy      another process owns the library
    │   └── LibraryEmpty     there is nothing to search yet
    ├── IndexDamaged         Chroma or tantivy cannot be read; the papers themselves are safe
    ├── ModelError           the bundled embedding model is missing or not the one expected
    ├── LanguageModelError   the language model cannot be asked, or its answer broke off
    ├── ExportError          papers cannot be handed on as asked
    ├── ConversationsError   conversations cannot be kept or read
    │   └── NoConversation   the visitor has no such conversation
    └── EvaluationError      an evaluation file cannot be used
"""

from __future__ import annotations


class RagError(Exception):
    """Base of every error with a sentence for the user."""


class SettingsError(RagError):
    """An environment variable or a line of `.env` cannot be used."""


class SourceError(RagError):
    """A file or folder given to `ingest` cannot be read at all."""


class LibraryError(RagError):
    """The library folder cannot be opened or written."""


class LibraryBusy(LibraryError):
    """Another process owns the library."""


class LibraryEmpty(LibraryError):
    """The library holds no papers yet."""


class IndexDamaged(RagError):
    """A search index cannot be read; it can be rebuilt from the library."""


class ModelError(RagError):
    """The bundled embedding model is missing or is not the one expected."""


class LanguageModelError(RagError):
    """The language model cannot be asked, or its answer broke off."""


class ExportError(RagError):
    """Papers cannot be handed on as asked."""


class ConversationsError(RagError):
    """Conversations cannot be kept or read."""


class NoConversation(ConversationsError):
    """The visitor has no such conversation."""


class EvaluationError(RagError):
    """An evaluation file cannot be used."""
