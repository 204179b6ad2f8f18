"""The lists of words that turn a sentence round, from ``senses.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def senses() -> dict[str, Any]:
    """The lists, by name."""
    return tomllib.loads(Path(__file__).with_name("senses.toml").read_text(encoding="utf-8"))


@cache
def turning() -> frozenset[str]:
    """Words that turn a sentence round."""
    return frozenset(senses()["turning"])
