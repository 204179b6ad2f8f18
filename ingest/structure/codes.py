"""Codes and statutes ("8 CFR", "22 U.S.C.", "INA"): sections, and in them the paragraphs to the deepest.

The blocks of one section are gathered first, then all its designators and defined terms are nested together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.definitions import announces_definitions, find_terms
from ingest.structure.designators import (
    DESIGNATOR,
    REGULATION,
    STATUTE,
    Level,
    Mark,
    MarkKind,
    leading_designators,
    nest,
)
from ingest.structure.outline import Entry, Outline, one_line
from pinpoint.records import Block

_CODE = re.compile(r"^(?:\d+ CFR|\d+ U\.S\.C\.|INA)$")
_SECTION_SIGN = re.compile(
    r"^§+\s*(?P<number>\d+[A-Za-z]?(?:\.\d+[a-z]?)?(?:-\d+)?)(?:[\s,\u2013-]+[\d.]+[a-z]?)?\.?\s+(?P<name>[A-Z\u201c\[].*)",
    re.DOTALL,
)
_ACT_SECTION = re.compile(
    r"^S(?:EC|ec)(?:\.|TION|tion)\s+(?P<number>\d+[A-Z]*)\.?(?:\[\d+\])?\s*[\u00f8\[]\s?\d+\.?\s+U\.\s?S\.\s?C\.[^\u00bf\]]*[\u00bf\]]\s*"
)
_DIVISIONS = (
    (10, re.compile(r"^(?:volume|title)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (20, re.compile(r"^(?:subtitle|chapter)\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (30, re.compile(r"^subchapter\s+[\dIVXA-Z]+\b", re.IGNORECASE)),
    (35, re.compile(r"^part\s+\d+\b", re.IGNORECASE)),
    (40, re.compile(r"^subpart\s+[A-Z]+\b", re.IGNORECASE)),
)
_OTHER_DIVISION = 45  # rank below a subpart, above a section
_AMENDMENT_NOTE = re.compile(r"^E(?:FFECTIVE|ffective) D(?:ATE|ate) N(?:OTE|ote)S?\b")
_CAPTION = re.compile(
    r"^\s*(?P<caption>[A-Z\u201c][^.:;?]{1,110}?[^.\s])(?P<end>[.?]|\.?\u2014)(?=\s*[A-Z(\u201c\u2014]|$)"
)
_RUN_IN = re.compile(
    rf"(?:(?P<mark>[.:;,?]|\u2014)|\b(?:and|or|who|which))\s*(?:\d{{1,4}}\s+)?(?P<designators>(?:{DESIGNATOR.pattern})+)"
    r"\s+(?!(?:of|and|or|through|to|above|below)\b)(?P<next>[A-Za-z\u201c$\d])"
)
_AFTER_ANOTHER = re.compile(r"\)(?:,|,? and|,? or)$")
_RESERVED = re.compile(r"\[Reserved\]\.?\s+(?=\()")
_RANGE = re.compile(rf"^{DESIGNATOR.pattern}\s?(?:\u2013|-|through)\s?(?={DESIGNATOR.pattern}\s*\[Reserved\])")
_DEFINED = re.compile(
    r"^\s*The terms? \u201c(?P<term>[^\u201d]{2,80})\u201d[^.;:]{0,60}?\s(?:means?|includes?|has|refers?)\b"
)
_SECTION, _NOTE, _FOOTNOTE, _PROVISION, _LEAF = 50, 60, 70, 100, 1000  # ranks; only their order counts
# Words; set by hand, not measured. A change shows in the golden trees (tests/golden/trees).
_LONG_SECTION_NAME = 60  # a longer text behind "§ 1.2" is a sentence, not a heading
_CAPTION_WORDS = 14  # a longer beginning of a paragraph is its first sentence
_LINE_WORDS = 12  # a longer line is a paragraph, not an entry of a list of contents
_SENTENCE_ENDS = (".", ";", ":", ",", "\u2014")


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A designator or term with where it stands, and the text behind it up to the end of its block."""

    mark: Mark
    start: int
    text: str


def is_code(cited_as: str) -> bool:
    """Tell whether a cited form is that of a code or a statute."""
    return bool(_CODE.match(cited_as))


def outline_code(outline: Outline, code: str, blocks: Sequence[Block], text: str) -> None:
    """Push the divisions, sections, paragraphs, definitions and footnotes of a code.

    Args:
        outline: Begun with the document.
        code: ``8 CFR``, ``22 U.S.C.``, ``INA``.
        blocks: All blocks of the document, in order.
        text: The document's text.
    """
    section = CodeSection(outline)
    noted = ""
    for number, block in enumerate(blocks):
        content = text[block.start : block.end]
        head = section_head(code, block, content)
        if head and head[0] == noted:
            continue  # the heading above the amended text, which an effective date note quotes
        if head:
            section.close()
            citation, name_end, noted = f"{code} {head[0]}", head[1], ""
            name = one_line(content[:name_end] or content)
            outline.push(Entry(rank=_SECTION, citation=citation, heading=name, kind="heading", start=block.start))
            section = CodeSection(outline, citation, name)
            section.take(number, block.start + name_end, content[name_end:])
        elif block.kind == "footnote":
            section.take_footnote(block)
        elif section.citation and leading_designators(content):
            section.take(number, block.start, content)
        elif block.kind == "heading" and (rank := _division_rank(content, inside=bool(section.citation or noted))):
            section.close()
            section, noted = CodeSection(outline), ""
            outline.push(
                Entry(
                    rank=rank,
                    citation=f"{code}, {one_line(content)}",
                    heading=one_line(content),
                    kind="heading",
                    start=block.start,
                )
            )
        elif section.citation and _AMENDMENT_NOTE.match(content):
            section.close()
            name, noted = one_line(content.partition(":")[0]), section.citation.rpartition(" ")[2]
            outline.push(
                Entry(
                    rank=_NOTE, citation=f"{section.citation}, {name}", heading=name, kind="heading", start=block.start
                )
            )
            section = CodeSection(outline)
        elif section.citation:
            section.take(number, block.start, content)
    section.close()


def section_head(code: str, block: Block, text: str) -> tuple[str, int] | None:
    """Number of the section that a block opens, and where its heading ends in the block."""
    act = _ACT_SECTION.match(text) if code == "INA" else None
    if act:
        return act.group("number"), act.end()
    match = _SECTION_SIGN.match(text) if code != "INA" else None
    if match and block.kind != "footnote" and (block.kind == "heading" or len(text.split()) <= _LONG_SECTION_NAME):
        return match.group("number"), len(text)
    return None


def _division_rank(text: str, *, inside: bool) -> int:
    """Rank of the division that a heading opens, 0 for a heading inside a section."""
    return next((rank for rank, look in _DIVISIONS if look.match(text)), 0 if inside else _OTHER_DIVISION)


class CodeSection:
    """The designators, terms and footnotes of one section, gathered until it ends."""

    def __init__(self, outline: Outline, citation: str = "", heading: str = "") -> None:
        self.citation = citation
        self._outline = outline
        self._regulation = " CFR " in citation
        self._defines = announces_definitions(heading)
        self._defining_token = ""
        self._occurrences: list[_Occurrence] = []
        self._footnotes: list[Block] = []

    def take(self, number: int, start: int, text: str) -> None:
        """Gather what one block has."""
        leading = list(_leading(number, start, text))
        run_in = list(_run_in(number, start, text)) if leading else []
        occurrences = {found.start: found for found in (*run_in, *leading)}
        if leading:
            self._follow_definitions(leading)
        if self._takes_terms():
            for term, offset in find_terms(text):
                occurrences.setdefault(start + offset, _Occurrence(Mark(term, "term", number), start + offset, ""))
        self._occurrences += sorted(occurrences.values(), key=lambda found: found.start)

    def take_footnote(self, block: Block) -> None:
        """Gather a footnote."""
        self._footnotes.append(block)

    def close(self) -> None:
        """Nest what was gathered, and push it."""
        numbering = REGULATION if self._regulation else STATUTE
        found = nest([gathered.mark for gathered in self._occurrences], numbering)
        entries = [
            _provision(self.citation, path, at) for path, at in zip(found, self._occurrences, strict=True) if path
        ]
        last = entries[-1].start if entries else -1
        for block in self._footnotes:
            # A footnote amid the paragraphs is a leaf; the paragraphs continue behind it.
            rank = _FOOTNOTE if block.start > last else _LEAF
            holder = self.citation or self._outline.above(_FOOTNOTE).citation
            citation = f"{holder} fn {block.marker}"
            entries.append(
                Entry(
                    rank=rank, citation=citation, heading=f"Footnote {block.marker}", kind="footnote", start=block.start
                )
            )
        for entry in sorted(entries, key=lambda entry: entry.start):
            self._outline.push(entry)
        self._occurrences, self._footnotes = [], []

    def _follow_definitions(self, leading: Sequence[_Occurrence]) -> None:
        """Note where a paragraph headed Definitions begins, and where the next one ends it."""
        caption = _CAPTION.match(leading[-1].text[leading[-1].text.find(")") + 1 :])
        if caption and announces_definitions(caption.group("caption")):
            self._defining_token = leading[-1].mark.token
        elif self._defining_token and _is_next(self._defining_token, leading[0].mark.token):
            self._defining_token = ""

    def _takes_terms(self) -> bool:
        # In a statute a definition has a designator, which is its address.
        has_designators = any(gathered.mark.kind != "term" for gathered in self._occurrences)
        if not self._regulation:
            return self._defines and not has_designators
        return bool(self._defines or self._defining_token)


def _leading(number: int, start: int, text: str) -> Iterator[_Occurrence]:
    """Designators at the start of a block, and behind a paragraph in it that is reserved."""
    opens: MarkKind = "line" if len(text.split()) <= _LINE_WORDS and not text.endswith(_SENTENCE_ENDS) else "leading"
    for begin in (0, *(match.end() for match in _RESERVED.finditer(text))):
        found = leading_designators(text[begin:])
        for order, (token, offset) in enumerate(found):
            at, last = begin + offset, order == len(found) - 1
            yield _Occurrence(Mark(token, "joined" if order else opens, number), start + at, text[at:] if last else "")
    range_start = _RANGE.match(text)
    end = DESIGNATOR.match(text, range_start.end()) if range_start else None
    if end:
        yield _Occurrence(Mark(end.group(1), "range", number), start + end.start(), text[end.start() :])


def _run_in(number: int, start: int, text: str) -> Iterator[_Occurrence]:
    """Designators inside a block: behind a caption, or behind the punctuation of a list."""
    for match in _RUN_IN.finditer(text):
        if _AFTER_ANOTHER.search(text[: match.start("designators")].rstrip()):
            continue
        strong = match.group("mark") in (".", ":", "?", "\u2014") and not match.group("next").islower()
        for designator in DESIGNATOR.finditer(match.group("designators")):
            at = match.start("designators") + designator.start()
            kind: MarkKind = "strong run-in" if strong else "run-in"
            yield _Occurrence(Mark(designator.group(1), kind, number), start + at, text[at:])


def _is_next(token: str, following: str) -> bool:
    """Tell whether a designator continues the numbering of another."""
    if token.isdigit() and following.isdigit():
        return int(following) == int(token) + 1
    return len(token) == len(following) == 1 and ord(following) == ord(token) + 1


def _provision(section: str, path: Sequence[Level], found: _Occurrence) -> Entry:
    citation = section + "".join(
        f" \u201c{level.token}\u201d" if level.kind == "term" else f"({level.token})" for level in path
    )
    rank = _PROVISION + len(path)
    if path[-1].kind == "term":
        return Entry(rank=rank, citation=citation, heading=path[-1].token, kind="definition", start=found.start)
    return Entry(
        rank=rank,
        citation=citation,
        heading=provision_heading(path[-1].token, found.text),
        kind="provision",
        start=found.start,
    )


def provision_heading(token: str, text: str) -> str:
    """``(b) Physical presence`` for a paragraph with a caption or a term, ``(b)`` for one without."""
    body = text[text.find(")") + 1 :] if text else ""
    defined = _DEFINED.match(body)
    if defined:
        return f"({token}) {one_line(defined.group('term'))}"
    caption = _CAPTION.match(body)
    if caption and len(caption.group("caption").split()) <= _CAPTION_WORDS:
        return f"({token}) {one_line(caption.group('caption'))}"
    short = body.strip()
    if short and len(short.split()) <= _LINE_WORDS and short[-1] not in ".;,:" and short[0].isupper():
        return f"({token}) {one_line(short)}"
    return f"({token})"
