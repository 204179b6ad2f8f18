"""Examples that the documents answer: found in turns, as many as are shown, none that is declined."""

from collections import deque
from pathlib import Path
from types import SimpleNamespace

import pytest

from pinpoint.errors import ClusterUnavailable, ConfigurationError, PinpointError
from ui.components.examples import listed
from ui.state import answered
from ui.state.answered import COUNT, Answered


@pytest.fixture
def find(monkeypatch):
    """``find(candidates, answers)``: what is found when each candidate has a status and a document quoted first."""

    def run(candidates, answers):
        turns, asked = deque(), []

        class Assistant:
            def __init__(self, _):
                pass

            def ask(self, question, **_):
                asked.append(question)
                status, document = answers[question]
                if status == "failed":
                    raise PinpointError("no model")
                quoted = (SimpleNamespace(document_id=document),) if document else ()
                return SimpleNamespace(status=status, citations=quoted)

        monkeypatch.setattr(answered, "Assistant", Assistant)
        found = Answered(None, candidates, turns.append)
        assert not asked, "nothing is asked while the page waits"
        while turns:
            before = len(asked)
            turns.popleft()()
            assert len(asked) <= before + 1, "one a turn, so that a question of a person comes between"
        assert found.is_done
        return found.found, asked

    return run


FOUND = [  # (answers by candidate, found, reason)
    ({"a": ("answered", "x"), "b": ("declined", "y"), "c": ("answered", "z")}, ("a", "c"), "what is declined is not"),
    ({"a": ("answered", "")}, (), "an answer without a quotation"),
    ({"a": ("failed", ""), "b": ("answered", "x")}, ("b",), "a failure is told to whoever asks"),
    (dict.fromkeys("abc", ("answered", "x")), ("a", "b"), "not all of one document"),
    ({n: ("answered", n) for n in "abcdefgh"}, tuple("abcdef"), "as many as are shown"),
    ({}, (), "no candidates"),
]


@pytest.mark.parametrize(("answers", "found", "reason"), FOUND, ids=[row[-1] for row in FOUND])
def test_only_what_is_answered_is_offered(find, answers, found, reason):
    assert find(answers, answers)[0] == found, reason


def test_no_more_is_asked_than_needed(find):
    answers = {str(n): ("answered", str(n)) for n in range(20)}
    assert len(find(answers, answers)[1]) == COUNT
    assert find(["1", "1", "2"], answers) == (("1", "2"), ["1", "2"]), "nothing twice"


@pytest.mark.parametrize("content", ["questions = 1", "other = []", "wrong", "questions = [1]"])
def test_a_list_that_is_wrong_is_named(tmp_path: Path, content: str):
    file = tmp_path / "examples.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"examples\.toml cannot be read"):
        listed(file)


def test_the_list_that_comes_with_it_is_valid():
    assert len(set(listed())) == len(listed()) >= COUNT


def test_a_cluster_that_is_away_for_a_moment_costs_no_question(monkeypatch):
    turns, away = deque(), [True]

    class Assistant:
        def __init__(self, _):
            pass

        def ask(self, question, **_):
            if away[0]:
                raise ClusterUnavailable("away")
            return SimpleNamespace(status="answered", citations=(SimpleNamespace(document_id=question),))

    monkeypatch.setattr(answered, "Assistant", Assistant)
    found = Answered(None, ["a", "b"], turns.append)
    turns.popleft()()
    assert found.is_done and not turns and not found.found, "nobody waits meanwhile"
    away[0] = False
    found.resume()
    while turns:
        turns.popleft()()
    assert found.found == ("a", "b") and found.is_done
    found.resume()
    assert not turns, "what ended is not begun again"
