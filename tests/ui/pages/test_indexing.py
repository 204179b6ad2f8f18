"""The app while documents are being indexed: it says what is there so far, and takes up what comes."""

import asyncio
import os
import sys
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from index.generations.read import current_generation
from index.generations.writer_lock import writing
from ingest.corpus.runs import ingest_command
from ingest.steps.course import Standing
from pinpoint.errors import PartNotSearched
from tests.ui.driver import button, go, new_app, press, shown
from ui.html.library.ingest_run import brief, ended, progress, under_way_elsewhere
from ui.pages import indexing
from ui.server.hosting import started
from ui.state import ingests, widgets

pytestmark = pytest.mark.usefixtures("fresh_app")

SLEEPS = "import time; time.sleep(60)"
NOTICE = "2 of 5 documents are indexed so far; answers are incomplete."
PAGES = ("", "search", "browse", "library")


@pytest.fixture
def index_dir(tmp_path, monkeypatch):
    """Folder of the app's index; nothing is in it yet, and what is started on it is ended."""
    folder = tmp_path / "index"
    monkeypatch.setenv("INDEX_DIR", str(folder))
    yield folder
    run = ingests.runs_of(folder).last
    if run is not None:
        run.stop()
        run.wait(20)


@pytest.fixture
def sleeping(index_dir):
    """An ingest of the app that has said how far it is, and goes on."""
    said = '{"step": "read", "done": 3, "total": 12}'
    script = f"import sys; sys.stderr.write('{said}\\n'); sys.stderr.flush(); {SLEEPS}"
    assert ingests.runs_of(index_dir).start([sys.executable, "-c", script, "--serve-early"]) == ""
    run = ingests.runs_of(index_dir).last
    for _ in range(100):
        if run.step:
            return run
        time.sleep(0.1)
    raise AssertionError("the ingest said nothing")


def ask(app, question):
    app.text_input(key=widgets.QUESTION).set_value(question)
    button(app, "Ask").click().run()
    return shown(app)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_what_is_not_indexed(index_dir, write_early, tiny_parsed, page):
    write_early(tiny_parsed[:2], unread=3)
    app = new_app().run()
    html = shown(go(app, page))
    assert NOTICE in html and "finish it: pinpoint ingest" in html, "nobody goes on with it"


def test_a_refusal_says_that_not_all_is_indexed(index_dir, write_early, tiny_parsed):
    write_early(tiny_parsed[:2], unread=3)
    html = ask(new_app().run(), "What does the GDPR say about cookies?")
    assert "Only 2 of 5 documents are indexed so far" in html
    assert html.count(NOTICE) >= 2, "as a notice, and where it says what was searched"


def test_a_search_without_a_hit_does_not_speak_for_what_is_not_indexed(index_dir, write_early, tiny_parsed):
    write_early(tiny_parsed[:2], unread=3)
    app = go(new_app().run(), "search")
    app.text_input(key=widgets.QUERY).set_value("zyzzyva qwertyuiop")
    assert "Nothing of what is indexed so far matches" in press(app, "Search")


def test_the_notice_says_how_far_the_ingest_is(index_dir, write_early, tiny_parsed, sleeping):
    write_early(tiny_parsed[:2], unread=3)
    html = shown(new_app().run())
    assert NOTICE in html and "Reading documents: 3 of 12." in html and "No ingest goes on" not in html


def test_the_complete_index_is_taken_up_without_a_restart(index_dir, write_early, write_tiny, tiny_parsed):
    write_early(tiny_parsed[:2], unread=3)
    app = new_app().run()
    assert NOTICE in shown(app) and "2 documents indexed" in shown(app)
    write_tiny(tiny_parsed)
    html = shown(app.run())
    assert "documents are indexed so far" not in html and f"{len(tiny_parsed)} documents indexed" in html


def test_the_library_says_that_there_are_no_vectors_yet(index_dir, write_early, tiny_parsed):
    write_early(tiny_parsed)
    html = shown(go(new_app().run(), "library"))
    assert "no passage has its vector yet" in html and "by their words alone so far" in html


@pytest.mark.parametrize("page", ["", "library"])
def test_without_a_generation_the_progress_is_shown_and_no_error(index_dir, sleeping, page):
    html = shown(go(new_app().run(), page))
    assert "The documents are being indexed" in html and "No index" not in html
    assert "Reading documents" in html and "3 of 12" in html and html.count("<progress") == 1


def test_it_opens_by_itself_when_there_is_a_generation(index_dir, sleeping, write_early, tiny_parsed):
    app = new_app().run()
    write_early(tiny_parsed[:2], unread=3)
    assert NOTICE in shown(app.run()) and app.text_input(key=widgets.QUESTION)


def test_an_ingest_of_another_process_is_said_too(index_dir, tmp_path):
    with writing(index_dir, tmp_path):
        html = shown(new_app().run())
    assert "The documents are being indexed" in html and f"process {os.getpid()}" in html


def test_an_ingest_that_failed_says_why_beside_the_command(index_dir):
    script = 'import sys; sys.stderr.write(\'{"error": "The folder holds no documents."}\\n\'); raise SystemExit(2)'
    ingests.runs_of(index_dir).start([sys.executable, "-c", script])
    ingests.runs_of(index_dir).last.wait(20)
    app = new_app().run()
    assert "No index to search yet" in shown(app) and "The folder holds no documents." in shown(app)


STARTS = [  # (settings, whether an ingest is started, what is said, reason)
    ({}, False, "", "as a rule"),
    ({"PINPOINT_READ_AT_START": "1"}, False, "set CORPUS_DIR", "it is not known what to read"),
    ({"PINPOINT_READ_AT_START": "1", "CORPUS_DIR": "."}, True, "the app shows how far it is", "it was asked for"),
]


@pytest.mark.parametrize(("settings", "starts", "says", "reason"), STARTS, ids=[case[-1] for case in STARTS])
def test_the_app_reads_documents_as_it_starts(index_dir, monkeypatch, capsys, settings, starts, says, reason):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    commands = []
    monkeypatch.setattr(ingests, "ingest_command", lambda *given, **named: commands.append((given, named)) or SLEEPER)
    monkeypatch.setattr("ui.server.hosting.webbrowser.open", lambda _: None)

    async def live():
        async with started(None):
            run = ingests.runs_of(index_dir).last
            assert (run is not None and run.state == "running") == starts, reason

    asyncio.run(live())
    assert says in capsys.readouterr().err
    assert [named for _, named in commands] == [{"early": True}] * starts
    run = ingests.runs_of(index_dir).last
    assert (run is None) != starts and (run is None or run.state != "running"), "it ends with the app"


SLEEPER = [sys.executable, "-c", SLEEPS]


def test_the_command_of_an_early_ingest(tmp_path):
    command = ingest_command(tmp_path, tmp_path / "index", early=True)
    assert {"--serve-early", "--progress-json"} <= set(command)
    assert "--serve-early" not in ingest_command(tmp_path, tmp_path / "index")


def _run(step=None, *, state="running"):
    return SimpleNamespace(step=step, started=datetime.now(UTC), ended=None, state=state, message="Interrupted.")


WHOLE = {"documents": 12, "documents_total": 43, "pages": 900, "passages": 4000, "embedded": 1500, "rate": 46.2}
LEFT = [(20.0, "20 s", "less than a minute"), (65.0, "2 min", "about 1 minute"), (400.0, "7 min", "about 7 minutes")]


@pytest.mark.parametrize(("left", "said", "briefly"), LEFT)
def test_progress_of_the_whole_is_shown(left, said, briefly):
    step = Standing(step="embed", done=1500, total=4000, left=left, **WHOLE)
    html = progress(_run(step), "incomplete")
    assert "12 of 43 documents, 900 pages, 4,000 passages, 1,500 of 4,000 embedded, 46 a second" in html
    assert f"about {said} left" in html
    assert brief(_run(step)).startswith("Embedding passages: 1,500 of 4,000.")
    assert f"{briefly} left" in brief(_run(step)).lower()


def test_progress_without_the_whole_is_as_short_as_before():
    html = progress(_run(Standing(step="read", done=3, total=12)), "complete")
    assert "a second" not in html
    assert progress(_run(), "none").count("pp-fact") == 2 and brief(_run()) == "The ingest is starting."


SERVES = [  # (what is in use, unread of it, said meanwhile, said after it was stopped)
    ("none", None, "There is nothing to search yet.", "There is no index to search yet."),
    ("incomplete", 3, "Searching goes on with what is indexed so far.", "What was indexed so far serves."),
    ("incomplete", 0, "Searching goes on with what is indexed so far.", "What was indexed so far serves."),
    ("complete", None, "Searching goes on with the documents as they were.", "The index in use is unchanged."),
]


@pytest.mark.parametrize(("state", "unread", "meanwhile", "stopped"), SERVES)
def test_what_serves_is_what_is_in_use(
    index_dir, tiny_parsed, write_tiny, write_early, state, unread, meanwhile, stopped
):  # noqa: PLR0913 - the columns of the table
    if state != "none":
        write_tiny(tiny_parsed[:2]) if unread is None else write_early(tiny_parsed[:2], unread=unread)
    assert ingests.index_state() == state
    assert meanwhile in progress(_run(), state) and meanwhile in under_way_elsewhere("Another.", state)
    assert stopped in ended(_run(state="stopped"), state)


def test_a_generation_that_cannot_be_served_is_waited_for_too(index_dir, sleeping, write_tiny, tiny_parsed):
    damaged = write_tiny(tiny_parsed[:2])
    (damaged / "words.json").unlink()
    app = new_app().run()
    html = shown(app)
    assert "The documents are being indexed" in html and "is damaged" not in html and html.count("<progress") == 1
    assert "There is nothing to search yet." in html
    write_tiny(tiny_parsed)
    assert app.run().text_input(key=widgets.QUESTION)


def test_a_damaged_generation_is_named_where_the_app_reads_nothing(index_dir, write_tiny, tiny_parsed, tmp_path):
    (write_tiny(tiny_parsed[:2]) / "words.json").unlink()
    html = shown(new_app().run())
    assert "The index is damaged" in html and "being indexed" not in html
    with writing(index_dir, tmp_path):
        assert "The index is damaged" in shown(new_app().run()), "of another process it is not known what it does"


def test_the_fixture_is_what_the_app_opens(index_dir, write_early, tiny_parsed):
    assert write_early(tiny_parsed) == current_generation(index_dir)


def test_a_part_that_is_missing_is_not_hidden_behind_an_ingest(monkeypatch):
    said = []
    monkeypatch.setattr(indexing, "_is_reading", lambda: True)
    monkeypatch.setattr(indexing.frame, "unavailable", said.append)
    error = PartNotSearched("A part of the index could not be searched.")
    assert not indexing.page(error) and said == [error]
