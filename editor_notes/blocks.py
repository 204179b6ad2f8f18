"""The file of notes cut into its tables: a damaged one hides no other, and an edit leaves the others as they are.

Each table ``[[note]]`` is read for itself. A line that reads like the head of a table but stands in a text of several
lines begins none: what was cut there does not parse, and is joined with what follows until it does.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?note[\"']?[ \t]*\]\]", re.MULTILINE)
_MOST_JOINED = 40
"""Parts that are joined in search of the end of a text of several lines. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands from the head of one table to the next; the first one is what stands before all.

    Attributes:
        text: As in the file.
        line: Number of its first line, from 1.
        parsed: What it says; None where it is no TOML.
        damage: Why it is no TOML, "" where it is.
    """

    text: str
    line: int
    parsed: dict[str, Any] | None
    damage: str = ""


def blocks_of(text: str) -> list[Block]:
    """The tables of a file in order; joined, their texts are the file."""
    starts = [found.start() for found in _HEAD.finditer(text)]
    edges = [0, *starts, len(text)]
    parts = [text[first:last] for first, last in zip(edges, edges[1:], strict=False)]
    found, number, line = [], 0, 1
    while number < len(parts):
        count, block = _first_whole(parts, number, line)
        found.append(block)
        line += block.text.count("\n")
        number += count
    return [block for block in found if block.text]


def _first_whole(parts: Sequence[str], number: int, line: int) -> tuple[int, Block]:
    """The fewest parts from a number on that parse together, and their block; the first alone where none do."""
    damage = ""
    for count in range(1, min(len(parts) - number, _MOST_JOINED) + 1):
        text = "".join(parts[number : number + count])
        try:
            text.encode()
            return count, Block(text, line, tomllib.loads(text.removeprefix("\ufeff")))
        except UnicodeEncodeError:
            damage = damage or "It holds bytes that are not UTF-8"
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            damage = damage or str(error) or "Its brackets are nested too deeply"
    return 1, Block(parts[number], line, None, damage)
