"""What a text has right before the first and behind the last word of a quotation: nothing of it may be hidden.

A quotation may begin and end anywhere. Where a bracket, an ellipsis or a capital claims the beginning of the sentence,
it may not cut off a negation; where nothing claims it, that is told.
"""

import re
from dataclasses import dataclass

from drafts.checking.comparing.numbers import (
    brings_number,
    cuts_number,
    is_number,
    limit_before,
)
from drafts.checking.comparing.pattern import Gap, Word
from drafts.checking.comparing.senses import brings_in, opposed, turns, turns_next, words_in
from drafts.checking.comparing.wordlists import senses

_WIDE = 160
"""Characters of a text beside a quotation that are looked at. Set by hand; not measured."""
_MORE = 2
"""Words beside a quotation that a bracket may stand for, more than it has itself. Set by hand; not measured."""
_CLAUSE_END = re.compile(r"[,;:?!\u2014\u2013)\]]|\w{3,}\.(?=\s)|\.\n|\n\s*\(\w{1,4}\)")
_SIGNS = ",;:?!.\n)]\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Edge:
    """An end of a quotation, and the clause of the text beyond it.

    Attributes:
        gap: What the quotation has beyond its words; None for nothing.
        beyond: The text of the clause there.
        capital: Whether a capital claims the beginning of a sentence that is not there.
    """

    gap: Gap | None
    beyond: str
    capital: bool = False

    @property
    def bracket(self) -> str:
        """The bracket right beside the words; "" for none."""
        if self.gap is None:
            return ""
        text = self.gap.text if self.gap.kind == "bracket" else ""
        return text.replace("[", "").replace("]", "")


def clause_before(text: str, start: int) -> str:
    """The text of a clause before a position."""
    there = text[max(start - _WIDE, 0) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(there)]
    return there[ends[-1] :] if ends else there


def clause_behind(text: str, end: int) -> str:
    """The text of a clause behind a position."""
    there = text[end : end + _WIDE]
    found = _CLAUSE_END.search(there)
    return there[: found.end()].rstrip(_SIGNS) if found else there


def hidden_before(edge: Edge, first: Word) -> str | None:
    """A sentence on what the text has before a quotation, "" for nothing to tell; None where it must not be hidden."""
    words = words_in(edge.beyond)
    near = next((word for word in reversed(words) if word not in _light()), "")
    limit = limit_before(edge.beyond) if is_number(first.text) else ""
    if edge.bracket:
        close = words[-len(words_in(edge.bracket)) - _MORE :]
        cut = cuts_number(edge.bracket, edge.beyond, before=True)
        if cut or limit_before(edge.bracket) != limit or turns_next(edge.bracket, words):
            return None
        return "" if _may_stand(edge.bracket, close, near, edge.beyond) else None
    if turns(near):
        return None if edge.gap or edge.capital else _told(near, edge.beyond)
    return _told(limit, edge.beyond) if limit else ""


def hidden_behind(edge: Edge, last: Word) -> str | None:
    """As ``hidden_before``, behind the last word of a quotation."""
    words = words_in(edge.beyond)
    near = next((word for word in words if word not in _light()), "")
    if edge.bracket:
        close = words[: len(words_in(edge.bracket)) + _MORE]
        unit = is_number(last.text) and words and edge.beyond.lstrip()[:1] != "("
        if unit and not _same_stem(words[0], words_in(edge.bracket)):
            return None
        if cuts_number(edge.bracket, edge.beyond, before=False):
            return None
        return "" if _may_stand(edge.bracket, close, near, edge.beyond) else None
    if turns(near) and last.text in senses()["verbs"] and near == words[0]:
        return f"The text goes on with \u201c{near}\u201d."
    return ""


def fits_omission(gap: Gap, omitted: str) -> bool:
    """Tell whether the brackets beside an ellipsis may stand beside what it leaves out."""
    for bracket, words in ((gap.before, words_in(omitted)), (gap.behind, words_in(omitted)[::-1])):
        close = words[: len(words_in(bracket)) + _MORE]
        if bracket and (brings_in(bracket) or brings_number(bracket, omitted) or opposed(words_in(bracket), close)):
            return False
    return True


def _may_stand(bracket: str, close: list[str], near: str, beyond: str) -> bool:
    """Tell whether a bracket may stand beside the words of a text that come next."""
    own = words_in(bracket)
    turning = {word for word in own if turns(word)}
    if not turning <= set(close) or (turns(near) and near not in own) or brings_number(bracket, beyond):
        return False
    return not opposed(own, close)


def _same_stem(word: str, others: list[str]) -> bool:
    return any(word.rstrip("s") == other.rstrip("s") for other in others)


def _told(words: str, beyond: str) -> str:
    found = re.search(r"\s+".join(map(re.escape, words.split())), beyond, re.IGNORECASE)
    said = " ".join(found.group().split()) if found else words
    return f"The text has \u201c{said}\u201d before these words."


def _light() -> frozenset[str]:
    return frozenset((*senses()["light"], *senses()["verbs"]))
