"""Weak pairs: a text that somebody may search by, and the text that it leads to, as the documents themselves say."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from pinpoint.errors import PinpointError
from pinpoint.files import write_text

Kind = Literal["citing", "heading", "term"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakPair:
    """A query and what it should find.

    Attributes:
        kind: A sentence that cites and the provision, a heading and its text, or a term and its definition.
        query: Without the citation, so that only the words lead there.
        positive: The text that it leads to.
        document: Id of the document of the positive.
        row: Row of the positive in the index.
        negatives: Texts that search confuses with it, nearest first; empty before they were sought.
    """

    kind: Kind
    query: str
    positive: str
    document: str
    row: int
    negatives: tuple[str, ...] = ()


def write_pairs(pairs: Iterable[WeakPair], file: Path) -> None:
    """Write pairs as JSON objects, one a line."""
    lines = (json.dumps(asdict(pair), ensure_ascii=False) for pair in pairs)
    file.parent.mkdir(parents=True, exist_ok=True)
    write_text(file, "".join(f"{line}\n" for line in lines))


def read_pairs(file: Path) -> list[WeakPair]:
    """Read what ``write_pairs`` wrote.

    Raises:
        PinpointError: A line is malformed; the message names file and line.
    """
    pairs = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            fields = json.loads(line)
            if fields["kind"] not in get_args(Kind):
                raise ValueError(fields["kind"])
            pairs.append(WeakPair(**{**fields, "negatives": tuple(fields["negatives"])}))
        except (ValueError, KeyError, TypeError) as error:
            remedy = "Write the file anew: python -m benchmarks.training pairs"
            raise PinpointError(f"{file}, line {number}: not a weak pair ({error!r}). {remedy}") from error
    return pairs
