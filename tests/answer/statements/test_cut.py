"""What is cut of a group that is too long to be shown at once."""

from types import SimpleNamespace

import pytest

from answer.records import Evidence, Quote
from answer.statements.groups import Group
from answer.statements.order import SHOWN_WORDS, cut
from pinpoint.records import Span

LONG = SHOWN_WORDS + 30


def group(*parts: tuple[int, str]) -> tuple[SimpleNamespace, Group]:
    """A store and a group of quotations, each told by its words and what it is: "", "item", "header" or "row"."""
    texts, quotes = {}, []
    for number, (words, sort) in enumerate(parts):
        span = Span("d", 1000 * number, 1000 * number + 1)
        texts[span] = "word " * words
        quotes.append(Quote(span, span, item=sort in ("item", "row"), table=sort if sort in ("header", "row") else ""))
    found = Evidence(passage=quotes[0].passage, span=quotes[0].span, kind="statute", text="", score=1.0)
    return SimpleNamespace(store=SimpleNamespace(text=texts.__getitem__)), Group(found, tuple(quotes), 0)


CUT = [  # (quotations, how many are shown, reason)
    ([(20, ""), (20, "")], 2, "all of it fits"),
    ([(LONG, ""), (5, "")], 1, "the first is shown whatever its length"),
    ([(20, ""), (LONG, "")], 1, "the second does not fit"),
    ([(5, ""), (LONG, "item"), (5, "item")], 2, "a lead-in alone says nothing: its first item is shown"),
    ([(5, "header"), (LONG, "row"), (5, "row")], 2, "a header alone says nothing: its first row is shown"),
    ([(5, ""), (20, "item"), (LONG, "item")], 2, "the second item does not fit"),
]


@pytest.mark.parametrize(("quotations", "shown", "reason"), CUT, ids=[row[2] for row in CUT])
def test_what_is_shown_of_a_long_group(quotations, shown, reason):
    index, long_group = group(*quotations)
    first, rest = cut(index, long_group)
    assert len(first.quotes) == shown, reason
    assert (*first.quotes, *(rest.quotes if rest else ())) == long_group.quotes, "nothing is lost"
