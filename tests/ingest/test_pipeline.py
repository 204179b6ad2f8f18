"""The ingest step over a folder: nothing stops the rest, nothing is skipped in silence."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from filelock import FileLock

from index.records import IndexConfig
from index.search import load_index
from ingest.__main__ import main
from ingest.workers import Limits
from pinpoint.errors import ManifestError, PinpointError
from pinpoint.records import Filters

TODAY = Filters(date(2025, 1, 1))
BROKEN = "scans/broken.pdf"


@pytest.fixture
def command(monkeypatch, make_embedder):
    """``command(*arguments)`` runs ``python -m ingest`` without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def _records(result):
    return {record.file: record for record in result.records}


def _cited(index_dir, embedder, query="victim trafficking mission"):
    return {hit.source_file for hit in load_index(index_dir, embedder).search(query, TODAY, top_k=100).hits}


def test_one_bad_file_never_stops_the_rest(tiny_corpus, run_ingest, tmp_path):
    (tiny_corpus / "empty.txt").write_bytes(b"")
    (tiny_corpus / "binary.md").write_bytes(b"\x00\x01")
    (tiny_corpus / "table.xlsx").write_bytes(b"x")
    records = _records(run_ingest(tiny_corpus, tmp_path / "index"))
    failed = {file: record.reason for file, record in records.items() if record.is_failure}
    assert set(failed) == {"empty.txt", "binary.md", "table.xlsx", BROKEN}
    assert all(reason for reason in failed.values()), "each failure says why"
    assert sum(record.status == "read" for record in records.values()) == 7


def test_every_file_of_the_folder_is_accounted_for(tiny_corpus, run_ingest, tmp_path):
    records = _records(run_ingest(tiny_corpus, tmp_path / "index"))
    assert set(records) == {
        path.relative_to(tiny_corpus).as_posix() for path in tiny_corpus.rglob("*") if path.is_file()
    }
    unlisted = records["directives/112-01.txt"]
    assert unlisted.status == "read"
    assert any("Not listed" in warning for warning in unlisted.warnings)


@pytest.mark.parametrize(
    ("break_it", "code", "says", "reason"),
    [
        (lambda corpus: (corpus / BROKEN).unlink(), 0, "7 read", "all documents read"),
        (lambda corpus: None, 3, BROKEN, "some failed, the rest are indexed"),
        (lambda corpus: (corpus / "manifest.toml").write_text("x = 1"), 2, "unknown table 'x'", "a wrong manifest"),
        (lambda corpus: corpus.rename(corpus.with_name("gone")), 2, "is not a folder", "no such folder"),
        (
            lambda corpus: (corpus / "statutes/8usc-1184.md").unlink(),
            3,
            "Listed in manifest.toml but not there",
            "a listed file is gone",
        ),
    ],
)
def test_exit_codes(tiny_corpus, tmp_path, command, break_it, code, says, reason):
    break_it(tiny_corpus)
    result = command(tiny_corpus, "--index", tmp_path / "index")
    assert result.exit_code == code, reason
    assert says in " ".join(result.output.split())
    assert (tmp_path / "index" / "CURRENT").exists() == (code != 2)


def test_a_folder_without_documents_is_a_usage_error(tmp_path, command):
    (tmp_path / "corpus").mkdir()
    result = command(tmp_path / "corpus", "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert "holds no documents" in " ".join(result.output.split())


def test_no_document_readable_writes_no_index(tmp_path, command):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_bytes(b"")
    result = command(tmp_path / "corpus", "--index", tmp_path / "index")
    assert result.exit_code == 3
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_the_report_for_machines(tiny_corpus, tmp_path, command):
    report = json.loads(command(tiny_corpus, "--index", tmp_path / "index", "--json").stdout)
    counts = {status: count for status, count in report["counts"].items() if count}
    assert counts == {"read": 7, "damaged": 1, "skipped": 2}
    assert {"read", "unchanged", "failed", "skipped", "encrypted", "empty", "duplicate"} <= set(report["counts"])
    assert report["changed"] is True
    assert report["passages"] == sum(entry["passages"] for entry in report["files"])
    entry = next(entry for entry in report["files"] if entry["file"] == BROKEN)
    assert {"file", "status", "pages", "passages", "repairs", "pages_without_text", "warnings", "reason"} <= set(entry)
    assert "broken.pdf" in entry["reason"]
    stored = json.loads((load_index(tmp_path / "index").folder / "intake.json").read_text(encoding="utf-8"))
    assert [e["file"] for e in stored["files"]] == [e["file"] for e in report["files"]], "and it is in the generation"


def test_a_second_run_changes_nothing(tiny_corpus, run_ingest, tmp_path, make_embedder):
    embedder = make_embedder()
    (tiny_corpus / BROKEN).unlink()
    first = run_ingest(tiny_corpus, tmp_path / "index", embedder=embedder)
    calls = len(embedder.calls)
    second = run_ingest(tiny_corpus, tmp_path / "index", embedder=embedder)
    assert (second.changed, second.generation, second.embedded) == (False, first.generation, 0)
    assert len(embedder.calls) == calls, "nothing is embedded"
    assert {record.status for record in second.records} == {"unchanged", "skipped"}
    assert [record.passages for record in second.records] == [record.passages for record in first.records]


def test_a_file_that_fails_again_does_not_make_a_new_generation(tiny_corpus, run_ingest, tmp_path):
    first = run_ingest(tiny_corpus, tmp_path / "index")
    second = run_ingest(tiny_corpus, tmp_path / "index")
    assert second.failed
    assert (second.changed, second.generation) == (False, first.generation), "what serves is what would be built again"


def test_only_what_changed_is_read_and_embedded(tiny_corpus, run_ingest, tmp_path):
    run_ingest(tiny_corpus, tmp_path / "index")
    review = tiny_corpus / "reviews" / "qhsr.md"
    review.write_text(review.read_text(encoding="utf-8") + "\n## Mission 7\n\nExplore the sea.\n", encoding="utf-8")
    result = run_ingest(tiny_corpus, tmp_path / "index")
    assert [file for file, record in _records(result).items() if record.status == "read"] == ["reviews/qhsr.md"]
    assert result.changed
    assert result.embedded == 1, "the new section alone"


def test_a_removed_file_is_no_longer_cited(tiny_corpus, run_ingest, tmp_path, fake_embedder):
    run_ingest(tiny_corpus, tmp_path / "index")
    assert "directives/112-01.txt" in _cited(tmp_path / "index", fake_embedder, "directive instructions")
    (tiny_corpus / "directives" / "112-01.txt").unlink()
    result = run_ingest(tiny_corpus, tmp_path / "index")
    assert result.changed
    assert result.removed == ("directives/112-01.txt",), "who reads the report is told that it went away"
    assert "directives/112-01.txt" not in _cited(tmp_path / "index", fake_embedder, "directive instructions")


def test_a_listed_file_that_goes_missing_is_no_longer_cited(tiny_corpus, run_ingest, tmp_path, fake_embedder):
    run_ingest(tiny_corpus, tmp_path / "index")
    (tiny_corpus / "reviews" / "qhsr.md").unlink()
    result = run_ingest(tiny_corpus, tmp_path / "index")
    assert _records(result)["reviews/qhsr.md"].status == "failed"
    assert result.removed == (), "the manifest lists it, so that its failure says it"
    assert "reviews/qhsr.md" not in _cited(tmp_path / "index", fake_embedder)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [({"config": IndexConfig(k1=1.5)}, "another setting of the index"), ({"embedder": None}, "another embedder")],
)
def test_what_changes_the_index_makes_a_new_generation(
    tiny_corpus, run_ingest, tmp_path, make_embedder, settings, reason
):
    first = run_ingest(tiny_corpus, tmp_path / "index")
    if "embedder" in settings:
        settings = {"embedder": make_embedder("other weights")}
    second = run_ingest(tiny_corpus, tmp_path / "index", **settings)
    assert second.generation != first.generation, reason


def test_the_crosswalk_alone_changes_what_is_in_force(tiny_corpus, run_ingest, tmp_path, fake_embedder):
    manifest = tiny_corpus / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    run_ingest(tiny_corpus, tmp_path / "index")
    manifest.write_text(
        text + '[[crosswalk]]\nold = "8 U.S.C. 1184"\nnew = "8 CFR 214.202"\neffective = 2020-01-01\n', encoding="utf-8"
    )
    run_ingest(tiny_corpus, tmp_path / "index")
    assert "statutes/8usc-1184.md" not in _cited(tmp_path / "index", fake_embedder)


def test_a_changed_file_is_reported_against_its_stated_hash(tiny_corpus, run_ingest, tmp_path):
    manifest = tiny_corpus / "manifest.toml"
    text = manifest.read_text(encoding="utf-8").replace('id = "review"\n', f'id = "review"\nsha256 = "{"0" * 64}"\n')
    manifest.write_text(text, encoding="utf-8")
    warnings = _records(run_ingest(tiny_corpus, tmp_path / "index"))["reviews/qhsr.md"].warnings
    assert any("the manifest says " + "0" * 64 in warning for warning in warnings)


@pytest.mark.parametrize("listed", [True, False])
def test_a_link_that_leads_out_is_refused(tiny_corpus, run_ingest, tmp_path, fake_embedder, listed):
    outside = tmp_path / "secret.md"
    outside.write_text("# Secret\n\nThe protected victim file of a person.\n", encoding="utf-8")
    file = "reviews/qhsr.md" if listed else "reviews/link.md"
    (tiny_corpus / file).unlink(missing_ok=True)
    (tiny_corpus / file).symlink_to(outside)
    record = _records(run_ingest(tiny_corpus, tmp_path / "index"))[file]
    assert record.status in ("failed", "skipped")
    assert "link that leads out" in record.reason
    assert file not in _cited(tmp_path / "index", fake_embedder, "secret protected victim file")


def test_a_folder_that_is_a_link_out_is_not_followed(tiny_corpus, run_ingest, tmp_path, fake_embedder):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.md").write_text("# Secret\n\nThe protected victim file.\n", encoding="utf-8")
    (tiny_corpus / "more").symlink_to(tmp_path / "elsewhere")
    run_ingest(tiny_corpus, tmp_path / "index")
    assert not [file for file in _cited(tmp_path / "index", fake_embedder, "secret protected") if "secret" in file]


def test_hidden_and_private_folders_do_not_belong_to_the_corpus(tiny_corpus, run_ingest, tmp_path):
    for name in (".git/note.md", "_source/draft.md", "reviews/.draft.md"):
        (tiny_corpus / name).parent.mkdir(exist_ok=True)
        (tiny_corpus / name).write_text("# Draft\n\nText.\n", encoding="utf-8")
    assert not [
        file for file in _records(run_ingest(tiny_corpus, tmp_path / "index")) if "draft" in file or "note" in file
    ]


def test_two_ingests_do_not_write_at_once(tiny_corpus, run_ingest, tmp_path):
    (tmp_path / "index").mkdir()
    with FileLock(tmp_path / "index" / ".lock"), pytest.raises(PinpointError, match="Another ingest"):
        run_ingest(tiny_corpus, tmp_path / "index")


def test_a_file_over_its_time_limit_is_given_up_with_a_reason(tmp_path, run_ingest):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "endless.txt").write_text("The applicant must file. See it.\n" * 2_000_000, encoding="utf-8")
    (corpus / "short.txt").write_text("The applicant must file the form with the agency.\n", encoding="utf-8")
    records = _records(run_ingest(corpus, tmp_path / "index", limits=Limits(seconds=8, processes=2)))
    assert records["short.txt"].status == "read"
    assert records["endless.txt"].status == "failed"
    assert "--file-seconds" in records["endless.txt"].reason


def test_unlisted_files_whose_names_differ_little_have_ids_of_their_own(
    tiny_corpus, run_ingest, tmp_path, fake_embedder
):
    for name in ("a b.md", "a-b.md", "A_B.md"):
        (tiny_corpus / name).write_text(f"# Title\n\nText of {name}.\n", encoding="utf-8")
    run_ingest(tiny_corpus, tmp_path / "index")
    files = {document.file for document in load_index(tmp_path / "index", fake_embedder).documents.values()}
    assert {"a b.md", "a-b.md", "A_B.md"} <= files


def test_an_unlisted_file_cannot_take_the_id_of_a_listed_one_that_failed(tiny_corpus, run_ingest, tmp_path):
    manifest = tiny_corpus / "manifest.toml"
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace('id = "review"', 'id = "notes-md"'), encoding="utf-8"
    )
    (tiny_corpus / "reviews" / "qhsr.md").unlink()
    (tiny_corpus / "notes.md").write_text("# Notes\n\nText.\n", encoding="utf-8")
    records = _records(run_ingest(tiny_corpus, tmp_path / "index"))
    assert records["notes.md"].document_id != records["reviews/qhsr.md"].document_id


def test_an_empty_path_is_refused(run_ingest, tmp_path):
    with pytest.raises(ManifestError, match="is not a folder"):
        run_ingest(tmp_path / "none", tmp_path / "index")
