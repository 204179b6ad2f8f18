"""The spans of a passage that can be quoted: its sentences, list items and rows."""

import re
from collections.abc import Sequence

from index.documents.sentences import Bounds, sentence_spans
from index.wholeness import goes_on, has_verb, says_something

_LEAST_WORDS = 4
"""Words of the shortest sentence that says something. Set by hand; not measured."""
_CAPTION = re.compile(r"\([a-zA-Z0-9]{1,5}\)\s*\S")
_LABEL = re.compile(r"(?:\d{1,3}\.|[A-Z]\.|Item Numbers?\s[\d.a-z]+(?: - [\d.a-z]+)?)\s+\S")
_BETWEEN_CELLS = "| "
_ENDED = re.compile(r"(?:\w{2}|[\W_])[.?!][\u201d\"\u2019)]*(?:\[\d{1,3}\])*$")
"""A sentence that ended: behind a number or a character with a point, small letters go on with it."""
_CAPTION_WORDS = 16
"""Words of the longest paragraph that is only a caption. Set by hand; not measured."""
_POINTS_BACK = re.compile(r"(?:These|Those|Such|This|They)\b")
_CONTENTS = re.compile(r"^(?:table of )?contents?\b", re.IGNORECASE)
_LEADS = (":", "\u2014", "\u2013")
_LEADING = re.compile(r"\b(?:means|if|unless|that|who|following|is|include|includes|least|purposes of)$")


def citable_spans(text: str, headings: Sequence[str]) -> list[Bounds]:
    """Half-open spans of a passage that can be quoted, in order.

    Headings, questions, tables of contents, citations alone and fragments of sentences say nothing and are left out. A
    sentence that a page or column cuts in two is one span, and so is the line of a table.

    Args:
        text: Text of the passage.
        headings: Those that it stands under, from the top down.
    """
    if any(_CONTENTS.match(heading) for heading in headings):
        return []
    bare = {_bare(heading) for heading in headings}
    return [
        (start, end)
        for start, end in _with_captions(text, _whole(text))
        if len(text[start:end].split()) >= _LEAST_WORDS
        and not text[start:end].endswith("?")
        and _bare(text[start:end]) not in bare
        and (
            _BETWEEN_CELLS in text[start:end] + _behind(text, end)
            or says_something(text[start:end], _before(text, start), _behind(text, end))
        )
    ]


def leads(text: str) -> bool:
    """Tell whether a text leads into a list: it ends with a colon or a dash, or where a statute breaks off."""
    stripped = re.sub(r"(?:\[\d{1,3}\])+$", "", text.rstrip()).rstrip()
    return stripped.endswith(_LEADS) or bool(_LEADING.search(stripped))


def _whole(text: str) -> list[Bounds]:
    """Sentences, those put together again that were divided: the cells of a row, and what goes on in the next line."""
    joined: list[Bounds] = []
    for start, end in sentence_spans(text):
        if joined and _belongs(text, joined[-1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _belongs(text: str, before: Bounds, start: int) -> bool:
    """Tell whether what begins at a position goes on with the span before it."""
    line = _line(text, before[1])
    if "\n" in text[before[1] : start]:
        return _BETWEEN_CELLS not in line and goes_on(line, _line(text, start))
    own = text[before[0] : before[1]]
    return _BETWEEN_CELLS in line or (text[start].islower() and not _ENDED.search(own))


def _line(text: str, position: int) -> str:
    """The line of a text in which a position stands; a position behind a line belongs to that line."""
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)].strip()


def _before(text: str, start: int) -> str:
    """What stands before a span on its line, else the line above."""
    above, _, own = text[:start].rstrip(" ").rpartition("\n")
    return own or above.rstrip().rpartition("\n")[2]


def _behind(text: str, end: int) -> str:
    """The line behind a span; "" when it does not end its own line."""
    own, _, below = text[end:].partition("\n")
    return "" if own.strip() else below.lstrip().partition("\n")[0]


def _with_captions(text: str, spans: list[Bounds]) -> list[Bounds]:
    """Sentences; "(b) Physical presence." joined to the sentence after it, "These include:" to the one before."""
    joined: list[Bounds] = []
    for start, end in spans:
        before = text[slice(*joined[-1])] if joined else ""
        if (
            before
            and "\n" not in text[joined[-1][1] : start]
            and (_is_caption(before) or (_POINTS_BACK.match(text[start:end]) and leads(text[start:end])))
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_caption(text: str) -> bool:
    captioned = _CAPTION.match(text) or (_LABEL.match(text) and not has_verb(text))
    return bool(captioned) and len(text.split()) <= _CAPTION_WORDS


def _bare(text: str) -> str:
    return re.sub(r"\[\d{1,3}\]|[^\w]+", " ", text).strip().lower()
