"""``pinpoint.toml``: which file is read, what it sets, and what is said of one that is wrong."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pinpoint.__main__ import main
from pinpoint.configuration import file as settings_file
from pinpoint.configuration.kinds import example_of
from pinpoint.configuration.variables import VARIABLES
from pinpoint.errors import ConfigurationError

ROOT = Path(__file__).resolve().parents[3]
IN_FILE = [variable for variable in VARIABLES if variable.key]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder, where a file is looked for as it is outside of the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PINPOINT_CONFIG")
    return tmp_path


def write(file: Path, text: str, mode: int = 0o600) -> Path:
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return file


def test_what_the_file_sets_is_in_the_environment(folder):
    write(
        folder / "pinpoint.toml", '[index]\nfolder = "idx"\n[app]\nport = 8600\nuploads = true\nopen_network = false\n'
    )
    taken = settings_file.take_settings()
    assert taken.file == folder / "pinpoint.toml"
    assert taken.used == {"INDEX_DIR", "PINPOINT_PORT", "PINPOINT_UPLOADS", "PINPOINT_OPEN_NETWORK"}
    assert taken.lines == {"INDEX_DIR": 2, "PINPOINT_PORT": 4, "PINPOINT_UPLOADS": 5, "PINPOINT_OPEN_NETWORK": 6}
    assert os.environ["INDEX_DIR"] == str(folder / "idx"), "relative to the file, whatever folder a process works in"
    assert [os.environ[f"PINPOINT_{name}"] for name in ("PORT", "UPLOADS", "OPEN_NETWORK")] == ["8600", "1", "0"]
    assert os.environ["PINPOINT_CONFIG"] == str(folder / "pinpoint.toml"), "for processes that start elsewhere"


FOUND = [  # (--config, PINPOINT_CONFIG, file that is read or None, reason)
    ("", None, "pinpoint.toml", "the one in the working folder"),
    ("", "there/named.toml", "there/named.toml", "the environment names one"),
    ("other.toml", "there/named.toml", "other.toml", "the option comes before the environment"),
    ("none", "there/named.toml", None, "none is asked for"),
    ("", "none", None, "the environment asks for none"),
    ("", " ", "pinpoint.toml", "a blank names none"),
]


@pytest.mark.parametrize(("option", "variable", "read", "reason"), FOUND, ids=[row[-1] for row in FOUND])
def test_which_file_is_read(folder, monkeypatch, option, variable, read, reason):
    (folder / "there").mkdir()
    for name in ("pinpoint.toml", "there/named.toml", "other.toml"):
        write(folder / name, f'[index]\nfolder = "of-{Path(name).stem}"\n')
    if variable is not None:
        monkeypatch.setenv("PINPOINT_CONFIG", variable)
    taken = settings_file.take_settings(option)
    expected = folder / read if read else None
    assert taken.file == expected, reason
    index = expected and str(expected.parent / f"of-{expected.stem}")
    assert (os.environ.get("INDEX_DIR"), os.environ["PINPOINT_CONFIG"]) == (index, str(expected or "none"))


def test_without_a_file_nothing_is_set(folder):
    taken = settings_file.take_settings()
    assert (taken.file, taken.used, os.environ["PINPOINT_CONFIG"]) == (None, frozenset(), "none")
    assert "INDEX_DIR" not in os.environ


PRECEDENCE = [  # (INDEX_DIR or None, options, index that is asked for, reason)
    (None, [], "{folder}/file", "the file sets it"),
    ("", [], "{folder}/file", "a blank variable is not set; make exports such"),
    ("environment", [], "environment", "the environment comes before the file"),
    ("environment", ["--index", "option"], "option", "an option comes before both"),
    (None, ["--index", "option"], "option", "an option comes before the file"),
]


@pytest.mark.parametrize(("variable", "options", "index", "reason"), PRECEDENCE, ids=[row[-1] for row in PRECEDENCE])
def test_the_command_line_comes_first_then_the_environment(folder, monkeypatch, variable, options, index, reason):
    write(folder / "pinpoint.toml", '[index]\nfolder = "file"\n')
    if variable is not None:
        monkeypatch.setenv("INDEX_DIR", variable)
    result = CliRunner().invoke(main, ["doctor", *options])
    assert result.exit_code == 2
    assert f"Error: {index.format(folder=folder)} is not a folder" in result.output, reason


def test_the_commands_of_the_packages_read_it_too(folder):
    write(folder / "pinpoint.toml", '[index]\nfolder = "from-the-file"\n')
    environment = {name: value for name, value in os.environ.items() if name != "PINPOINT_CONFIG"}
    for command in ("index doctor", "pinpoint doctor"):
        done = subprocess.run(
            [sys.executable, "-m", *command.split()],
            cwd=folder,
            env={**environment, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2 and str(folder / "from-the-file") in done.stdout + done.stderr, command


WRONG = [  # (line below [app] or the whole file, what is said, reason)
    ("prot = 1", "line 2: Pinpoint knows no setting app.prot; the nearest that it knows is app.port.", "a typo"),
    ("upload = true", "the nearest that it knows is app.uploads.", "the singular"),
    ("[inedx]\nfolder = 'x'", "line 2: Pinpoint knows no setting inedx.folder; the nearest that it knows is index.f",
     "a typo of a table"),
    ("[lmm]", "line 1: Pinpoint knows no table [lmm]; the nearest", "an empty table that is none"),
    ("sign_in_hours = 8", "the nearest that it knows is access.sign_in_hours.", "in another table"),
    ("INDEX_DIR = 'x'\n[app]", "line 1: Pinpoint knows no setting INDEX_DIR; the nearest that it knows is index.f",
     "the name of the variable"),
    ("app = 1", "line 1: app must be a table: a line [app], and its settings below it.", "a table that is none"),
    ("[[app]]\nport = 1", "app must be a table", "a list of tables"),
    ('port = "8501"', 'line 2: app.port is "8501"; it must be a whole number from 1 to 65535, without quotes.',
     "a number in quotes"),
    ("port = 8501.5", "must be a whole number", "no whole number"),
    ("port = true", "app.port is true; it must be a whole number", "true is no number"),
    ("port = 0", "must be a whole number from 1 to 65535", "too small"),
    ("port = 65536", "must be a whole number from 1 to 65535", "too large"),
    ("port = 2024-01-01", "app.port is 2024-01-01; it must be a whole number", "a day"),
    ("port = [1]", "app.port is [1]", "a list"),
    ("port.number = 1", 'app.port is {"number": 1}', "a table below it"),
    ("uploads = 1", "line 2: app.uploads is 1; it must be true or false, without quotes.", "a number for a switch"),
    ('uploads = "true"', "must be true or false, without quotes", "a switch in quotes"),
    ("address = 1", "must be a text on one line, in quotes", "a number for a text"),
    ('address = ""', "leave the line out", "an empty text"),
    ('address = """a\nb"""', "on one line", "two lines"),
    ('address = "a\\u0000b"', "on one line", "a character that no variable can hold"),
    ("[answers]\ndecline_below = 1.5", "line 2: answers.decline_below is 1.5; it must be a number from 0 to 1",
     "too large"),
    ("[answers]\ndecline_below = nan", "must be a number from 0 to 1", "no number at all"),
    ('[access]\nreaders = "@a.example"', "must be a list of texts without commas", "one text for a list"),
    ('[access]\nreaders = ["a,b"]', "must be a list of texts without commas", "a comma would make two"),
    ("[access]\nreaders = [1]", "must be a list of texts", "numbers in a list"),
    ('[embedding]\narithmetic = "int9"', 'must be one of "int8", "int7"', "another word"),
    ("[embedding]\narithmetic = [1]", "must be one of", "no word"),
    ('[language_model]\nurl = "ftp://host/v1"', "must be an http or https address", "another scheme"),
    ('[language_model]\nurl = "http://me:secret@host/v1"', "without a name or password", "a password"),
    ('[language_model]\nkey = "ké"', "line 2: language_model.key is (not shown); it must be of ASCII",
     "a secret is not shown"),
    ("[language_model]\nkey = 123456", "language_model.key is (not shown); it must be a text",
     "nor one of another type"),
    ("[app\nport = 1", "is no TOML", "no TOML"),
    ("port = 1\nport = 2", "is no TOML", "a key twice"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "reason"), WRONG, ids=[row[-1] for row in WRONG])
def test_what_is_wrong_is_named_with_its_line_and_remedy(folder, text, said, reason):
    whole = text.startswith(("[", "INDEX_DIR", "app ="))
    file = write(folder / "pinpoint.toml", text if whole else f"[app]\n{text}")
    with pytest.raises(ConfigurationError) as raised:
        settings_file.take_settings()
    assert said in str(raised.value), reason
    assert str(raised.value).startswith(str(file))
    assert "123456" not in str(raised.value) and "ké" not in str(raised.value), "secrets"
    assert not {variable.name for variable in IN_FILE} & set(os.environ), "nothing of a wrong file is set"


def test_all_that_is_wrong_is_named_at_once(folder):
    write(folder / "pinpoint.toml", "[app]\nport = 0\nuplods = true\n[audit]\ndays = 0\n")
    with pytest.raises(ConfigurationError) as raised:
        settings_file.take_settings()
    assert [line.partition(": ")[0].rpartition(" ")[2] for line in str(raised.value).splitlines()] == ["2", "3", "5"]


FILES = [  # (bytes or None, what is said, reason)
    (None, "cannot be read (No such file", "one that is named and not there"),
    (b"\xff\xfe[\x00", "is not in UTF-8", "another encoding"),
]


@pytest.mark.parametrize(("content", "said", "reason"), FILES, ids=[row[-1] for row in FILES])
def test_a_file_that_cannot_be_read_ends_a_command(folder, content, said, reason):
    if content is not None:
        (folder / "mine.toml").write_bytes(content)
    result = CliRunner().invoke(main, ["--config", "mine.toml", "doctor"])
    assert (result.exit_code, said in result.output) == (2, True), reason


def test_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    (folder / "pinpoint.toml").write_bytes(b'\xef\xbb\xbf[index]\r\nfolder = "idx"\r\n')
    assert settings_file.take_settings().lines == {"INDEX_DIR": 2}


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_key_that_everybody_can_read_is_refused(folder):
    file = write(folder / "pinpoint.toml", '[language_model]\nkey = "sk-hush"\n', mode=0o644)
    with pytest.raises(ConfigurationError, match=f"chmod o-rwx {file}") as raised:
        settings_file.take_settings()
    assert "sk-hush" not in str(raised.value)
    file.chmod(0o640)
    assert settings_file.take_settings().used == {"PINPOINT_LLM_KEY"}


OWNERS = [  # (number of the owner, mode, clause, reason)
    (1000, 0o644, "", "of who runs it"),
    (0, 0o644, "", "of the administrator of the machine"),
    (1001, 0o644, "it belongs to another user (of number 1001)", "of somebody else"),
    (1000, 0o664, "", "a group is chosen by the owner"),
    (1000, 0o646, "every user may write to it", "anybody may change it"),
]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize(("owner", "mode", "clause", "reason"), OWNERS, ids=[row[-1] for row in OWNERS])
def test_whose_file_is_read_where_nobody_named_it(monkeypatch, owner, mode, clause, reason):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert settings_file.distrusted(SimpleNamespace(st_uid=owner, st_mode=mode)) == clause, reason


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_file_that_anybody_may_change_is_read_when_it_is_named(folder):
    file = write(folder / "pinpoint.toml", "[app]\nport = 8600\n", mode=0o666)
    with pytest.raises(ConfigurationError, match=f"--config {file}"):
        settings_file.take_settings()
    assert settings_file.take_settings(str(file)).used == {"PINPOINT_PORT"}


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20)
ENTRIES = TEXTS.filter(lambda text: "," not in text)
VALUES = {  # what a setting of each kind may be: (value of the file, text of the variable)
    "text": lambda _: TEXTS.map(lambda text: (text, text)),
    "secret": lambda _: st.text("abcXYZ012-_", min_size=1).map(lambda text: (text, text)),
    "path": lambda _: st.from_regex(r"[a-z][a-z0-9.]{0,9}", fullmatch=True).map(lambda name: (name, f"/srv/of/{name}")),
    "index": lambda _: st.sampled_from([("x/y", "/srv/of/x/y"), ("opensearch://a:1,b/p", "opensearch://a:1,b:9200/p")]),
    "choice": lambda variable: st.sampled_from(variable.words).map(lambda word: (word, word)),
    "switch": lambda _: st.booleans().map(lambda given: (given, "1" if given else "0")),
    "number": lambda variable: st.floats(variable.least, variable.most or 1e9).map(lambda given: (given, str(given))),
    "whole": lambda variable: st.integers(int(variable.least), int(variable.most or 10**9)).map(
        lambda given: (given, str(given))
    ),
    "list": lambda _: st.lists(ENTRIES, max_size=4).map(lambda given: (given, ",".join(given))),
    "address": lambda _: st.sampled_from(["http://127.0.0.1:8080/v1", "https://model.example"]).map(
        lambda text: (text, text)
    ),
}  # fmt: skip


def as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
    return f"[{', '.join(map(as_toml, value))}]" if isinstance(value, list) else repr(value)


@st.composite
def files(draw):
    """A file with some of the settings, and the text that each shall have."""
    chosen = draw(st.lists(st.sampled_from(IN_FILE), unique_by=lambda variable: variable.name))
    tables: dict[str, list[str]] = {}
    texts = {}
    for variable in chosen:
        value, text = draw(VALUES[variable.kind](variable))
        texts[variable.name] = variable.words[0] if value in variable.words and variable.kind == "path" else text
        table, _, key = variable.key.partition(".")
        tables.setdefault(table, []).append(f"{key} = {as_toml(value)}")
    return "\n".join("\n".join([f"[{table}]", *lines]) for table, lines in tables.items()), texts


@given(files())
def test_every_setting_is_read_as_it_is_written(tmp_path_factory, written):
    text, texts = written
    tomllib.loads(text)
    file = tmp_path_factory.getbasetemp() / "any.toml"
    write(file, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(file), "parent", property(lambda _: Path("/srv/of")))
        read, lines = settings_file.read_settings(file)
    assert read == texts
    assert all(text.splitlines()[line - 1].partition(" ")[0] for line in lines.values()) and 0 not in lines.values()


def test_every_setting_can_be_set_in_the_file():
    keys = [variable.key for variable in IN_FILE]
    assert len(keys) == len(set(keys)) and all(key.count(".") == 1 for key in keys)
    assert [variable.name for variable in VARIABLES if not variable.key] == ["PINPOINT_CONFIG"]
    for variable in IN_FILE:
        assert tomllib.loads(f"x = {example_of(variable)}"), variable.name


NEAREST = [  # (name, setting, reason)
    ("index.dir", "index.folder", "another word for it"),
    ("llm.model", "language_model.model", "an abbreviation"),
    ("port", "app.port", "no table"),
    ("pinpoint_llm_url", "language_model.url", "the name of the variable"),
    ("Index.Folder", "index.folder", "capitals"),
    ("audit.text_too", "audit.text", "a longer name"),
]


@pytest.mark.parametrize(("name", "setting", "reason"), NEAREST, ids=[row[-1] for row in NEAREST])
def test_the_nearest_setting(name, setting, reason):
    assert settings_file.nearest(name) == setting, reason
