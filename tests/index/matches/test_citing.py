"""A citation alone: its provision first, then what cites it, never what only has the digits."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from index.cited.bare import bare_citation
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))

ALONE = [  # (query, section of the first hit, reason)
    ("214.204(e)", "8 CFR 214.204", "a number with a paragraph that is not there: what would hold it"),
    ("8 CFR 214.202(c)(1) (2024)", "8 CFR 214.202(c)(1)", "the year of the edition behind it"),
    ("8 U.S.C. 1184 et seq.", "8 U.S.C. 1184", "and what follows"),
    ("§ 1184", "8 U.S.C. 1184", "a sign and a number"),
    ("1184(o)(2)", "8 U.S.C. 1184(o)(2)", "a number with paragraphs"),
]


@pytest.mark.parametrize(("query", "section", "reason"), ALONE)
def test_a_citation_alone_finds_its_provision(tiny_index, query, section, reason):
    result = tiny_index.search(query, TODAY)
    assert (result.route, result.hits[0].section) == ("citation", section), reason
    assert result.query == query


@pytest.mark.parametrize(
    "query", ["8 CFR 214.202", "8 U.S.C. 1184", "8 CFR 214.204", "8 CFR 214.11(b)(2)", "Form I-914"]
)
def test_behind_it_stands_what_cites_it_with_the_sentence(tiny_index, query):
    result = tiny_index.search(query, TODAY, top_k=100)
    cited = result.hits[result.named :]
    assert cited or any(note.startswith("No passage cites") for note in result.notes)
    for hit in cited:
        assert hit.citing, "a sentence of it cites the provision"
        links = tiny_index.store.links(hit.span)
        assert all(span.within(hit.span) for span in hit.citing)
        assert all(any(span.start <= link.start < span.end for link in links) for span in hit.citing)
        assert hit.note.startswith("Cites ") or hit.note.startswith("Replaced")


def test_something_cites_a_provision_of_the_small_corpus(tiny_index):
    assert tiny_index.search("8 CFR 214.202", TODAY, top_k=100).total > 1


def test_what_nobody_cites_finds_nothing_but_says_so(tiny_index):
    result = tiny_index.search("8 CFR 999.1(a)", TODAY)
    assert (result.hits, result.total) == ((), 0)
    assert result.notes[-1].startswith("No passage cites 8 CFR 999.1(a).")


def test_operators_take_a_citation_as_what_cites_it_or_is_of_it(tiny_index):
    found = tiny_index.search("8 CFR 214.202 AND NOT zebra", TODAY, top_k=100)
    assert found.route == "boolean" and found.total > 1
    assert any(hit.section.startswith("8 CFR 214.202") for hit in found.hits)


class Parts:
    """Has part 214 of title 8, and a section of another law with the same number."""

    def resolve(self, citation):
        held = {"8 CFR 214": "8 CFR Part 214", "22 CFR 214": "INA 214"}
        return [SimpleNamespace(citation=held[str(citation)])] if str(citation) in held else []


@pytest.mark.parametrize(
    ("text", "read", "reason"),
    [
        ("Part 214", "8 CFR part 214", "the title of which there is that part, not a section of its number"),
        ("part 215", "part 215", "no title has it"),
        ("8 CFR 214.1 (2024)", "8 CFR 214.1", "the year of an edition"),
        ("8 CFR 214.1 (West 2024)", "8 CFR 214.1", "and its publisher"),
        ("8 U.S.C. 1184 et seq.", "8 U.S.C. 1184", "what follows"),
        ("the act of (2024)", "the act of (2024)", "a year behind no citation"),
        ("8 CFR 214.1(b)", "8 CFR 214.1(b)", "a paragraph is no year"),
    ],
)
def test_forms_that_only_stand_alone(text, read, reason):
    assert bare_citation(text, Parts()) == read, reason


CITED = ["8 CFR 214.202", "8 CFR 214.11(b)(2)", "8 U.S.C. 1184", "INA 101(a)(15)(T)", "8 CFR 214.204(e)", "Form I-914"]


@pytest.mark.parametrize("query", CITED)
def test_a_number_beside_a_value_is_what_choosing_it_finds(tiny_index, query):
    result = tiny_index.search(query, TODAY)
    limits = {facet.name: facet.counts for facet in result.facets}
    for name, filtered in (("kind", "kinds"), ("collection", "collections")):
        for value, count in limits[name]:
            found = tiny_index.search(query, replace(TODAY, **{filtered: (value,)}), top_k=1_000)
            assert found.total == len(found.hits) == count, (name, value)
    for status, count in limits["status"]:
        assert tiny_index.search(query, TODAY, statuses=(status,)).total == count, status


@pytest.mark.parametrize("copies", [1, 2, 3])
def test_each_copy_of_a_provision_that_is_listed_counts(tiny_index, copies):
    first = tiny_index.search("8 CFR 214.202", TODAY).hits[:1] * copies
    listing = tiny_index._listing
    found = listing.of_citing(np.zeros(0, dtype=np.int64), first, (), TODAY.as_of)
    assert found.total == copies
    assert [sum(count for _, count in facet.counts) for facet in found.facets] == [copies] * len(found.facets)


def test_the_new_text_is_found_too_where_the_limits_exclude_the_old_one(tiny_index):
    every = tiny_index.search("8 CFR 214.11(b)(2)", TODAY)
    for document in {hit.document_id for hit in every.hits}:
        own = [hit.span for hit in every.hits if hit.document_id == document]
        found = tiny_index.search("8 CFR 214.11(b)(2)", replace(TODAY, documents=(document,)))
        assert [hit.span for hit in found.hits] == own, document
