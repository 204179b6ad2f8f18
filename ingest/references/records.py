"""Records of an import: a reference as its file has it, and what became of it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

LARGEST = 20_000_000
"""Bytes of the largest list that is read. Set by hand; not measured."""
_REGULATION = re.compile(r"\d+\s?c\.?\s?f\.?\s?r\b", re.IGNORECASE)
_CODE = re.compile(r"\bc\.?\s?f\.?\s?r\b|code of federal regulations", re.IGNORECASE)
_OF_CODE = re.compile(r"https?://(?:www\.)?ecfr\.gov/", re.IGNORECASE)
Outcome = Literal["new", "listed", "no file", "several files", "same file", "no title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A document as a list of references describes it; what it does not say is "" or None.

    Attributes:
        number: Position in its list, from 1.
        kind: Kind of document as the manifest names kinds, by the type of the reference; "" where it tells none.
        files: Names of files that the reference names, as it names them.
        dated: Its date as written.
        day: The same as a day, None where it is no whole day or no date.
    """

    number: int
    title: str = ""
    kind: str = ""
    publisher: str = ""
    url: str = ""
    files: tuple[str, ...] = ()
    dated: str = ""
    day: date | None = None

    @property
    def name(self) -> str:
        """How messages name it: ``record 3 (Third Quadrennial …)``."""
        shown = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(self.title.split()))
        return f"record {self.number} ({shown[:60] or 'without title'}{'…' if len(shown) > 60 else ''})"  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a reference.

    Attributes:
        file: The file of the folder that it describes, relative to the folder; "" for none.
        by: By what it was found: "file name", "address" or "title"; "" where it was not.
        id: Of the entry that is made of it, or that is there already; "" for none.
        said: What a person should know of it, in sentences; "" for nothing.
    """

    number: int
    title: str
    outcome: Outcome
    file: str = ""
    by: str = ""
    id: str = ""
    said: str = ""


def kind_of_law(kind: str, title: str, code: str, url: str) -> str:
    """The kind of a reference, of which programs with one type for all law say "statute" also of a regulation.

    Args:
        kind: By its type.
        title: Of the reference.
        code: The work that it is a part of, "" for none.
        url: Its address.
    """
    of_code = _REGULATION.match(title.strip()) or _CODE.search(code) or _OF_CODE.match(url)
    return "regulation" if kind == "statute" and of_code else kind
