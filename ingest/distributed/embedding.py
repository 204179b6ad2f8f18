"""Texts that workers embed, in batches, for ``index.embeddings.run``."""

import queue
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.embeddings.cache import cache_name
from index.embeddings.run import Made, Take, Texts
from ingest.distributed.records import Done, Task
from ingest.distributed.tasks import Embedded, SharedCache, embed_texts
from ingest.distributed.team import Team
from pinpoint.errors import IngestInterrupted

BATCH = 32
"""Texts of a task: about a second of one processor. Set by hand; not measured."""
_AHEAD = 2
"""Batches that are asked for, for each task that the workers do at a time."""
_WAIT = 0.2
"""Seconds to wait for more texts, or for a batch. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class TeamEmbedding:
    """Embeds texts by the workers of a team.

    Attributes:
        team: The workers.
        cache: Folder of a cache that this ingest shares with others; workers that see it write there.
    """

    team: Team
    cache: Path | None

    def make(self, take: Take) -> Iterator[Made]:
        """As ``index.embeddings.run.Make``; the order of batches does not matter.

        Raises:
            WorkersUnavailable, IngestInterrupted: As the team; or several workers ended at one batch.
        """
        answers: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        asked: dict[Task, Texts] = {}
        shared = self._shared_cache()
        while True:
            room = len(asked) < _AHEAD * self.team.slots
            texts = take(BATCH if room else 0, 0.0 if asked else _WAIT)
            if texts is None:
                return
            if texts:
                arguments = {"recipe": self.team.recipe, "texts": texts, "cache": shared}
                size = sum(len(text) for _, text in texts)
                task = Task("embed", f"{len(texts)} texts", size, embed_texts, arguments, answers)
                asked[task] = texts
                self.team.submit(task)
                continue
            if not asked:
                yield Made({})
                continue
            yield _made(answers, asked)

    def _shared_cache(self) -> SharedCache | None:
        """What workers are told of the cache; its folder is there, so that none of them makes one of its own."""
        if self.cache is None:
            return None
        shared = SharedCache(self.cache.resolve(), cache_name(self.team.recipe.digest, self.team.recipe.arithmetic))
        with suppress(OSError):  # one that cannot be written to is told by who writes to it
            (shared.folder / shared.model).mkdir(parents=True, exist_ok=True)
        return shared


def _made(answers: "queue.SimpleQueue[Done | BaseException]", asked: dict[Task, Texts]) -> Made:
    """The next batch that is done; nothing where there is none for some time."""
    try:
        done = answers.get(timeout=_WAIT)
    except queue.Empty:
        return Made({})
    if isinstance(done, BaseException):
        raise done
    texts = asked.pop(done.task)
    if done.problem:
        raise IngestInterrupted(f"A batch of passages could not be embedded: {done.problem}. Ingest again.")
    assert isinstance(done.value, Embedded)  # noqa: S101 - what the function returns
    vectors = dict(zip((digest for digest, _ in texts), done.value.vectors, strict=True))
    return Made(vectors, done.value.stored_in)
