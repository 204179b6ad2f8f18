"""What stands in an appendix, and in the official interpretations of a part.

Paragraphs of an appendix are cited as its own: ``12 CFR Part 40, Appendix A (a)``, ``…, Appendix A, A-7(b)``. A comment
is cited by the paragraph that it is on and its number: ``12 CFR Part 1005, Supplement I, comment 7(b)(10)-1.i``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.structure.designators import Level, Mark, Numbering, nest, nest_with_insets
from ingest.structure.marks import is_line, leading_designators, readings
from ingest.structure.outline import Entry, Outline, one_line
from ingest.structure.provisions.paragraphs import Paragraphs
from pinpoint.records import Block

_FORM = re.compile(
    r"^(?P<mark>[A-Z]{1,2})-(?P<number>\d{1,3}(?:[A-Z]|\([A-Z\d]\))?)(?=\s?(?:\u2014|\u2013|--|-\s|:|\.)|\s+[A-Z(]|$)"
)
_ON_SECTION = re.compile(
    r"^(?:(?:Section|SECTION|Sec\.)\s+|§\s*)(?P<part>\d+[a-z]?)\.(?P<section>\d+[a-z]?)(?=\s?(?:\u2014|\u2013|--|-|:|\.|\s|$))"
)
_ON_PARAGRAPH = re.compile(
    r"^(?:Paragraphs?\s+)?(?P<key>(?P<section>\d{1,4}[a-z]?)(?:\([A-Za-z\d]{1,5}\))+)(?=[\s.:\u2014-]|$)"
)
_ON_APPENDIX = re.compile(
    r"^(?:Appendix|Appendices|APPENDIX|APPENDICES)\s+(?P<mark>[A-Z]{1,2})\b(?!\s+(?:to|TO|of)\s+(?:this\s+)?[Pp])"
)
_COMMENT = re.compile(r"^(?P<token>\d{1,3}|[ivxl]{1,6}|[A-Z])\.\s+(?=\S)")
_INSIDE = re.compile(r"(?:(?<=[.:])|(?<=[.:]\s[iA1]\.))\s(?P<token>[iA1])\.(?=\s[A-Z])")
_NUMBERING: Numbering = {"": ("1",), "1": ("i",), "i": ("A",), "A": ("1",)}
_ITEM = re.compile(r"^(?P<token>[IVXL]{1,6}|[A-Z]|\d{1,3}|[a-z]|[ivxl]{1,6})\.\s+(?=\S)")
_DECIMAL = re.compile(r"^(?P<token>\d{1,2}(?:\.\d{1,3}){1,5})\.?\s+(?=[A-Z(])")
_OUTLINE: Numbering = {
    "": ("I", "A", "1"), "I": ("A", "1"), "A": ("1", "a"), "1": ("a", "i", "A"), "a": ("i", "1"), "i": ("A", "1", "a"),
}  # fmt: skip
_PART, _KEY, _COMMENT_RANK, _LEAF = 52, 54, 100, 1000  # ranks; only their order counts
_CAPTION = 160  # characters behind the number of a comment in which the first of a list below may stand; set by hand
_SAME_WORDS = 2  # first words that an entry of a list of contents shares with what it lists; set by hand
_LONG_NAME = 30  # words; a longer line is a comment; set by hand, not measured


@dataclass(frozen=True, slots=True)
class _Item:
    """A numbered item: its number, where the text behind it begins in its block, whether it is a decimal ("3.1.2")."""

    token: str
    end: int

    @property
    def decimal(self) -> bool:
        return "." in self.token


class Appendix:
    """An appendix: its model forms, its outline ("II.A.1"), and the paragraphs below them."""

    def __init__(self, outline: Outline, citation: str, mark: str) -> None:
        """Begin behind its heading, which the outline holds already."""
        self._outline = outline
        self._citation = citation
        self._mark = mark
        self._blocks: list[tuple[int, int, str, Block]] = []

    def take(self, number: int, start: int, text: str, block: Block) -> None:
        """Gather a block."""
        self._blocks.append((number, start, text, block))

    def take_footnote(self, block: Block) -> None:
        """Gather a footnote."""
        self._blocks.append((-1, block.start, "", block))

    def close(self) -> None:
        """Push what is gathered, form by form."""
        found = dict(self._items())
        forms = {row for row, (_, _, text, block) in enumerate(self._blocks) if self._is_form(text, block)}
        paths, ends = self._placed(found, forms)
        base = self._citation
        gathering = Paragraphs(self._outline, base, joint=" ")
        is_open = False
        for row, (number, start, text, block) in enumerate(self._blocks):
            if row in ends and is_open:
                gathering.close()
                self._outline.close(_KEY, start)
                gathering, is_open = Paragraphs(self._outline), False
            path, form = paths.get(row, ""), _FORM.match(text) if row in forms else None
            if block.kind == "footnote":
                gathering.take_footnote(block)
            elif form:
                gathering.close()
                base = f"{self._citation}, {form.group()}"
                self._push(_PART, base, text, start)
                gathering, is_open = Paragraphs(self._outline, base), False
            elif path:
                gathering.close()
                citation = f"{base}{'.' if base != self._citation else ', '}{path}"
                self._push(_KEY + path.count("."), citation, text, start)
                gathering, is_open = Paragraphs(self._outline, citation), True
                gathering.take(number, start + found[row].end, text[found[row].end :], block)
            else:
                gathering.take(number, start, text, block)
        gathering.close()
        self._blocks = []

    def _items(self) -> Iterator[tuple[int, _Item]]:
        """Rows that open with a number of the outline, or with a decimal, which says where it stands."""
        for row, (_, _, text, block) in enumerate(self._blocks):
            match = _DECIMAL.match(text) or _ITEM.match(text)
            if match and block.kind in ("heading", "paragraph", "list_item"):
                yield row, _Item(match.group("token"), match.end())

    def _placed(self, found: Mapping[int, _Item], forms: set[int]) -> tuple[dict[int, str], set[int]]:
        """Address of each row of the outline within its form, and rows at which an item ends since a list restarts.

        A list that restarts, as below another heading, has no address: its numbers are those of the list before it.
        """
        paths = {row: item.token for row, item in found.items() if item.decimal}
        ends: set[int] = set()
        begin = 0
        for form in [*sorted(forms), len(self._blocks)]:  # each form has an outline of its own
            rows = [row for row in range(begin, form) if row in found and row not in paths]
            marks = [self._mark_of(found[row].token, row) for row in rows]
            listed: set[tuple[str, ...]] = set()
            for row, levels in zip(rows, nest_with_insets(marks, _OUTLINE), strict=True):
                rest = self._blocks[row][2][found[row].end :]
                words = (found[row].token, *re.findall(r"[^\W\d]\w*", rest[:_CAPTION].lower())[:_SAME_WORDS])
                above = all(level.block in paths for level in levels[:-1])
                if levels and above and not _restarts(levels, words, listed):
                    paths[row] = ".".join(level.token for level in levels)
                    continue
                listed.add(words)
                captioned = self._captioned(row, found)
                is_first = any(ordinal == (1, 0) for _, ordinal in readings(found[row].token))
                if is_first and (levels or captioned < row):
                    ends.add(captioned)
            begin = form + 1
        return paths, ends

    def _captioned(self, row: int, found: Mapping[int, _Item]) -> int:
        """The row of the heading right above a row, or the row itself."""
        above = row - 1
        if above < 0 or above in found:
            return row
        _, _, text, block = self._blocks[above]
        caption = block.kind == "paragraph" and is_line(text) and not leading_designators(text)
        return above if block.kind == "heading" or caption else row

    def _mark_of(self, token: str, row: int) -> Mark:
        """An item of the outline; a short line may belong to a list of contents."""
        return Mark(token, "line" if is_line(self._blocks[row][2]) else "leading", row)

    def _is_form(self, text: str, block: Block) -> bool:
        form = _FORM.match(text)
        mine = form is not None and (not self._mark or form.group("mark") == self._mark)
        return mine and (block.kind == "heading" or is_line(text))

    def _push(self, rank: int, citation: str, text: str, start: int) -> None:
        words = text.split()
        heading = one_line(text) if len(words) <= _LONG_NAME else " ".join(words[:_LONG_NAME])
        self._outline.push(Entry(rank=rank, citation=citation, heading=heading, kind="heading", start=start))


def _restarts(levels: Sequence[Level], words: tuple[str, ...], listed: set[tuple[str, ...]]) -> bool:
    """Tell whether a row stands in a list that began before, and is not what a list of contents lists."""
    kinds = [level.kind for level in levels]
    again = levels[-1].times > 1 and words not in listed and words[:-1] not in listed
    return again or "inset" in kinds or len(set(kinds)) < len(kinds)


class Comments:
    """Official interpretations: comments, numbered from 1 below each section, paragraph or appendix they are on."""

    def __init__(self, outline: Outline, citation: str) -> None:
        """Begin behind their heading, which the outline holds already."""
        self._outline = outline
        self._citation = citation
        self._section = ""
        self._key = ""
        self._gathered: list[tuple[Mark, int, str]] = []
        self._footnotes: list[Block] = []

    def opens(self, text: str) -> bool:
        """Tell whether a block says what the comments behind it are on."""
        return len(text.split()) <= _LONG_NAME and self._opened(text)[0] > 0

    def take(self, number: int, start: int, text: str, block: Block) -> None:
        """Take a block."""
        if len(text.split()) <= _LONG_NAME and not text.rstrip().endswith((";", ",")):
            rank, key = self._opened(text)
            if rank:
                self.close()
                if rank == _PART:
                    self._section = key
                self._key = key
                citation = f"{self._citation}, comment {key}"
                heading = one_line(text)
                self._outline.push(Entry(rank=rank, citation=citation, heading=heading, kind="heading", start=start))
                return
        comment = _COMMENT.match(text)
        if not comment or not self._key:
            return
        self._gathered.append((Mark(comment.group("token"), block=number), start, text[comment.end() :]))
        for inner in _INSIDE.finditer(text, comment.end(), comment.end() + _CAPTION):
            mark = Mark(inner.group("token"), "strong run-in", number)
            self._gathered.append((mark, start + inner.start("token"), text[inner.end() :]))

    def take_footnote(self, block: Block) -> None:
        """Take a footnote."""
        self._footnotes.append(block)

    def close(self) -> None:
        """Push the comments that are gathered."""
        found = nest([mark for mark, _, _ in self._gathered], _NUMBERING)
        entries = [
            self._entry(levels, start, text)
            for levels, (_, start, text) in zip(found, self._gathered, strict=True)
            if levels
        ]
        for block in self._footnotes:
            holder = self._citation
            entries.append(
                Entry(
                    rank=_LEAF,
                    citation=f"{holder} fn {block.marker}",
                    heading=f"Footnote {block.marker}",
                    kind="footnote",
                    start=block.start,
                )
            )
        for entry in sorted(entries, key=lambda entry: entry.start):
            self._outline.push(entry)
        self._gathered, self._footnotes = [], []

    def _opened(self, text: str) -> tuple[int, str]:
        """Rank and key of what a heading says that the comments are on; (0, "") when it says nothing of it."""
        section = _ON_SECTION.match(text)
        if section:
            return _PART, section.group("section")
        appendix = _ON_APPENDIX.match(text)
        if appendix:
            return _PART, f"app. {appendix.group('mark')}"
        paragraph = _ON_PARAGRAPH.match(text)
        if paragraph and self._section in ("", paragraph.group("section")):
            return _KEY, paragraph.group("key")
        return 0, ""

    def _entry(self, levels: Sequence[Level], start: int, text: str) -> Entry:
        number = "-" + ".".join(level.token for level in levels)
        caption = re.match(r"[A-Z][^.:;]{2,80}(?=\.)", text)
        name = f"{levels[-1].token}. {one_line(caption.group())}" if caption else f"{levels[-1].token}."
        return Entry(
            rank=_COMMENT_RANK + len(levels),
            citation=f"{self._citation}, comment {self._key}{number}",
            heading=name,
            kind="provision",
            start=start,
        )
