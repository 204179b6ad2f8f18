"""The spans of a passage that can be quoted: its sentences, list items and rows."""

import re
from collections.abc import Sequence

from index.documents.sentences import Bounds, sentence_spans

CITABLE_VERSION = "2"
"""Raise it when the same text would give other spans."""

_LEAST_WORDS = 4
"""Words of the shortest sentence that says something. Set by hand; not measured."""
_CAPTION = re.compile(r"\([a-zA-Z0-9]{1,5}\)\s*\S")
_CAPTION_WORDS = 16
"""Words of the longest paragraph that is only a caption. Set by hand; not measured."""
_POINTS_BACK = re.compile(r"(?:These|Those|Such|This|They)\b")
_CONTENTS = re.compile(r"^(?:table of )?contents?\b", re.IGNORECASE)
_LEADS = (":", "\u2014", "\u2013")
_LEADING = re.compile(r"\b(?:means|if|unless|that|who|following|is|include|includes|least|purposes of)$")


def citable_spans(text: str, headings: Sequence[str]) -> list[Bounds]:
    """Half-open spans of a passage that can be quoted, in order.

    Headings, questions and tables of contents say nothing and are left out.

    Args:
        text: Text of the passage.
        headings: Those that it stands under, from the top down.
    """
    if any(_CONTENTS.match(heading) for heading in headings):
        return []
    bare = {_bare(heading) for heading in headings}
    return [
        (start, end)
        for start, end in _with_captions(text, sentence_spans(text))
        if len(text[start:end].split()) >= _LEAST_WORDS
        and not text[start:end].endswith("?")
        and _bare(text[start:end]) not in bare
    ]


def leads(text: str) -> bool:
    """Tell whether a text leads into a list: it ends with a colon or a dash, or where a statute breaks off."""
    stripped = re.sub(r"(?:\[\d{1,3}\])+$", "", text.rstrip()).rstrip()
    return stripped.endswith(_LEADS) or bool(_LEADING.search(stripped))


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
    return bool(_CAPTION.match(text)) and len(text.split()) <= _CAPTION_WORDS


def _bare(text: str) -> str:
    return re.sub(r"\[\d{1,3}\]|[^\w]+", " ", text).strip().lower()
