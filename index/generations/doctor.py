"""Faults of an index, each finding with the step that fixes it: ``examine``."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.generations.disk_space import free_space
from index.generations.read import (
    FORMAT_VERSION,
    check_generation,
    corpus_dir,
    generation_facts,
    named_generation,
    newest_first,
    rebuild_command,
    serving_generation,
    sized,
)
from index.generations.retention import left_overs, unfinished
from index.generations.rows import count_passages, database_faults, load_documents
from index.generations.writer_lock import is_locked, under_way
from index.incomplete import incomplete_of
from index.models.chosen import generation_embedder
from index.ranking.lexical import load_lexical
from index.ranking.vectors import load_vectors
from pinpoint.configuration.address import address_in, index_name
from pinpoint.errors import DamagedGeneration, IndexUnavailable, MissingModel, NoGeneration
from pinpoint.files import file_sha256

_NAMED = 5
"""Files that one finding names. Set by hand."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Result of one check.

    Attributes:
        check: What was looked at.
        says: What is so, as a sentence.
        remedy: The command or step that fixes it; "" when nothing is wrong.
    """

    check: str
    says: str
    remedy: str = ""

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.remedy


def examine(index_dir: Path) -> Iterator[Finding]:
    """Look at an index from all sides; every file of every generation is read.

    Args:
        index_dir: Folder of the index; nothing in it is changed but the list of checked files and the lock.

    Yields:
        What each check found, as it comes.
    """
    if address_in(index_dir) is not None:
        yield from _cluster(index_dir)
    yield _lock(index_dir)
    yield _left_overs(index_dir)
    yield _in_use(index_dir)
    yield from _generations(index_dir)
    try:
        folder = serving_generation(index_dir).folder
    except IndexUnavailable:
        return
    yield _rows(folder, index_dir)
    yield from _counts(folder, index_dir)
    yield _embedder(folder)
    lacks = incomplete_of(generation_facts(folder))
    if lacks is None or not lacks.unread:  # which the index in use has said otherwise
        yield from _corpus(folder, index_dir)
    yield _space(folder, index_dir)


def _cluster(index_dir: Path) -> Iterator[Finding]:
    """What the cluster has of the index."""
    from index.cluster.stored.administration import examine_cluster  # noqa: PLC0415 - the extra ``cluster``

    for looked in examine_cluster(index_dir):
        yield Finding(
            "cluster", looked.says, f"{rebuild_command(index_dir)}, or pinpoint prune" if looked.wrong else ""
        )


def _lock(index_dir: Path) -> Finding:
    other = under_way(index_dir)
    if other:
        return Finding("lock", f"An ingest is writing to the index, {other}.")
    locked = is_locked(index_dir)
    return Finding("lock", "A process is writing to the index." if locked else "Nobody writes to the index.")


def _left_overs(index_dir: Path) -> Finding:
    left = [] if is_locked(index_dir) else [*left_overs(index_dir), *unfinished(index_dir)]
    if not left:
        return Finding("left-overs", "No ingest left anything behind.")
    names = ", ".join(path.name for path in left)
    says = f"An ingest that was cut off left {names}."
    return Finding("left-overs", says, f"pinpoint prune --index {index_name(index_dir)}, or the next ingest")


def _in_use(index_dir: Path) -> Finding:
    try:
        serving = serving_generation(index_dir)
    except (NoGeneration, DamagedGeneration) as error:
        return Finding("in use", str(error), rebuild_command(index_dir))
    except IndexUnavailable as error:
        return Finding("in use", str(error), f"pinpoint cluster health {index_name(index_dir)}")
    if serving.notice:
        return Finding("in use", serving.notice, rebuild_command(index_dir))
    facts = generation_facts(serving.folder)
    lacks = incomplete_of(facts)
    says = f"{serving.folder.name} serves, in format {facts['format']}."
    if lacks is None:
        return Finding("in use", says)
    return Finding("in use", f"{says} {lacks.sentence}", "" if is_locked(index_dir) else rebuild_command(index_dir))


def _generations(index_dir: Path) -> Iterator[Finding]:
    """Every file of every generation, read and compared with its digest."""
    named = named_generation(index_dir)
    for folder in newest_first(index_dir):
        try:
            made_for = generation_facts(folder)["format"]
            if made_for != FORMAT_VERSION and folder.name != named:
                says = f"{folder.name} is of format {made_for}, which this version does not read. It can be pruned."
                yield Finding("files", says)
                continue
            check_generation(index_dir, folder.name, thorough=True)
        except DamagedGeneration as error:
            prune = f"pinpoint prune --keep 0 --index {index_name(index_dir)}"
            remedy = rebuild_command(index_dir) if folder.name == named else prune
            yield Finding("files", str(error), remedy)
        else:
            count = len(generation_facts(folder).get("sha256", {}))
            yield Finding("files", f"All {count} files of {folder.name} are as they were written.")


def _rows(folder: Path, index_dir: Path) -> Finding:
    found = database_faults(folder)
    if found:
        return Finding("rows", f"SQLite finds passages.sqlite unsound: {found[0]}.", rebuild_command(index_dir))
    return Finding("rows", "SQLite finds passages.sqlite sound.")


def _counts(folder: Path, index_dir: Path) -> Iterator[Finding]:
    """Rows, vectors and terms are of the same passages."""
    facts = generation_facts(folder)
    passages = count_passages(folder)
    counts = {
        "generation.json": int(facts["passages"]),
        "lexical": load_lexical(folder, "lexical").passages,
        "bigrams": load_lexical(folder, "bigrams").passages,
    }
    if facts.get("vectors", True):
        vectors = load_vectors(folder / "vectors.faiss")
        counts["vectors.faiss"] = len(vectors.scores(np.zeros(int(facts["dim"]), dtype=np.float32)))
    wrong = {name: count for name, count in counts.items() if count != passages}
    for name, count in wrong.items():
        says = f"passages.sqlite holds {passages:,} passages, {name} is of {count:,}."
        yield Finding("counts", says, rebuild_command(index_dir))
    if not wrong:
        compared = "Rows, vectors and terms" if "vectors.faiss" in counts else "Rows and terms"
        yield Finding("counts", f"{compared} are all of {passages:,} passages.")


def _embedder(folder: Path) -> Finding:
    try:
        embedder = generation_embedder(folder)
    except MissingModel as error:
        return Finding("embedder", str(error), "See there; until then only citations can be looked up.")
    return Finding("embedder", f"{embedder.name} is there, with the weights that made the index.")


def _corpus(folder: Path, index_dir: Path) -> Iterator[Finding]:
    """The documents are where they were, and as they were."""
    corpus = corpus_dir(index_dir)
    if corpus is None and address_in(index_dir) is not None:
        yield Finding(
            "corpus", "The documents are on the machine that ingested them, as a rule; they are not looked at."
        )
        return
    if corpus is None or not corpus.is_dir():
        gone = f"The documents were in {corpus}, which is not there."
        says = gone if corpus else "The index does not say where its documents are."
        yield Finding("corpus", says, f"pinpoint ingest FOLDER --index {index_name(index_dir)}, or set CORPUS_DIR")
        return
    stored = {document.file: document.sha256 for document in load_documents(folder).values()}
    known = _listed(folder) | stored.keys()
    problems: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("are no longer there", lambda: [file for file in stored if not (corpus / file).is_file()]),
        ("have changed", lambda: [file for file in stored if _is_other(corpus / file, stored[file])]),
        ("are new", lambda: [file for file in _files(corpus) if file not in known]),
    )
    changed = [(says, files) for says, find in problems if (files := find())]
    for says, files in changed:
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        named = ", ".join(files[:_NAMED])
        yield Finding(
            "corpus", f"Since the last ingest, {len(files)} files {says}: {named}{more}.", rebuild_command(index_dir)
        )
    if not changed:
        yield Finding("corpus", f"The {len(stored)} documents in {corpus} are what was indexed.")


def _listed(folder: Path) -> set[str]:
    """Every file that the ingest spoke of, whether it was indexed or not."""
    intake = json.loads((folder / "intake.json").read_text(encoding="utf-8"))
    return {str(entry["file"]) for entry in intake.get("files", [])}


def _files(corpus: Path) -> list[str]:
    """Files of a corpus, but those that do not belong to it by their name."""
    paths = (path.relative_to(corpus) for path in sorted(corpus.rglob("*")) if path.is_file())
    return [path.as_posix() for path in paths if not any(part[0] in "._" for part in path.parts)]


def _is_other(file: Path, sha256: str) -> bool:
    return file.is_file() and file_sha256(file) != sha256


def _space(folder: Path, index_dir: Path) -> Finding:
    size, free = sum(file.stat().st_size for file in folder.iterdir()), free_space(index_dir)
    says = f"The index in use takes {sized(size)}; {sized(free)} are free beside it."
    if free >= size:
        return Finding("space", says)
    return Finding(
        "space",
        f"{says} The next ingest may not find room.",
        f"Remove files there, or older generations: pinpoint prune --keep 0 --index {index_name(index_dir)}",
    )
