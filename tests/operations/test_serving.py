"""The generation in use serves; another is opened when it is taken into use, else the old one goes on."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from index.generations.read import named_generation, use_generation
from operations.requests import SearchRequest
from operations.serving import Serving
from pinpoint.errors import DamagedGeneration, NoGeneration


@pytest.fixture
def index_dir(run_ingest, ledger_corpus, tmp_path, make_embedder, monkeypatch):
    """An index of two generations of the ledgers, the newer one in use."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    folder = tmp_path / "index"
    run_ingest(ledger_corpus, folder)
    (ledger_corpus / "third.md").write_text("# third\n\nThe quetzal ledger is new.\n", encoding="utf-8")
    run_ingest(ledger_corpus, folder)
    return folder


def _other(folder):
    return next(one.name for one in sorted(folder.glob("0*")) if one.name != named_generation(folder))


def test_another_generation_is_opened_when_it_is_taken_into_use(index_dir):
    serving = Serving(index_dir, reranker="none")
    first = serving.current()
    assert serving.current() is first, "nothing is opened twice"
    embedder = first.index.embedder
    use_generation(index_dir, _other(index_dir))
    second = serving.current()
    assert second.index.generation == named_generation(index_dir) != first.index.generation
    assert second.index.embedder is embedder, "the model in memory is used again"
    assert len(first.documents()["documents"]) == 3 and len(second.documents()["documents"]) == 2
    assert not serving.notice


def test_the_old_one_goes_on_where_the_new_one_cannot_be_opened(index_dir, monkeypatch):
    serving = Serving(index_dir, reranker="none")
    first = serving.current()
    use_generation(index_dir, _other(index_dir))

    def damaged(*_):
        raise DamagedGeneration("x is damaged")

    with monkeypatch.context() as patch:
        patch.setattr("operations.serving.load_index", damaged)
        assert serving.current() is first
        assert "x is damaged" in serving.notice and first.index.generation in serving.notice
        assert serving.current() is first
    assert first.search(SearchRequest(query="quetzal"))["hits"]
    monkeypatch.setattr("operations.serving._AGAIN", -1.0)
    assert serving.current().index.generation == named_generation(index_dir), "it is tried again"
    assert not serving.notice


def test_one_thread_opens_while_the_others_go_on(index_dir, monkeypatch):
    serving = Serving(index_dir, reranker="none")
    first, opened = serving.current(), []
    load = serving._opened._load

    def slowly(*models):
        opened.append(1)
        assert serving.current() is first, "who asks meanwhile gets the old one"
        return load(*models)

    monkeypatch.setattr(serving._opened, "_load", slowly)
    use_generation(index_dir, _other(index_dir))
    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(lambda _: serving.current(), range(60)))
    assert len(opened) == 1 and serving.current().index.generation == named_generation(index_dir)


def test_an_index_that_is_not_there_cannot_serve(tmp_path):
    with pytest.raises(NoGeneration, match="Build one"):
        Serving(tmp_path)
