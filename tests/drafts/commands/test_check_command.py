"""``pinpoint check``: its exit codes, its reports, and what becomes of the drafts that cannot be read."""

import io
import json
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from drafts.commands import check as command
from drafts.commands.files import drafts_of, report_name
from drafts.commands.printing import Meter
from pinpoint.__main__ import main
from tests.drafts.word_files import paragraph, word_file

RIGHT = "It takes \u201cThe applicant would suffer extreme hardship\u201d, 8 CFR 214.202(d).\n"
WRONG = "See 8 CFR 214.11(b), on the elements.\n"
SECRET = "quetzalcoatlus"


@pytest.fixture
def run(tiny_index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_embedder):
    """``run(*arguments, typed="")`` in a folder of its own."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object, typed: str = "") -> Result:
        given = ["check", *map(str, arguments), "--index", str(tiny_index_dir)]
        return CliRunner().invoke(main, given, input=typed)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Drafts that are right, that differ, and what is none."""
    made = tmp_path / "drafts"
    (made / "more").mkdir(parents=True)
    (made / "right.txt").write_text(RIGHT, encoding="utf-8")
    (made / "wrong.md").write_text(WRONG, encoding="utf-8")
    (made / "more" / "right.docx").write_bytes(word_file(paragraph(RIGHT.strip())))
    (made / "~$right.docx").write_bytes(b"a lock of Word")
    (made / ".hidden.txt").write_text(WRONG, encoding="utf-8")
    (made / "budget.xlsx").write_bytes(b"x")
    return made


CODES = [  # (files by name, arguments, exit code, reason)
    ({"a.txt": RIGHT}, ["a.txt"], 0, "nothing to look at"),
    ({"a.txt": WRONG}, ["a.txt"], 1, "something differs"),
    ({"a.txt": RIGHT, "b.txt": WRONG}, ["a.txt", "b.txt"], 1, "in one of several"),
    ({"a.txt": "", "b.txt": WRONG}, ["a.txt", "b.txt"], 3, "one cannot be read, whatever the others hold"),
    ({"a.doc": "x"}, ["a.doc"], 3, "a kind that is not read"),
    ({}, ["absent.txt"], 3, "no such file"),
    ({"a.txt": RIGHT}, ["a.txt", "--out", "a.pdf"], 2, "no such form"),
    ({"a.txt": RIGHT}, ["a.txt", "--format", "html"], 2, "a form of reports that nobody asked for"),
    ({"a.txt": RIGHT}, ["a.txt", "--out", "b.html", "--format", "html"], 2, "two forms"),
    ({"a.txt": RIGHT, "b.txt": RIGHT, "c": "x"}, ["a.txt", "b.txt", "--out", "c"], 2, "no folder for reports"),
    ({"a.txt": RIGHT}, ["a.txt", "--as-of", "soon"], 2, "no day"),
    ({}, [], 2, "no file"),
]


@pytest.mark.parametrize(("files", "arguments", "code", "reason"), CODES, ids=[case[-1] for case in CODES])
def test_exit_codes(run, tmp_path: Path, files, arguments, code, reason):
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == code, (reason, result.output)
    assert "Traceback" not in result.output


def test_an_empty_folder_and_no_index_are_usage_errors(run, tmp_path: Path):
    (tmp_path / "none").mkdir()
    assert run("none").exit_code == 2
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "a.txt", "--index", "no-such-index"])
    assert result.exit_code == 2 and "No index in no-such-index" in result.output


def test_a_folder_is_checked_unattended(run, folder: Path):
    result = run(folder)
    assert result.exit_code == 1
    shown = [
        line.partition(":")[0]
        for line in result.output.splitlines()
        if ": 2 findings" in line or ": 1 finding." in line
    ]
    assert [name for name in shown if name.endswith((".txt", ".md", ".docx"))] == [
        "right.txt", "wrong.md", "more/right.docx"
    ]  # fmt: skip
    assert "1 file of a kind that is not read" in result.output


def test_the_text_for_people_says_what_and_where(run, tmp_path: Path):
    (tmp_path / "memo.md").write_text(f"# Memo\n\n{WRONG}", encoding="utf-8")
    said = run("memo.md", "--as-of", "2026-06-11").output
    for words in ("memo.md: 1 finding", "June 11, 2026", "Replaced", "Paragraph 2", "8 CFR 214.11(b)", "214.202"):
        assert words in said


def test_pasted_text_comes_by_standard_input(run):
    result = run("-", typed=WRONG)
    assert result.exit_code == 1 and result.output.startswith("pasted text: 1 finding")
    assert run("-", typed=" ").exit_code == 3


def test_json_is_one_object_or_one_a_line(run, folder: Path, tmp_path: Path):
    one = json.loads(run(folder / "wrong.md", "--json").stdout)
    assert one["findings"][0]["state"] == "replaced" and one["file"].endswith("wrong.md")
    (folder / "broken.docx").write_bytes(b"x")
    result = run(folder, "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["file"] for line in lines] == ["broken.docx", "right.txt", "wrong.md", "more/right.docx"]
    assert "save it again as .docx" in lines[0]["error"] and result.exit_code == 3


REPORTS = [("report.docx", "PK"), ("report.html", "<!DOCTYPE html>"), ("report.json", "{")]


@pytest.mark.parametrize(("name", "begins"), REPORTS)
def test_a_report_is_written_in_the_form_of_its_name(run, tmp_path: Path, name, begins):
    original = word_file(paragraph(WRONG.strip()))
    (tmp_path / "memo.docx").write_bytes(original)
    result = run("memo.docx", "--out", name)
    written = (tmp_path / name).read_bytes()
    assert written.startswith(begins.encode()) and f"Written: {name}" in result.output and result.exit_code == 1
    if name.endswith(".docx"):
        assert [one.author for one in docx.Document(io.BytesIO(written)).comments] == ["Pinpoint"]
    assert (tmp_path / "memo.docx").read_bytes() == original


def test_a_report_is_never_written_over_its_draft(run, tmp_path: Path):
    original = word_file(paragraph(WRONG.strip()))
    (tmp_path / "memo.docx").write_bytes(original)
    result = run("memo.docx", "--out", "memo.docx")
    assert result.exit_code == 3 and "is the draft itself" in result.output
    assert (tmp_path / "memo.docx").read_bytes() == original


def test_reports_of_several_go_into_a_folder_and_are_no_drafts_of_the_next_run(run, folder: Path):
    reports = folder / "reports"
    for _ in range(2):
        assert run(folder, "--out", reports, "--format", "html", "--format", "docx").exit_code == 1
        assert sorted(file.name for file in reports.iterdir()) == [
            "right-checked-2.docx", "right-checked-2.html", "right-checked.docx", "right-checked.html",
            "wrong-checked.docx", "wrong-checked.html",
        ]  # fmt: skip


def test_a_report_that_cannot_be_written_is_an_error(run, tmp_path: Path):
    (tmp_path / "a.txt").write_text(RIGHT, encoding="utf-8")
    result = run("a.txt", "--out", "no-such-folder/a.html")
    assert result.exit_code == 3 and "could not be written" in result.output


def test_one_draft_that_breaks_the_check_does_not_stop_the_others(run, folder: Path, monkeypatch):
    genuine = command.check_draft

    def breaking(index, draft, as_of, *, progress=None):
        if draft.name == "right.txt":
            raise ZeroDivisionError(SECRET)
        return genuine(index, draft, as_of, progress=progress)

    monkeypatch.setattr(command, "check_draft", breaking)
    result = run(folder)
    assert result.exit_code == 3 and "ZeroDivisionError" in result.output and "wrong.md: 1" in result.output
    assert SECRET not in result.output


def test_files_are_taken_once(tmp_path: Path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    found, _ = drafts_of([tmp_path, tmp_path / "a.txt", Path("-"), Path("-")], None)
    assert [one.shown for one in found] == ["a.txt", "-"]


def test_names_of_reports_do_not_clash():
    taken = {"memo-checked.docx"}
    assert report_name("a/memo.pdf", "docx", taken) == "memo-checked-2.docx"
    assert report_name("-", "html", taken) == "pasted-text-checked.html"


def test_the_progress_is_shown_of_what_takes_long(monkeypatch: pytest.MonkeyPatch, capsys):
    now = [0.0]
    monkeypatch.setattr("drafts.commands.printing.time.monotonic", lambda: now[0])
    meter = Meter("memo.docx")
    meter(1, 100)
    assert capsys.readouterr().err == ""
    for second in range(1, 65):
        now[0] = float(second)
        meter(second, 100)
    meter.close()
    assert capsys.readouterr().err.splitlines() == [f"memo.docx: {done} of 100 findings" for done in (3, 33, 63)]


def test_the_progress_stays_on_one_line_of_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys):
    now = [0.0]
    monkeypatch.setattr("drafts.commands.printing.time.monotonic", lambda: now[0])
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    meter = Meter("memo.docx")
    now[0] = 5.0
    meter(7, 9)
    meter.close()
    assert capsys.readouterr().err == "\rmemo.docx: 7 of 9 findings\n"
