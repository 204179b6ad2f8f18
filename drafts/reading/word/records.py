"""Records of a draft that is a Word file, with the runs in which its words stand."""

from dataclasses import dataclass, field
from typing import Any

from docx.document import Document

from drafts.records import Draft, DraftPart
from ingest.readers.docx.markup import Element


@dataclass(frozen=True, slots=True)
class RunText:
    """Characters of a part that stand in one element of a run.

    Attributes:
        text: As a reader sees them.
        run: The ``w:r``; None for a formula or a check box.
        node: The ``w:t``, ``w:tab``, ``w:sym``, … in it; None for the same.
        offset: Character of a ``w:t`` at which they begin; -1 where the node cannot be divided.
    """

    text: str
    run: Element | None
    node: Element | None
    offset: int = -1


@dataclass(slots=True)
class Line:
    """What a paragraph holds as it is read.

    Attributes:
        texts: Its characters in order.
        marks: Position and number of each mark of a note.
        notes: Kind ("footnote", "endnote"), number and element of each note.
        boxes: Text boxes anchored in it.
        comments: Ids of the comments that begin in it.
        paragraphs: The ``w:p`` of which it is made: several where the mark of a paragraph was deleted.
    """

    texts: list[RunText] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[str, str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    paragraphs: list[Element] = field(default_factory=list)
    length: int = 0

    def say(self, text: RunText) -> None:
        """Append characters."""
        if text.text:
            self.texts.append(text)
            self.length += len(text.text)

    def add(self, other: "Line") -> None:
        """Append what the next paragraph holds."""
        self.marks += [(position + self.length, number) for position, number in other.marks]
        self.texts += other.texts
        self.length += other.length
        self.notes += other.notes
        self.boxes += other.boxes
        self.comments += other.comments
        self.paragraphs += other.paragraphs

    def trim(self) -> None:
        """Take white space from both ends."""
        dropped = 0
        while self.texts and (bare := self.texts[0].text.lstrip()) != self.texts[0].text:
            first, blank = self.texts.pop(0), len(self.texts)
            cut = len(first.text) - len(bare)
            dropped += cut
            if bare:
                offset = first.offset + cut if first.offset >= 0 else -1
                self.texts.insert(0, RunText(bare, first.run, first.node, offset))
                break
            if not blank:
                break
        while self.texts and (bare := self.texts[-1].text.rstrip()) != self.texts[-1].text:
            last = self.texts.pop()
            if bare:
                self.texts.append(RunText(bare, last.run, last.node, last.offset))
                break
        self.length = sum(len(text.text) for text in self.texts)
        self.marks = [(min(max(position - dropped, 0), self.length), number) for position, number in self.marks]


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part of a draft with the runs in which its words stand."""

    part: DraftPart
    texts: tuple[RunText, ...]
    paragraphs: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class WordDraft:
    """A draft that is a Word file.

    Attributes:
        draft: As it is checked.
        parts: The same parts with their runs.
        document: The file as it was opened, to be marked and saved anew.
    """

    draft: Draft
    parts: tuple[WordPart, ...]
    document: Document | Any
