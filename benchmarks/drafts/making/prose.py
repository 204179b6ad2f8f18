"""Writes items into drafts as people write memos: lead-ins, notes, block quotations, sentences around, distractors."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

from benchmarks.drafts.records import Item, MadeDraft, Mark
from drafts.records import Draft, DraftPart

_PROSE = Path(__file__).with_name("prose.toml")
_QUOTED = re.compile(r"\u201c([^\u201d]*)\u201d")
_NUMBERED = re.compile(r"(?:Room|No\.|number is|A-file,|extension|Docket|Suite) ?[A-Z]*[\w .()-]*\d[\w-]*")
IN_TABLES = 0.08
"""Share of the paragraphs that stand in a cell of a table. Set by hand; not measured."""
ITEMS = 8
"""Items of a draft: about three pages. Set by hand; not measured."""


@cache
def prose() -> dict[str, list[str]]:
    """Sentences of the drafts by what they are for."""
    return tomllib.loads(_PROSE.read_text(encoding="utf-8"))


@dataclass(slots=True)
class _Writer:
    """A draft as it is written."""

    chance: Random
    parts: list[DraftPart] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    waiting: list[tuple[int, str, str, Item]] = field(default_factory=list)
    notes: int = 0

    def add(self, text: str, **more: object) -> int:
        """Add a part and give its number."""
        number = len(self.parts)
        where = str(more.pop("where", f"paragraph {number + 1}"))
        anchor = int(str(more.pop("anchor", number)))
        if not more and self.chance.random() < IN_TABLES:
            more, where = {"story": "table"}, f"table 1, row {number + 1}, cell 1"
        self.parts.append(DraftPart(number=number, text=text, where=where, anchor=anchor, **more))  # type: ignore[arg-type]
        return number

    def heading(self) -> None:
        self.add(self.chance.choice(prose()["headings"]), heading=True)

    def paragraph(self, item: Item) -> None:
        """A paragraph around an item, and what belongs to it behind."""
        if item.expected.says == "citation":
            self._citing(item)
        elif item.layout == "carried":
            self._carried(item)
        elif item.layout in ("block", "paragraphs"):
            self._set_off(item)
        else:
            self._quoting(item)

    def _around(self, sentence: str) -> tuple[str, int]:
        """A sentence among others, and where it begins."""
        before = self.chance.sample(prose()["filler"], self.chance.randint(0, 2))
        after = self.chance.sample(prose()["filler"], self.chance.randint(0, 1))
        distractor = [self.chance.choice(prose()["distractors"])] if self.chance.random() < 0.4 else []  # noqa: PLR2004
        head = " ".join((*before, *distractor)) if self.chance.random() < 0.5 else " ".join(before)  # noqa: PLR2004
        shown = distractor if distractor and distractor[0] not in head else []
        text = " ".join(part for part in (head, sentence, *after, *shown) if part)
        start = len(head) + 1 if head else 0
        number = len(self.parts)
        for one in distractor:
            at = text.index(one)
            for match in (*_QUOTED.finditer(one), *_NUMBERED.finditer(one)):
                self.marks.append(
                    Mark(part=number, start=at + match.start(), end=at + match.end(), text=match.group(), expected=None)
                )
        return text, start

    def _citing(self, item: Item) -> None:
        sentence = self.chance.choice(prose()["citing"])
        offset = sentence.index("{cite}")
        text, start = self._around(sentence.replace("{cite}", item.text))
        part = self.add(text)
        begin = start + offset
        assert text[begin : begin + len(item.text)] == item.text
        self.marks.append(
            Mark(part=part, start=begin, end=begin + len(item.text), text=item.text, expected=item.expected)
        )

    def _quoting(self, item: Item) -> None:
        ways = ("before", "behind", "parentheses", "parenthetical", "noted") if item.cite else ("uncited",)
        way = item.layout if item.layout in ("idem", "interrupted") else self.chance.choice(ways)
        sentence = self.chance.choice(prose()[way])
        if item.tail and way == "before":
            sentence = f"{sentence}{item.tail}."
        elif item.tail:
            sentence = re.sub(r"( ?\(?(?:See |see )?\{cite\}\)?)", rf"\1{item.tail}", sentence)
        quote = f"{item.marks[0]}{item.text}{item.marks[1]}"
        written, spans, mark_at = "", {}, None
        for token in re.split(r"(\{\w+\})", sentence):
            if token == "{quote}":
                written += item.marks[0]
                spans["quote"] = (len(written), len(written) + len(item.text))
                written += quote[len(item.marks[0]) :]
            elif token == "{cite}":
                spans["cite"] = (len(written), len(written) + len(item.cite))
                written += item.cite
            elif token == "{mark}":
                mark_at = len(written)
            elif token == "{id}":
                spans["cite"] = (len(written), len(written) + 3)
                written += "Id."
            elif token in ("{first}", "{second}"):
                half = item.text.split("\n\n")[token == "{second}"]
                spans[token.replace("first", "quote").strip("{}")] = (len(written), len(written) + len(half))
                written += half
            else:
                written += token
        text, start = self._around(written)
        marks: tuple[tuple[int, str], ...] = ()
        if mark_at is not None:
            self.notes += 1
            marks = ((start + mark_at, str(self.notes)),)
        part = self.add(text, note_marks=marks)
        begin, end = (start + one for one in spans["quote"])
        if mark_at is not None:
            self.waiting.append((part, str(self.notes), f"{begin} {end}", item))
            return
        beside = (part, start + spans["cite"][0], start + spans["cite"][1]) if "cite" in spans else None
        self._mark(item, part, begin, end, beside)
        if "second" in spans:
            begin, end = (start + one for one in spans["second"])
            self.marks.append(
                Mark(part=part, start=begin, end=end, text=text[begin:end], expected=item.expected, beside=None)
            )

    def _carried(self, item: Item) -> None:
        """A quotation over two paragraphs, each of which opens with a mark; the last one closes."""
        first, second = item.text.split("\n\n")
        lead = self.chance.choice(prose()["block"]).replace("{cite}", item.cite)
        begin = len(lead) + 1 + len(item.marks[0])
        part = self.add(f"{lead} {item.marks[0]}{first}", story="body")
        self.add(f"{item.marks[0]}{second}{item.marks[1]}", story="body")
        at = lead.index(item.cite)
        self._mark(item, part, begin, begin + len(first), (part, at, at + len(item.cite)))

    def _set_off(self, item: Item) -> None:
        lead = self.chance.choice(prose()["block"])
        offset = lead.index("{cite}")
        text, start = self._around(lead.replace("{cite}", item.cite))
        # The lead-in stands last in its paragraph, as before every quotation that is set off.
        text = text[: start + len(lead) - len("{cite}") + len(item.cite)]
        self.marks = [mark for mark in self.marks if mark.part != len(self.parts) or mark.end <= len(text)]
        number = self.add(text)
        beside = (number, start + offset, start + offset + len(item.cite))
        lines = item.text.split("\n\n") if item.layout == "paragraphs" else [item.text]
        first = len(self.parts)
        for line in lines:
            self.add(line, block_quote=True)
        self._mark(item, first, 0, len(lines[0]), beside)
        self.add(self.chance.choice(prose()["filler"]))

    def _mark(self, item: Item, part: int, start: int, end: int, beside: tuple[int, int, int] | None) -> None:
        text = self.parts[part].text[start:end]
        self.marks.append(Mark(part=part, start=start, end=end, text=text, expected=item.expected, beside=beside))
        if beside and item.cite_expected:
            number, begin, behind = beside
            written = self.parts[number].text[begin:behind]
            self.marks.append(Mark(part=number, start=begin, end=behind, text=written, expected=item.cite_expected))

    def finish(self) -> None:
        """The notes, behind everything else as readers of Word files give them."""
        for part, number, span, item in self.waiting:
            note = self.chance.choice(prose()["notes"])
            offset = note.index("{cite}")
            own = self.add(note.replace("{cite}", item.cite), story="note", where=f"footnote {number}", anchor=part)
            begin, end = (int(one) for one in span.split())
            self._mark(item, part, begin, end, (own, offset, offset + len(item.cite)))


def written(items: list[Item], day: date, chance: Random, items_each: int = ITEMS) -> list[MadeDraft]:
    """Drafts that hold all items, those of one day together and those that stand alone by themselves."""
    drafts: list[MadeDraft] = []
    chance.shuffle(items)
    in_order = sorted(items, key=lambda item: (item.alone, item.day or day))
    for (alone, as_of), group in groupby(in_order, key=lambda item: (item.alone, item.day or day)):
        together = list(group)
        size = 1 if alone else items_each
        drafts += [
            one_draft(together[at : at + size], as_of, chance, f"memo {len(drafts) + 1 + at // size}")
            for at in range(0, len(together), size)
        ]
    return drafts


def one_draft(items: list[Item], as_of: date, chance: Random, name: str) -> MadeDraft:
    """A draft of some items."""
    writer = _Writer(chance)
    writer.add(f"Memorandum to the file ({name})", heading=True)
    for position, item in enumerate(items):
        if position % 3 == 0:
            writer.heading()
        writer.paragraph(item)
    writer.finish()
    return MadeDraft(Draft(name=name, format="docx", parts=tuple(writer.parts)), as_of, tuple(writer.marks))
