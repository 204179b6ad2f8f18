"""Whether what is held of a law is complete, so that what is not in it does not exist.

It is so of the paragraphs of a provision that begin with the first one and have no gap before the one that is asked
for, of the sections of a part of the CFR that is held from its first section on, of the chapters of a part of the
Policy Manual from the first one on, and of an act that is a document of its own. Of everything else only a part may be
held, and nothing is said to be missing from it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from citations.designators import kinds_of
from citations.keys import citation_keys
from citations.parse import LegalCitation, parse_citations
from citations.records import MANUAL
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

_EXCERPT = re.compile(r"\*\s?\*\s?\*|\u2026")
"""What says that paragraphs were left out of a text."""
_FIRST = frozenset("a1iAI") | {"aa", "AA"}
_FIRST_SECTIONS = frozenset((*range(1, 6), 100, 101))
"""Numbers behind the point with which the sections of a part begin."""
_SECTIONS_OF_AN_ACT = 20
"""Sections from which on a document that bears the name of an act is the act, not an excerpt. Set by hand."""
_LINKS = 20
"""Citations of a paragraph that are looked at. Set by hand; not measured."""
_LEFT_OUT = re.compile(
    r"\s*(?:\(\w{1,5}\)[\s,;]*(?:[-\u2010-\u2015]|to|and|through)?[\s,;]*)*"
    r"\[?(?:Omitted|Repealed|Reserved|Deleted|Struck|Transferred|Executed|Redesignated)\b.{0,80}",
    re.IGNORECASE | re.DOTALL,
)
"""A provision that stands there with its number alone."""
_NUMBER_ALONE = re.compile(r"\s*\(\w{1,5}\)\s*(?:[-\u2010-\u2015]|to|through)\s*")
"""The first number of a range of paragraphs: "(1) – (4) Omitted"."""
_RANGE = 200
"""Characters in which a range of paragraphs that are left out is read. Set by hand; not measured."""
_INLINE = re.compile(r"(?:^|[\s\u2014:;,])\(\w{1,4}\)\s", re.MULTILINE)
_OWN_DESIGNATOR = re.compile(r"\s*(?:\(\w{1,5}\)\s*)+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Completeness:
    """Tells of what an index holds all parts."""

    def __init__(self, index: HybridIndex) -> None:
        """Look into the sections of an index."""
        self._index = index

    def lacks_paragraph(self, citation: LegalCitation, level: LegalCitation, section: StoredSection) -> bool:
        """Tell whether a provision is held with all of its paragraphs and has not the one that is cited.

        Args:
            citation: What is cited.
            level: The nearest provision above it that is held.
            section: One that bears ``level``.
        """
        store = self._index.store
        if citation.footnote and len(level.path) == len(citation.path):
            return self._lacks_note(citation, section)
        asked = citation.path[len(level.path)]
        text = store.text(section.span)
        if _EXCERPT.search(text) or self._cites_it(citation, level, section):
            return False
        names = self._names(section)
        if not names:
            return not _INLINE.search(_without_own(store.text(section.own_span))) and self._shows_paragraphs(section)
        whole = len(names) > 1 and names[0] in _FIRST and _is_behind(asked, names)
        return whole and not (kinds_of(asked) & kinds_of(names[0]) and self._writes(asked, section))

    def omitted(self, section: StoredSection) -> str:
        """The words of a provision that says of itself only that it is omitted, repealed or reserved; "" for others."""
        store = self._index.store
        text = store.text(section.span)
        if _NUMBER_ALONE.fullmatch(text):  # the first number of a range: what is said of it stands behind the last
            end = min(section.start + _RANGE, store.section(section.document_id, 0).end)
            text = store.text(Span(section.document_id, section.start, end)).partition("\n")[0]
        return " ".join(text.split()) if _LEFT_OUT.fullmatch(text) else ""

    def lacks_section(self, citation: LegalCitation) -> StoredSection | None:
        """The part, the act or the manual that is held as a whole and has not the section that is cited; None."""
        if self._index.store.links_to(citation_keys(replace(citation, path=(), footnote="")), 1):
            return None
        if citation.code.endswith("CFR"):
            return self._part(citation)
        if citation.code.endswith(MANUAL):
            return self._manual(citation)
        return self._act(citation)

    def _part(self, citation: LegalCitation) -> StoredSection | None:
        part = citation.number.partition(".")[0]
        if "." not in citation.number or not part.isdigit():
            return None
        for section in self._index.store.with_key(f"{citation.code} {part}"):
            numbers = [
                int(tail[1])
                for below in self._index.store.descendants(section)
                if (tail := re.match(rf"{re.escape(citation.code)} {part}\.(\d+)", below.citation))
            ]
            if numbers and min(numbers) in _FIRST_SECTIONS:
                return section
        return None

    def _manual(self, citation: LegalCitation) -> StoredSection | None:
        letter, _, chapter = citation.number.partition(".")
        for document in self._index.documents.values():
            if document.cited_as != f"{citation.code} {letter}" or not chapter.isdigit():
                continue
            named = self._index.store.keys_from(f"{citation.code} {letter}.")
            held = {int(key.rpartition(".")[2]) for key in named if key.rpartition(".")[2].isdigit()}
            if held and held == set(range(1, max(held) + 1)) and int(chapter) > max(held):
                return self._index.store.section(document.id, 0)
        return None

    def _act(self, citation: LegalCitation) -> StoredSection | None:
        """The act, where a document is the act; a title of the Code is held by chapters and sections."""
        if citation.code.endswith(("CFR", "U.S.C.")) or not citation.is_section:
            return None
        for document in self._index.documents.values():
            if document.cited_as == citation.code:
                tree = self._index.store.tree(document.id)
                begun = re.compile(rf"{re.escape(citation.code)} \d\w*")
                if sum(bool(begun.fullmatch(one.citation)) for one in tree.sections) >= _SECTIONS_OF_AN_ACT:
                    return tree.root
        return None

    def _lacks_note(self, citation: LegalCitation, section: StoredSection) -> bool:
        notes = [
            int(named[1])
            for below in self._index.store.descendants(self._index.store.enclosing_section(section))
            if below.kind == "footnote" and (named := re.search(r" fn (\d+)$", below.citation))
        ]
        held = set(notes)
        whole = bool(held) and held == set(range(1, max(held) + 1))
        return whole and citation.footnote.isdigit() and int(citation.footnote) > max(held)

    def _names(self, section: StoredSection) -> list[str]:
        """Designators of the paragraphs directly below a provision."""
        own = re.compile(rf"{re.escape(section.citation)}\s?\((\w+)\)")
        below = self._index.store.children(section)
        return [named[1] for child in below if (named := own.fullmatch(child.citation))]

    def _shows_paragraphs(self, section: StoredSection) -> bool:
        """Whether paragraphs are told apart at all in the section of the code that a provision stands in."""
        store = self._index.store
        whole = store.enclosing_section(section)
        return any(parse_citations(one.citation)[:1] for one in store.descendants(whole)) and whole.citation != ""

    def _writes(self, asked: str, section: StoredSection) -> bool:
        """Whether a designator stands in the text of a provision or its paragraphs without being told apart."""
        written = re.compile(rf"(?:^|[\s\u2014:;,.])\({re.escape(asked)}\)\s", re.IGNORECASE | re.MULTILINE)
        store = self._index.store
        texts = (store.text(one.own_span) for one in (section, *store.children(section)))
        return any(written.search(_without_own(text)) for text in texts)

    def _cites_it(self, citation: LegalCitation, level: LegalCitation, section: StoredSection) -> bool:
        """Whether the document cites its own paragraph, or a part of it: then there is one that was not told apart."""
        first = replace(citation, path=citation.path[: len(level.path) + 1], footnote="")
        links = self._index.store.links_to(citation_keys(first), _LINKS)
        return any(link.document_id == section.document_id for link in links)


def _without_own(text: str) -> str:
    """The text of a provision without its own designators at the beginning."""
    return _OWN_DESIGNATOR.sub("", text, count=1) if _OWN_DESIGNATOR.match(text) else text


def _is_behind(asked: str, names: Sequence[str]) -> bool:
    """Whether a designator stands behind all of some, or is of another kind; one in a gap may be reserved."""
    last = _order(names[-1], names)
    own = _order(asked, names)
    return own is None or last is None or own > last


def _order(designator: str, names: Sequence[str]) -> int | None:
    """The number of a designator among others of its kind; None where it is of another."""
    first = names[0]
    if not kinds_of(designator) & kinds_of(first) and not kinds_of(designator) & kinds_of(names[-1]):
        return None
    if designator.isdigit():
        return int(designator)
    lower = designator.lower()
    if first.lower() == "i" and set(lower) <= set(_ROMAN):
        values = [_ROMAN[one] for one in lower]
        return sum(-v if n + 1 < len(values) and v < values[n + 1] else v for n, v in enumerate(values))
    if len(set(lower)) == 1:
        return (len(lower) - 1) * 26 + ord(lower[0]) - ord("a")
    return None
