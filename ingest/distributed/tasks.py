"""What workers do. Arguments name all that a result depends on; a failure is a record, since not every error pickles.

lxml's errors, and whatever is raised while one of them is handled, break on their way from one process to another.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embeddings.cache import EmbeddingCache
from index.embeddings.run import Texts
from index.models.embedding import Vectors
from ingest.dependencies import rows_digest
from ingest.distributed.facts import Recipe, WorkerFacts, encode_one, facts_here, opened
from ingest.distributed.isolated import Foremen
from ingest.workers import Job, Limits
from pinpoint.errors import IngestInterrupted
from pinpoint.files import file_sha256

_FOREMEN = Foremen()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a worker did not do its task, as a part of a sentence that begins with its name.

    Attributes:
        again: Whether the worker is as fit as before, and the task may be tried once more.
    """

    reason: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Unlike:
    """What a worker found where a file should be: its sha256, "" where it cannot be read, and why."""

    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was parsed, or could not be.

    Attributes:
        answer: An ``ingest.workers.Answer``, pickled by the process that parsed the file.
        seconds: Time that the process had.
    """

    answer: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of a batch.

    Attributes:
        vectors: Shape ``(texts, dim)``, float32, in the order of the texts.
        stored_in: Name of the file of the shared cache in which they are; "" where they are not.
        seconds: Time that they took.
    """

    vectors: Vectors
    stored_in: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SharedCache:
    """A cache of embeddings that workers write to: its folder, and the name of the folder of one model in it."""

    folder: Path
    model: str


def state_facts(recipe: Recipe) -> WorkerFacts | Problem:
    """What the rows and vectors of this worker depend on."""
    try:
        return facts_here(recipe)
    except Exception as error:  # noqa: BLE001 - the boundary of the process: any failure becomes a record
        return Problem(f"cannot open the embedding model ({error})")


def read_document(job: Job, limits: Limits, *, code: str, compare: bool) -> Read | Unlike | Problem:
    """Parse a file that lies here under the same path.

    Args:
        job: The file, with its digest.
        limits: What it may take.
        code: Digest of the code and the parsers that the rows depend on, as the ingest has them.
        compare: Whether the file must have the digest that the job names.
    """
    try:
        if rows_digest() != code:
            return Problem("has other code or other parsers")
        if compare and (unlike := _unlike(job)):
            return unlike
        finished = _FOREMEN.parse(job, limits)
    except IngestInterrupted as error:
        return Problem(str(error), again=True)
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        return Problem(f"cannot start a process that reads files ({type(error).__name__}: {error})")
    return Read(finished.answer, finished.seconds)


def embed_texts(recipe: Recipe, texts: Texts, cache: SharedCache | None) -> Embedded | Problem:
    """Embed texts, each alone, so that a vector does not depend on what else is in the batch."""
    begun = time.perf_counter()
    try:
        embedder = opened(recipe)
        vectors = np.stack([encode_one(embedder, text) for _, text in texts])
        stored = _stored(cache, dict(zip((digest for digest, _ in texts), vectors, strict=True)))
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        return Problem(f"cannot embed ({type(error).__name__}: {error})")
    return Embedded(vectors, stored, time.perf_counter() - begun)


def _unlike(job: Job) -> Unlike | None:
    """What is wrong with the file as this worker sees it."""
    try:
        sha256 = file_sha256(job.path)
    except OSError as error:
        return Unlike("", error.strerror or os.strerror(error.errno or 0))
    return None if sha256 == job.sha256 else Unlike(sha256, "another content")


def _stored(cache: SharedCache | None, vectors: dict[bytes, Vectors]) -> str:
    """Write vectors to the shared cache; the name of the file, "" where that folder is not shared with this machine."""
    if cache is None or not (cache.folder / cache.model).is_dir():
        return ""
    return EmbeddingCache(cache.folder, cache.model, shared=True, write_only=True).add(vectors)
