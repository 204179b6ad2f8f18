"""Question files: JSON objects, one a line, with gold quotations."""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pinpoint.errors import PinpointError

_MARKUP = re.compile(r"</?(?:sup|em|strong|br)\s*/?>|[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
_REFERENCE = re.compile(r"\[\^?\s?\d{1,3}\]")
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})


@dataclass(frozen=True, slots=True)
class Gold:
    """A quotation that answers a question; ``files`` are those that hold it."""

    files: tuple[str, ...]
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question of a set.

    Attributes:
        type: Sort of question ("natural", "citation", …).
        gold: Any one of these counts as found; empty when the question should be declined.
        not_first: Files that must not rank first.
        answerable: Whether it should be answered.
    """

    id: str
    type: str
    question: str
    as_of: date | None
    gold: tuple[Gold, ...]
    not_first: tuple[str, ...]
    answerable: bool


def load_questions(file: Path) -> tuple[GoldQuestion, ...]:
    """Read a question file.

    Raises:
        PinpointError: A line is malformed; the message names file and line.
    """
    questions = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise PinpointError(
                f"{file}, line {number}: not a question with id, type, question, gold and expect ({error!r})."
            ) from error
    return tuple(questions)


def _question(record: dict[str, object]) -> GoldQuestion:
    fields: dict = record  # type: ignore[type-arg]
    also = tuple(fields.get("also_in", ()))
    gold = tuple(Gold((g["file"], *also), g["section"], g["quote"]) for g in fields["gold"])
    day = date.fromisoformat(fields["as_of"]) if fields.get("as_of") else None
    return GoldQuestion(
        fields["id"],
        fields["type"],
        fields["question"],
        day,
        gold,
        tuple(fields.get("not_first", ())),
        fields["expect"] == "answered",
    )


def folded(text: str) -> str:
    """Text for comparing quotations: white space, mark-up, footnote markers and quote styles made one."""
    plain = _MARKUP.sub("", _REFERENCE.sub("", unicodedata.normalize("NFKC", text))).translate(_QUOTES)
    return " ".join(plain.lower().split())


def covers(gold: Gold, file: str, text: str) -> bool:
    """True when a text of a file holds a gold quotation."""
    return file in gold.files and folded(gold.quote) in folded(text)
