"""The one command: its names, help, exit codes, and which folder ``ingest`` reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from collection.export.formats import LIST_FORMATS
from pinpoint import own_commands, packaged
from pinpoint.__main__ import COMMANDS, main
from pinpoint.errors import PinpointError

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "ingest watch fetch import search ask locate check app mcp serve cluster documents sections report doctor "
    "generations use prune compare changes links settings evaluate"
)
HELP = [  # (command, words of its help)
    ("ingest", ["CORPUS", "--index", "--json", "starter corpus", "Exit codes: 0"]),
    ("watch", ["CORPUS", "--every", "--settle", "--generations", "--once", "--json", "Exit codes: 0"]),
    ("fetch", ["--only", "--corpus", "Exit codes: 0"]),
    ("import", ["FILE.ris", "--corpus", "--write", "Exit codes: 0"]),
    ("search", ["QUERY", "--top-k", "--as-of", "--any-date", "Exit codes: 0"]),
    ("ask", ["QUESTION", "--questions", "--as-of", "--export", "--with-question", "Exit codes: 0"]),
    ("locate", ["CITATION", "--as-of", "--json", "Exit codes: 0"]),
    ("check", ["FILE", "--as-of", "--json", "--out", "--format", "Exit codes: 0"]),
    ("app", ["--port", "--index", "starter corpus", "this machine only"]),
    ("mcp", ["--index"]),
    ("serve", ["--index"]),
    ("cluster", ["up", "down", "status"]),
    ("documents", ["--index", "--json", "Exit codes: 0"]),
    ("sections", ["DOCUMENT", "--json", "Exit codes: 0"]),
    ("report", ["--file", "--image", "Exit codes: 0"]),
    ("doctor", ["--index"]),
    ("generations", ["--index", "--json"]),
    ("use", ["NAME", "--index"]),
    ("prune", ["--keep"]),
    ("compare", ["CITATION"]),
    ("changes", ["OLD", "NEW", "--documents", "--watch", "--out", "Exit codes: 0"]),
    ("links", ["CITATION"]),
    ("settings", ["--json", "--example", "Exit codes: 0"]),
    ("evaluate", ["questions", "report", "beir", "calibrate"]),
]


@pytest.fixture
def run(monkeypatch, make_embedder):
    """``run(*arguments)`` without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    return lambda *arguments: CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_help_lists_every_command(run):
    result = run("--help")
    assert result.exit_code == 0
    assert list(COMMANDS) == NAMES.split() == [name for name, _ in HELP]
    for name, (_, line) in COMMANDS.items():
        assert name in result.output and line in " ".join(result.output.split())


@pytest.mark.parametrize(("command", "words"), HELP, ids=[name for name, _ in HELP])
def test_each_command_has_its_help(run, command, words):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"pinpoint {command}" in result.output or f"main {command}" in result.output
    for word in words:
        assert word in " ".join(result.output.split())


ENDS = [  # (arguments, exit code, what is said, reason)
    (["--version"], 0, "version", "which version it is"),
    (["serach", "x"], 2, "No such command 'serach'", "a typo"),
    (["search"], 2, "Give a QUERY or --queries", "no query"),
    (["ask"], 2, "Give a QUESTION or --questions", "no question"),
    (["ask", "x", "--with-question"], 2, "goes with --export", "nothing to put the question into"),
    (["ask", "x", "--export", "a.pdf"], 2, "Let its name end in .docx", "no such format"),
    (["search", "x", "--index", "no-such-index"], 2, "No index in no-such-index", "no index"),
    (["ingest", "no-such-folder"], 2, "no-such-folder is not a folder", "no folder"),
    (["app", "--port", "0"], 2, "port", "no such port"),
    (["app", "--port", "http"], 2, "port", "no number"),
    (["generations", "--index", "no-such-index"], 2, "No index in no-such-index", "no index"),
]


@pytest.mark.parametrize(("arguments", "code", "says", "reason"), ENDS, ids=[row[-1] for row in ENDS])
def test_exit_codes(run, monkeypatch, tmp_path, arguments, code, says, reason):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert says in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("question", "says"),
    [("8 CFR 214.202(b)", "Physical presence"), ("Who won the chess olympiad in Reykjavik?", "Not answered.")],
    ids=["answered", "declined"],
)
def test_an_answer_becomes_a_file(run, tiny_index_dir, tmp_path, question, says):
    file = tmp_path / "answer.md"
    result = run("ask", question, "--index", tiny_index_dir, "--reranker", "none", "--export", file)
    assert result.exit_code == 0 and f"Written: {file}" in result.stderr
    written = file.read_text(encoding="utf-8")
    assert says in written and "What was searched" in written and "Question:" not in written
    run("ask", question, "--index", tiny_index_dir, "--reranker", "none", "--export", file, "--with-question")
    assert "Question:" in file.read_text(encoding="utf-8")
    missing = run("ask", question, "--index", tiny_index_dir, "--export", tmp_path / "none" / "a.md")
    assert missing.exit_code == 2 and "could not be written" in missing.output


@pytest.mark.parametrize("one", LIST_FORMATS, ids=[one.suffix for one in LIST_FORMATS])
def test_the_citations_of_an_answer_become_a_file(run, tiny_index_dir, tmp_path, one):
    file, options = tmp_path / f"answer.{one.suffix}", ("--index", tiny_index_dir, "--reranker", "none", "--export")
    run("ask", "8 CFR 214.202(b)", *options, file)
    assert "8 C.F.R. \u00a7 214.202(b)" in file.read_text(encoding="utf-8-sig")
    declined = run("ask", "Who won the chess olympiad in Reykjavik?", *options, file)
    assert declined.exit_code == 0 and "Nothing is quoted" in declined.stderr


def test_several_answers_are_not_written_into_one_file(run, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"question": "x"}\n', encoding="utf-8")
    result = run("ask", "--questions", questions, "--export", tmp_path / "a.md")
    assert result.exit_code == 2 and "instead of --questions" in result.output


def test_ingest_then_search(run, tiny_corpus, tmp_path):
    assert run("ingest", tiny_corpus, "--index", tmp_path / "index").exit_code == 3, "one of them cannot be read"
    result = run("search", "8 CFR 214.202(c)", "--index", tmp_path / "index", "--reranker", "none")
    assert result.exit_code == 0
    assert "8 CFR 214.202(c)" in result.output


def test_ingest_without_a_folder_reads_what_the_index_was_made_from(run, tiny_corpus, tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(own_commands.build, "callback", lambda corpus, index_dir, **_: read.append(corpus))
    run("ingest", "--index", tmp_path / "index")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "CORPUS").write_text(f"{tiny_corpus}\n", encoding="utf-8")
    run("ingest", "--index", tmp_path / "index")
    run("ingest", "other", "--index", tmp_path / "index")
    assert read == [packaged.starter_corpus(), tiny_corpus, Path("other")]


@pytest.fixture
def served(monkeypatch):
    """What the app was started with, and the corpora that were read for it."""
    seen: dict[str, list] = {"served": [], "read": []}
    monkeypatch.setenv("INDEX_DIR", "")
    monkeypatch.setattr(
        "ui.server.hosting.serve", lambda script, port: seen["served"].append((script, port, os.environ["INDEX_DIR"]))
    )
    return seen


@pytest.mark.parametrize(("code", "starts"), [(0, True), (3, True), (2, False)])
def test_the_app_reads_the_starter_corpus_where_there_is_no_index(run, served, monkeypatch, tmp_path, code, starts):
    def build(arguments, prog_name):
        served["read"].append(arguments)
        raise SystemExit(code)

    monkeypatch.setattr(own_commands.build, "main", build)
    result = run("app", "--index", tmp_path / "index", "--port", "8600")
    assert served["read"] == [[str(packaged.starter_corpus()), "--index", str(tmp_path / "index")]]
    assert served["served"] == (
        [(ROOT / "ui" / "server" / "script.py", 8600, str(tmp_path / "index"))] if starts else []
    )
    assert result.exit_code == (0 if starts else code)


def test_the_app_takes_an_index_that_is_there(run, served, tiny_index_dir, monkeypatch):
    monkeypatch.setattr(own_commands.build, "main", lambda *_, **__: pytest.fail("nothing is to be read"))
    run("app", "--index", tiny_index_dir)
    assert served["served"] == [(ROOT / "ui" / "server" / "script.py", None, str(tiny_index_dir))]


def test_an_app_that_reads_documents_by_itself_starts_at_once(run, served, monkeypatch, tmp_path):
    monkeypatch.setenv("PINPOINT_READ_AT_START", "1")
    monkeypatch.setattr(own_commands.build, "main", lambda *_, **__: pytest.fail("the app reads them"))
    assert run("app", "--index", tmp_path / "none").exit_code == 0 and served["served"]


def test_what_is_wrong_with_an_index_is_left_to_the_app(run, served, monkeypatch, tmp_path):
    def damaged(_):
        raise PinpointError("damaged")

    monkeypatch.setattr(own_commands, "serving_generation", damaged)
    assert run("app", "--index", tmp_path).exit_code == 0
    assert len(served["served"]) == 1


def test_a_variable_that_does_nothing_is_reported(run, monkeypatch):
    monkeypatch.setenv("PINPOINT_AUDIT_LGO", "x")
    result = run("search")
    assert "Warning: PINPOINT_AUDIT_LGO is set" in result.stderr and "PINPOINT_AUDIT_LOG." in result.stderr


def test_help_and_completion_import_no_command():
    program = (
        "import sys\n"
        "from pinpoint.__main__ import main\n"
        "try: main(['--help'], prog_name='pinpoint')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('torch', 'faiss', 'numpy', 'index', 'ingest', 'answer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    completing = {**os.environ, "_PINPOINT_COMPLETE": "bash_complete", "COMP_WORDS": "pinpoint sea", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pinpoint"], cwd=ROOT, env=completing, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["plain,search"]


def test_settings_of_the_administrator_come_before_ours(monkeypatch, tmp_path):
    from ui.server import hosting  # noqa: PLC0415 - Streamlit takes a second to import

    ran = []
    monkeypatch.setattr(hosting.st.App, "run", lambda self, config: ran.append(config))
    monkeypatch.chdir(tmp_path)
    hosting.serve(ROOT / "ui" / "server" / "script.py")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text('[server]\naddress = "::1"\n', encoding="utf-8")
    monkeypatch.setenv("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")
    hosting.serve(ROOT / "ui" / "server" / "script.py", port=8600)
    first, second = ran
    assert first["server.address"] == "127.0.0.1" and first["theme.light.primaryColor"] == "#1d3f66"
    assert set(first) - set(second) == {"server.address", "browser.gatherUsageStats"}
    assert second["server.port"] == 8600
