"""Files that workers parse, the longest first; each outcome as it comes, as ``ingest.workers.parse_all`` gives it."""

import pickle
import queue
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dependencies import rows_digest
from ingest.distributed.records import Done, Task
from ingest.distributed.tasks import Read, Unlike, read_document
from ingest.distributed.team import Team
from ingest.document_keys import current_keys
from ingest.steps.jobs import bytes_of
from ingest.workers import Answer, Job, Limits, Outcome
from pinpoint.files import file_sha256

_LOOK = 0.5
"""Seconds between two looks, so that an interrupt is heard. Set by hand."""


@dataclass(frozen=True, slots=True)
class TeamReading:
    """Parses files by the workers of a team, which have to see them under the same paths."""

    team: Team

    def parse_all(self, jobs: Sequence[Job], limits: Limits) -> Iterator[Outcome]:
        """Parse files and yield each outcome as it comes.

        Raises:
            WorkersUnavailable: No worker can read a file that is here; the message names worker and file.
            IngestInterrupted: The scheduler has gone.
        """
        answers: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        sizes = bytes_of(jobs)
        by_task: dict[Task, Job] = {}
        for job in jobs:
            self._submit(job, limits, answers, by_task, sizes[job.entry.file])
        while by_task:
            try:
                done = answers.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if isinstance(done, BaseException):
                raise done
            job = by_task.pop(done.task)
            outcome = self._outcome(job, done)
            if outcome is not None:
                yield outcome
                continue
            # As it is now, if it is not here as it was either.
            compare = _is_as_it_was(job)
            self._submit(job, limits, answers, by_task, done.task.size, compare=compare)

    def _submit(  # noqa: PLR0913 - what a task is made of
        self, job: Job, limits: Limits, answers: "queue.SimpleQueue[Done | BaseException]", by_task: dict[Task, Job],
        size: int, *, compare: bool = True,
    ) -> None:  # fmt: skip
        arguments = {"job": job, "limits": limits, "code": rows_digest(), "compare": compare}
        task = Task("read", job.entry.file, size, read_document, arguments, answers)
        by_task[task] = job
        self.team.submit(task)

    def _outcome(self, job: Job, done: Done) -> Outcome | None:
        """What became of a file; None where it has to be tried again, by another worker if the file is as it was."""
        if done.problem:
            reason = f"{job.path.name} could not be read: {done.problem}. Obtain an undamaged copy, then ingest."
            return Outcome(job, None, "failed", reason, done.seconds)
        if isinstance(done.value, Unlike):
            if _is_as_it_was(job):
                self.team.refuse(
                    done.worker, f"cannot read {job.path} as this machine does ({done.value.reason}): mount the "
                    "folder there under the same path",
                )  # fmt: skip
            return None
        assert isinstance(done.value, Read)  # noqa: S101 - what the function returns
        answer: Answer = pickle.loads(done.value.answer)  # noqa: S301 - from our own worker, which runs what we send
        if answer.parsed is not None and not _has_current_key(answer, job):
            self.team.refuse(done.worker, f"read {job.path.name} with other code, or other parsers, than it states")
            return None
        return Outcome(job, answer.parsed, answer.status, answer.reason, done.value.seconds)


def _is_as_it_was(job: Job) -> bool:
    try:
        return file_sha256(job.path) == job.sha256
    except OSError:
        return False


def _has_current_key(answer: Answer, job: Job) -> bool:
    """Whether rows have the key that this process would give them."""
    assert answer.parsed is not None  # noqa: S101 - asked only then
    document = answer.parsed.parsed.document
    return document.key in current_keys(job.entry, document.sha256, job.crosswalk)
