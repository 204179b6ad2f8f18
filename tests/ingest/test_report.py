"""Each file of the corpus has a status of its own, with the reason and the remedy."""

import io
import json
import shutil
from pathlib import Path

import docx
import pypdf
import pytest
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console

from ingest.__main__ import main
from ingest.corpus.duplicates import Copy, retry_copies, separate_copies
from ingest.corpus.manifest import ManifestEntry
from ingest.report import (
    FAILURES,
    STATUSES,
    IntakeRecord,
    count_statuses,
    intake_details,
    intake_notes,
    intake_table,
    records_from_json,
)
from ingest.workers import _STATUS, Job
from pinpoint.errors import UnreadableDocument

LAW = "# Law\n\nThe applicant must file the form with the agency.\n"


def _pdf(path: Path, text: str = "The applicant must file the form.") -> bytes:
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return path.read_bytes()


def _locked_pdf(folder: Path, algorithm: str) -> bytes:
    _pdf(folder / "open.pdf")
    writer = pypdf.PdfWriter(clone_from=folder / "open.pdf")
    writer.encrypt(user_password="open sesame", owner_password="owner", algorithm=algorithm)
    writer.write(folder / "locked.pdf")
    return (folder / "locked.pdf").read_bytes()


def _cut_docx(folder: Path) -> bytes:
    document = docx.Document()
    document.add_paragraph("The applicant must file the form.")
    document.save(str(folder / "whole.docx"))
    source = (folder / "whole.docx").read_bytes()
    return source[: len(source) // 2]


OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
FILES = [  # (name, bytes, status, what the reason says, reason)
    ("law.md", lambda folder: LAW.encode(), "read", "", "a document"),
    ("locked.pdf", lambda f: _locked_pdf(f, "RC4-128"), "encrypted", "Save a copy without a password", "a password"),
    ("aes.pdf", lambda f: _locked_pdf(f, "AES-256"), "encrypted", "Save a copy without a password", "AES as well"),
    (
        "locked.docx",
        lambda folder: OLD_CONTAINER + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
        "Save a copy without a password",
        "a Word document with a password",
    ),
    ("old.docx", lambda folder: OLD_CONTAINER, "damaged", "save it again as .docx", "Word 97 under the new suffix"),
    ("cut.docx", _cut_docx, "damaged", "save it again as .docx", "half of a Word document"),
    ("page.pdf", lambda folder: b"<html>Not found</html>", "damaged", "is not a PDF", "a web page under the suffix"),
    ("cut.pdf", lambda folder: b"%PDF-1.7\n1 0 obj\n<<", "damaged", "Obtain a complete copy", "a PDF cut short"),
    ("image.txt", lambda folder: b"\x89PNG\x00\x00", "damaged", "suffix of its real format", "a picture as text"),
    ("none.pdf", lambda folder: b"", "empty", "it has no bytes", "no bytes"),
    ("none.md", lambda folder: b"", "empty", "it has no bytes", "no bytes either: not a duplicate"),
    ("blank.txt", lambda folder: b" \n\n", "empty", "is empty", "white space"),
    ("blank.pdf", lambda folder: _pdf(folder / "blank.pdf", ""), "empty", "holds no text", "a blank page"),
    ("table.xlsx", lambda folder: b"x", "failed", "no reader for '.xlsx'", "no reader"),
    ("README.md", lambda folder: b"About", "skipped", "Describes the corpus", "not a document of the corpus"),
    ("same.md", lambda folder: LAW.encode(), "duplicate", "The same bytes as law.md (law-md)", "a copy"),
]


@pytest.fixture(scope="module")
def records(run_ingest, tmp_path_factory):
    folder = tmp_path_factory.mktemp("statuses")
    (folder / "corpus").mkdir()
    (folder / "made").mkdir()
    for name, source, *_ in FILES:
        content = source(folder / "made")
        (folder / "corpus" / name).write_bytes(content)
    result = run_ingest(folder / "corpus", folder / "index")
    assert result.failed
    return {record.file: record for record in result.records}


@pytest.mark.parametrize(("name", "_source", "status", "says", "reason"), FILES, ids=[row[0] for row in FILES])
def test_each_file_has_its_status_reason_and_remedy(records, name, _source, status, says, reason):
    assert records[name].status == status, f"{reason}: {records[name].reason}"
    assert says in records[name].reason
    assert (records[name].reason == "") == (status == "read")
    assert records[name].is_failure == (status in FAILURES)


def test_every_error_of_the_tree_has_a_status_of_its_own():
    assert set(_STATUS) == set(UnreadableDocument.__subclasses__())
    assert set(_STATUS.values()) < FAILURES


def test_all_statuses_are_counted():
    counts = count_statuses([IntakeRecord("a", "read"), IntakeRecord("b", "read"), IntakeRecord("c", "empty")])
    assert set(counts) == set(STATUSES)
    assert (counts["read"], counts["empty"], counts["duplicate"]) == (2, 1, 0)


def test_a_report_reads_back_as_it_was_written():
    record = IntakeRecord(
        "a.pdf", "read", repairs={"ligatures": 2}, warnings=("w",), scanned_pages=(3, 4), ocr_pages=((3, 0.91),)
    )
    report = json.loads(json.dumps({"files": [_fields(record)]}))
    assert records_from_json(report) == {"a.pdf": record}
    older = {"file": "b", "status": "read", "warnings": [], "pages_without_text": [2]}
    assert records_from_json({"files": [older]})["b"].pages_without_text == (2,)


def _fields(record: IntakeRecord) -> dict:
    return {name: getattr(record, name) for name in record.__slots__}


def test_details_name_scanned_pages_with_their_confidence():
    record = IntakeRecord("a.pdf", "read", repairs={"ligatures": 1200}, scanned_pages=(3, 4), ocr_pages=((3, 0.914),))
    corrected, scanned = intake_details([record, IntakeRecord("b.pdf", "read")])
    assert "1,200 ligatures" in corrected
    assert scanned.endswith("3 (0.91), 4")


LEFT_OUT = [
    ((), "", "nothing"),
    (
        (("line number", 1, 25), ("line number", 2, 25), ("line number", 3, 4)),
        "54 line numbers on pages 1–3",
        "a run of pages",
    ),
    ((("watermark", 1, 2), ("watermark", 3, 2)), "4 words of watermarks and stamps on pages 1, 3", "pages apart"),
    ((("struck out", 0, 1),), "1 word struck out", "a format without pages"),
    (
        (("line number", 2, 25), ("struck out", 3, 12)),
        "12 words struck out on page 3; 25 line numbers on page 2",
        "what was struck out comes first",
    ),
]


@pytest.mark.parametrize(("left_out", "said", "reason"), LEFT_OUT, ids=[case[-1] for case in LEFT_OUT])
def test_what_was_left_out_is_named_and_counted(left_out, said, reason):
    record = IntakeRecord("bill.pdf", "read", left_out=left_out)
    assert intake_notes([record]) == ([f"bill.pdf: left out of the text: {said}"] if said else []), reason
    words = sum(count for _, _, count in left_out)
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(intake_table([record]))
    head, *_, row = console.export_text().splitlines()[1:]
    shown = dict(zip((name.strip() for name in head.split("\u2503")), row.split("\u2502"), strict=True))
    assert ("left out" in shown) == bool(words)
    assert not words or shown["left out"].strip() == str(words)


def test_doubtful_pages_are_named_with_what_both_readings_share():
    record = IntakeRecord("a.pdf", "read", left_out=(("watermark", 2, 1),), doubtful_pages=((4, 0.823), (9, 0.5)))
    doubtful, left_out = intake_details([record])
    assert doubtful.endswith("4 (0.82), 9 (0.50)")
    assert left_out == "a.pdf: left out, page by page: 1 word of watermarks and stamps on page 2"


def _job(file: str, sha256: str = "1") -> Job:
    return Job(Path(file), ManifestEntry(file.replace(".", "-"), file, file), sha256, ())


def test_the_first_of_equal_files_stands_for_all():
    jobs = [_job("a.md"), _job("b.md", "2"), _job("c.md"), _job("d.md")]
    originals, copies = separate_copies(jobs)
    assert originals == jobs[:2]
    assert copies == [Copy(jobs[2], jobs[0]), Copy(jobs[3], jobs[0])]


RETRIES = [  # (file, copies, status of the file, copies read after all, reason)
    ("a.md", ["b.md"], "read", [], "what was read is not read again"),
    ("a.md", ["b.md"], "damaged", [], "the copy would fail like the original"),
    ("a.xyz", ["b.md"], "failed", ["b.md"], "no reader for the one suffix, but for the other"),
    ("a.xyz", ["b.xyz", "c.md", "d.md"], "failed", ["c.md"], "one reading is enough"),
]


@pytest.mark.parametrize(("file", "others", "status", "read", "reason"), RETRIES, ids=[row[4] for row in RETRIES])
def test_a_copy_is_read_when_its_suffix_is_the_right_one(file, others, status, read, reason):
    _, copies = separate_copies([_job(file), *map(_job, others)])
    jobs, left = retry_copies(copies, {file: IntakeRecord(file, status)})
    assert [job.entry.file for job in jobs] == read, reason
    assert len(jobs) + len(left) == len(others)


def test_a_document_under_a_wrong_suffix_too_is_indexed(tmp_path, run_ingest):
    (tmp_path / "corpus").mkdir()
    for name in ("a.xyz", "b.md", "c.md"):
        (tmp_path / "corpus" / name).write_text(LAW, encoding="utf-8")
    statuses = {r.file: (r.status, r.reason) for r in run_ingest(tmp_path / "corpus", tmp_path / "index").records}
    assert statuses["a.xyz"][0] == "failed"
    assert statuses["b.md"] == ("read", "")
    assert statuses["c.md"][0] == "duplicate" and "b.md" in statuses["c.md"][1]


def test_a_duplicate_under_two_ids_of_the_manifest_retains_the_first(tiny_corpus, run_ingest, tmp_path):
    (tiny_corpus / "scans" / "broken.pdf").unlink()
    shutil.copy(tiny_corpus / "reviews" / "qhsr.md", tiny_corpus / "again.md")
    manifest = tiny_corpus / "manifest.toml"
    entry = '\n[[document]]\nid = "again"\nfile = "again.md"\ntitle = "Again"\n'
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("[[crosswalk]]", f"{entry}\n[[crosswalk]]", 1))
    result = run_ingest(tiny_corpus, tmp_path / "index")
    records = {record.file: record for record in result.records}
    assert records["reviews/qhsr.md"].status == "read"
    assert (records["again.md"].status, records["again.md"].document_id) == ("duplicate", "again")
    assert "reviews/qhsr.md (review)" in records["again.md"].reason
    assert "its entry in the manifest" in records["again.md"].reason
    assert not result.failed, "a duplicate is no failure"
    second = run_ingest(tiny_corpus, tmp_path / "index")
    assert (second.changed, second.generation) == (False, result.generation)


def test_a_file_that_cannot_be_opened_does_not_stop_the_rest(tiny_corpus, run_ingest, tmp_path, monkeypatch):
    whole = Path.open

    def refuse(path: Path, *arguments, **more):
        if path.name == "qhsr.md" and arguments == ("rb",):
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path, *arguments, **more)

    monkeypatch.setattr(Path, "open", refuse)
    records = {r.file: r for r in run_ingest(tiny_corpus, tmp_path / "index").records}
    assert records["reviews/qhsr.md"].status == "failed"
    assert "Permission denied" in records["reviews/qhsr.md"].reason
    assert records["statutes/8usc-1184.md"].status == "read"


@pytest.fixture
def report(tiny_index_dir):
    return lambda *arguments: CliRunner().invoke(main, ["report", "--index", str(tiny_index_dir), *arguments])


def test_the_report_of_the_generation_in_use(report):
    result = report()
    assert result.exit_code == 0, result.output
    shown = " ".join(result.output.split())
    assert "7 read, 2 skipped, 1 damaged" in shown
    assert "scans/broken.pdf: broken.pdf" in shown
    assert "Describes the corpus" in shown


def test_the_report_for_machines(report, tiny_index_dir):
    stored = json.loads(report("--json").stdout)
    assert stored["generation"] == (tiny_index_dir / "CURRENT").read_text(encoding="utf-8").strip()
    assert stored["counts"]["damaged"] == 1
    assert {"scanned_pages", "ocr_pages", "repairs", "warnings", "reason"} <= set(stored["files"][0])


def test_a_report_without_an_index_says_how_to_build_one(tmp_path):
    result = CliRunner().invoke(main, ["report", "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "pinpoint ingest" in result.stderr
