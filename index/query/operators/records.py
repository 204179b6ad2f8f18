"""What a query with operators says, as a tree; and why a text that has operators is read as words."""

from collections.abc import Iterator
from dataclasses import dataclass

from citations.parse import LegalCitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word in any of its forms.

    Attributes:
        text: As typed.
        terms: Of each word in it the terms that it may have, as ``spellings`` gives them; words that stand side by side
            where it has several ("law-enforcement").
    """

    text: str
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with these small letters."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words as they were typed; ``folded`` as they are compared."""

    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision that a passage cites, or of which it has text."""

    citation: LegalCitation


@dataclass(frozen=True, slots=True)
class All:
    """Everything of it."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Any one of it."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Near:
    """Both, with at most ``most`` words from the one to the other, in either order."""

    left: "Node"
    right: "Node"
    most: int


Node = Word | Prefix | Phrase | Cited | All | Either | Without | Near
Leaf = Word | Prefix | Phrase | Cited


def leaves(node: Node, *, positive: bool = True) -> Iterator[Leaf]:
    """What a tree asks for, in order; with ``positive`` nothing of what it excludes."""
    match node:
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part, positive=positive)
        case Near(left, right):
            yield from leaves(left, positive=positive)
            yield from leaves(right, positive=positive)
        case Without(part):
            if not positive:
                yield from leaves(part, positive=positive)
        case _:
            yield node


@dataclass(frozen=True, slots=True, kw_only=True)
class Operators:
    """How a text with operators was read.

    Attributes:
        tree: What it says; None where it is read as words.
        why: Why it is read as words, as the end of a sentence; "" where it is not.
        words: The text with a space for every operator, letter by letter in its place.
        dropped: Words that stand nearly everywhere, which were left out.
    """

    tree: Node | None
    why: str = ""
    words: str = ""
    dropped: tuple[str, ...] = ()
