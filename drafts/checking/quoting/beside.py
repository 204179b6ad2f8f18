"""Which citation belongs to a quotation, as legal style has it.

Behind the quotation, in its sentence, in parentheses, or as a citation sentence; before it, where the citation is what
provides, states or reads so; in the note whose mark stands at the quotation; of a block quote on the line below or in
the lead-in. "Id." stands for the citation before it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from drafts.checking.citing.mentions import CitedHere
from drafts.checking.quoting.quotations import Quotation
from drafts.records import DraftPart
from pinpoint.stopping import stop_if_asked

_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019')\]]*\s+(?=[\"\u201c(\[]?[A-Z])")
_FILLER = re.compile(
    r"\b(?:see|also|id|ibid|generally|e\.?g|cf|accord|quoting|citing|as|under|in|at|of|the|by|per|pursuant|to|from|and|"
    r"provided|stated|required|defined|set|forth|found|explained|section|sections|regulation|rule|statute|act|emphasis|"
    r"added|omitted|or|footnote|uscis|dhs|policy|manual|pm|citation|citations|internal|marks|quotation)\b|[\W\d_]",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\b(?:and|or)\b|[\s,;&\u00a7]", re.IGNORECASE)
"""What stands between the citations of a list."""
_STRICT = re.compile(
    r"\b(?:see|also|id|ibid|generally|e\.?g|cf|accord|quoting|citing|and|compare|uscis|policy|manual|pm)\b|[\W_]",
    re.IGNORECASE,
)
"""What stands before a citation that is a sentence of its own."""
_CITATION_ENDS = re.compile(r"[\s)\]]*(?:$|[.;,:\u2014]|\(|\n)")
_ENDED = re.compile(r"[.!?\u2026][\s\"\u201d\u2019')\]]*$")
_CLOSING = " \"\u201d\u2019\u00bb\u201c'"
_LEADS = re.compile(
    r"(?:\b(?:that|provides?|provided|says?|states?|stated|reads?|requires?|defines?|defined|specif(?:y|ies)|explains?|"
    r"directs?|calls?|describes?|as|means?|lists?|uses?|term|phrase|words?|namely|follows|include[sd]?|adds?|goes\s+on|continues?|puts?)\b[^.;]{0,40}|:\s*)$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"[.!?][\"\u201d\u2019')\]]*\s+(?:It|This|That|These|Those|They|There|The\s(?:\w+\s){0,2}?(?:sections?|subsection|paragraphs?|"
    r"rules?|regulations?|provisions?|statute|text|manual|chapter|clause|sentence|footnote|act|law|code|directive|form|same))"
    r"\b[^.;!?]{0,60}$"
)
"""A sentence that goes on about what the one before it cites: "It says", "The rule then reads"."""
_SIGNAL = re.compile(r"\b(?:see|cf|accord|compare|contrast)\b", re.IGNORECASE)
"""What stands before a citation that supports a sentence, and is not where its words are from."""
_CLAUSE = re.compile(r";")
_NOTE_MARK_WITHIN = 3
"""Characters behind a quotation within which the mark of its note stands, beside its own closing mark. Set by hand."""
_OPENING = " ,\"\u201c\u2018\u201e\u00ab'([\u2014-"
Strength = Literal["sure", "likely", "perhaps"]
"""How sure it is that a citation is that of a quotation: it stands where legal style puts it; it stands in the same
sentence; it stands before it in the same paragraph."""
_NOTE = re.compile(r"\b(?:foot|end)?notes?\s+(\S+)")


class Beside:
    """Finds the citation of each quotation of a draft."""

    def __init__(
        self, parts: Sequence[DraftPart], quotations: Sequence[Quotation], citations: Sequence[CitedHere]
    ) -> None:
        """Take what was found in a draft."""
        self._parts = {part.number: part for part in parts}
        self._order = {part.number: position for position, part in enumerate(parts)}
        self._sequence = parts
        self._quotations = quotations
        self._free: dict[int, list[int]] = {}
        for number, citation in enumerate(citations):
            stop_if_asked()
            if not any(
                _within(citation, quotation) for quotation in quotations if not self._alone(citation, quotation)
            ):
                self._free.setdefault(citation.part, []).append(number)
        self._citations = citations
        self._notes: Mapping[str, int] = {
            named.group(1): part.number
            for part in parts
            if part.story == "note" and (named := _NOTE.search(part.where))
        }

    def quoted(self, citation: CitedHere) -> Quotation | None:
        """The quotation within which a citation stands; None for none."""
        return next((one for one in self._quotations if _within(citation, one)), None)

    def of(self, quotation: Quotation) -> tuple[int, Strength]:
        """Number of the citation of a quotation, and how sure that is; -1 where it has none."""
        return self._of_block(quotation) if quotation.block else self._of_marked(quotation)

    def _of_marked(self, quotation: Quotation) -> tuple[int, Strength]:
        """The citation of a quotation in quotation marks: behind it, in its note, before it."""
        behind = [n for n in self._free.get(quotation.last_part, ()) if self._citations[n].start >= quotation.last_end]
        before = [n for n in self._free.get(quotation.part, ()) if self._citations[n].end <= quotation.start]
        gap = self._between(quotation.last_part, quotation.last_end, behind[0]) if behind else ""
        named = self.in_its_sentence(quotation, led=True)
        if behind and named >= 0 and _ended(quotation, gap) and _SIGNAL.search(gap):
            follows = named
        else:
            follows = behind[0] if behind and self._follows(quotation, gap, behind[0]) else self._note(quotation)
        if follows >= 0:
            return follows, "sure"
        text = self._parts[quotation.part].text
        ahead = self._gap(text, self._citations[before[-1]].end, quotation.start, quotation.part) if before else ""
        crossed = bool(_SENTENCE_END.search(gap)) or _ended(quotation, gap)
        if before and not _SENTENCE_END.search(ahead):
            led = _LEADS.search(ahead.rstrip(_OPENING)) or not _FILLER.sub("", ahead)
            if led or not behind or crossed:
                return before[-1], "sure" if led else "likely"
        if behind and not crossed:
            return behind[0], "likely"
        if before:
            directly = len(_SENTENCE_END.findall(ahead)) == 1
            sentence = _GOES_ON.search(ahead.rstrip(_OPENING)) if directly else None
            return before[-1], "sure" if sentence and _LEADS.search(sentence.group()) else "perhaps"
        return self._carried(quotation)

    def in_its_sentence(self, quotation: Quotation, *, led: bool = False) -> int:
        """The citation before a quotation in its own sentence; -1 for none.

        Args:
            quotation: The quotation.
            led: Whether it must lead it in: "INA 214(o)(2) says".
        """
        before = [n for n in self._free.get(quotation.part, ()) if self._citations[n].end <= quotation.start]
        if quotation.block or not before:
            return -1
        text = self._parts[quotation.part].text
        ahead = self._gap(text, self._citations[before[-1]].end, quotation.start, quotation.part)
        if _SENTENCE_END.search(ahead) or _CLAUSE.search(ahead):
            return -1
        return before[-1] if not led or _LEADS.search(ahead.rstrip(_OPENING)) else -1

    def beside_it(self, number: int) -> list[int]:
        """The citation and those of the same list or string: "8 CFR 214.202(a), (b); see also INA 101"."""
        here = self._free.get(self._citations[number].part, [])
        position = here.index(number) if number in here else -1
        if position < 0:
            return [number]
        first = last = position
        text = self._parts[self._citations[number].part].text
        while last + 1 < len(here) and self._joined(text, here[last], here[last + 1]):
            last += 1
        while first and self._joined(text, here[first - 1], here[first]):
            first -= 1
        return [number, *(one for one in here[first : last + 1] if one != number)]

    def _joined(self, text: str, one: int, other: int) -> bool:
        between = text[self._citations[one].end : self._citations[other].start]
        return not _LISTED.sub("", between)

    def _follows(self, quotation: Quotation, gap: str, number: int) -> bool:
        """Whether a citation stands right behind a quotation: in its sentence, or as a sentence of its own."""
        if _FILLER.sub("", gap):
            return False
        if not _ended(quotation, gap) or gap.lstrip(f"{_CLOSING}.!?")[:1] in ("(", "["):
            return True
        last = self._citations[self.beside_it(number)[-1]]
        text = self._parts[last.part].text
        ended = last.text.endswith(".") or _CITATION_ENDS.match(text, last.end)
        return not _STRICT.sub("", gap) and bool(ended)

    def _carried(self, quotation: Quotation) -> tuple[int, Strength]:
        """The citation that begins the next part, where the quotation ends its own."""
        position = self._order[quotation.last_part]
        here = self._parts[quotation.last_part]
        below = self._sequence[position + 1] if position + 1 < len(self._sequence) else None
        if below is None or below.story != here.story or _FILLER.sub("", here.text[quotation.last_end :]):
            return -1, "perhaps"
        numbers = self._free.get(below.number, ())
        if numbers and not _FILLER.sub("", below.text[: self._citations[numbers[0]].start]):
            return numbers[0], "sure"
        return -1, "perhaps"

    def _between(self, part: int, start: int, number: int) -> str:
        """What stands between a quotation and a citation behind it, without other quotations."""
        text, end = self._parts[part].text, self._citations[number].start
        return self._gap(text, start, end, part)

    def _gap(self, text: str, start: int, end: int, part: int = -1) -> str:
        gap = list(text[start:end])
        for other in self._quotations:
            if other.part == part == other.last_part and start <= other.start and other.last_end <= end:
                gap[other.start - start : other.last_end - start] = " " * (other.last_end - other.start)
        return "".join(gap)

    def _note(self, quotation: Quotation) -> int:
        """The citation in the note whose mark stands in a quotation, at its end, or at the end of its sentence."""
        part = self._parts[quotation.last_part]
        ended = _SENTENCE_END.search(part.text, quotation.last_end)
        last = max(ended.end() if ended else len(part.text), quotation.last_end + _NOTE_MARK_WITHIN)
        here = part.number == quotation.part
        first = quotation.start + 1 if here else 0
        # The first mark behind it comes first, then those within it, the last one first.
        behind = [name for at, name in part.note_marks if quotation.last_end - 1 <= at <= last][:1]
        inside = [name for at, name in part.note_marks if first <= at < quotation.last_end - 1]
        above = self._parts[quotation.part].note_marks if not here else ()
        inside = [name for at, name in above if at > quotation.start] + inside
        for name in (*behind, *reversed(inside)):
            numbers = self._free.get(self._notes.get(name, -1), ())
            if numbers:
                return numbers[0]
        return -1

    def _of_block(self, quotation: Quotation) -> tuple[int, Strength]:
        """The citation of a block quotation: at its end, in its note, on the line below, in the lead-in."""
        here = self._free.get(quotation.last_part, ())
        inside = [n for n in here if self._citations[n].start >= quotation.last_end]
        if inside:
            return inside[0], "sure"
        note = self._note(quotation)
        if note >= 0:
            return note, "sure"
        below, _ = self._carried(quotation)
        if below >= 0:
            return below, "sure"
        position = self._order[quotation.part]
        above = self._sequence[position - 1] if position else None
        numbers = self._free.get(above.number, ()) if above is not None else ()
        if above is None or not numbers:
            return -1, "perhaps"
        gap = above.text[self._citations[numbers[-1]].end :]
        led = not _SENTENCE_END.search(gap)
        return numbers[-1], "sure" if led else "perhaps"

    @staticmethod
    def _alone(citation: CitedHere, quotation: Quotation) -> bool:
        """Whether a quotation is nothing but a citation."""
        return len(quotation.text.strip()) <= citation.end - citation.start + 2 and quotation.part == citation.part


def _ended(quotation: Quotation, gap: str) -> bool:
    """Whether a sentence ends with a quotation, before or behind its closing mark."""
    return bool(_ENDED.search(quotation.text)) or gap.lstrip(_CLOSING)[:1] in (".", "!", "?")


def _within(citation: CitedHere, quotation: Quotation) -> bool:
    begins = (citation.part, citation.start) >= (quotation.part, quotation.start)
    return begins and (citation.part, citation.end) <= (quotation.last_part, quotation.last_end)
