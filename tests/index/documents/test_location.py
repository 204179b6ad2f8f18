"""The facts of a span: gathered once, the same for hits, citations and excerpts."""

from datetime import date

import pytest

from citations.parse import parse_citations
from collection.excerpts import make_excerpt
from pinpoint.records import Span

DAY, BEFORE = date(2025, 1, 1), date(2024, 2, 10)


def section(index, cited):
    return index.resolver.resolve(parse_citations(cited)[0])[0]


LOCATED = [  # (cited, as of, in force, note begins with, replaced by, reason)
    ("8 CFR 214.202(c)(1)", DAY, True, "", "", "in force"),
    ("8 CFR 214.202(c)(1)", BEFORE, False, "", "", "not yet in force"),
    ("8 CFR 214.11(b)", BEFORE, True, "Replaced on 2024-08-28", "8 CFR 214.202", "before it moved"),
    ("8 CFR 214.11(b)", DAY, False, "Replaced on 2024-08-28", "8 CFR 214.202", "after it moved"),
]


@pytest.mark.parametrize(("cited", "day", "in_force", "note", "replaced_by", "reason"), LOCATED)
def test_a_section_is_located_by_its_span(tiny_index, cited, day, in_force, note, replaced_by, reason):
    found = section(tiny_index, cited)
    source = tiny_index.locate(found.span, day)
    document = tiny_index.documents[found.document_id]
    assert (source.section, source.section_path) == (found.citation, found.path), reason
    assert (source.file, source.title, source.kind) == (document.file, document.title, document.kind)
    assert source.in_force == in_force and source.note.startswith(note) and bool(source.note) == bool(note), reason
    assert source.replaced_by.startswith(replaced_by) and bool(source.replaced_by) == bool(replaced_by), reason


def test_a_span_inside_a_section_is_cited_by_the_deepest_that_holds_it(tiny_index):
    found = section(tiny_index, "8 CFR 214.202(c)(1)")
    inside = Span(found.document_id, found.start + 1, found.start + 2)
    assert tiny_index.locate(inside, DAY).section == found.citation
    parent = tiny_index.store.section(found.document_id, found.parent)
    beyond = Span(found.document_id, found.start - 1, found.start + 1)
    assert tiny_index.locate(beyond, DAY).section == parent.citation, "one that begins before it is its parent's"
    assert tiny_index.locate(inside, DAY, parent).section == parent.citation, "or by the section that is given"


def test_every_passage_is_located_where_it_was_cut(tiny_index):
    for passage in tiny_index.store.all_passages():
        source = tiny_index.locate(passage.span, DAY)
        assert (source.page, source.page_label) == (passage.page, passage.page_label)
        assert tiny_index.store.deepest(passage.span).number == passage.section
        assert tiny_index.store.text(passage.span) == passage.text == passage.text_of(passage.span)


@pytest.mark.parametrize(
    ("span", "reason"), [(Span("none", 0, 5), "no such document"), (Span("rule-now", 0, 10**9), "behind the text")]
)
def test_what_stands_nowhere_is_not_located(tiny_index, span, reason):
    with pytest.raises(KeyError):
        pytest.fail(f"{reason}: {tiny_index.locate(span, DAY)}")


def test_a_hit_a_citation_and_an_excerpt_of_one_span_say_the_same(tiny_index, tiny_assistant, as_of):
    answer = tiny_assistant.ask("8 CFR 214.202(c)(1)", filters=as_of)
    assert answer.citations
    for hit in answer.hits:
        assert hit.source == tiny_index.locate(hit.span, DAY, tiny_index.store.deepest(hit.span))
    for citation in answer.citations:
        assert citation.source == tiny_index.locate(citation.span, DAY)
        excerpt = make_excerpt(tiny_index, citation.span, DAY)
        for name in ("section", "section_path", "page", "page_label", "title", "kind", "effective_from"):
            assert getattr(excerpt, name) == getattr(citation, name)
        assert excerpt.text == citation.quote


@pytest.fixture
def as_of():
    from pinpoint.records import Filters  # noqa: PLC0415 - one use

    return Filters(DAY)
