"""Paragraphs of one section, of an appendix or of a part of it: what its blocks say is gathered, then nested at once.

A block without a designator of its own that stands behind a list ("flush text") belongs to the level that the list
belongs to, not to the last item: the item ends before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.definitions import announces_definitions, find_terms
from ingest.structure.designators import REGULATION, STATUTE, Level, Mark, nest_with_insets
from ingest.structure.marks import block_marks, is_line, readings, run_in_marks
from ingest.structure.outline import Entry, Outline, one_line
from ingest.structure.provisions.contents import contents_of
from ingest.structure.provisions.flush import Unmarked, depth_of
from pinpoint.records import Block

_CAPTION = re.compile(
    r"^\s*(?P<caption>[A-Z\u201c][^.:;?]{1,110}?[^.\s])(?P<end>[.?]|\.?\u2014)(?=\s*[A-Z(\u201c\u2014]|$)"
)
_DEFINED = re.compile(
    r"^\s*The terms? \u201c(?P<term>[^\u201d]{2,80})\u201d[^.;:]{0,60}?\s(?:means?|includes?|has|refers?)\b"
)
_INSET = re.compile(
    r"^(?:(?:Examples?|Illustrations?|Notes?|NOTES?)\b(?:\s(?:to|for)\s[^.:\u2014]{2,60}?)?"
    r"\s?(?:\(?(?:\d{1,2}|[IVXA-Z]{1,4})\)?)?\s?(?:[.:\u2014]|$)"
    r"|(?:Model|Sample|Form of)\s(?:[a-z]+\s){0,3}(?:letter|form|notice|clause|certification)s?\b)",
)
_PRESCRIBED = re.compile(r"\b(?:clause|provision)s?\b")
"""What stands before the text of a clause in title 48: "As prescribed in 22.1705(a), insert the following clause:"."""
_FOOTNOTE, _PROVISION, _LEAF = 70, 100, 1000  # ranks; only their order counts
_CAPTION_WORDS = 14  # a longer beginning of a paragraph is its first sentence; set by hand, not measured
_LINE_WORDS = 12  # a longer line is a paragraph; set by hand, not measured


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A designator or term with where it stands, and the text behind it up to the end of its block."""

    mark: Mark
    start: int
    text: str


class Paragraphs:
    """The designators, terms and footnotes of one section, gathered until it ends."""

    def __init__(self, outline: Outline, citation: str = "", heading: str = "", *, joint: str = "") -> None:
        """Begin a section.

        Args:
            outline: Holds the section already; what is gathered is pushed below it.
            citation: Of the section; "" gathers footnotes only.
            heading: Tells whether definitions follow.
            joint: Stands between the citation and a paragraph: " " behind "Appendix A".
        """
        self.citation = citation
        self.blocks = 0
        self._outline = outline
        self._joint = joint
        self._regulation = " CFR " in citation
        self._defines = announces_definitions(heading)
        self._defining_token = ""
        self._occurrences: list[_Occurrence] = []
        self._unmarked: dict[int, Unmarked] = {}
        self._texts: list[tuple[int, str]] = []
        self._edges: dict[int, float] = {}
        self._footnotes: list[Block] = []
        self._in_inset = False
        self._quotes: bool | None = None  # whether its insets are quotations; the first one tells

    def take(self, number: int, start: int, text: str, block: Block, *, inset: bool = False) -> None:
        """Gather what one block has: its text from ``start``; lists of an inset, as of a form, have no address."""
        self.blocks += 1
        if not self.citation:
            return
        edge = self._outline.indents.get(block.start)
        if edge is not None:
            self._edges[start] = edge
        if inset and self._is_quoted():
            if not self._in_inset:  # what is quoted stays together, where it begins
                self._gather_unmarked(start, text, block)
            self._in_inset = True
            self._texts.append((start, text))
            return
        self._in_inset = False
        leading = [_Occurrence(Mark(token, kind, number), start + at, text[at:] if own else "")
                   for token, kind, at, own in block_marks(text)]  # fmt: skip
        occurrences = {found.start: found for found in leading}
        if leading:
            self._follow_definitions(leading)
            for token, kind, at, _ in run_in_marks(text):
                occurrences.setdefault(start + at, _Occurrence(Mark(token, kind, number), start + at, text[at:]))
        elif begun := _INSET.match(text):
            occurrences[start] = _Occurrence(Mark(one_line(begun.group()), "inset", number), start, "")
        if self._takes_terms():
            for term, offset in find_terms(text, captions=self._takes_captions()):
                occurrences.setdefault(start + offset, _Occurrence(Mark(term, "term", number), start + offset, ""))
            if not leading and start in occurrences and self._takes_captions():
                for token, kind, at, _ in run_in_marks(text):
                    occurrences.setdefault(start + at, _Occurrence(Mark(token, kind, number), start + at, text[at:]))
        if text.strip() and min(occurrences, default=start + 2) > start + 1:
            self._gather_unmarked(start, text, block)
        self._texts.append((start, text))
        self._occurrences += sorted(occurrences.values(), key=lambda found: found.start)

    def _gather_unmarked(self, start: int, text: str, block: Block) -> None:
        edge = self._edges.get(start)
        self._unmarked[start] = Unmarked(text.strip(), block.kind, block.level, indent=edge)
        if not is_line(text):
            self._no_contents()

    def _is_quoted(self) -> bool:
        """Tell whether an inset is a quotation in the section, not the clause that the section prescribes."""
        if self._quotes is None:
            before = self._texts[-1][1] if self._texts else ""
            self._quotes = self._has_designators() or not _PRESCRIBED.search(before)
        return self._quotes

    def take_footnote(self, block: Block) -> None:
        """Gather a footnote."""
        self._footnotes.append(block)

    def close(self) -> None:
        """Nest what was gathered, and push it."""
        self._set_contents_apart()
        numbering = REGULATION if self._regulation else STATUTE
        found = nest_with_insets([gathered.mark for gathered in self._occurrences], numbering)
        entries = [
            self._provision(path, at)
            for path, at in zip(found, self._occurrences, strict=True)
            if path and not any(level.kind == "inset" for level in path)
        ]
        last = entries[-1].start if entries else -1
        for block in self._footnotes:
            # A footnote amid the paragraphs is a leaf; the paragraphs continue behind it.
            rank = _FOOTNOTE if block.start > last else _LEAF
            holder = self.citation.rstrip() or self._outline.above(_FOOTNOTE).citation
            citation = f"{holder} fn {block.marker}"
            entries.append(
                Entry(
                    rank=rank, citation=citation, heading=f"Footnote {block.marker}", kind="footnote", start=block.start
                )
            )
        ends, ended = self._ends(found), 0
        for entry in sorted(entries, key=lambda entry: entry.start):
            while ended < len(ends) and ends[ended][0] <= entry.start:
                start, depth = ends[ended]
                self._outline.close(_PROVISION + depth + 1, start)
                ended += 1
            self._outline.push(entry)
        for start, depth in ends[ended:]:
            self._outline.close(_PROVISION + depth + 1, start)
        self._occurrences, self._footnotes, self._unmarked, self._texts = [], [], {}, []
        self._edges = {}

    def _set_contents_apart(self) -> None:
        """Make text of the entries of lists of contents: their designators are those of the paragraphs behind."""
        for number in contents_of([text for _, text in self._texts]):
            start, text = self._texts[number]
            self._occurrences = [
                found for found in self._occurrences if not start <= found.start < start + max(len(text), 1)
            ]
            self._unmarked[start] = Unmarked(text.strip(), "paragraph", 0, indent=self._edges.get(start))

    def _ends(self, found: Sequence[Sequence[Level]]) -> list[tuple[int, int]]:
        """Where text stands that ends paragraphs, and how many levels stay open there, in order."""
        paths = [
            (at.start, () if any(level.kind == "inset" for level in path) else tuple(path), bool(path), at.mark.kind)
            for path, at in zip(found, self._occurrences, strict=True)
        ]
        addressed = [(start, path) for start, path, _, _ in paths if path]
        # Blocks that open with a designator or an example without an address are text like any other.
        starts = {start for start, _ in self._texts}
        insets = {start for start, path, nested, _ in paths if nested and not path and start in starts}
        texts = dict(self._texts)
        events = dict(self._unmarked)
        events.update({start: Unmarked(texts[start], "paragraph", 0, inset=True) for start in insets})
        ends: list[tuple[int, int]] = []
        current: tuple[Level, ...] = ()
        own: dict[int, str] = {}
        edges: dict[int, float] = {}
        row, before = 0, ""
        for start, text in self._texts:
            unmarked = events.get(start)
            if unmarked is not None:
                following = addressed[row][1] if row < len(addressed) else ()
                depth = depth_of(unmarked, current, following, own, before, edges)
                if depth < len(current):
                    ends.append((start, depth))
                    current = current[:depth]
                own[len(current)] = text.strip()
                if not current and start in self._edges:
                    edges.setdefault(0, self._edges[start])
            while row < len(addressed) and addressed[row][0] < start + len(text):
                current = addressed[row][1]
                edges = {depth: edge for depth, edge in edges.items() if depth < len(current)}
                if start in self._edges:
                    edges[len(current)] = self._edges[start]
                upto = addressed[row + 1][0] if row + 1 < len(addressed) else start + len(text)
                own[len(current)] = text[addressed[row][0] - start : max(upto - start, 0)].strip()
                row += 1
            before = text.strip()
        return ends

    def _no_contents(self) -> None:
        """Make of lines that may be a list of contents paragraphs: a sentence stands behind them."""
        for row in range(len(self._occurrences) - 1, -1, -1):
            found = self._occurrences[row]
            if found.mark.kind != "line":
                break
            self._occurrences[row] = _Occurrence(
                Mark(found.mark.token, "leading", found.mark.block), found.start, found.text
            )

    def _follow_definitions(self, leading: Sequence[_Occurrence]) -> None:
        """Note where a paragraph headed Definitions begins, and where the next one ends it."""
        caption = _CAPTION.match(leading[-1].text[leading[-1].text.find(")") + 1 :])
        if caption and announces_definitions(caption.group("caption")):
            self._defining_token = leading[-1].mark.token
        elif self._defining_token and _is_next(self._defining_token, leading[0].mark.token):
            self._defining_token = ""

    def _takes_terms(self) -> bool:
        # In a statute a definition has a designator, which is its address.
        if not self._regulation:
            return self._defines and not self._has_designators()
        return bool(self._defines or self._defining_token)

    def _takes_captions(self) -> bool:
        """Tell whether "Alien. Any person …" defines a term: in a section of definitions without designators."""
        tops = (found for found in self._occurrences if found.mark.kind != "inset")
        first = next(tops, None)
        return self._defines and (first is None or first.mark.kind == "term")

    def _has_designators(self) -> bool:
        return any(gathered.mark.kind not in ("term", "inset") for gathered in self._occurrences)

    def _provision(self, path: Sequence[Level], found: _Occurrence) -> Entry:
        citation = (
            self.citation
            + self._joint
            + "".join(f" \u201c{level.token}\u201d" if level.kind == "term" else f"({level.token})" for level in path)
        )
        rank = _PROVISION + len(path)
        if path[-1].kind == "term":
            return Entry(rank=rank, citation=citation, heading=path[-1].token, kind="definition", start=found.start)
        heading = provision_heading(path[-1].token, found.text)
        return Entry(rank=rank, citation=citation, heading=heading, kind="provision", start=found.start)


def _is_next(token: str, following: str) -> bool:
    """Tell whether a designator continues the numbering of another."""
    return any(
        kind == other and later[0] == ordinal[0] + 1
        for kind, ordinal in readings(token)
        for other, later in readings(following)
        if kind not in ("i", "I")
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
