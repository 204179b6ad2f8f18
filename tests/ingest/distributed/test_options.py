"""What ``--workers`` takes, and what is refused before any worker is asked."""

import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from index.models.embedding import PackagedEmbedder
from ingest.__main__ import main
from ingest.distributed.carried import CALL, carried
from ingest.distributed.connection import connected
from ingest.distributed.facts import WorkerFacts, differences, recipe_of
from ingest.distributed.options import Workers, workers_of
from ingest.distributed.records import Member, Task
from pinpoint.errors import WorkersUnavailable

TEXTS = [  # (text, workers or None where refused, reason)
    ("2", Workers(processes=2), "processes of this machine"),
    ("tcp://scheduler:8786", Workers(address="tcp://scheduler:8786"), "a scheduler"),
    ("tcp://[::1]:8786", Workers(address="tcp://[::1]:8786"), "an address of IPv6"),
    ("tls://scheduler.agency.example:8786", Workers(address="tls://scheduler.agency.example:8786"), "encrypted"),
    ("0", None, "no worker would do anything"),
    ("-1", None, "no number of workers"),
    ("²", None, "a digit that is no number"),
    ("scheduler:8786", None, "no protocol: Dask would take it, but --workers 2 and a host named 2 are too near"),
    ("tcp://scheduler", None, "no port"),
    ("http://scheduler:8787", None, "the dashboard is no scheduler"),
    ("tcp://a b:1", None, "a blank"),
]


@pytest.mark.parametrize(("text", "workers", "reason"), TEXTS)
def test_workers_are_a_number_or_an_address(text, workers, reason):
    if workers is not None:
        assert workers_of(text) == workers, reason
        return
    with pytest.raises(WorkersUnavailable, match="names no workers"):
        workers_of(text)


def test_without_the_option_there_are_none():
    assert workers_of("") is None


def test_a_wrong_option_is_a_usage_error(tmp_path):
    ended = CliRunner().invoke(main, [str(tmp_path), "--workers", "http://scheduler:8787"])
    assert ended.exit_code == 2
    assert "tcp://scheduler:8786" in ended.output


@pytest.mark.enable_socket
@pytest.mark.timeout(90)  # it does not wait for ever
def test_a_scheduler_that_does_not_answer_is_named_with_a_remedy():
    with pytest.raises(WorkersUnavailable) as refused, connected(Workers(address="tcp://127.0.0.1:9"), seconds=0.5):
        pass
    assert "tcp://127.0.0.1:9" in str(refused.value)
    assert "leave --workers out" in str(refused.value)


def facts(**other):
    same = dict.fromkeys(("code", "recognition", "analyzer", "python", "model", "arithmetic", "numbers"), "same")
    return WorkerFacts(**{**same, **other})


def test_a_worker_differs_in_what_it_states():
    assert differences(facts(), facts()) == ""
    for name in WorkerFacts.__dataclass_fields__:
        told = differences(facts(), facts(**{name: "other"}))
        assert told.endswith("(other there, same here)"), name
    assert differences(facts(), facts(recognition="")).endswith("(none there, same here)")


def test_an_embedder_of_another_program_is_refused(make_embedder):
    with pytest.raises(WorkersUnavailable, match="Ingest without workers"):
        recipe_of(make_embedder())


def test_a_vector_depends_neither_on_the_batch_nor_on_how_many_run_at_once():
    embedder = PackagedEmbedder("int8")
    texts = [f"An officer closes ledger {row}. " * (1 + row % 5 * 12) for row in range(15)]
    together = embedder.encode(texts)
    one_by_one = np.stack([embedder.encode([text])[0] for text in reversed(texts)])[::-1]
    assert together.tobytes() == one_by_one.tobytes()


def test_a_call_needs_nothing_of_ours_to_be_taken():
    given = "import sys\nname = sys.argv[1]\nprint(eval(name, eval(sys.argv[2])))"
    call = {**carried(workers_of, {"text": "2"}), "function": "no_such_module:anything"}
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-I", "-c", given, CALL, repr(call)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "ModuleNotFoundError: No module named 'no_such_module'\n", "a text, and no error"


def task(deaths=0):
    return Task("read", "a.md", 1, print, {}, None, deaths=deaths)


WHO_TAKES = [  # (member, task, whether it takes it, reason)
    (Member(2, fit=True), task(), True, "idle"),
    (Member(2), task(), False, "its facts are not known yet"),
    (Member(1, fit=True, running={1: task()}), task(), False, "busy"),
    (Member(2, fit=True, running={1: task()}), task(), True, "a slot is free"),
    (Member(2, fit=True, running={1: task()}), task(deaths=1), False, "what may end a worker gets one alone"),
    (Member(2, fit=True, running={1: task(deaths=1)}), task(), False, "it is alone with what may end it"),
    (Member(2, fit=True), task(deaths=2), True, "alone"),
]


@pytest.mark.parametrize(("member", "given", "takes", "reason"), WHO_TAKES)
def test_what_may_end_a_worker_takes_nothing_else_along(member, given, takes, reason):
    assert member.can_take(given) is takes, reason
