"""``python -m index doctor``: each fault is found, named, and comes with its remedy."""

import json
import os
import shutil
import sqlite3

import numpy as np
import pytest
from click.testing import CliRunner

from index.__main__ import main
from index.generations import doctor
from index.generations.read import current_generation, generation_facts, use_generation, write_facts
from index.generations.writer_lock import writing
from index.ranking.lexical import load_lexical
from index.ranking.vectors import build_vectors, save_vectors
from pinpoint.files import file_sha256


@pytest.fixture
def index_dir(tiny_index_dir, pristine_corpus, tmp_path):
    """A copy of the index of the small corpus, made from a copy of the corpus."""
    folder = tmp_path / "index"
    shutil.copytree(tiny_index_dir, folder)
    corpus = shutil.copytree(pristine_corpus, tmp_path / "documents")
    (folder / "CORPUS").write_text(f"{corpus}\n", encoding="utf-8")
    return folder


@pytest.fixture
def examine(index_dir, monkeypatch, make_embedder):
    """``examine()``: exit code and what ``--json`` says of this index."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)

    def run():
        result = CliRunner().invoke(main, ["doctor", "--index", str(index_dir), "--json"])
        return result.exit_code, json.loads(result.stdout)

    return run


def _restate(folder):
    """Make the digests and sizes those of the files as they are, so that only a deeper check finds the fault."""
    facts = generation_facts(folder)
    for name in facts["sha256"]:
        facts["sha256"][name], facts["sizes"][name] = file_sha256(folder / name), (folder / name).stat().st_size
    write_facts(folder, facts)


def _one_vector_less(folder):
    save_vectors(build_vectors(np.eye(64, dtype=np.float32)[:3]), folder / "vectors.faiss")
    _restate(folder)


def _break_rows(folder):
    content = bytearray((folder / "passages.sqlite").read_bytes())
    content[16384 * 3 : 16384 * 3 + 200] = bytes(200)
    (folder / "passages.sqlite").write_bytes(content)
    _restate(folder)


def _drop_a_passage(folder):
    with sqlite3.connect(folder / "passages.sqlite") as rows:
        rows.execute("DELETE FROM passages WHERE row = 0")
    rows.close()
    _restate(folder)


def _other_weights(folder):
    write_facts(folder, {**generation_facts(folder), "embedder_digest": "0" * 64})


def _corpus(folder):
    return folder.parent.parent / "documents"


CASES = [  # (what is done to the generation in use, check that finds it, what it says, what the remedy names)
    (lambda folder: (folder / "words.json").write_text("{}"), "files", "words.json", "pinpoint ingest"),
    (
        lambda folder: (
            folder / "lexical.data.npy" if (folder / "lexical.data.npy").exists() else next(folder.glob("lexical.*"))
        ).unlink(),
        "in use",
        "missing",
        "pinpoint ingest",
    ),
    (lambda folder: (folder.parent / "CURRENT").write_text("gone\n"), "in use", "Another one", "pinpoint ingest"),
    (lambda folder: (folder.parent / "CURRENT").unlink(), "in use", "No index", "pinpoint ingest"),
    (lambda folder: (folder.parent / ".building-x").mkdir(), "left-overs", ".building-x", "pinpoint prune"),
    (lambda folder: (folder.parent / ".read").mkdir(), "left-overs", ".read", "next ingest"),
    (lambda folder: (folder.parent / ".embeddings").mkdir(), "left-overs", ".embeddings", "pinpoint prune"),
    (_one_vector_less, "counts", "vectors.faiss is of 3", "pinpoint ingest"),
    (_drop_a_passage, "counts", "generation.json is of", "pinpoint ingest"),
    (_break_rows, "rows", "unsound", "pinpoint ingest"),
    (_other_weights, "embedder", "was made with fake", "citations"),
    (
        lambda folder: (_corpus(folder) / "reviews/qhsr.md").unlink(),
        "corpus",
        "no longer there: reviews/qhsr.md",
        "pinpoint ingest",
    ),
    (
        lambda folder: (_corpus(folder) / "reviews/qhsr.md").write_text("x"),
        "corpus",
        "have changed: reviews/qhsr.md",
        "pinpoint ingest",
    ),
    (lambda folder: (_corpus(folder) / "new.md").write_text("x"), "corpus", "are new: new.md", "pinpoint ingest"),
    (lambda folder: shutil.rmtree(_corpus(folder)), "corpus", "is not there", "CORPUS_DIR"),
    (lambda folder: (folder.parent / "CORPUS").unlink(), "corpus", "does not say where", "pinpoint ingest"),
]


@pytest.mark.parametrize(("fault", "check", "says", "remedy"), CASES)
def test_each_fault_is_found_with_its_remedy(index_dir, examine, fault, check, says, remedy):
    fault(current_generation(index_dir))
    code, report = examine()
    wrong = [finding for finding in report["findings"] if not finding["sound"]]
    assert code == 1 and not report["sound"]
    assert any(
        finding["check"] == check and says in finding["says"] and remedy in finding["remedy"] for finding in wrong
    ), wrong


def test_a_sound_index_is_sound(index_dir, examine):
    code, report = examine()
    assert (code, report["sound"]) == (0, True), report
    checks = {finding["check"] for finding in report["findings"]}
    assert checks == {"lock", "left-overs", "in use", "files", "rows", "counts", "embedder", "corpus", "space"}
    passages = generation_facts(current_generation(index_dir))["passages"]
    assert len(load_lexical(current_generation(index_dir), "lexical").scores([])) == passages


def test_a_damaged_older_generation_is_found_too(index_dir, examine):
    old = current_generation(index_dir)
    shutil.copytree(old, index_dir / "00009-20260101-000000-aaaaaaaa")
    use_generation(index_dir, "00009-20260101-000000-aaaaaaaa")
    (old / "words.json").write_text("{}")
    code, report = examine()
    [wrong] = [finding for finding in report["findings"] if not finding["sound"]]
    assert code == 1 and wrong["check"] == "files" and "pinpoint prune" in wrong["remedy"]


def test_a_generation_of_an_earlier_version_is_no_fault(index_dir, examine):
    old = shutil.copytree(current_generation(index_dir), index_dir / "20260101-000000-aaaaaaaa")
    write_facts(old, {**generation_facts(old), "format": 1})
    code, report = examine()
    assert code == 0 and any("format 1" in finding["says"] for finding in report["findings"])


def test_an_ingest_under_way_is_named_and_is_no_fault(index_dir, examine):
    with writing(index_dir, index_dir):
        (index_dir / ".building-x").mkdir()
        code, report = examine()
    assert code == 0 and f"process {os.getpid()}" in report["findings"][0]["says"]


def test_what_an_ingest_that_goes_on_has_read_is_no_fault(index_dir, examine):
    (index_dir / ".read").mkdir()
    assert examine()[0] == 1
    with writing(index_dir, index_dir):
        code, report = examine()
    assert code == 0, report


def test_little_room_is_found(index_dir, examine, monkeypatch):
    monkeypatch.setattr(doctor, "free_space", lambda _: 10)
    code, report = examine()
    assert code == 1 and "may not find room" in report["findings"][-1]["says"]


def test_people_read_what_is_wrong_and_what_to_do(index_dir, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    assert CliRunner().invoke(main, ["doctor", "--index", str(index_dir)]).stdout.endswith("The index is sound.\n")
    (index_dir / "CURRENT.new").touch()
    said = CliRunner().invoke(main, ["doctor", "--index", str(index_dir)]).stdout
    assert "WRONG  left-overs: An ingest that was cut off left CURRENT.new.\n       Remedy: pinpoint" in said


def test_no_folder_is_a_usage_error(tmp_path):
    result = CliRunner().invoke(main, ["doctor", "--index", str(tmp_path / "none")])
    assert result.exit_code == 2 and "is not a folder" in result.stderr
