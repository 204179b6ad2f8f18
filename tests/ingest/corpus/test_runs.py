"""An ingest in a process of its own: followed, stopped, never two at once; and its lines for other programs."""

import json
import os
import socket
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from index.generations.read import current_generation
from index.generations.writer_lock import LOCK, NOTE, under_way, writing
from index.search import load_index
from ingest.__main__ import main as ingest
from ingest.commands.progress_lines import read_line, write_error, write_standing
from ingest.corpus.runs import IngestRun, IngestRuns, ingest_command
from ingest.steps.course import Standing
from pinpoint.records import Span

REPORT = {
    "generation": "g",
    "seconds": 1.0,
    "changed": True,
    "files": [
        {
            "file": "new.md",
            "status": "read",
            "document_id": "new-md",
            "sections": 2,
            "passages": 1,
            "warnings": ["Look."],
        }
    ],
}
SCRIPTS = {
    "done": f"import sys; print({json.dumps(REPORT)!r}); print({json.dumps({'step': 'embed', 'done': 2, 'total': 4})!r}"
    ", file=sys.stderr)",
    "failed": f"import sys; print('Loading'); print({json.dumps({'error': 'corpus is not a folder.'})!r}"
    ", file=sys.stderr); sys.exit(2)",
    "broken": "import sys; print('no report'); sys.exit(0)",
    "silent": "import sys; sys.exit(7)",
    "endless": "import sys, time\n"
    f"print({json.dumps({'step': 'read', 'done': 0, 'total': 9})!r}, file=sys.stderr, flush=True)\n"
    "try:\n  time.sleep(60)\nexcept KeyboardInterrupt:\n  sys.exit(130)",
}


def start(name):
    return IngestRun([sys.executable, "-c", SCRIPTS[name]], ["new.md"])


@pytest.mark.parametrize(
    ("line", "read", "reason"),
    [
        ('{"step": "read", "done": 3, "total": 12}', Standing(step="read", done=3, total=12), "a step"),
        ('{"error": "No index."}', "No index.", "an error"),
        (
            '{"step": "dance", "done": 3, "total": 12}',
            '{"step": "dance", "done": 3, "total": 12}',
            "a step nobody knows",
        ),
        ("Traceback (most recent call last):", "Traceback (most recent call last):", "what a library writes"),
        ("[1]", "[1]", "JSON of another shape"),
        ("", "", "an empty line"),
    ],
)
def test_lines_of_progress_are_read(line, read, reason):
    assert read_line(line + "\n") == read, reason


def test_what_is_written_is_read(capsys):
    write_standing(sys.stderr, Standing(step="terms", done=5, total=7))
    write_error(sys.stderr, "Größe “x”")
    assert [read_line(line) for line in capsys.readouterr().err.splitlines()] == [
        Standing(step="terms", done=5, total=7),
        "Größe “x”",
    ]


def test_a_run_that_ends_well_has_its_report():
    run = start("done")
    run.wait(30)
    assert (run.state, run.step, run.message) == ("done", Standing(step="embed", done=2, total=4), "")
    assert run.records["new.md"].passages == 1 and run.records["new.md"].warnings == ("Look.",)
    assert run.ended is not None and run.ended >= run.started


@pytest.mark.parametrize(
    ("name", "says"), [("failed", "corpus is not a folder."), ("broken", "without a report"), ("silent", "code 7")]
)
def test_a_run_that_fails_says_why(name, says):
    run = start(name)
    run.wait(30)
    assert run.state == "failed" and says in run.message and run.records == {}


def test_a_run_can_be_stopped():
    run = start("endless")
    while run.step is None and run.state == "running":
        run.wait(0.05)
    assert run.state == "running"
    run.stop()
    run.wait(30)
    assert run.state == "stopped"


def test_one_at_a_time(tmp_path):
    runs = IngestRuns(tmp_path)
    command = [sys.executable, "-c", SCRIPTS["endless"]]
    assert runs.start(command) == ""
    first = runs.last
    assert "being read since" in runs.start(command)
    assert runs.last is first
    while first.step is None and first.state == "running":
        first.wait(0.05)
    first.stop()
    first.wait(30)
    assert runs.blocked() == ""


def test_an_ingest_of_somebody_else_is_named(tmp_path):
    with writing(tmp_path, tmp_path / "corpus"):
        assert under_way(tmp_path).process == os.getpid()
        refused = IngestRuns(tmp_path).start([sys.executable, "-c", "raise SystemExit(1)"])
        assert f"on {socket.gethostname()}" in refused and f"process {os.getpid()}" in refused
    assert under_way(tmp_path) is None and IngestRuns(tmp_path).blocked() == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "cut short"),
        ("{}", "without its facts"),
        ("[1]", "of another shape"),
        (
            json.dumps(
                {
                    "corpus": "c",
                    "user": "u",
                    "host": socket.gethostname(),
                    "process": 2**22 + 1,
                    "started": datetime.now(UTC).isoformat(),
                }
            ),
            "of a process that has died",
        ),
    ],
)
def test_a_note_that_nobody_stands_behind_counts_for_nothing(tmp_path, content, reason):
    (tmp_path / LOCK).touch()
    (tmp_path / NOTE).write_text(content, encoding="utf-8")
    assert under_way(tmp_path) is None, reason
    with writing(tmp_path, tmp_path / "corpus"):
        assert under_way(tmp_path).process == os.getpid(), "and a left-over note blocks nobody"


def test_the_command_prints_progress_and_errors_for_programs(tiny_corpus, tmp_path, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    arguments = ["--index", str(tmp_path / "index"), "--json", "--progress-json", "--processes", "1"]
    result = CliRunner().invoke(ingest, [str(tiny_corpus), *arguments])
    assert result.exit_code == 3, "one file of the small corpus is damaged"
    steps = [read_line(line) for line in result.stderr.splitlines()]
    assert all(isinstance(step, Standing) for step in steps)
    assert list(dict.fromkeys(step.step for step in steps)) == ["read", "embed", "terms", "verify"]
    assert (steps[0].done, steps[-1].done, steps[-1].total) == (0, 1, 1)
    assert json.loads(result.stdout)["changed"] is True
    assert not (tmp_path / "index" / NOTE).exists(), "the note is taken away"
    result = CliRunner().invoke(ingest, [str(tmp_path / "none"), *arguments])
    assert result.exit_code == 2 and "is not a folder" in read_line(result.stderr)


def test_a_second_ingest_is_told_whose_the_first_is(tiny_corpus, tmp_path, monkeypatch, make_embedder):
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    index_dir = tmp_path / "index"
    seen = []

    def second(standing):
        if standing.step == "terms" and not seen:
            seen.append(CliRunner().invoke(ingest, [str(tiny_corpus), "--index", str(index_dir), "--progress-json"]))

    with monkeypatch.context() as patch:
        patch.setattr("ingest.__main__.write_standing", lambda _, standing: second(standing))
        CliRunner().invoke(ingest, [str(tiny_corpus), "--index", str(index_dir), "--progress-json"])
    assert seen[0].exit_code == 2
    assert "Another ingest is writing" in seen[0].stderr and f"process {os.getpid()}" in seen[0].stderr


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_real_command_reads_a_corpus_while_the_old_index_serves(tiny_corpus, tmp_path, run_ingest, fake_embedder):
    from index.models.embedding import PackagedEmbedder  # noqa: PLC0415 - loads the model

    index_dir = tmp_path / "index"
    run_ingest(tiny_corpus, index_dir, embedder=PackagedEmbedder())
    before = load_index(index_dir, PackagedEmbedder(), None)
    (tiny_corpus / "new.md").write_text("# New\n\nThe quetzal rule applies.\n", encoding="utf-8")
    run = IngestRun(ingest_command(tiny_corpus, index_dir), ["new.md"], niceness=0)
    run.wait(240)
    assert run.state == "done", run.message
    assert run.records["new.md"].status == "read" and run.report["embedded"] >= 1
    assert run.records["reviews/qhsr.md"].status == "unchanged"
    assert before.passage(Span(before.documents["statute"].id, 0, 1)), "the old generation is still open"
    assert "new-md" in load_index(index_dir, PackagedEmbedder(), None).documents
    assert current_generation(index_dir) != before.folder


FOLDERS = [  # (settings, options, reason)
    ({}, [], "the ingest has defaults of its own"),
    ({"EMBEDDING_CACHE": "shared"}, ["--cache", "HERE/shared"], "the ingest runs in another folder"),
    ({"EMBEDDING_MODEL": "models/own"}, ["--embedding-model", "HERE/models/own"], "the same of a model"),
    ({"EMBEDDING_MODEL": "packaged"}, ["--embedding-model", "packaged"], "no folder at all"),
    ({"EMBEDDING_CACHE": "/shared"}, ["--cache", "/shared"], "an absolute one stays"),
]


@pytest.mark.parametrize(("settings", "options", "reason"), FOLDERS, ids=[f"{row[0]}" for row in FOLDERS])
def test_folders_that_settings_name_are_those_of_the_app(tmp_path, monkeypatch, settings, options, reason):
    monkeypatch.chdir(tmp_path)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    command = ingest_command(tmp_path, tmp_path / "index")
    expected = [option.replace("HERE", str(tmp_path.resolve())) for option in options]
    assert command[6:] == [*expected, "--json", "--progress-json"], reason
