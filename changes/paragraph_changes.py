"""The paragraphs of a section as they changed, with what became of their words."""

from dataclasses import dataclass, field

from changes.alignment.align import Alignment
from changes.alignment.order import out_of_order
from changes.kinds import Difference, difference, of_one
from changes.records import ParagraphChange
from index.documents.comparison import Change as Run
from index.documents.comparison import changed_words
from pinpoint.stopping import stop_if_asked

LONGEST = 3_000
"""Words of two paragraphs together that are compared word by word; longer ones are shown whole. Set by hand."""
MOST_LEFT_OUT = 6
"""Words in a row that a part may lack and that count as removed from it; more stand elsewhere. Set by hand."""
_WITHIN = "moved within the section"


@dataclass(slots=True)
class ParagraphChanges:
    """The paragraphs of an old section and its new one.

    Attributes:
        rows: In the order of the new section, those that went where they stood.
        differences: In what they differ.
        parts: Cited forms of the other sections that have one of them now, or had it before.
    """

    found: Alignment
    old: int
    new: int
    note: bool
    rows: list[ParagraphChange] = field(default_factory=list)
    differences: set[Difference] = field(default_factory=set)
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Compare them."""
        olds, news = self.found.old.own.get(self.old, []), set(self.found.new.own.get(self.new, []))
        here = {one: self.found.paragraphs[one] for one in olds if self.found.paragraphs.get(one) in news}
        apart = out_of_order(here)
        back = {other: one for one, other in here.items()}
        waiting = [one for one in olds if one not in apart]
        for other in sorted(news):
            one = back.get(other)
            if one is not None and one not in apart:
                while waiting[0] != one:
                    self._gone(waiting.pop(0))
                waiting.pop(0)
            if one is None:
                self._come(other)
            else:
                self._both(one, other, _WITHIN if one in apart else "")
        for one in waiting:
            self._gone(one)

    def _both(self, one: int, other: int, where: str) -> None:
        stop_if_asked()
        old, new = self.found.old.paragraphs[one].text, self.found.new.paragraphs[other].text
        heading = self.found.new.sections[self.new].heading.startswith(new[:40])
        kind = difference(old, new, note=self.note, heading=heading)
        self.differences.add(kind or ("words" if where else ""))
        self.rows.append(ParagraphChange(words=_words(old, new), where=where))

    def _gone(self, one: int) -> None:
        if not self.found.old.paragraphs[one].words:  # a label alone
            return
        text, went = self.found.old.paragraphs[one].text, self.found.paragraphs.get(one)
        self.differences.add(of_one(text, note=self.note))
        section = None if went is None else self.found.new.paragraphs[went].section
        where = self._elsewhere("moved to", None if section is None else self.found.new.sections[section].citation)
        self.rows.append(ParagraphChange(words=(("removed", text),), where=where))

    def _come(self, other: int) -> None:
        if not self.found.new.paragraphs[other].words:
            return
        text, came = self.found.new.paragraphs[other].text, self.found.back.get(other)
        self.differences.add(of_one(text, note=self.note))
        section = None if came is None else self.found.old.paragraphs[came].section
        where = self._elsewhere("moved from", None if section is None else self.found.old.sections[section].citation)
        self.rows.append(ParagraphChange(words=(("added", text),), where=where))

    def _elsewhere(self, how: str, section: str | None) -> str:
        if section is None:
            return ""
        self.parts.append(section)
        return f"{how} {section}"


def part_words(whole: str, part: str) -> tuple[tuple[Run, str], ...]:
    """A part of a text with the words that changed in it; the rest of the text is left out."""
    return tuple(run for run in _words(whole, part) if run[0] != "removed" or len(run[1].split()) <= MOST_LEFT_OUT)


def _words(old: str, new: str) -> tuple[tuple[Run, str], ...]:
    if len(old.split()) + len(new.split()) > LONGEST:
        return (("same", new),) if old == new else (("removed", old), ("added", new))
    return changed_words(old, new)
