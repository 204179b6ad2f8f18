"""The embeddings of the next generation: those that the one before has, those of a cache, and those that are made."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from index.carried.documents import CorpusRows, Document
from index.embeddings.cache import FOLDER, EmbeddingCache, cache_name
from index.embeddings.run import EmbeddingRun, Follow, Make
from index.generations.integrity import find_damage
from index.generations.read import generation_facts, named_generation, newest_first
from index.generations.rows import indexed_hashes
from index.models.chosen import arithmetic_of, made_by
from index.models.embedding import Embedder
from index.ranking.vectors import Vectors, load_vectors
from pinpoint.errors import DamagedGeneration


def embedding_run(
    index_dir: Path, embedder: Embedder, cache: Path | None, follow: Follow, make: Make | None = None
) -> EmbeddingRun:
    """A run that embeds what neither an intact generation of this embedder nor the cache has.

    Args:
        index_dir: Folder of the index.
        embedder: Embeds the rest.
        cache: Folder of a cache that several indexes share; that of this index alone when None.
        follow: Told how far it is, from any thread.
        make: Embeds the rest elsewhere; this process does when not given.
    """
    stored = EmbeddingCache(
        cache or index_dir / FOLDER, cache_name(embedder.digest, arithmetic_of(embedder)), shared=cache is not None
    )
    if cache is None:
        stored.merge(all_files=True)  # what one that was killed left in small files
    return EmbeddingRun(embedder, _known_vectors(index_dir, embedder), stored, follow, make)


def lacks_vectors(documents: Sequence[Document], run: EmbeddingRun) -> bool:
    """Whether a passage of documents has no vector in the generation that a run takes known ones from."""
    return any(not run.has(digest) for digest in CorpusRows(documents).hashes)


def clear_embeddings(index_dir: Path) -> None:
    """Remove the cache of this index alone: a generation has what it had, or none will."""
    shutil.rmtree(index_dir / FOLDER, ignore_errors=True)


def made_with(index_dir: Path, **stated: str | bool) -> Path | None:
    """The first intact generation that states these facts: the one in use, else the newest of the others."""
    named = named_generation(index_dir)
    for folder in sorted(newest_first(index_dir), key=lambda folder: folder.name != named):
        try:
            facts = generation_facts(folder)
        except DamagedGeneration:
            continue
        if stated.items() <= {"vectors": True, **facts}.items() and find_damage(folder, facts) is None:
            return folder
    return None


class _KnownVectors(Mapping[bytes, Vectors]):
    """Vectors of a generation by the hash of their text; none is copied before it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._vectors = load_vectors(folder / "vectors.faiss")
        self._rows = {digest: row for row, digest in enumerate(indexed_hashes(folder))}

    def __getitem__(self, digest: bytes) -> Vectors:
        return self._vectors.row(self._rows[digest])

    def __contains__(self, digest: object) -> bool:
        return digest in self._rows

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _known_vectors(index_dir: Path, embedder: Embedder) -> Mapping[bytes, Vectors]:
    """Vectors of an intact generation of this embedder, whatever its format."""
    folder = made_with(index_dir, vectors=True, **made_by(embedder))
    return {} if folder is None else _KnownVectors(folder)
