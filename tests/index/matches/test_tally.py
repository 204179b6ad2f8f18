"""Totals and facets count everything that matches: against counting passage by passage."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.matches.listing import MOST_LISTED
from index.matches.tally import FACETS, year_of
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
QUERIES = [
    "victim of trafficking",
    "LEA",
    '"victim"',
    "victim AND NOT applicant",
    "who may apply for status?",
    "214.204",
    "quetzal",
]


def _counts(index, rows, day):
    """Facets as a person would count them: each text once for each value that carries it."""
    every = index.store.all_passages()
    seen = {name: set() for name in FACETS}
    for row in rows:
        passage = every[row]
        document = index.documents[passage.document_id]
        values = {name: getattr(document, name, "") for name in ("kind", "collection", "publisher")}
        values |= {"year": year_of(document), "status": index.locate(passage.span, day).status}
        for name, value in values.items():
            seen[name].add((value, passage.text))
    return {name: Counter(value for value, _ in own) for name, own in seen.items()}


@given(st.data())
def test_facets_are_those_of_counting_passage_by_passage(tiny_index, data):
    count = len(tiny_index.store.all_passages())
    rows = sorted(data.draw(st.sets(st.integers(0, count - 1))))
    tally = tiny_index._ranking.tally
    found = {facet.name: dict(facet.counts) for facet in tally.facets(np.array(rows, dtype=np.int64), TODAY.as_of)}
    assert found == {name: dict(own) for name, own in _counts(tiny_index, rows, TODAY.as_of).items()}
    assert tally.distinct(np.array(rows, dtype=np.int64)) == len({tiny_index.store.passage_text(row) for row in rows})


@pytest.mark.parametrize("query", QUERIES)
def test_the_total_is_the_length_of_the_list(tiny_index, query):
    result = tiny_index.search(query, TODAY, top_k=MOST_LISTED)
    assert result.total == len(result.hits) > 0
    assert [hit.rank for hit in result.hits] == list(range(1, len(result.hits) + 1))
    assert len({hit.span for hit in result.hits}) == len(result.hits), "nothing is listed twice"


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("top_k", [1, 3, 10])
def test_pages_go_on_where_the_hits_of_a_search_end(tiny_index, query, top_k):
    whole = tiny_index.search(query, TODAY, top_k=MOST_LISTED)
    some = tiny_index.search(query, TODAY, top_k=top_k)
    paged = [hit for first in range(0, whole.total, 4) for hit in tiny_index.page(some, first, 4, TODAY.as_of)]
    assert [hit.span for hit in paged] == [hit.span for hit in whole.hits]
    assert [hit.rank for hit in paged] == [hit.rank for hit in whole.hits]
    assert (some.total, some.facets) == (whole.total, whole.facets)


@pytest.mark.parametrize("query", ["victim of trafficking", "victim OR applicant", '"victim"'])
def test_choosing_a_value_of_a_facet_finds_as_many_as_it_says(tiny_index, query):
    facets = {facet.name: facet.counts for facet in tiny_index.search(query, TODAY).facets}
    for kind, count in facets["kind"]:
        found = tiny_index.search(query, Filters(TODAY.as_of, kinds=(kind,))).total
        assert found == count, kind
    for status, count in facets["status"]:
        assert tiny_index.search(query, TODAY, statuses=(status,)).total == count, status


def test_all_words_are_counted_beside_any_of_them(tiny_index):
    result = tiny_index.search("victim applicant", TODAY)
    every, both = (tiny_index.search(f"victim {word} applicant", TODAY).total for word in ("OR", "AND"))
    assert result.total == every > both
    assert result.counted == f"passages with at least one of the words, {both} of them with all"


def test_statuses_limit_provisions_that_are_cited_too(tiny_index):
    assert tiny_index.search("8 CFR 214.11(b)(2)", TODAY, statuses=("ended",)).hits[0].status == "ended"
    found = tiny_index.search("8 CFR 214.11(b)(2)", TODAY, statuses=("in force",)).hits
    assert all(hit.status == "in force" for hit in found)
