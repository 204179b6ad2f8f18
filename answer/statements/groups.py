"""Groups: quotations that are read together, chosen for one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from answer.records import Evidence, Quote
from answer.statements.limits import limits_of, rule_before
from answer.statements.lists import list_items, with_lead
from answer.statements.tables import announced_rows, row_with_head
from index.search import HybridIndex

_RULE = 0.9
"""Share of the score of a limit from which its rule comes first. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Group:
    """Quotations that are read together, the sentence for which they were chosen, and their length.

    Attributes:
        found: The sentence.
        quotes: In the order of reading.
        words: Of all of them.
    """

    found: Evidence
    quotes: tuple[Quote, ...]
    words: int

    @property
    def statements(self) -> int:
        """How many statements they are: a list with its lead-in, or a table, is one."""
        return max(1, sum(not quote.item for quote in self.quotes))


def group_of(index: HybridIndex, found: Evidence, quotes: Sequence[Quote]) -> Group:
    """Quotations as a group."""
    return Group(found, tuple(quotes), sum(words_of(index, quote) for quote in quotes))


def gathered(index: HybridIndex, found: Evidence, evidence: Sequence[Evidence] = ()) -> Group | None:
    """A sentence with all without which it would mislead; None for what announces a list that is not there.

    The row of a table stands behind its header, an item of a list behind its lead-in, a lead-in before its items, a
    rule before its limit. Where the question is about the limit, so that the evidence for the rule is weaker, the limit
    comes first.

    Args:
        index: Where the sentence stands.
        found: The sentence.
        evidence: All of it, to tell how well the rule fits the question.
    """
    row = row_with_head(index, found)
    if row:
        return group_of(index, found, row)
    if found.leads:
        items = list_items(index, found)
        return group_of(index, found, [quote_of(found), *items]) if items else None
    own = with_lead(index, found)
    rule = rule_before(index, found) if len(own) == 1 else []
    asked = any(one.span == quote.span and one.score >= _RULE * found.score for one in evidence for quote in rule)
    first, behind = (rule, []) if asked else ([], rule)
    quotes = [*first, *own, *behind, *limits_of(index, found), *announced_rows(index, found)]
    return group_of(index, found, quotes)


def quote_of(found: Evidence) -> Quote:
    """A sentence as a quotation."""
    return Quote(found.passage, found.span)


def words_of(index: HybridIndex, quote: Quote) -> int:
    """Words of a quotation."""
    return len(index.store.text(quote.span).split())
