"""A quiz as a paper, before it becomes Word, Markdown or a web page: what every format says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from collection.export.handout import writable
from collection.quizzes.cards import Card, source_of
from collection.quizzes.masking import MASK
from collection.quizzes.units import shown_text
from pinpoint.text import day, plural

QUESTIONS, ANSWERS = "Questions", "Answers"
_NAMES = "ABCDEFGH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the paper.

    Attributes:
        task: What to do.
        shown: A term, a lead-in, a text or a citation.
        choices: Citations or texts to choose from, each with its letter; () where the answer is written.
        source: Where it is from, as far as that does not give the answer away.
    """

    task: str
    shown: str
    choices: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The answer to a question.

    Attributes:
        letter: Of the right choice, "" where there are none.
        quotation: Verbatim.
        source: Its citation with its dates, and whether it is in force.
        others: What the wrong choices are: letters and citations; "" where these stand in the question.
    """

    letter: str
    quotation: str
    source: str
    others: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A quiz to print.

    Attributes:
        title: Above the questions.
        made: Day on which it was made.
        preface: Paragraphs below the title.
        about: The last paragraph.
    """

    title: str
    made: date
    preface: tuple[str, ...]
    questions: tuple[Question, ...]
    solutions: tuple[Solution, ...]
    about: str


def paper_of(title: str, cards: Sequence[Card], made: date, order: int | None = None) -> Paper:
    """Cards as a paper, in their order.

    Args:
        title: What the quiz is about.
        cards: Each with its choices in order.
        made: Day on which it is made.
        order: The number that gives this order again; None where there is none.
    """
    asked = tuple(map(_question, cards))
    is_masked = any(MASK in text for one in asked for text in (one.shown, *(words for _, words in one.choices)))
    told = f"\u201c{MASK}\u201d stands for a citation that was left out because it could give an answer away."
    numbered = f" Order {order}." if order is not None else ""
    return Paper(
        title=writable(title),
        made=made,
        preface=(f"{plural(len(asked), 'question')}. {day(made)}.{numbered}", *([told] if is_masked else [])),
        questions=asked,
        solutions=tuple(map(_solution, cards)),
        about="An unofficial quiz made with Pinpoint. The answers are quoted word for word from the documents in use "
        "on that day. Compare them with the official source before you rely on them.",
    )


def lettered(card: Card) -> tuple[tuple[str, str], ...]:
    """The choices of a card with their letters: citations, or texts whose citations are masked."""
    words = (one.section if card.kind == "provision" else shown_text(one) for one in card.choices)
    return tuple(zip(_NAMES, words, strict=False))


def letter_of(card: Card) -> str:
    """The letter of the right choice; "" for a card without choices."""
    return _NAMES[card.right] if card.choices else ""


def _question(card: Card) -> Question:
    status = f" \u00b7 {card.status[0]}" if card.status[0] else ""
    return Question(
        task=card.task,
        shown=writable(card.shown),
        choices=tuple((letter, writable(words)) for letter, words in lettered(card)),
        source="" if card.kind == "provision" else writable(f"From: {card.answer.title}{status}"),
    )


def _solution(card: Card) -> Solution:
    status = f" \u00b7 {card.status[0]}" if card.status[0] else ""
    wrong = [f"{letter} {one.section}" for letter, one in zip(_NAMES, card.choices, strict=False) if one != card.answer]
    return Solution(
        letter=letter_of(card),
        quotation=writable(card.answer.text),
        source=writable(f"{source_of(card)}{status}"),
        others=writable(f"The others are {'; '.join(wrong)}.") if card.kind == "text" else "",
    )
