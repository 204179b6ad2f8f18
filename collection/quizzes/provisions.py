"""Cards that ask by citation: which provision says this, and which text does a provision have."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from collection.changes import standing
from collection.citation_text import status
from collection.excerpts import stands
from collection.quizzes.cards import MOST_CARDS, Card
from collection.quizzes.choices import wrong_choices
from collection.quizzes.units import citation_of, shown_text, unit
from collection.records import Excerpt
from index.search import HybridIndex
from pinpoint.records import Span

Asked = Literal["provision", "text"]
"""What is asked for: the provision of a text, or the text of a provision."""
TASKS: dict[Asked, str] = {"provision": "Which provision says this?", "text": "Which text does this provision have?"}
CHOICES = 4
"""Choices of a card, the right one among them. Set by hand; not measured."""
FEWEST = 3
"""Choices without which nothing is asked. Set by hand; not measured."""


def spans_of_collection(index: HybridIndex, excerpts: Iterable[Excerpt]) -> Iterator[Span]:
    """The spans of saved excerpts that the documents in use have where these say."""
    return (excerpt.span for excerpt in excerpts if stands(index, excerpt))


def spans_of_document(index: HybridIndex, document_id: str) -> list[Span]:
    """The own text of the provisions of a document; of a long one some, spread evenly over it."""
    sections = [one for one in index.store.tree(document_id).sections if citation_of(one) is not None]
    return [one.own_span for one in sections[:: max(1, len(sections) // (2 * MOST_CARDS))]]


def provision_cards(index: HybridIndex, spans: Iterable[Span], asked: Asked, today: date) -> tuple[Card, ...]:
    """Cards from spans of documents, such as excerpts or the items of a checklist.

    Args:
        index: The documents in use.
        spans: A span that is too short, has no citation or no plausible neighbours makes no card.
        asked: What a card asks for.
        today: Day whose status the cards state.
    """
    cards: dict[str, Card] = {}
    for span in spans:
        answer = unit(index, span)
        if answer is None or answer.section in cards:
            continue
        choices = (answer, *wrong_choices(index, answer, CHOICES - 1))
        if len(choices) >= FEWEST:
            shown = shown_text(answer) if asked == "provision" else answer.section
            state = status(standing(index, answer, today), today)
            cards[answer.section] = Card(asked, TASKS[asked], shown, answer, state, choices)
        if len(cards) == MOST_CARDS:
            break
    return tuple(cards.values())
