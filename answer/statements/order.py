"""What is shown at once, what is more, and in which order."""

from collections.abc import Sequence

from answer.records import Quote
from answer.statements.groups import Group, group_of, words_of
from answer.statements.repetition import nearly_same
from index.documents.authority import authority_of
from index.search import HybridIndex

SHOWN_WORDS = 120
"""Words shown at once (docs/tried.md, "Answers")."""
SHOWN_STATEMENTS = 3
"""Statements shown at once, a list or a table counted once. Set by hand; not measured."""
CLOSE = 0.75
"""Share of the best score from which a further sentence is shown at once: at .75 and .8 for what is more 51 and 48
questions were quoted, at .7 52 (docs/tried.md, "Answers")."""


def by_authority(groups: Sequence[Group]) -> list[Group]:
    """Groups in their order, but of two whose sentences are nearly the same text first the one that binds more."""
    ordered: list[Group] = []
    for group in groups:
        rank = authority_of(group.found.kind).rank
        below = (
            position
            for position, other in enumerate(ordered)
            if rank < authority_of(other.found.kind).rank and nearly_same(group.found.text, other.found.text)
        )
        ordered.insert(next(below, len(ordered)), group)
    return ordered


def divided(groups: Sequence[Group], best: float) -> tuple[list[Group], list[Group]]:
    """The groups that are shown at once, and those that are more; the first is shown whatever its length.

    Args:
        groups: In order.
        best: Score of the best sentence.
    """
    shown: list[Group] = []
    more: list[Group] = []
    words = statements = 0
    for group in groups:
        fits = words + group.words <= SHOWN_WORDS and statements + group.statements <= SHOWN_STATEMENTS
        if not shown or (fits and group.found.score >= CLOSE * best):
            shown.append(group)
            words += group.words
            statements += group.statements
        else:
            more.append(group)
    return shown, more


def cut(index: HybridIndex, group: Group) -> tuple[Group, Group | None]:
    """A group within ``SHOWN_WORDS``, and the rest of it.

    Its first quotation is shown whatever its length; where that only opens a list or table, so is its first part.
    """
    words = count = 0
    for quote in group.quotes:
        words += words_of(index, quote)
        if count and words > SHOWN_WORDS and not _opens(group.quotes[:count], quote):
            break
        count += 1
    if count == len(group.quotes):
        return group, None
    return group_of(index, group.found, group.quotes[:count]), group_of(index, group.found, group.quotes[count:])


def _opens(quotes: Sequence[Quote], behind: Quote) -> bool:
    """Tell whether quotations are nothing but the caption and header of a table, or the lead-in of the one behind."""
    return all(quote.table in ("caption", "header") for quote in quotes) or (len(quotes) == 1 and behind.item)


def in_reading_order(groups: Sequence[Group]) -> list[Quote]:
    """The quotations of groups: the first stays first, and those of one passage stand together as they stand there."""
    first = {group.found.passage: position for position, group in reversed(list(enumerate(groups)))}
    ordered = sorted(
        groups, key=lambda group: (first[group.found.passage], group is not groups[0], group.found.span.start)
    )
    return [quote for group in ordered for quote in group.quotes]
