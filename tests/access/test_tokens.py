"""The tokens of programs: what a file of them may hold, whom it lets in, and that it is read again when it changed."""

import hashlib
import re

import pytest

from access.sign_in import Person
from access.tokens import Tokens, add_line, new_token
from pinpoint.errors import ConfigurationError

DIGEST = hashlib.sha256(b"secret").hexdigest()


@pytest.fixture
def file(tmp_path):
    """A file of tokens that nobody else may read, with one line."""
    made = tmp_path / "tokens"
    made.touch(mode=0o600)
    made.write_text(f"# who may ask\n\nreports reader {DIGEST}\n", encoding="utf-8")
    return made


LET_IN = [  # (token, person, reason)
    ("secret", Person("reports", "reader"), "the token of the line"),
    ("Secret", None, "another in a capital"),
    ("", None, "none"),
    (DIGEST, None, "the digest is no token"),
    ("secret ", None, "a blank more"),
    ("sécret", None, "other characters than those of tokens"),
]


@pytest.mark.parametrize(("token", "person", "reason"), LET_IN, ids=[row[-1] for row in LET_IN])
def test_who_is_let_in(file, token, person, reason):
    assert Tokens(file).person(token) == person


def test_a_new_token_lets_its_holder_in(file):
    token, line = new_token("audits@hr", "administrator")
    add_line(file, line)
    assert Tokens(file).person(token) == Person("audits@hr", "administrator")
    assert Tokens(file).person("secret") == Person("reports", "reader"), "the lines before stay"
    assert token not in file.read_text(encoding="utf-8"), "the file has the digest alone"
    assert re.fullmatch(r"pinpoint_[A-Za-z0-9_-]{43}", token), "256 random bits"
    assert new_token("audits@hr")[0] != token


def test_a_file_is_made_for_its_owner_alone(tmp_path):
    token, line = new_token("a")
    add_line(tmp_path / "new" / "tokens", line)
    made = tmp_path / "new" / "tokens"
    assert made.stat().st_mode & 0o777 == 0o600
    assert Tokens(made).person(token)


def test_a_line_is_added_behind_one_without_an_end(file):
    file.write_text(f"reports reader {DIGEST}", encoding="utf-8")
    token, line = new_token("other")
    add_line(file, line)
    assert Tokens(file).person(token).name == "other" and Tokens(file).person("secret").name == "reports"


def test_two_tokens_of_a_name_hold_until_the_old_one_is_taken_out(file):
    tokens = Tokens(file)
    token, line = new_token("reports")
    add_line(file, line)
    assert tokens.person(token) == tokens.person("secret") == Person("reports", "reader")
    file.write_text(f"{line}\n", encoding="utf-8")
    assert tokens.person("secret") is None and tokens.person(token) is not None, "read again when it changed"


MALFORMED = [  # (content, what the message says, reason)
    ("", "has none", "empty: nobody could be let in"),
    ("# nothing\n", "has none", "remarks alone"),
    (f"reports {DIGEST}", "line 1 is not: name role", "no role"),
    (f"reports owner {DIGEST}", "neither reader nor administrator", "another role"),
    ("reports reader pinpoint_abcdef", "no sha256", "the token itself"),
    (f"reports reader {DIGEST.upper()}", "no sha256", "capitals"),
    (f"\nre,ports reader {DIGEST}", "line 2 is not: name", "no name"),
    (f"reports reader {DIGEST} x", "line 1 is not", "a part more"),
    (b"\xff\xfe", "not UTF-8", "another encoding"),
]


@pytest.mark.parametrize(("content", "said", "reason"), MALFORMED, ids=[row[-1] for row in MALFORMED])
def test_malformed_files_let_nobody_in(file, content, said, reason):
    tokens = Tokens(file)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    for act in (lambda: Tokens(file), lambda: tokens.person("secret"), lambda: tokens.person("secret")):
        with pytest.raises(ConfigurationError, match=said) as raised:
            act()
        assert "pinpoint_abcdef" not in str(raised.value), "what may be a token is not repeated"


def test_a_file_that_others_may_read_is_refused(file):
    file.chmod(0o640)
    with pytest.raises(ConfigurationError, match=f"chmod 600 {re.escape(str(file))}"):
        Tokens(file)


def test_a_file_that_is_made_private_again_lets_its_holders_in(file):
    tokens = Tokens(file)
    file.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        tokens.person("secret")
    file.chmod(0o600)
    assert tokens.person("secret") == Person("reports", "reader")


def test_a_file_that_is_gone_lets_nobody_in_until_it_is_back(file):
    tokens, content = Tokens(file), file.read_bytes()
    file.unlink()
    with pytest.raises(ConfigurationError, match="cannot be read"):
        tokens.person("secret")
    file.touch(mode=0o600)
    file.write_bytes(content)
    assert tokens.person("secret") == Person("reports", "reader")


@pytest.mark.parametrize("name", ["", "a b", "a\nb reader x", "#a", "é", "a" * 65])
def test_names_that_cannot_stand_in_the_file(name):
    with pytest.raises(ConfigurationError, match="no name for a token"):
        new_token(name)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be written"):
        add_line(tmp_path / "file" / "tokens", "a reader b")
