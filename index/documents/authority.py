"""The authority ladder: how much a text binds, by the kind of its document.

The rungs stand in ``authority.toml``, which an administrator may edit. A rung labels and orders; it
never hides a passage.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pinpoint.errors import PinpointError

_LADDER = Path(__file__).with_name("authority.toml")
_KEYS = {"rank", "label", "kinds"}


@dataclass(frozen=True, slots=True)
class Authority:
    """A rung of the ladder.

    Attributes:
        rank: 1 stands highest; kinds may share a rank.
        label: Plain words for people.
        in_force: Whether a text of this kind is said to be in force; any other is current or not.
    """

    rank: int
    label: str
    in_force: bool


def authority_of(kind: str) -> Authority:
    """The rung of a kind of document; a kind that the ladder does not have stands below all others."""
    rungs = load_ladder()
    lowest = max((rung.rank for rung in rungs.values()), default=0) + 1
    return rungs.get(kind) or Authority(lowest, kind.replace("-", " ").capitalize() or "Other", in_force=False)


@cache
def load_ladder(file: Path = _LADDER) -> dict[str, Authority]:
    """The rungs by kind.

    Raises:
        PinpointError: The file is not valid, or a rung lacks its rank, label or kinds.
    """
    try:
        rungs = tomllib.loads(file.read_text(encoding="utf-8"))["rung"]
        return {
            kind: Authority(int(rung["rank"]), str(rung["label"]), bool(rung.get("in_force", False)))
            for rung in rungs
            for kind in rung["kinds"]
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"{file} is not a ladder of [[rung]] tables with {', '.join(sorted(_KEYS))}: {error!r}. Mend it."
        raise PinpointError(message) from error
