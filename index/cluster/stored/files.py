"""The files of a generation, put into the cluster by who writes and fetched from it by who reads.

What is fetched is trusted for its digests alone: the facts of the rows state that of ``generation.json``, which states
those of the other files. A fetch goes on where it was cut off, since every chunk that is on the disk is known by its
digest; the folder gets its name when all is there.
"""

import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from index.cluster.mapping import files_index, is_generation_name
from index.cluster.stored import chunks
from index.cluster.stored.chunks import StoredFile
from index.cluster.stored.generations import generation_in
from index.cluster.stored.rows.loading import BUSY, CREATED, THERE, reason, send
from index.generations.disk_space import check_space, writable
from index.generations.lease import FACTS
from index.generations.read import generation_facts
from pinpoint.errors import ClusterRefused, ClusterUnavailable, DamagedGeneration, GenerationGone
from pinpoint.files import file_sha256, settle, settle_names

if TYPE_CHECKING:
    from index.cluster.connection import Connection

FETCHING = ".fetching-"
"""Begins the name of the folder into which a generation is fetched."""
LOCK = ".fetch.lock"
"""One fetch at a time goes into the folder of an index, and none is removed while one goes on."""
_THREADS = 4
"""Chunks fetched at once: more are no faster from three nodes on one machine. Set by hand; not measured."""
_TRIES = 3
"""Times that a chunk is asked for whose bytes are not those of its digest: another copy may be intact."""
_ROUNDS = 8
"""Times that chunks are sent which a busy cluster did not take."""

Progress = Callable[[int, int], None]
"""Called with (bytes done, bytes in all)."""


def put_files(connection: "Connection", name: str, folder: Path, progress: Progress, *, replicas: int = 1) -> None:
    """Have the files of a generation in the cluster; those that are there already are not sent again.

    Raises:
        ClusterUnavailable: The cluster does not take them.
        ClusterRefused: The cluster refuses them.
    """
    facts, digest = generation_facts(folder), file_sha256(folder / FACTS)
    files, index = chunks.listed(folder, facts, digest), files_index(name, folder.name)
    try:
        connection.put(f"/{index}", chunks.index_body(replicas))
    except ClusterRefused as error:
        if error.kind != "resource_already_exists_exception":
            raise
    sizes = {chunks.chunk_id(file.name, number): _size(file, number) for file, number in _numbered(files)}
    total, done, written = sum(sizes.values()), set[str](), 0
    for _ in range(_ROUNDS):
        waiting = (one for one in chunks.actions(folder, files) if one[0]["create"]["_id"] not in done)
        for status, said in send(connection, index, waiting):
            if status in (CREATED, THERE):
                done.add(str(said["_id"]))
                written += sizes[str(said["_id"])]
                progress(written, total)
            elif status not in BUSY:
                message = f"The cluster refuses {said['_id']} of {index}: {reason(said)}"
                raise ClusterRefused(message, status=status)
        if len(done) == len(sizes):
            break
    else:
        raise ClusterUnavailable(f"{len(sizes) - len(done)} chunks of {index} were not taken. Ingest again.")
    connection.put(f"/{index}/_doc/{chunks.LIST}", chunks.written_list(files))
    connection.post(f"/{index}/_refresh")


def fetch_files(connection: "Connection", name: str, generation: str, index_dir: Path, progress: Progress) -> Path:
    """Have a generation of the cluster in a folder of the index on this machine.

    Args:
        connection: To the cluster.
        name: Of the index.
        generation: Name of the generation.
        index_dir: Folder of the index on this machine.
        progress: Called with (bytes done, bytes in all).

    Returns:
        The folder of the generation, every file of which has the digest that the cluster states.

    Raises:
        GenerationGone: It is not in the cluster.
        DamagedGeneration: The cluster has other bytes than those of the digests.
        IndexNotWritable: There is no room for it.
    """
    if not is_generation_name(generation):
        raise DamagedGeneration(f"{generation[:80]!r} is no name of a generation.")
    folder, draft = index_dir / generation, index_dir / f"{FETCHING}{generation}"
    with writable(index_dir), FileLock(index_dir / LOCK):
        if (folder / FACTS).is_file():  # another process has fetched it meanwhile
            return folder
        draft.mkdir(exist_ok=True)
        _Fetch(connection, name, generation, draft, progress).run()
        settle(draft)
        draft.rename(folder)
        settle_names(index_dir)
    return folder


def list_of_files(connection: "Connection", name: str, generation: str) -> list[StoredFile]:
    """The files of a generation that the cluster lists.

    Raises:
        GenerationGone: They are not in the cluster.
        DamagedGeneration: The list is not what was written.
    """
    return chunks.read_list(_document(connection, files_index(name, generation), chunks.LIST))


class _Fetch:
    """One fetch into a folder that is not in use yet."""

    def __init__(self, connection: "Connection", name: str, generation: str, draft: Path, progress: Progress) -> None:
        self._connection, self._name, self._generation = connection, name, generation
        self._index, self._draft, self._progress = files_index(name, generation), draft, progress
        self._lock, self._done, self._total = threading.Lock(), 0, 0

    def run(self) -> None:
        """Fetch what is not there, and check all of it."""
        files = {file.name: file for file in list_of_files(self._connection, self._name, self._generation)}
        rows = generation_in(self._connection, self._name, self._generation)
        if rows is None:
            raise GenerationGone(f"{self._generation} is no longer in the cluster. Open the index again.")
        facts_file = files.get(FACTS)
        if facts_file is None or facts_file.sha256 != rows.sha256:
            raise self._damaged(FACTS)
        self._get([facts_file])
        facts = generation_facts(self._draft)
        stated = {name: (facts["sha256"].get(name), size) for name, size in facts["sizes"].items()}
        listed = {file.name: (file.sha256, file.size) for file in files.values() if file.name != FACTS}
        if stated != listed:
            raise self._damaged("list of files")
        for stray in self._draft.iterdir():
            if stray.name not in files:
                stray.unlink()
        self._get(list(files.values()))

    def _get(self, files: list[StoredFile]) -> None:
        for file in files:
            target = self._draft / file.name
            target.touch()
            if target.stat().st_size > file.size:
                os.truncate(target, file.size)
        absent = [(file, number) for file, number in _numbered(files) if not self._is_there(file, number)]
        needed = sum(_size(file, number) for file, number in absent)
        check_space(self._draft, needed)
        self._total = sum(file.size for file in files)
        self._done = self._total - needed
        with ThreadPoolExecutor(_THREADS) as threads:
            try:
                for _ in threads.map(lambda one: self._get_chunk(*one), absent):
                    self._progress(self._done, self._total)
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise
        for file in files:
            if file_sha256(self._draft / file.name) != file.sha256:
                (self._draft / file.name).unlink()
                raise self._damaged(file.name)

    def _is_there(self, file: StoredFile, number: int) -> bool:
        begins, ends = file.span(number)
        with (self._draft / file.name).open("rb") as stream:
            stream.seek(begins)
            return chunks.is_chunk(stream.read(ends - begins), _size(file, number), file.chunks[number])

    def _get_chunk(self, file: StoredFile, number: int) -> None:
        size, digest = _size(file, number), file.chunks[number]
        for _ in range(_TRIES):
            found = _document(self._connection, self._index, chunks.chunk_id(file.name, number))
            chunk = chunks.opened(found, size, digest)
            if chunk is not None:
                break
        else:
            raise self._damaged(f"{file.name}, chunk {number}")
        with (self._draft / file.name).open("rb+") as stream:
            stream.seek(file.span(number)[0])
            stream.write(chunk)
        with self._lock:
            self._done += size

    def _damaged(self, what: str) -> DamagedGeneration:
        return DamagedGeneration(
            f"{what} of {self._generation} in the cluster is not what was written: its sha256 has changed. Ingest the "
            "corpus again, or go back to another generation (pinpoint generations, pinpoint use)."
        )


def remove_fetches(index_dir: Path) -> None:
    """Remove what is left of fetches that were cut off, unless one goes on."""
    try:
        with FileLock(index_dir / LOCK).acquire(timeout=0):
            for left in index_dir.glob(f"{FETCHING}*"):
                shutil.rmtree(left, ignore_errors=True)
    except (Timeout, OSError):  # OSError: a folder that cannot be written to
        return


def _document(connection: "Connection", index: str, document: str) -> dict[str, Any]:
    try:
        source: dict[str, Any] = connection.get(f"/{index}/_doc/{document}")["_source"]
    except ClusterRefused as error:
        if error.status == HTTPStatus.NOT_FOUND:
            raise GenerationGone(f"{document} of {index} is not in the cluster. Open the index again.") from error
        raise
    return source


def _numbered(files: list[StoredFile]) -> list[tuple[StoredFile, int]]:
    return [(file, number) for file in files for number in range(len(file.chunks))]


def _size(file: StoredFile, number: int) -> int:
    begins, ends = file.span(number)
    return ends - begins
