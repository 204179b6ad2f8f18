"""``pinpoint settings``: what holds, where it comes from, and an example file with all of it."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from pinpoint.__main__ import main
from pinpoint.configuration.file import read_settings
from pinpoint.configuration.shown import example
from pinpoint.configuration.variables import VARIABLES
from pinpoint.errors import ConfigurationError

FILE = """\
[index]
folder = "idx"
[language_model]
url = "http://127.0.0.1:8080/v1"
model = "small"
key = "sk-hush"
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """``run(*options)`` of ``pinpoint settings``, by a file; and the model is named by the environment as well."""
    file = tmp_path / "mine.toml"
    file.write_text(FILE, encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PINPOINT_LLM_MODEL", "large")
    return lambda *options, code=0: _invoked(["--config", str(file), "settings", *options], code)


def _invoked(arguments, code):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    assert "sk-hush" not in result.output
    return result


def test_each_setting_says_where_it_comes_from(run, tmp_path):
    printed = json.loads(run("--json").stdout)
    assert printed["file"] == str(tmp_path / "mine.toml")
    assert [setting["variable"] for setting in printed["settings"]] == [row.name for row in VARIABLES if row.key]
    found = {setting["name"]: (setting["source"], setting["value"], setting["line"]) for setting in printed["settings"]}
    assert found["index.folder"] == ("file", str(tmp_path / "idx"), 2)
    assert found["language_model.key"] == ("file", "(not shown)", 6)
    assert found["language_model.model"] == ("environment", "large", 0)
    assert found["app.port"] == ("default", "", 0)


def test_people_are_shown_the_same(run, tmp_path):
    lines = run().stdout.splitlines()
    assert lines[0] == f"File: {tmp_path / 'mine.toml'}"
    rows = {cells[0]: cells[1:] for cells in (line.split(maxsplit=3) for line in lines[2:])}
    assert rows["SETTING"] == ["VARIABLE", "FROM", "VALUE"]
    assert rows["language_model.model"] == ["PINPOINT_LLM_MODEL", "environment", "large"]
    assert "line 2" in next(line for line in lines if line.startswith("index.folder"))
    assert rows["app.port"] == ["PINPOINT_PORT", "default", "(8501)"]


WRONG = [  # (variable, value, what is said, reason)
    ("PINPOINT_UPLOADS", "true", "PINPOINT_UPLOADS is 'true'; it must be 1 or 0.", "a word of the file"),
    ("PINPOINT_PORT", "web", "PINPOINT_PORT is 'web'; it must be a whole number from 1 to 65535.", "no number"),
    ("PINPOINT_DECLINE_BELOW", "7", "it must be a number from 0 to 1.", "too large"),
    ("PINPOINT_WATCH_GENERATIONS", "3", "it must be a whole number from 0 to 1.", "an ingest leaves one"),
    ("EMBEDDING_CACHE", "...", "it must be a value of your own", "what the example leaves to fill in"),
    ("EMBEDDING_ARITHMETIC", "int4", 'it must be one of "int8"', "another word"),
    ("PINPOINT_LLM_URL", "localhost", "it must be an http or https address", "no address"),
]


@pytest.mark.parametrize(("variable", "value", "said", "reason"), WRONG, ids=[row[-1] for row in WRONG])
def test_a_variable_that_cannot_be_used_is_named(run, monkeypatch, variable, value, said, reason):
    monkeypatch.setenv(variable, value)
    assert said in run(code=2).stderr, reason


RIGHT = [("PINPOINT_UPLOADS", "0"), ("PINPOINT_READERS", "@a.example, *"), ("EMBEDDING_MODEL", "packaged"),
         ("PINPOINT_LLM_TIMEOUT", "2.5"), ("INDEX_DIR", "any/where")]  # fmt: skip


@pytest.mark.parametrize(("variable", "value"), RIGHT, ids=[row[0] for row in RIGHT])
def test_a_variable_that_can_be_used_is_shown(run, monkeypatch, variable, value):
    monkeypatch.setenv(variable, value)
    assert value in run().stdout


def test_the_example_has_every_setting_and_is_read_when_its_comments_are_taken_off(tmp_path):
    text = _invoked(["settings", "--example"], 0).stdout
    assert text == example()
    assert 'cache = "..."' in text
    assert all(f"({row.name})" in text for row in VARIABLES if row.key)
    assert tomllib.loads(text) == {row.key.partition(".")[0]: {} for row in VARIABLES if row.key}, "all are comments"
    lines = (line.removeprefix("# ") if " = " in line and not line.endswith(")") else line for line in text.split("\n"))
    file = tmp_path / "all.toml"
    written = "\n".join(lines)
    file.write_text(written, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(ConfigurationError, match="must be a value of your own"):
        read_settings(file)
    file.write_text(written.replace('"..."', '"mine"'), encoding="utf-8")
    file.chmod(0o600)
    read, _ = read_settings(file)
    assert set(read) == {row.name for row in VARIABLES if row.key}
