"""An ingest by the address of a cluster: what it makes is published, whatever machine goes on with it."""

from contextlib import suppress

import pytest

from index.cluster.stored import generations, ingesting, publishing, serving
from index.cluster.stored.lock import Pace, locked
from index.generations.read import named_generation, serving_generation
from index.models.chosen import next_embedder
from index.models.embedding import PackagedEmbedder
from ingest.steps.early import Early
from pinpoint.errors import ClusterUnavailable, IndexBusy, MissingModel


@pytest.fixture
def changed(ledger_corpus):
    """``changed(NUMBER)``: the corpus with a document more."""

    def change(number):
        text = f"# Memorandum {number}\n\nThe quetzal ledger number {number} is closed on a Friday.\n"
        (ledger_corpus / f"memorandum-{number}.md").write_text(text, encoding="utf-8")
        return ledger_corpus

    return change


def _current(own):
    return generations.current(own.connection, own.name)


def test_machines_take_turns_and_begin_from_what_the_cluster_has(own, ledger_corpus, changed, run_ingest):
    first = run_ingest(ledger_corpus, own.machine("first"))
    assert _current(own) == first.generation.name
    assert not (own.machine("first") / ingesting.NOTE).exists()
    second = run_ingest(changed(2), own.machine("second"))
    assert second.embedded == 1  # the others came with the generation that the first machine had made
    assert _current(own) == second.generation.name > first.generation.name
    again = run_ingest(ledger_corpus, own.machine("first"))
    assert not again.changed and again.generation.name == second.generation.name
    assert named_generation(own.machine("first")) == second.generation.name


def test_a_machine_that_is_new_asks_what_made_the_generation_in_use(own, ledger_corpus, run_ingest):
    made = run_ingest(ledger_corpus, own.machine("first")).generation.name
    with suppress(MissingModel):  # the model of these tests is nowhere on the disk
        next_embedder(own.machine("second"))
    assert named_generation(own.machine("second")) == made


def test_a_machine_may_be_the_first(own):
    assert next_embedder(own.machine()).name == PackagedEmbedder().name


def test_what_could_not_be_published_is_published_by_the_next(own, ledger_corpus, run_ingest, monkeypatch):
    def unavailable(*_, **__):
        raise ClusterUnavailable("all nodes are gone")

    monkeypatch.setattr(publishing, "publish", unavailable)
    with pytest.raises(ClusterUnavailable):
        run_ingest(ledger_corpus, own.machine())
    made = named_generation(own.machine())
    assert made and _current(own) == "" and (own.machine() / ingesting.NOTE).exists()
    monkeypatch.undo()
    result = run_ingest(ledger_corpus, own.machine())
    assert not result.changed and _current(own) == made


def test_what_was_made_on_an_older_base_is_not_published(own, ledger_corpus, changed, run_ingest, monkeypatch):
    run_ingest(ledger_corpus, own.machine("first"))
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "publish", lambda *_, **__: (_ for _ in ()).throw(ClusterUnavailable("gone")))
        with pytest.raises(ClusterUnavailable):
            run_ingest(changed(2), own.machine("first"))
    stale = named_generation(own.machine("first"))
    other = run_ingest(changed(3), own.machine("second"))
    result = run_ingest(ledger_corpus, own.machine("first"))
    assert result.generation.name == other.generation.name == _current(own) != stale


def test_after_a_rollback_an_ingest_begins_from_what_is_in_use(own, ledger_corpus, changed, run_ingest):
    first = run_ingest(ledger_corpus, own.machine())
    run_ingest(changed(2), own.machine())
    generations.use(own.connection, own.name, first.generation.name)
    result = run_ingest(changed(3), own.machine())
    assert result.embedded <= 2 and _current(own) == result.generation.name


def test_what_is_not_complete_is_searched_nowhere(own, ledger_corpus, run_ingest, monkeypatch):
    seen = []
    real = serving_generation

    def watch(*_, **__):
        seen.append(_current(own))
        raise KeyboardInterrupt

    # Cut off in the moment after the early generation was written.
    monkeypatch.setattr("ingest.steps.early.EarlyGenerations.all_read", lambda *_: watch())
    with pytest.raises(KeyboardInterrupt):
        run_ingest(ledger_corpus, own.machine(), early=Early(lexical_first=True))
    assert seen == [""] and _current(own) == ""
    monkeypatch.undo()
    result = run_ingest(ledger_corpus, own.machine(), early=Early(lexical_first=True))
    assert _current(own) == result.generation.name
    assert real(own.machine()).folder.name == result.generation.name


def test_two_ingests_at_once_are_refused(own, ledger_corpus, run_ingest):
    with locked(own.connection, own.name, ledger_corpus, pace=Pace(beat=0.3)), pytest.raises(IndexBusy):
        run_ingest(ledger_corpus, own.machine())
    assert _current(own) == ""


def test_the_ingest_itself_goes_by_its_folder_and_others_by_the_cluster(own, ledger_corpus, changed, run_ingest):
    first = run_ingest(ledger_corpus, own.machine())
    index_dir = own.machine()
    with ingesting.publication(index_dir, ledger_corpus) as publish:
        assert ingesting.is_ingesting(index_dir)
        assert serving.serving(index_dir).folder.name == first.generation.name
        publish(first.generation, lambda *_: None)  # in use already
    assert not ingesting.is_ingesting(index_dir)
