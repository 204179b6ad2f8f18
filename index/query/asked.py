"""What a question asks for (who, how long, how much, when, must …), and whether a text has it.

The sorts and their patterns stand in ``asked.toml``, which anyone may edit.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.query.analyzer import fold
from pinpoint.errors import PinpointError

_SORTS = Path(__file__).with_name("asked.toml")


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of thing that is asked for.

    Attributes:
        asks: Looks of a question that asks for it.
        has: Looks of a text that has it.
    """

    asks: re.Pattern[str]
    has: re.Pattern[str]


def sorts_asked(question: str) -> tuple[str, ...]:
    """Names of the sorts of thing that a question asks for, empty for none."""
    folded = fold(question)
    return tuple(name for name, sort in load_sorts().items() if sort.asks.search(folded))


def share_given(asked: tuple[str, ...], text: str) -> float:
    """Share of the sorts asked for that a text has, from 0 to 1; a half where no sort is asked for."""
    if not asked:
        return 0.5
    folded, sorts = fold(text), load_sorts()
    return sum(bool(sorts[name].has.search(folded)) for name in asked) / len(asked)


@cache
def load_sorts(file: Path = _SORTS) -> dict[str, Sort]:
    """The sorts by name.

    Raises:
        PinpointError: The file is not valid, or a sort lacks its patterns.
    """
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return {name: Sort(_any_of(table["asks"]), _any_of(table["has"])) for name, table in tables.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, re.error) as error:
        message = f"{file} is not a list of tables with asks and has, lists of patterns: {error!r}. Correct it."
        raise PinpointError(message) from error


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
