"""Settings of one run. The only module that reads the environment and `.env`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import SettingsError

KNOWN = ("RAG_LIBRARY", "CHROMA_URL")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the library lives and which Chroma server keeps its vectors (None: an embedded one)."""

    library: Path
    chroma_url: str | None = None


def load_settings(
    library: Path | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    dotenv: Path = Path(".env"),
) -> Settings:
    """Settings from the arguments, the environment and `.env`, in this order of precedence.

    Args:
        library: The library folder, when the user named one.
        environment: Variables; an empty value counts as not set.
        dotenv: A file of `NAME=value` lines; it may be missing.

    Raises:
        SettingsError: `.env` cannot be read or parsed, or a value cannot be used.
    """
    values = _read_dotenv(dotenv) | {name: value for name, value in environment.items() if value}
    _check_names(values)
    return Settings(library=_absolute(library or _library_folder(values)), chroma_url=_http_url(values, "CHROMA_URL"))


def _read_dotenv(path: Path) -> dict[str, str]:
    from dotenv.parser import parse_stream

    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8") as stream:
            bindings = list(parse_stream(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path.absolute()} cannot be read ({error}). "
            "Make it a readable UTF-8 text file, or remove it."
        ) from error
    for binding in bindings:
        if binding.error or (binding.key and binding.value is None):
            text = binding.original.string
            line = binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
            raise SettingsError(
                f"Line {line} of {path.absolute()} is not of the form NAME=value: {_shown(text)}. "
                "Correct the line or remove it."
            )
    return {binding.key: binding.value for binding in bindings if binding.key and binding.value}


def _shown(line: str) -> str:
    """The name a line begins with: what follows may be a key, which no message may repeat."""
    return repr(line.strip().partition("=")[0][:40])


def _check_names(values: Mapping[str, str]) -> None:
    unknown = sorted(name for name in values if name.startswith("RAG_") and name not in KNOWN)
    if unknown:
        raise SettingsError(
            f"There is no setting {unknown[0]}. The settings are {', '.join(KNOWN)}: correct the name or remove it."
        )


def _library_folder(values: Mapping[str, str]) -> Path:
    if "RAG_LIBRARY" in values:
        return Path(values["RAG_LIBRARY"])
    from platformdirs import user_data_path

    return user_data_path("rag", appauthor=False)


def _absolute(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError as error:
        raise SettingsError(f"The library folder {path} names a home folder that does not exist ({error}).") from error


def _http_url(values: Mapping[str, str], name: str) -> str | None:
    if name not in values:
        return None
    try:
        parts = urlsplit(values[name])
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"{name} is {values[name]!r}, which is not the URL of a server. "
            "Set it to one such as http://localhost:8000, or remove it."
        )
    return values[name]
