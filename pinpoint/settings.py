"""Settings: every environment variable that Pinpoint reads, and the defaults that commands and app share."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_INDEX = Path("build/index")
INSTALLED, NONE = "installed", "none"
"""Choices of a re-ranker beside a folder: the packaged model if it is installed, and no re-ranking."""
_PREFIX = "PINPOINT_"
DECLINE_BELOW = "PINPOINT_DECLINE_BELOW"
"""Name of the setting that moves the point at which questions are declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """An environment variable.

    Attributes:
        default: In words, as the documents show it.
        meaning: A sentence without its stop.
        used_by: Who reads it: commands, app, or both.
    """

    name: str
    default: str
    meaning: str
    used_by: str = "app"


VARIABLES = (
    Variable(name="INDEX_DIR", default="`build/index`", meaning="Folder of the index", used_by="commands, app"),
    Variable(
        name="CORPUS_DIR",
        default="the folder that the index was made from",
        meaning="Folder of the documents and notes",
        used_by="commands, app",
    ),
    Variable(
        name="EMBEDDING_MODEL",
        default="the model that made the index, else the packaged one",
        meaning="Folder of a sentence-transformers model to embed with, or `packaged`",
        used_by="commands, app",
    ),
    Variable(
        name="EMBEDDING_ARITHMETIC",
        default="that of the index, else the fastest of this machine",
        meaning="`int8`, `int7`, `fp32`, `bf16` or `gpu`: in what an ingest computes vectors",
        used_by="ingest",
    ),
    Variable(
        name="EMBEDDING_CACHE",
        default="the cache of the index",
        meaning="Folder of embeddings that several indexes share",
        used_by="ingest",
    ),
    Variable(
        name="PINPOINT_LLM_URL",
        default="not set: nothing is sent",
        meaning="Address of a language model that arranges quotations, such as `http://127.0.0.1:8080/v1`",
        used_by="ask, app",
    ),
    Variable(
        name="PINPOINT_LLM_MODEL",
        default="none",
        meaning="Name of the model that is asked for; needed with the address",
        used_by="ask, app",
    ),
    Variable(
        name="PINPOINT_LLM_KEY",
        default="none",
        meaning="Key that is sent to the language model; never logged, never shown",
        used_by="ask, app",
    ),
    Variable(
        name="PINPOINT_LLM_TIMEOUT",
        default="30",
        meaning="Seconds for the whole exchange with it",
        used_by="ask, app",
    ),
    Variable(
        name=DECLINE_BELOW,
        default="as calibrated",
        meaning="Least probability, 0 to 1, that the documents answer; a question below it is declined",
        used_by="ask, app",
    ),
    Variable(
        name="PINPOINT_READ_AT_START",
        default="off",
        meaning="`1` has the app read the documents of `CORPUS_DIR` as it starts, and serve what is indexed so far",
    ),
    Variable(name="PINPOINT_UPLOADS", default="off", meaning="`1` lets documents and notes be added in the app"),
    Variable(
        name="PINPOINT_OPEN_NETWORK",
        default="off",
        meaning="`1` lets other machines open the app although nobody has to sign in",
    ),
    Variable(
        name="PINPOINT_READERS",
        default="nobody",
        meaning="Who may use the app after signing in: addresses, `@domain`, `group:NAME`, `*`; separated by commas",
    ),
    Variable(
        name="PINPOINT_ADMINISTRATORS",
        default="nobody",
        meaning="Who may add documents and notes, named alike",
    ),
    Variable(
        name="PINPOINT_GROUPS_CLAIM",
        default="`groups`",
        meaning="Claim of the sign-in service that lists the groups of a person",
    ),
    Variable(
        name="PINPOINT_SIGN_IN_HOURS",
        default="12",
        meaning="Hours after which one has to sign in again",
    ),
    Variable(
        name="PINPOINT_AUDIT_LOG",
        default="not set: no log",
        meaning="File in which is written who had which documents shown, and when",
    ),
    Variable(name="PINPOINT_AUDIT_DAYS", default="90", meaning="Whole days after which the log is deleted"),
    Variable(name="PINPOINT_AUDIT_TEXT", default="off", meaning="`1` writes questions and searches to the log too"),
)
_NAMES = frozenset(variable.name for variable in VARIABLES)


def value(name: str) -> str:
    """The value of a variable of the table without blanks around it; "" where it is not set.

    Raises:
        KeyError: The table has no such variable.
    """
    if name not in _NAMES:
        raise KeyError(name)
    return os.environ.get(name, "").strip()


def environment() -> Mapping[str, str]:
    """The whole environment, for what is handed on or read by functions of their own."""
    return os.environ


def set_index(index_dir: Path) -> None:
    """Make a folder the index of what this process starts."""
    os.environ["INDEX_DIR"] = str(index_dir)


def keep_model_libraries_offline() -> None:
    """Have the libraries that load models ask nobody, and start no processes of their own."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def unknown_variables(given: Mapping[str, str]) -> Iterator[str]:
    """A sentence on each variable that looks like ours and is none: a typo that would do nothing."""
    for name in sorted(given):
        if name.startswith(_PREFIX) and name not in _NAMES:
            import difflib  # noqa: PLC0415 - only for a mistake

            near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.0)[0]
            yield f"{name} is set, which Pinpoint does not know and does not read; the nearest that it knows is {near}."


def table() -> str:
    """The variables as a table in Markdown."""
    rows = (
        f"| `{variable.name}` | {variable.default} | {variable.meaning} | {variable.used_by} |"
        for variable in VARIABLES
    )
    return "\n".join(["| Variable | Default | Meaning | Read by |", "| --- | --- | --- | --- |", *rows])
