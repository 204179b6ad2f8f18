"""A scope at search time: what is preferred comes first, and nothing is left out for it."""

from datetime import date

import pytest

from index.scope import collections_of, preferred_by, scope_of
from index.search import load_index
from pinpoint.errors import UnknownCollection
from pinpoint.records import Filters

DAY = date(2025, 1, 1)
QUERY = "identifying a victim of trafficking"


def _found(index, query=QUERY, **scope):
    return index.search(query, Filters(DAY, **scope), top_k=100, channel="hybrid")


def _collections(index, result):
    return [index.documents[hit.document_id].collection for hit in result.hits]


@pytest.mark.parametrize("name", ["QHSR", "Training", "T visa"])
def test_a_preferred_collection_rises_and_nothing_is_left_out(tiny_index, name):
    without, preferring = _found(tiny_index), _found(tiny_index, prefer=(name,))
    assert {hit.span for hit in without.hits} == {hit.span for hit in preferring.hits}
    first = _collections(tiny_index, preferring).index(name)
    assert first <= _collections(tiny_index, without).index(name)
    assert preferring.scope == f"{name} first; everything was searched."
    assert without.scope == "Everything was searched."


def test_only_leaves_the_others_out(tiny_index):
    result = _found(tiny_index, collections=("QHSR",))
    assert set(_collections(tiny_index, result)) == {"QHSR"}
    assert result.scope == "Only QHSR was searched."


@pytest.mark.parametrize("query", ["8 CFR 214.202", "8 CFR 214.202(a)(1)"])
def test_a_citation_is_looked_up_whatever_is_preferred(tiny_index, query):
    spans = [[hit.span for hit in _found(tiny_index, query, **scope).hits] for scope in ({}, {"prefer": ("QHSR",)})]
    assert spans[0] == spans[1]


def test_an_index_knows_its_collections_and_what_it_prefers(tiny_corpus, run_ingest, fake_embedder, tmp_path):
    with (tiny_corpus / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write('\n[search]\nprefer = ["QHSR", "T visa"]\n')
    run_ingest(tiny_corpus, tmp_path / "index")
    index = load_index(tmp_path / "index", fake_embedder)
    assert collections_of(index) == ("Policy Manual", "QHSR", "T visa", "Training", "Unlisted")
    assert preferred_by(index) == ("QHSR", "T visa")
    assert scope_of(index).label == "QHSR and T visa first"
    assert scope_of(index, (), ("Training",)).label == "Training only"
    with pytest.raises(UnknownCollection, match="Known are: Policy Manual"):
        scope_of(index, ("Novels",))


def test_what_an_index_prefers_and_does_not_have_is_not_said(tiny_corpus, run_ingest, fake_embedder, tmp_path):
    manifest = tiny_corpus / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + '\n[search]\nprefer = ["QHSR"]\n', encoding="utf-8")
    (tiny_corpus / "reviews" / "qhsr.md").unlink()
    run_ingest(tiny_corpus, tmp_path / "index")
    assert preferred_by(load_index(tmp_path / "index", fake_embedder)) == ()
