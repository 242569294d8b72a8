"""Settings of one run. The only module that reads the environment and `.env`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import SettingsError

# onnxruntime reports its use to its maker unless told not to before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
# tiktoken downloads its vocabularies unless it finds them here; llama-index brings them.
if _found := find_spec("llama_index"):
    for _folder in _found.submodule_search_locations or ():
        os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(_folder, "core", "_static", "tiktoken_cache"))

__version__ = "0.1.0"
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's protocol; `base_url` None is OpenAI's own, no message names a `private` one."""

    model: str
    base_url: str | None = field(default=None, repr=False)  # it may hold a password
    api_key: str | None = field(default=None, repr=False)
    private: bool = False

    @property
    def host(self) -> str:
        """The machine it is on."""
        return urlsplit(self.base_url or OPENAI).hostname or ""

    @property
    def address(self) -> str:
        """Where it is, for messages: without the user and password that its URL may hold; "" if it is private."""
        if self.private:
            return ""
        parts = urlsplit(self.base_url or OPENAI)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl().rstrip("/")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run can be told.

    Attributes:
        library: The library's folder.
        chroma_url: The Chroma server that keeps the vectors; None for an embedded store.
        llm: The language model that was chosen, None for none.
        llm_context_window: How many tokens that model reads and writes at once, None if not told.
        llm_max_output: How many tokens that model may write for one answer, None if not told.
        strict: Whether sentences that no abstract supports are left out of answers.
        embed: The embedding model that was chosen, None for the bundled one.
        allow_settings: Whether visitors of the page may see and change where the language model is.
    """

    library: Path
    chroma_url: str | None = None
    llm: Endpoint | None = None
    llm_context_window: int | None = None
    llm_max_output: int | None = None
    strict: bool = False
    embed: Endpoint | None = None
    allow_settings: bool = False

    def for_visitors(self) -> Settings:
        """These settings for a page: unless visitors may see them, no message names the language model's server."""
        if self.allow_settings or self.llm is None:
            return self
        return replace(self, llm=replace(self.llm, private=True))


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
    return Settings(
        library=_absolute(library or _library_folder(values)),
        chroma_url=_http_url(values, "CHROMA_URL"),
        llm=_endpoint(values, "RAG_LLM"),
        llm_context_window=_positive(values, "RAG_LLM_CONTEXT_WINDOW"),
        llm_max_output=_positive(values, "RAG_LLM_MAX_OUTPUT"),
        strict=_switched_on(values, "RAG_STRICT"),
        embed=_endpoint(values, "RAG_EMBED"),
        allow_settings=_switched_on(values, "RAG_ALLOW_SETTINGS"),
    )


def endpoint_of(
    base_url: str,
    model: str,
    api_key: str,
    *,
    instead_of: Endpoint | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Endpoint:
    """The endpoint that a user wrote down; where no key is, the one of `instead_of`, at the same address alone.

    Raises:
        SettingsError: The address cannot be used, or there is neither address nor model.
    """
    written = {"RAG_LLM_BASE_URL": base_url, "RAG_LLM_MODEL": model, "RAG_LLM_API_KEY": api_key}
    values = {name: " ".join(value.split()) for name, value in written.items() if value.strip()}
    endpoint = _endpoint({"OPENAI_API_KEY": environment.get("OPENAI_API_KEY", "")} | values, "RAG_LLM")
    if endpoint is None:
        raise SettingsError("There is neither an address nor a model. Write down the one or the other.")
    if instead_of is not None and not api_key.strip() and endpoint.address == instead_of.address:
        return replace(instead_of, model=endpoint.model)
    return endpoint


def keep_model(
    endpoint: Endpoint,
    context_window: int | None,
    *,
    environment: Mapping[str, str] = os.environ,
    dotenv: Path = Path(".env"),
) -> tuple[str, ...]:
    """Write the language model into `.env`, which its owner alone may read then; its other lines stay.

    Returns the names that the environment sets otherwise, which comes first.

    Raises:
        SettingsError: `.env` cannot be written.
    """
    from dotenv import set_key

    values = {
        "RAG_LLM_BASE_URL": endpoint.base_url or "",
        "RAG_LLM_MODEL": endpoint.model,
        "RAG_LLM_API_KEY": endpoint.api_key or "",
        "RAG_LLM_CONTEXT_WINDOW": str(context_window or ""),
    }
    known = _read_dotenv(dotenv)
    try:
        dotenv.touch(mode=0o600)
        dotenv.chmod(0o600)
        for name, value in values.items():
            if value or name in known:
                set_key(dotenv, name, value, encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"The settings file {dotenv.absolute()} cannot be written ({error}). Make its folder writable."
        ) from error
    return tuple(name for name, value in values.items() if environment.get(name, "") not in ("", value))


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
                f"Line {line} of {path.absolute()}{_named(text)} is not of the form NAME=value. "
                "Correct the line or remove it."
            )
    return {binding.key: binding.value for binding in bindings if binding.key and binding.value}


def _named(line: str) -> str:
    """The name a line begins with, if it has one: the rest may be a key, which no message may repeat."""
    name = re.match(r"\s*(?:export\s+)?([A-Z][A-Z_]*)[\s=:]+\S", line)
    return f" ({name[1]})" if name else ""


def _library_folder(values: Mapping[str, str]) -> Path:
    if "RAG_LIBRARY" in values:
        return Path(values["RAG_LIBRARY"])
    from platformdirs import user_data_path

    return user_data_path("rag", appauthor=False)


def _absolute(path: Path) -> Path:
    try:
        return Path(os.path.abspath(path.expanduser()))
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
            f"{name} is not the URL of a server. Set it to one such as http://localhost:8000, or remove it."
        )
    return values[name]


def _endpoint(values: Mapping[str, str], prefix: str) -> Endpoint | None:
    """The endpoint that was chosen: by its model, or by its address when the server has just one."""
    base_url = _http_url(values, f"{prefix}_BASE_URL")
    model = values.get(f"{prefix}_MODEL", "")
    if not model and base_url is None:
        return None
    is_openai = urlsplit(base_url or OPENAI).hostname == urlsplit(OPENAI).hostname
    key = values.get(f"{prefix}_API_KEY") or (values.get("OPENAI_API_KEY") if is_openai else None)
    return Endpoint(model, base_url, key)


def _positive(values: Mapping[str, str], name: str) -> int | None:
    if name not in values:
        return None
    if not values[name].isdecimal() or int(values[name]) < 1:
        raise SettingsError(f"{name} is {values[name]!r}, which is not a number of tokens. Set it to one such as 8192.")
    return int(values[name])


def _switched_on(values: Mapping[str, str], name: str) -> bool:
    if name in values and values[name] not in ("0", "1"):
        raise SettingsError(f"{name} is {values[name]!r}, which is neither 1 nor 0. Set it to 1 to switch it on.")
    return values.get(name) == "1"
