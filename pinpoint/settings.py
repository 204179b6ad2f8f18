"""Settings: every environment variable that Pinpoint reads, and the defaults that commands and app share."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from pinpoint.configuration.variable import Variable
from pinpoint.configuration.variables import DECLINE_BELOW, VARIABLES

__all__ = [
    "DECLINE_BELOW",
    "DEFAULT_INDEX",
    "INSTALLED",
    "NONE",
    "VARIABLES",
    "Variable",
    "doubtful_variables",
    "environment",
    "keep_model_libraries_offline",
    "set_for_library",
    "set_index",
    "set_where_missing",
    "set_which_file",
    "table",
    "value",
]
DEFAULT_INDEX = Path("build/index")
INSTALLED, NONE = "installed", "none"
"""Choices of a re-ranker beside a folder: the packaged model if it is installed, and no re-ranking."""
_PREFIX = "PINPOINT_"


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


def set_which_file(file: str) -> None:
    """Have this process, and what it starts, go by one file of settings, or by "none"."""
    os.environ["PINPOINT_CONFIG"] = file


def set_for_library(name: str, text: str) -> None:
    """Set a variable of a library, for this process and for what it starts."""
    os.environ[name] = text


def set_where_missing(texts: Mapping[str, str]) -> frozenset[str]:
    """Set variables that are not set, or blank; gives their names."""
    missing = frozenset(name for name in texts if not value(name))
    os.environ.update((name, texts[name]) for name in missing)
    return missing


def keep_model_libraries_offline() -> None:
    """Have the libraries that load models ask nobody, and start no processes of their own."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def doubtful_variables(given: Mapping[str, str]) -> Iterator[str]:
    """A sentence on each variable that would do nothing: a typo of one of ours, and a switch set to another word."""
    for variable in VARIABLES:
        text = given.get(variable.name, "").strip()
        if variable.kind == "switch" and text not in ("", "0", "1"):
            yield f"{variable.name} is {text!r}, which leaves it off. Set it to 1 for on, to 0 for off."
    for name in sorted(given):
        if name.startswith(_PREFIX) and name not in _NAMES:
            import difflib  # noqa: PLC0415 - only for a mistake

            near = difflib.get_close_matches(name, _NAMES, n=1, cutoff=0.0)[0]
            yield f"{name} is set, which Pinpoint does not know and does not read; the nearest that it knows is {near}."


def table() -> str:
    """The settings as a table in Markdown."""
    rows = (
        f"| `{variable.name}` | {f'`{variable.key}`' if variable.key else '–'} | {variable.default} "
        f"| {variable.meaning} | {variable.used_by} |"
        for variable in VARIABLES
    )
    head = ["| Variable | In `pinpoint.toml` | Default | Meaning | Read by |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows])
