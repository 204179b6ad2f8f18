"""What is said of a setting."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "secret", "path", "index", "choice", "switch", "number", "whole", "list", "address"]
"""What a setting is in ``pinpoint.toml``; ``pinpoint.configuration.kinds`` checks it and makes a variable of it.

``path`` is a file or a folder, relative to the file that names it, or one of ``words``; ``index`` is a folder as well,
or the address of an index on a cluster; ``choice`` is one of ``words``;
``switch`` is true or false, and "1" or "0" in the environment; ``list`` is of texts, separated by commas there.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A setting.

    Attributes:
        name: Of the environment variable.
        key: Its name in ``pinpoint.toml``, ``table.key``; "" where the file cannot set it.
        default: In words, as the documents show it.
        meaning: A sentence without its stop.
        used_by: Who reads it: commands, app, or both.
        kind: What it is in the file.
        words: What a ``choice`` is one of, and a ``path`` may be.
        least: What a number is at least.
        most: What a number is at most; no limit when not given.
        example: A value as the file has it, for the example file; made of the kind when not given.
    """

    name: str
    key: str = ""
    default: str
    meaning: str
    used_by: str = "app"
    kind: Kind = "text"
    words: tuple[str, ...] = ()
    least: float = 0
    most: float | None = None
    example: str = ""
