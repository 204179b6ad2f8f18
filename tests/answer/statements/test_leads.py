"""An item stands behind its lead-in, unless the lead-in says nothing itself."""

from types import SimpleNamespace

import pytest

from answer.records import Evidence
from answer.statements import lists
from pinpoint.records import Span

ITEM, LEAD = Span("d", 100, 140), Span("d", 80, 99)
LEADS = [  # (lead-in, quotations, reason)
    ("In this chapter:", 1, "where a definition holds, and nothing else"),
    ("As used in this section the term:", 1, "the same in other words"),
    ("An applicant must:", 2, "the item lacks who must"),
    ("The fee is waived if", 2, "the item lacks what follows from it"),
]


@pytest.mark.parametrize(("lead", "quotations", "reason"), LEADS, ids=[row[0] for row in LEADS])
def test_a_lead_in_that_says_something_goes_before_its_item(monkeypatch, lead, quotations, reason):
    monkeypatch.setattr(lists, "lead_of", lambda index, span: LEAD)
    store = SimpleNamespace(text=lambda span: lead, passage=lambda span: SimpleNamespace(span=span))
    found = Evidence(passage=Span("d", 0, 200), span=ITEM, kind="statute", text="item", score=1.0)
    quotes = lists.with_lead(SimpleNamespace(store=store), found)
    assert len(quotes) == quotations, reason
    assert quotes[-1].span == ITEM and quotes[-1].item is (quotations == 2)
