"""The larger corpus of a benchmark is one that an ingest has nothing to read of, until a document of it changes."""

import pytest

from benchmarks.growth import refresh
from index.generations.read import current_generation, generation_facts


@pytest.fixture
def doubled(pristine_corpus, tiny_index_dir, fake_embedder, monkeypatch, tmp_path):
    """The listed documents of the small corpus twice, with their index."""
    monkeypatch.setattr(refresh, "next_embedder", lambda _: fake_embedder)
    folder = tmp_path / "2"
    manifest = pristine_corpus / "manifest.toml"
    refresh._make(pristine_corpus, manifest, current_generation(tiny_index_dir), folder, 2, seed=1)
    return folder


def test_one_changed_document_of_a_multiplied_corpus_is_all_that_is_read(doubled, tiny_index_dir, run_ingest):
    one = generation_facts(current_generation(tiny_index_dir))
    two = generation_facts(current_generation(doubled / "index"))
    assert one["documents"] < two["documents"] <= 2 * one["documents"], "twice those that are listed"
    assert one["passages"] < two["passages"] <= 2 * one["passages"]
    changed = next((doubled / "corpus" / "copy-1").rglob("*.md"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\nThe ledger is closed.\n", encoding="utf-8")
    result = run_ingest(doubled / "corpus", doubled / "index", manifest=doubled / "manifest.toml")
    read = [record.file for record in result.records if record.status == "read"]
    unchanged = [record.file for record in result.records if record.status == "unchanged"]
    assert (read, len(unchanged)) == ([changed.relative_to(doubled / "corpus").as_posix()], two["documents"] - 1)
