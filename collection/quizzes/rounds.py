"""One round of a quiz: which card is shown, what was known, what comes again. Each step gives a new round."""

from dataclasses import dataclass, replace

from collection.quizzes.cards import Card


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a quiz.

    Attributes:
        cards: In the order of the round.
        marks: For each card that was answered, whether it was known.
        revealed: Whether the answer of the card that is shown is revealed.
    """

    cards: tuple[Card, ...]
    marks: tuple[bool, ...] = ()
    revealed: bool = False

    @property
    def shown(self) -> Card | None:
        """The card that is shown; None at the end."""
        return self.cards[len(self.marks)] if len(self.marks) < len(self.cards) else None

    @property
    def known(self) -> int:
        """Number of cards that were known."""
        return sum(self.marks)

    @property
    def missed(self) -> tuple[Card, ...]:
        """The cards that were marked to come again."""
        return tuple(card for card, known in zip(self.cards, self.marks, strict=False) if not known)


def reveal(quiz: Round) -> Round:
    """The round with the answer shown."""
    return replace(quiz, revealed=True)


def mark(quiz: Round, *, known: bool) -> Round:
    """The round at its next card."""
    return Round(quiz.cards, (*quiz.marks, known)) if quiz.shown else quiz
