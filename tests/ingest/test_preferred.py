"""What the manifest prefers, and a manifest that is not the folder's own."""

import pytest
from click.testing import CliRunner

from index.generations.read import generation_facts, manifest_file, rebuild_command
from index.scope import preferred_by
from index.search import load_index
from ingest.__main__ import main
from ingest.corpus.runs import ingest_command
from pinpoint.errors import ManifestError
from pinpoint.own_commands import ingest

PREFERRED = '\n[search]\nprefer = ["QHSR"]\n'


@pytest.fixture
def own_manifest(tiny_corpus, tmp_path):
    """A copy of the manifest outside the folder, with a preference."""
    copy = tmp_path / "mine.toml"
    copy.write_text((tiny_corpus / "manifest.toml").read_text(encoding="utf-8") + PREFERRED, encoding="utf-8")
    return copy


def test_another_preference_makes_another_generation_and_reads_nothing_again(
    tiny_corpus, run_ingest, make_embedder, tmp_path
):
    embedder = make_embedder()
    first = run_ingest(tiny_corpus, tmp_path / "index", embedder=embedder)
    assert generation_facts(first.generation)["prefer"] == []
    with (tiny_corpus / "manifest.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(PREFERRED)
    second = run_ingest(tiny_corpus, tmp_path / "index", embedder=embedder)
    assert second.changed and second.embedded == 0
    assert "read" not in {record.status for record in second.records}
    assert generation_facts(second.generation)["prefer"] == ["QHSR"]
    assert not run_ingest(tiny_corpus, tmp_path / "index", embedder=embedder).changed


def test_a_manifest_from_elsewhere_is_read_and_remembered(
    tiny_corpus, own_manifest, run_ingest, fake_embedder, tmp_path, monkeypatch, make_embedder
):
    index_dir = tmp_path / "index"
    run_ingest(tiny_corpus, index_dir, manifest=own_manifest)
    assert preferred_by(load_index(index_dir, fake_embedder)) == ("QHSR",)
    assert manifest_file(index_dir) == own_manifest
    assert f"{tiny_corpus} --manifest {own_manifest} --index" in rebuild_command(index_dir)
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    again = CliRunner().invoke(ingest, ["--index", str(index_dir)])
    assert f"Reading {tiny_corpus} by {own_manifest}" in again.output
    assert manifest_file(index_dir) == own_manifest, "an ingest of the same folder without naming it"
    run_ingest(tiny_corpus, index_dir)
    assert manifest_file(index_dir) is None, "an ingest that names the folder and no manifest"
    assert preferred_by(load_index(index_dir, fake_embedder)) == ()


def test_the_command_line_takes_a_manifest(tiny_corpus, own_manifest, tmp_path, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    index_dir = tmp_path / "index"
    CliRunner().invoke(main, [str(tiny_corpus), "--index", str(index_dir), "--manifest", str(own_manifest)])
    assert manifest_file(index_dir) == own_manifest
    assert ingest_command(tiny_corpus, index_dir, own_manifest)[5:8] == [
        str(index_dir),
        "--manifest",
        str(own_manifest),
    ]


def test_a_manifest_that_is_not_there_is_refused(tiny_corpus, run_ingest, tmp_path):
    with pytest.raises(ManifestError, match=r"There is no manifest .*gone\.toml.*without --manifest"):
        run_ingest(tiny_corpus, tmp_path / "index", manifest=tmp_path / "gone.toml")
