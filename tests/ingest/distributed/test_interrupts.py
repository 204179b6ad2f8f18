"""An ingest that is interrupted or killed: workers stay, what waits is cancelled, and the next ingest goes on."""

import json
import os
import signal
import subprocess
import sys

import psutil
import pytest

from ingest.distributed.options import Workers
from pinpoint.errors import IngestInterrupted
from tests.ingest.distributed.conftest import ROOT, contents, ingest, until, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(240)]


def begin(corpus, index_dir, workers, documents):
    """A command of its own that has read so many documents."""
    command = [sys.executable, "-m", "ingest", str(corpus), "--index", str(index_dir), "--workers", workers]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--progress-json", "--arithmetic", "int8"], cwd=ROOT, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, start_new_session=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    for line in process.stderr:
        if json.loads(line).get("documents", 0) >= documents:
            return process
    raise AssertionError(f"it ended with {process.wait()}")


def test_an_ingest_is_interrupted_then_killed_and_the_next_one_goes_on(scheduler, ledgers, alone, tmp_path):
    worker = scheduler.add()
    index_dir = tmp_path / "index"

    interrupted = begin(ledgers, index_dir, scheduler.address, 2)
    interrupted.send_signal(signal.SIGINT)
    _, said = interrupted.communicate(timeout=120)
    assert interrupted.returncode == 130, said
    assert json.loads(said.splitlines()[-1])["error"].startswith("Interrupted.")
    assert len(scheduler.workers()) == 1, "it outlives the ingest"
    until(lambda: scheduler.processing() == 0)

    killed = begin(ledgers, index_dir, scheduler.address, 4)
    killed.kill()
    killed.communicate(timeout=120)
    until(lambda: scheduler.processing() == 0)

    totals = []
    result = ingest(
        ledgers, index_dir, Workers(address=scheduler.address), lambda standing: totals.append(standing.documents_total)
    )
    assert 1 <= totals[-1] <= 9 - 4, "what was read is not read again"
    made, report = contents(index_dir), verdicts(result)
    assert made.pop("embedded") + made.pop("reused") == alone[0]["embedded"]
    assert made == {name: fact for name, fact in alone[0].items() if name not in ("embedded", "reused")}
    assert report == alone[1]
    scheduler.end(worker)


def test_a_scheduler_that_ends_ends_the_ingest_which_goes_on_later(scheduler, ledgers, tmp_path):
    scheduler.add()
    ended, index_dir = [], tmp_path / "index"

    def follow(standing):
        if standing.documents == 2 and not ended:
            ended.append(True)
            scheduler.close()

    with pytest.raises(IngestInterrupted, match=f"The scheduler at {scheduler.address} does not answer any more"):
        ingest(ledgers, index_dir, Workers(address=scheduler.address), follow)
    assert not list(index_dir.glob("0*")), "no index of a part"
    assert len([one for one in (index_dir / ".read").iterdir() if one.name[0] != "."]) >= 2, "what was read is stored"


def test_an_interrupt_from_the_terminal_ends_workers_of_this_machine(ledgers, tmp_path):
    begun = begin(ledgers, tmp_path / "index", "2", 1)
    children = psutil.Process(begun.pid).children(recursive=True)
    os.killpg(begun.pid, signal.SIGINT)  # a terminal tells the whole group
    _, said = begun.communicate(timeout=120)
    assert begun.returncode == 130, said
    assert [line for line in said.splitlines() if not line.startswith("{")] == [], "nothing but lines of progress"
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive
