"""Sections to passages of about 150 to 250 words that never cross a section.

A section that fits is one passage, its paragraphs included. A longer one is cut where its
parts begin; neighbouring short paragraphs of one provision stay together. Text without parts is
cut at blocks, a long block at sentence ends. What a reader of the passage alone would miss goes
into its indexed text: title, heading path, the lead-ins above it, the header of a table, the
sentence that a footnote belongs to.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence

from citations.parse import whole_citation
from index.documents.section_tree import SpanTree
from index.documents.sentences import Bounds, sentence_spans, trimmed
from ingest.records import AssembledDocument, FoundSection
from pinpoint.records import Span, page_at
from pinpoint.stored import Passage

# Set by hand: a passage is read as a whole and embedded as a whole. Other lengths were not measured.
MAX_WORDS = 250
"""A section of so many words is one passage. Set by hand; not measured."""
TARGET_WORDS = 200
"""Words up to which neighbouring paragraphs are joined. Set by hand; not measured."""
LEAD_IN_WORDS = 40
"""Of each lead-in at most so many words are indexed with the text it leads into. Set by hand; not measured."""
_REFERS = re.compile(r"(?:\[?\d{1,3}\]?\.?\s+)?(?:See|Id\.|Cf\.|But see)(?=[\s,.:])")
_WORD = re.compile(r"\S+")


def chunk(
    document: AssembledDocument, sections: Sequence[FoundSection], *, document_id: str, title: str
) -> tuple[Passage, ...]:
    """Cut a document into passages, in text order.

    Args:
        document: The assembled document.
        sections: Its section tree, from ``find_sections``.
        document_id: First part of each passage's id.
        title: Title that is indexed with every passage.

    Returns:
        Passages whose spans do not overlap; every word of the document is in one of them.
    """
    chunker = _Chunker(document, sections)
    made = []
    for start, end in chunker.spans():
        number = chunker.tree.deepest(start, end)
        page = page_at(document.page_spans, start)
        label = document.page_labels[page - 1] if page else ""
        text = document.text[start:end]
        indexed = "\n".join(part for part in (title, chunker.context(number, start), text) if part)
        made.append(
            Passage(
                span=Span(document_id, start, end),
                section=number,
                text=text,
                indexed_text=indexed,
                page=page,
                page_label=label,
            )
        )
    return tuple(made)


def section_path(sections: Sequence[FoundSection], number: int) -> tuple[str, ...]:
    """Headings from the top down to a section, its own last; the root's title is left out."""
    path: list[str] = []
    while number > 0:
        path.append(sections[number].heading)
        number = sections[number].parent
    return tuple(reversed(path))


class _Chunker:
    def __init__(self, document: AssembledDocument, sections: Sequence[FoundSection]) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._block_starts = [block.start for block in document.blocks]
        self._sections = sections
        self._words = [match.start() for match in _WORD.finditer(document.text)]
        self.tree = SpanTree(sections)

    def spans(self) -> Iterator[Bounds]:
        """Spans of the passages, trimmed of white space, empty ones left out."""
        for start, end in self._of_section(0):
            first, last = trimmed(self._text, start, end)
            if first < last:
                yield first, last

    def context(self, number: int, start: int) -> str:
        """Heading path, lead-ins above, table header or footnote sentence of a passage."""
        lines = [" > ".join(section_path(self._sections, number))]
        section = self._sections[number]
        if section.kind == "footnote":
            lines.append(self._cited_sentence(section))
        above = []
        while number > 0:
            section = self._sections[number]
            own_end = min(section.own_end, start)
            if section.kind in ("provision", "definition", "heading") and section.start < start:
                above.append(self._lead_in(section, own_end))
            number = section.parent
        lines += reversed(above)
        header = self._table_header(start)
        if header:
            lines.append(header)
        return "\n".join(line for line in lines if line)

    def _lead_in(self, section: FoundSection, own_end: int) -> str:
        """The end of a section's own text, which leads into what follows it, cut to ``LEAD_IN_WORDS``."""
        own = self._text[section.start : own_end].strip()
        if section.kind == "heading":
            # The heading itself is in the path; a list below it is led in by its last line.
            last = own.rpartition("\n")[2] if "\n" in own else ""
            own = last if last.endswith((":", "\u2014")) else ""
        return " ".join(own.split()[-LEAD_IN_WORDS:])

    def _cited_sentence(self, footnote: FoundSection) -> str:
        """The sentence that a footnote belongs to, "" when its reference was not found nearby."""
        marker = "[" + footnote.citation.rpartition(" fn ")[2] + "]"
        row = self._text.rfind(marker, 0, footnote.start)
        if row < 0:
            return ""
        block = self._blocks[bisect_right(self._block_starts, row) - 1]
        for start, end in sentence_spans(self._text[block.start : block.end]):
            if block.start + start <= row < block.start + end:
                return self._text[block.start + start : block.start + end]
        return ""

    def _table_header(self, start: int) -> str:
        """Header row of the table in whose rows a passage begins."""
        row = bisect_right(self._block_starts, start) - 1
        if row < 0 or self._blocks[row].kind != "table_row":
            return ""
        while row > 0 and self._blocks[row].kind == "table_row":
            row -= 1
        block = self._blocks[row]
        return self._text[block.start : block.end] if block.kind == "table_header" else ""

    def _count(self, start: int, end: int) -> int:
        return bisect_left(self._words, end) - bisect_left(self._words, start)

    def _of_section(self, number: int) -> Iterator[Bounds]:
        section = self._sections[number]
        children = self.tree.children(number)
        if self._count(section.start, section.end) <= MAX_WORDS and not self._stand_alone(children):
            yield section.start, section.end
            return
        waiting = (section.start, section.own_end)
        if section.kind != "provision" or self._count(*waiting) > TARGET_WORDS:
            yield from self._of_text(*waiting)
            waiting = (section.own_end, section.own_end)
        for child in children:
            waiting = yield from self._reach(waiting, self._sections[child].start)
            waiting = yield from self._add(waiting, child)
        waiting = yield from self._reach(waiting, section.end)
        if waiting[0] < waiting[1]:
            yield from self._of_text(*waiting)

    def _add(self, waiting: Bounds, child: int) -> Generator[Bounds, None, Bounds]:
        """Join a child to the waiting run of text, or give out the run first; returns what waits then."""
        section = self._sections[child]
        small = self._count(section.start, section.end) <= MAX_WORDS
        joins = section.kind == "provision" or (section.kind == "footnote" and self._only_refers(section))
        if small and joins and self._count(waiting[0], section.end) <= TARGET_WORDS:
            return waiting[0], section.end
        if waiting[0] < waiting[1]:
            yield from self._of_text(*waiting)
        if small and joins:
            return section.start, section.end
        yield from self._of_section(child)
        return section.end, section.end

    def _reach(self, waiting: Bounds, upto: int) -> Generator[Bounds, None, Bounds]:
        """Join the text between two children, or behind the last one, which is the section's own; what waits then."""
        if waiting[1] >= upto or self._count(waiting[0], upto) <= TARGET_WORDS:
            return waiting[0], max(waiting[1], upto)
        if waiting[0] < waiting[1]:
            yield from self._of_text(*waiting)
        return waiting[1], upto

    def _only_refers(self, footnote: FoundSection) -> bool:
        """Tell whether a footnote says nothing of its own: "See 8 CFR 214.204(l). See INA 101(a)(15)(T)."."""
        text = self._text[footnote.start : footnote.end]
        sentences = (text[start:end] for start, end in sentence_spans(text))
        return all(_REFERS.match(sentence) or whole_citation(sentence) for sentence in sentences)

    def _stand_alone(self, children: Sequence[int]) -> bool:
        """Tell whether any part below must be a passage of its own."""
        return any(self._sections[child].kind in ("definition", "heading", "footnote") for child in children)

    def _of_text(self, start: int, end: int) -> Iterator[Bounds]:
        """Cut text without parts at blocks; a lead-in ("…:") stays with what it leads into."""
        fragments = list(self._fragments(start, end))
        first, words = start, 0
        for row, (fragment_start, fragment_end) in enumerate(fragments):
            count = self._count(fragment_start, fragment_end)
            if words and words + count > TARGET_WORDS:
                cut = fragment_start
                before = fragments[row - 1]
                if (
                    row > 0
                    and before[0] > first
                    and self._text[before[0] : before[1]].rstrip().endswith((":", "\u2014"))
                ):
                    cut, count = before[0], count + self._count(*before)
                yield first, cut
                first, words = cut, 0
            words += count
        yield first, end

    def _fragments(self, start: int, end: int) -> Iterator[Bounds]:
        """Blocks of a span; those longer than ``TARGET_WORDS`` as runs of sentences."""
        for row in range(max(bisect_right(self._block_starts, start) - 1, 0), len(self._blocks)):
            block = self._blocks[row]
            if block.start >= end:
                return
            fragment = max(block.start, start), min(block.end, end)
            if fragment[0] >= fragment[1]:
                continue
            yield from self._sentence_runs(*fragment) if self._count(*fragment) > TARGET_WORDS else [fragment]

    def _sentence_runs(self, start: int, end: int) -> Iterator[Bounds]:
        """Sentences joined up to ``TARGET_WORDS``; a longer sentence is cut at a word."""
        first = start
        for sentence_start, sentence_end in sentence_spans(self._text[start:end]):
            if first < start + sentence_start and self._count(first, start + sentence_end) > TARGET_WORDS:
                yield first, start + sentence_start
                first = start + sentence_start
            while self._count(first, start + sentence_end) > MAX_WORDS:
                cut = self._words[bisect_left(self._words, first) + TARGET_WORDS]
                yield first, cut
                first = cut
        if first < end:
            yield first, end
