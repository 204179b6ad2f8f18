"""What a worker has to have in common with the ingest, so that what it makes is what the ingest would have made."""

import hashlib
import sys
from dataclasses import dataclass, fields
from functools import cache
from threading import Lock

from index.models.arithmetic import GPU
from index.models.chosen import arithmetic_of
from index.models.embedding import Embedder, PackagedEmbedder, Vectors, open_embedder
from index.models.local_embedder import LocalEmbedder
from index.query.analyzer import ANALYZER_VERSION
from ingest.dependencies import rows_digest
from ingest.readers.pdf.ocr import ocr_version
from pinpoint.errors import WorkersUnavailable

_PROBE = tuple("An applicant must show, by any credible evidence, that § 214.11(b) applies. " * n for n in (1, 4, 16))
"""Texts that every worker embeds first. Of several lengths, since a CPU adds up in an order that depends on the length:
two kinds of CPU may give numbers that differ in the last digits."""
_NAMES = {
    "code": "the code and the parsers that rows depend on",
    "recognition": "the recognition of text on scanned pages",
    "analyzer": "the analyzer",
    "python": "Python",
    "model": "the weights of the embedding model",
    "arithmetic": "the arithmetic of embeddings",
    "numbers": "the numbers that its processor computes for the same texts",
}
_loading = Lock()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to open an embedder in another process.

    Attributes:
        choice: As ``open_embedder`` takes it.
        arithmetic: In what it computes.
        digest: Of its weights.
    """

    choice: str
    arithmetic: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFacts:
    """What rows and vectors depend on beside the documents, as one process has it.

    Attributes:
        code: Digest of code and parsers (``ingest.dependencies``).
        recognition: Which text recognition there is, "" for none.
        analyzer: Version of it.
        python: Major and minor version: its tables of Unicode decide what a word is.
        model: Digest of the weights.
        arithmetic: In what vectors are computed.
        numbers: Digest of the vectors of some texts: what the processor makes of them.
    """

    code: str
    recognition: str
    analyzer: str
    python: str
    model: str
    arithmetic: str
    numbers: str


def recipe_of(embedder: Embedder) -> Recipe:
    """How workers open an embedder.

    Raises:
        WorkersUnavailable: They cannot, or would give other numbers than one process.
    """
    arithmetic = arithmetic_of(embedder)
    if not isinstance(embedder, (PackagedEmbedder, LocalEmbedder)):
        raise WorkersUnavailable(f"Workers cannot open the embedder {embedder.name}. Ingest without workers.")
    if arithmetic == GPU:
        # It embeds texts in batches, and a vector depends in its last digits on what else is in the batch.
        raise WorkersUnavailable(
            "Workers do not embed on graphics processors. Ingest without --workers, or name another arithmetic: "
            "--arithmetic int8."
        )
    return Recipe(embedder.choice, arithmetic, embedder.digest)


def facts_here(recipe: Recipe) -> WorkerFacts:
    """The facts of this process.

    Raises:
        MissingModel: The model, or its arithmetic, is not here.
    """
    embedder = opened(recipe)
    return WorkerFacts(
        code=rows_digest(),
        recognition=ocr_version(),
        analyzer=str(ANALYZER_VERSION),
        python=".".join(map(str, sys.version_info[:2])),
        model=embedder.digest,
        arithmetic=arithmetic_of(embedder),
        numbers=hashlib.sha256(b"".join(encode_one(embedder, text).tobytes() for text in _PROBE)).hexdigest(),
    )


def opened(recipe: Recipe) -> Embedder:
    """The embedder of a recipe, loaded once in a process.

    Raises:
        MissingModel: It is not here.
    """
    with _loading:
        return _opened(recipe)


@cache
def _opened(recipe: Recipe) -> Embedder:
    return open_embedder(recipe.choice, recipe.arithmetic)


def encode_one(embedder: Embedder, text: str) -> Vectors:
    """The vector of a text that is embedded alone, in this thread: float32, shape ``(dim,)``."""
    vector: Vectors = embedder.encode([text])[0]
    return vector


def differences(ours: WorkerFacts, theirs: WorkerFacts) -> str:
    """In what a worker differs, as a part of a sentence; "" for nothing."""
    found = []
    for name in (field.name for field in fields(WorkerFacts)):
        here, there = getattr(ours, name), getattr(theirs, name)
        if here != there:
            found.append(f"{_NAMES[name]} ({there[:12] or 'none'} there, {here[:12] or 'none'} here)")
    return ", ".join(found)
