"""The authority levels: how much a text binds, by the kind of its document.

The levels stand in ``authority.toml``, which an administrator may edit. A level labels and orders; it
never hides a passage.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pinpoint.errors import PinpointError

_LEVELS = Path(__file__).with_name("authority.toml")
_KEYS = {"rank", "label", "kinds"}


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority level.

    Attributes:
        rank: 1 stands highest; kinds may share a rank.
        label: Plain words for people.
        in_force: Whether a text of this kind is said to be in force; any other is current or not.
    """

    rank: int
    label: str
    in_force: bool


def authority_of(kind: str) -> Authority:
    """The level of a kind of document; a kind that no level names stands below all others."""
    levels = load_authority_levels()
    lowest = max((level.rank for level in levels.values()), default=0) + 1
    return levels.get(kind) or Authority(lowest, kind.replace("-", " ").capitalize() or "Other", in_force=False)


@cache
def load_authority_levels(file: Path = _LEVELS) -> Mapping[str, Authority]:
    """The levels by kind.

    Raises:
        PinpointError: The file is not valid, or a level lacks its rank, label or kinds.
    """
    try:
        levels = tomllib.loads(file.read_text(encoding="utf-8"))["level"]
        return MappingProxyType(
            {
                kind: Authority(int(level["rank"]), str(level["label"]), bool(level.get("in_force", False)))
                for level in levels
                for kind in level["kinds"]
            }
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"{file} is not a list of [[level]] tables with {', '.join(sorted(_KEYS))}: {error!r}. Correct it."
        raise PinpointError(message) from error
