"""The audit log: off by default, no words unless wished, private, rotated, deleted when its time is over."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.audit import USUAL_DAYS, AuditEntry, AuditLog, AuditSettings, audit_settings, set_aside, statement
from pinpoint.errors import AuditUnavailable, ConfigurationError
from tests.ui.driver import new_app, press, shown
from ui.state import widgets

ENTRY = AuditEntry(
    who="reader@example.gov",
    action="ask",
    documents=("rule", "manual", "rule"),
    generation="20261122-1",
    text="Who is Maria Gonzalez?",
)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

SETTINGS = [  # (environment, file or None, text, days, reason)
    ({}, None, False, 0, "off by default"),
    ({"PINPOINT_AUDIT_LOG": "  "}, None, False, 0, "set to nothing"),
    ({"PINPOINT_AUDIT_DAYS": "9"}, None, False, 0, "days alone do not turn it on"),
    ({"PINPOINT_AUDIT_LOG": "/var/log/a"}, "/var/log/a", False, USUAL_DAYS, "on, without words"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_TEXT": "1"}, "/a", True, USUAL_DAYS, "with words"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_TEXT": "yes"}, "/a", False, USUAL_DAYS, "only 1 turns words on"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_DAYS": "30"}, "/a", False, 30, "another retention"),
]
MISTAKES = [
    ({"PINPOINT_AUDIT_TEXT": "1"}, "PINPOINT_AUDIT_LOG names no file", "words without a log"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_DAYS": "0"}, "PINPOINT_AUDIT_DAYS is '0'", "no day"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_DAYS": "-3"}, "PINPOINT_AUDIT_DAYS is '-3'", "less than none"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_DAYS": "a month"}, "'a month'", "in words"),
    ({"PINPOINT_AUDIT_LOG": "/a", "PINPOINT_AUDIT_DAYS": "99999999"}, "'99999999'", "more than dates have"),
]


@pytest.mark.parametrize(("environment", "file", "text", "days", "reason"), SETTINGS, ids=[row[-1] for row in SETTINGS])
def test_the_settings(environment, file, text, days, reason):
    found = audit_settings(environment)
    assert found == (AuditSettings(Path(file), text, days) if file else None)


@pytest.mark.parametrize(("environment", "says", "reason"), MISTAKES, ids=[row[-1] for row in MISTAKES])
def test_a_mistake_is_named(environment, says, reason):
    with pytest.raises(ConfigurationError, match=says.replace("(", r"\(")):
        audit_settings(environment)


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("records_text", [False, True])
def test_what_an_entry_contains(tmp_path, records_text):
    file = tmp_path / "logs" / "audit.jsonl"
    AuditLog(AuditSettings(file, records_text), now=lambda: NOON).record(ENTRY)
    expected = {
        "when": "2026-11-22T12:00:00+00:00",
        "who": "reader@example.gov",
        "action": "ask",
        "documents": ["rule", "manual"],
        "generation": "20261122-1",
    }
    assert lines(file) == [expected | ({"text": ENTRY.text} if records_text else {})]
    assert ("Gonzalez" in file.read_text(encoding="utf-8")) is records_text


def test_only_the_owner_may_read_it_whoever_made_the_file(tmp_path):
    file = tmp_path / "audit.jsonl"
    file.touch(mode=0o666)
    file.chmod(0o666)
    AuditLog(AuditSettings(file)).record(ENTRY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_large_file_and_a_file_of_yesterday_are_put_aside_and_nothing_is_lost(tmp_path):
    file, day = tmp_path / "audit.jsonl", [datetime.now(UTC)]
    log = AuditLog(AuditSettings(file), largest=400, now=lambda: day[0])
    for _ in range(9):
        log.record(ENTRY)
    today = day[0].date()
    day[0] += timedelta(days=1)
    log.record(ENTRY)
    aside = set_aside(file)
    assert [one.name for one in aside] == [f"audit.jsonl.{today}", f"audit.jsonl.{today}.1", f"audit.jsonl.{today}.2"]
    assert sum(len(lines(one)) for one in [*aside, file]) == 10
    assert len(lines(file)) == 1


def test_files_are_deleted_when_their_days_are_over_and_others_never(tmp_path):
    file = tmp_path / "audit.jsonl"
    for name in (
        "audit.jsonl.2026-11-12",
        "audit.jsonl.2026-11-11",
        "audit.jsonl.2025-01-01.3",
        "audit.jsonl.backup",
        "audit.jsonl.2026-11-01.old",
        "other.jsonl.2020-01-01",
    ):
        (tmp_path / name).write_text("{}\n", encoding="utf-8")
    AuditLog(AuditSettings(file, days=10), now=lambda: NOON).record(ENTRY)
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "audit.jsonl",
        "audit.jsonl.2026-11-01.old",
        "audit.jsonl.2026-11-12",
        "audit.jsonl.backup",
        "other.jsonl.2020-01-01",
    ]


def test_many_at_once(tmp_path):
    file = tmp_path / "audit.jsonl"
    log = AuditLog(AuditSettings(file), largest=2000)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: log.record(ENTRY), range(200)))
    assert sum(len(lines(one)) for one in [*set_aside(file), file]) == 200


@pytest.mark.parametrize("reason", ["a folder is in its place", "a link to another file"])
def test_a_log_that_cannot_be_written_is_an_error_with_its_remedy(tmp_path, reason):
    file = tmp_path / "audit.jsonl"
    if reason == "a folder is in its place":
        file.mkdir()
        (file / "x").touch()
    else:
        (tmp_path / "other").touch()
        file.symlink_to(tmp_path / "other")
    with pytest.raises(AuditUnavailable, match="cannot be written .* PINPOINT_AUDIT_LOG"):
        AuditLog(AuditSettings(file)).record(ENTRY)


@pytest.mark.parametrize(
    ("settings", "says", "never"),
    [
        (None, "", "audit"),
        (
            AuditSettings(Path("a")),
            "kept for 90 days; it holds who had which documents shown, and when, but not what was asked",
            "who asked what",
        ),
        (AuditSettings(Path("a"), records_text=True, days=30), "kept for 30 days; it holds who asked what", "not what"),
    ],
)
def test_people_are_told_what_it_contains(settings, says, never):
    assert says in statement(settings)
    assert never not in statement(settings)


@pytest.fixture
def open_app(fresh_app, tiny_index_dir, monkeypatch):
    """``open_app(**environment)``: the app on its first page."""

    def run(**environment: str) -> AppTest:
        for name, value in {"INDEX_DIR": str(tiny_index_dir), **environment}.items():
            monkeypatch.setenv(name, value)
        return new_app().run()

    return run


def ask(app: AppTest, question: str) -> str:
    app.text_input(key=widgets.QUESTION).set_value(question)
    return press(app, "Ask")


def test_the_app_writes_what_it_shows_and_says_so(open_app, tmp_path):
    file = tmp_path / "audit.jsonl"
    app = open_app(PINPOINT_AUDIT_LOG=str(file))
    assert "An audit log is kept for 90 days" in shown(app) and "Questions are not stored" in shown(app)
    ask(app, "What is continued presence?")
    (entry,) = lines(file)
    assert (entry["action"], entry["who"]) == ("ask", "not signed in") and entry["documents"]
    app.run()
    assert len(lines(file)) == 1, "drawing the page again is no new question"


def test_with_words_the_app_no_longer_says_that_questions_are_not_stored(open_app, tmp_path):
    app = open_app(PINPOINT_AUDIT_LOG=str(tmp_path / "a"), PINPOINT_AUDIT_TEXT="1")
    text = ask(app, "Who decides on A12345678?")
    assert "Questions are not stored" not in text and "it holds who asked what" in text
    assert "It is kept in the audit log on this machine" in text
    assert lines(tmp_path / "a")[0]["text"] == "Who decides on A12345678?"


def test_nothing_is_shown_when_the_log_cannot_be_written(open_app, tmp_path):
    (tmp_path / "audit.jsonl").mkdir()
    (tmp_path / "audit.jsonl" / "x").touch()
    text = ask(open_app(PINPOINT_AUDIT_LOG=str(tmp_path / "audit.jsonl")), "What is continued presence?")
    assert "cannot be written" in text and "pp-answer" not in text


def test_without_the_setting_no_file_is_written(open_app, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "audit" not in ask(open_app(), "What is continued presence?")
    assert list(tmp_path.iterdir()) == []
