"""One version of a document as it is aligned: its sections with their addresses, and their paragraphs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.store import DocumentStore
from index.query.analyzer import fold
from pinpoint.records import Block
from pinpoint.stored import StoredDocument, StoredSection

_LABEL = re.compile(r"\s*(?:\([A-Za-z0-9]{1,6}\)\s*|\u00a7+\s*[\d.a-z-]+\s+|\d{1,3}\.\s+|\[\d{1,3}\]\s*)+")
_WORD = re.compile(r"\d+\.\d+|\w+(?:[-']\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of the own text of a section.

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
        self.sections: Sequence[StoredSection] = store.tree(document_id).sections
        text = store.text(self.sections[0].span)
        self.paragraphs = tuple(_paragraphs(self.sections, store.blocks(document_id), text))
        """In text order."""
        self.addresses = _addresses(self.sections)
        """By the numbers of sections: the cited form without the document's own name; each once."""
        self.own: dict[int, list[int]] = {}
        """Numbers of the paragraphs of each section that has any, in order."""
        for number, paragraph in enumerate(self.paragraphs):
            self.own.setdefault(paragraph.section, []).append(number)

    def own_text(self, section: int) -> str:
        """The own text of a section, its paragraphs on lines of their own."""
        return "\n".join(self.paragraphs[number].text for number in self.own.get(section, ()))

    def line(self, section: int) -> list[int]:
        """A section and those above it, upwards; the whole document is not among them."""
        above = []
        while section > 0:
            above.append(section)
            section = self.sections[section].parent
        return above


def label_of(text: str) -> str:
    """The designator that a paragraph begins with, such as "(b)(1) " or "§ 214.202 "; "" for none."""
    found = _LABEL.match(text)
    return found.group() if found and found.end() < len(text) else ""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: case, quotation marks, dashes and marks for notes do not count."""
    return tuple(_WORD.findall(fold(text).lower()))


def _paragraphs(sections: Sequence[StoredSection], blocks: Sequence[Block], text: str) -> list[Paragraph]:
    """The blocks of a document by sections; a block that two sections share is one paragraph of each."""
    found = []
    position = 0
    for section in sorted(sections, key=lambda one: (one.start, one.number)):
        if section.own_end <= section.start:
            continue
        while position and blocks[position - 1].end > section.start:
            position -= 1
        while position < len(blocks) and blocks[position].end <= section.start:
            position += 1
        number = position
        spans = []
        while number < len(blocks) and blocks[number].start < section.own_end:
            spans.append((max(blocks[number].start, section.start), min(blocks[number].end, section.own_end)))
            number += 1
        for start, end in spans or [(section.start, section.own_end)]:
            words = text[start:end].strip()
            if words:
                bare = words[len(label_of(words)) :]
                found.append(Paragraph(section=section.number, text=words, words=words_of(bare)))
    return found


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
            address = own.strip()
        seen[address] += 1
        found.append(f"{address}#{seen[address]}" if seen[address] > 1 else address)
    return tuple(found)
