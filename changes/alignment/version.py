"""One version of a document as it is aligned: its sections with their addresses, and their paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.documents.section_tree import SectionTree
from index.documents.store import DocumentStore
from index.query.analyzer import fold
from index.wholeness import goes_on
from pinpoint.records import Block
from pinpoint.stored import StoredDocument, StoredSection

_LABEL = re.compile(
    r"\s*(?:\((?:\d{1,3}|[A-Za-z]{1,2}|[ivxlc]{3,8})\)\s*|\u00a7+\s*[\d.a-z-]+\s+|\d{1,3}\.\s+|\[\d{1,3}\]\s*)+"
)
_NUMBERED = re.compile(
    r"(?:(?:table|figure|chapter|part|section|appendix|exhibit|annex|item|step|box)\s+[\da-z]+(?:[.-]\d+)*|"
    r"[ivxlc]+\.|\d+(?:\.\d+)*\.?|[a-z]\.)(?=\s|$)\.?\s*",
    re.IGNORECASE,
)
"""The number that a heading begins with."""
_CONTINUED = re.compile(r"\W*\((?:cont\.?|continued)\)\W*$|,? continued$", re.IGNORECASE)
_TELLING_TITLE = 2
"""Words of a heading by which a section is told. Set by hand; not measured."""
_QUOTED = re.compile("\u201c.*\u201d")
"""The term of a definition in its cited form; capitals in it come and go."""
_RUNNING = ("paragraph", "list_item")
"""Kinds of blocks that may go on in the next one, where a line or a page cut a paragraph in two."""
_ENDED = re.compile(r"[.;:?!\u2014][)\u201d\"]*\s*$")
_WORD = re.compile(r"\d+\.\d+|\w+(?:[-']\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a section that is not one of its parts.

    Attributes:
        section: Number of the section.
        text: Verbatim.
        words: Its words as they are compared, without the label that it begins with.
    """

    section: int
    text: str
    words: tuple[str, ...]


class Version:
    """A document as one side of a comparison."""

    def __init__(self, store: DocumentStore, document_id: str) -> None:
        """Read the sections and the text of a document.

        Raises:
            KeyError: There is no such document.
        """
        self.document: StoredDocument = store.documents[document_id]
        tree = store.tree(document_id)
        self.sections: Sequence[StoredSection] = tree.sections
        self.paragraphs = tuple(_paragraphs(tree, store.blocks(document_id), store.text(tree.root.span)))
        """In text order."""
        self.addresses = _addresses(self.sections)
        """By the numbers of sections: the cited form without the document's own name; each once."""
        self.children: dict[int, list[int]] = {}
        """Numbers of the sections directly below each section that has any, and those of the document below -1."""
        for section in self.sections:
            self.children.setdefault(section.parent, []).append(section.number)
        self.own: dict[int, list[int]] = {}
        """Numbers of the paragraphs of each section that has any, in order."""
        for number, paragraph in enumerate(self.paragraphs):
            self.own.setdefault(paragraph.section, []).append(number)
        self.captions = tuple(
            self.heading(paragraph.section) if self.own[paragraph.section][0] == number else ""
            for number, paragraph in enumerate(self.paragraphs)
        )
        """By the numbers of paragraphs: the heading of the section that it begins, "" for every other."""

    def heading(self, section: int) -> str:
        """The heading of a section in small letters, without its label and its last mark; "" for a label alone."""
        heading = self.sections[section].heading
        return fold(heading[len(label_of(heading)) :]).lower().strip(" .-")

    def title(self, section: int) -> str:
        """The heading of a section without its number, and without saying that it goes on; "" for a short one."""
        bare = _CONTINUED.sub("", _NUMBERED.sub("", self.heading(section))).strip(" .-\u2021\u2020*")
        return bare if len(bare.split()) >= _TELLING_TITLE else ""

    def own_text(self, section: int) -> str:
        """The text of a section without its parts, its paragraphs on lines of their own."""
        return "\n".join(self.paragraphs[number].text for number in self.own.get(section, ()))

    def is_paragraph(self, section: int) -> bool:
        """Tell whether a section is one paragraph and nothing else."""
        return len(self.own.get(section, ())) < 2 and section not in self.children  # noqa: PLR2004 - two are more than one

    def line(self, section: int) -> list[int]:
        """A section and those above it, upwards; the whole document is not among them."""
        above = []
        while section > 0:
            above.append(section)
            section = self.sections[section].parent
        return above


def label_of(text: str) -> str:
    """The designator that a paragraph begins with, such as "(b)(1) " or "§ 214.202 "; "" for none."""
    found = _LABEL.match(f"{text} ")
    return found.group()[: len(text)] if found else ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: case, quotation marks, dashes and marks for notes do not count."""
    return tuple(_WORD.findall(fold(text).lower()))


def _paragraphs(tree: SectionTree, blocks: Sequence[Block], text: str) -> Iterator[Paragraph]:
    """The blocks of a document, divided where sections begin; what stands behind its parts is a section's own."""
    waiting: tuple[int, int, int] | None = None
    for block in blocks:
        starts = [section.start for section in tree.starting(block.start + 1, block.end)]
        for start, end in pairwise([block.start, *dict.fromkeys(starts), block.end]):
            if not text[start:end].strip():
                continue
            section = tree.deepest(start, end).number
            running = waiting is not None and waiting[0] == section and block.kind in _RUNNING
            if waiting and running and _goes_on(text[waiting[1] : waiting[2]], text[start:end]):
                waiting = (section, waiting[1], end)
                continue
            if waiting:
                yield _paragraph(text, *waiting)
            waiting = (section, start, end)
    if waiting:
        yield _paragraph(text, *waiting)


def _paragraph(text: str, section: int, start: int, end: int) -> Paragraph:
    own = text[start:end].strip()
    return Paragraph(section=section, text=own, words=words_of(own[len(label_of(own)) :]))


def _goes_on(text: str, behind: str) -> bool:
    """Tell whether a paragraph was cut in two, before a word in brackets too."""
    bracket = behind.startswith("(") and not label_of(behind) and not _ENDED.search(text)
    return bracket or goes_on(text, behind)


def _addresses(sections: Sequence[StoredSection]) -> tuple[str, ...]:
    """Addresses by which sections of two editions are the same: the title of the edition is not in them."""
    name = sections[0].citation
    found: list[str] = []
    seen: Counter[str] = Counter()
    for section in sections:
        own = section.citation.removeprefix(name)
        if section.parent < 0:
            address = ""
        elif own.startswith(", ") or own == section.citation == section.heading:
            address = f"{found[section.parent]}/{fold(section.heading or own).lower()}"
        else:
            address = _QUOTED.sub(lambda found: fold(found.group()).lower(), own.strip())
        seen[address] += 1
        found.append(f"{address}#{seen[address]}" if seen[address] > 1 else address)
    return tuple(found)
