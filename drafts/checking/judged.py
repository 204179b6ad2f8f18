"""What was found of a quotation or a citation, and the sentences that say it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from drafts.checking.comparing.matching import Match
from drafts.checking.quoting.asides import turning_words
from drafts.records import State
from index.documents.comparison import Change as Run
from index.documents.comparison import changed_words
from pinpoint.records import Source

_MANY = 100
"""Words from which on it is said how many an ellipsis leaves out. Set by hand; not measured."""
_TOLD, _LONGEST = 3, 80
"""Differences that are told in a sentence, and characters of each. Set by hand; not measured."""
_CLOSING = ".,;:"
_ELLIPSIS = re.compile(r"\s*\[?\s*(?:(?:\.\s*){3,}|\u2026[\s.]*|(?:\*\s*){3,})\]?\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was found of a quotation or a citation; the fields are those of ``Finding``."""

    state: State
    sentence: str
    citation: str = ""
    reads: str = ""
    now: str = ""
    now_reads: str = ""
    changed_on: date | None = None
    words: tuple[tuple[Run, str], ...] = ()
    choices: tuple[str, ...] = ()
    source: Source | None = None
    now_source: Source | None = None


def said_of(match: Match, brackets: Sequence[str]) -> str:
    """What legal style changed in a quotation that is found, in sentences: nothing of it is hidden."""
    said = list(match.beside)
    for omitted in match.omitted:
        turning = [f"\u201c{word}\u201d" for word in turning_words(omitted)]
        if turning:
            said.append(f"The ellipsis leaves out words that may matter: {', '.join(turning)}.")
        elif len(omitted.split()) >= _MANY:
            said.append(f"The ellipsis leaves out {len(omitted.split())} words.")
    for bracket, there in match.exchanged:
        if bracket != there:
            stands = f"stands for \u201c{there}\u201d" if there else "is not in the text"
            said.append(f"\u201c{bracket}\u201d {stands}.")
    between = [bracket for bracket, _ in match.exchanged]
    outside = [one for one in brackets if one not in between]
    if outside:
        said.append(f"Not compared: {', '.join(outside)}.")
    if match.cited:
        said.append(f"Left out: {', '.join(match.cited)}.")
    if match.capitals:
        said.append("Capitals differ.")
    return " ".join(said)


def worded_difference(text: str, quotation: str) -> tuple[tuple[Run, str], ...]:
    """Where the text of a document and a quotation differ, word by word; not in the sign that closes a quotation."""
    ended = quotation.rstrip()
    if ended[-1:] in _CLOSING and text.rstrip()[-1:] not in _CLOSING:
        ended = ended.rstrip(_CLOSING)
    elif text.rstrip()[-1:] in _CLOSING and ended[-1:] not in _CLOSING:
        text = text.rstrip().rstrip(_CLOSING)
    return _without_capitals(changed_words(text, ended))


def _without_capitals(words: Sequence[tuple[Run, str]]) -> tuple[tuple[Run, str], ...]:
    """Runs of which none differs in capitals alone: legal style changes these, and they would hide what matters."""
    found: list[tuple[Run, str]] = []
    for kind, text in words:
        last = found[-1] if found else ("same", "")
        if kind == "added" and last[0] == "removed" and last[1].casefold() == text.casefold():
            found[-1] = ("same", text)
        else:
            found.append((kind, text))
        if len(found) > 1 and found[-1][0] == found[-2][0] == "same":
            found[-2:] = [("same", found[-2][1] + found[-1][1])]
    return tuple(found)


def said_difference(words: Sequence[tuple[Run, str]]) -> str:
    """Where a draft differs from a text, in words: 'the draft leaves out "not", has "5" where the text has "4"'."""
    said: list[str] = []
    position = 0
    while position < len(words):
        (kind, text), following = words[position], words[position + 1] if position + 1 < len(words) else ("same", "")
        if kind == "removed" and following[0] == "added" and _ELLIPSIS.fullmatch(following[1]):
            position += 1  # an ellipsis says itself that words are left out
        elif kind == "removed" and following[0] == "added":
            said.append(f"has {_shown(following[1])} where the text has {_shown(text)}")
            position += 1
        elif kind == "removed":
            said.append(f"leaves out {_shown(text)}")
        elif kind == "added" and not _ELLIPSIS.fullmatch(text):
            said.append(f"adds {_shown(text)}")
        position += 1
    more = f", and {len(said) - _TOLD} more" if len(said) > _TOLD else ""
    return f"the draft {', '.join(said[:_TOLD])}{more}" if said else "only signs differ"


def _shown(text: str) -> str:
    bare = " ".join(text.split())
    return f"\u201c{bare[:_LONGEST].rstrip()}\u2026\u201d" if len(bare) > _LONGEST else f"\u201c{bare}\u201d"


def status_said(source: Source) -> str:
    """The status of a text within a sentence."""
    return f"{source.status_text[:1].lower()}{source.status_text[1:]}"
