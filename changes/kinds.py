"""Which part of a difference is words, which is dates alone and which is notes: by the lists of ``kinds.toml``."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from changes.alignment.version import label_of
from index.query.analyzer import fold

Difference = Literal["", "words", "dates", "notes"]
_LONGEST_LINE = 30
"""Words of the longest line that says until when a text is current. Set by hand; not measured."""
_QUOTES = dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"')
_MARK = re.compile(r"\[\d{1,3}\]")
_TOKEN = re.compile(r"\d+\.\d+|\w+(?:[-']\w+)*|[^\w\s]")
_END = re.compile(r"[\s.,;:\u2014\u2013-]+$")
_DATE = re.compile(
    r"\d+|(?:jan|feb|febr|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)|"
    r"(?:january|february|march|april|june|july|august|september|october|november|december)|[.,/-]"
)


def difference(old: str, new: str, *, note: bool = False, heading: bool = False) -> Difference:
    """Tell in what two paragraphs differ; "" where only their labels, marks of the same kind or their ends do.

    Args:
        old: The old paragraph.
        new: The new one.
        note: Whether they stand in a footnote, or under a heading of notes.
        heading: Whether they are headings, in which capitals do not count.
    """
    fit = str.lower if heading else str
    if _tokens(fit(old)) == _tokens(fit(new)):
        # The marks of footnotes are renumbered when one is added; they are notes.
        return "" if note or len(_MARK.findall(old)) == len(_MARK.findall(new)) else "notes"
    if note or (is_note(old) and is_note(new)):
        return "notes"
    return "dates" if _is_currency(old, new) else "words"


def of_one(text: str, *, note: bool) -> Difference:
    """What a paragraph is that only one of the versions has."""
    return "notes" if note or is_note(text) else "words"


def is_note(text: str) -> bool:
    """Tell whether a paragraph is a note: a source credit, an authority line, an editorial note."""
    return bool(_patterns("notes").match(text.strip()))


def heads_notes(headings: Sequence[str]) -> bool:
    """Tell whether one of the headings above a text is one of notes."""
    return any(_patterns("headings").match(heading) for heading in headings)


def _is_currency(old: str, new: str) -> bool:
    if max(len(old.split()), len(new.split())) > _LONGEST_LINE:
        return False
    if not (_patterns("currency").match(old.strip()) and _patterns("currency").match(new.strip())):
        return False
    bare = [[token for token in _tokens(text.lower()) if not _DATE.fullmatch(token)] for text in (old, new)]
    return bare[0] == bare[1]


def _tokens(text: str) -> list[str]:
    """Words and punctuation as they are compared, without label, footnote marks and the mark at the end."""
    bare = _MARK.sub("", text)
    bare = bare[len(label_of(bare)) :]
    return _TOKEN.findall(fold(_END.sub("", bare)).translate(_QUOTES))


@cache
def _patterns(name: str) -> re.Pattern[str]:
    listed = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))[name]
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed), re.IGNORECASE)
