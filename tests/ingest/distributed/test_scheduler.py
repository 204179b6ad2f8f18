"""Workers of a scheduler: the same index whatever happens to them, and none that would make another one."""

import pytest

from ingest.distributed.options import Workers
from pinpoint.errors import WorkersUnavailable
from tests.ingest.distributed.conftest import contents, ingest, kill, verdicts

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket, pytest.mark.timeout(240)]


def test_a_worker_killed_while_it_reads_and_one_while_it_embeds_change_nothing(scheduler, ledgers, alone, tmp_path):
    workers = [scheduler.add(), scheduler.add()]

    def follow(standing):
        if len(workers) == 2 and standing.documents == 2:
            kill(workers.pop(0))
            workers.append(None)
        elif len(workers) == 2 and workers[1] is None and standing.embedded:
            workers[1] = scheduler.add()
            kill(workers.pop(0))

    result = ingest(ledgers, tmp_path / "index", Workers(address=scheduler.address), follow)
    (last,) = workers
    assert (contents(tmp_path / "index"), verdicts(result)) == alone
    assert not result.notices
    assert len(scheduler.workers()) == 1, "it outlives the ingest"
    scheduler.end(last)


OTHER_CODE = "import ingest.dependencies as one\none.rows_digest = lambda: 'f' * 64\n"
OTHER_NUMBERS = (
    "import ingest.distributed.facts as one\nexact = one.encode_one\n"
    "one.encode_one = lambda *given, exact=exact: exact(*given) * 1.0001\n"
)
NO_PINPOINT = "import sys\nsys.modules['ingest.distributed.tasks'] = None\n"
NO_FOLDER = (
    "import errno\nimport ingest.distributed.tasks as one\n"
    "def refuse(path):\n    raise OSError(errno.ENOENT, 'No such file or directory', str(path))\n"
    "one.file_sha256 = refuse\n"
)
UNFIT = [  # (what a worker runs before anything else, what is said of it, reason)
    (OTHER_CODE, "differs in the code and the parsers that rows depend on (ffffffffffff there", "another version"),
    (OTHER_NUMBERS, "differs in the numbers that its processor computes", "another kind of CPU"),
    (NO_PINPOINT, "has not this version of Pinpoint", "nothing, or an older one, is installed"),
    (NO_FOLDER, "(No such file or directory): mount the folder there under the same path", "no shared folder"),
]


def test_a_worker_that_would_make_another_index_is_named_and_not_used(scheduler, ledgers, alone, tmp_path):
    before = set(scheduler.workers())
    assert not before
    named, unfit = {}, []
    for preload, said, _ in UNFIT:
        unfit.append(scheduler.add(preload))
        (worker,) = set(scheduler.workers()) - before
        before.add(worker)
        named[worker] = said
    with pytest.raises(WorkersUnavailable) as nobody:
        ingest(ledgers, tmp_path / "none", Workers(address=scheduler.address))
    fit = scheduler.add()
    result = ingest(ledgers, tmp_path / "index", Workers(address=scheduler.address))
    assert (contents(tmp_path / "index"), verdicts(result)) == alone
    for told in (str(nobody.value), " ".join(result.notices)):
        missing = [(worker, said) for worker, said in named.items() if said not in said_of(worker, told)]
        assert not missing, told
    assert str(ledgers) in " ".join(result.notices), "the file that cannot be read is named"
    assert len(result.notices) == len(UNFIT)
    for process in (fit, *unfit):
        scheduler.end(process)


def said_of(worker, told):
    """The sentence on one worker."""
    return told.partition(f"The worker {worker} is not used: ")[2].partition("The worker")[0]


DEADLY = (
    "import os, signal\nimport ingest.distributed.tasks as one\nparse = one._FOREMEN.parse\n"
    "def deadly(job, limits, parse=parse):\n"
    "    if job.path.name == 'ledger-7.md':\n        os.kill(os.getpid(), signal.SIGKILL)\n"
    "    return parse(job, limits)\n"
    "one._FOREMEN.parse = deadly\n"
)


def test_a_file_at_which_workers_end_is_given_up_and_stops_no_other(scheduler, ledgers, tmp_path):
    nannies = scheduler.add(DEADLY, "--nanny", "--nworkers", "2")
    result = ingest(ledgers, tmp_path / "index", Workers(address=scheduler.address))
    records = {record.file: record for record in result.records}
    given_up = records.pop("ledger-7.md")
    assert given_up.status == "failed"
    assert given_up.reason.startswith("ledger-7.md could not be read: 3 workers ended while they were at it")
    assert {record.status for record in records.values()} == {"read", "damaged"}
    nannies.terminate()
    nannies.wait(30)
