"""What stands in a corpus folder at one moment, by names, sizes and times.

Two snapshots are compared, and what the system reports of changes only says when to look: it reports a growing file
many times, a folder that is moved in once and none of its files, and nothing at all when the folder itself goes away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus.files import files_below

_NO_DOCUMENTS = frozenset({"editor-notes.toml"})
"""Files of the folder that the app writes and that no ingest reads."""
State = tuple[int, int, int]
"""Size, time of the content and time of the entry in ns; the last also changes with the rights and the name."""
_GONE: State = (-1, -1, -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A folder at one moment.

    Attributes:
        root: Device and number of the folder itself: another folder may take its name.
        files: State of each file, by its path.
    """

    root: tuple[int, int]
    files: tuple[tuple[str, State], ...]

    def same_files(self, other: "Snapshot | None") -> bool:
        """Tell whether the files are those of another snapshot, in whichever folder of that name."""
        return other is not None and self.files == other.files


def take_snapshot(corpus: Path, *, manifest: Path | None = None, besides: Sequence[Path] = ()) -> Snapshot | None:
    """Look at a folder; None where it is not there.

    Args:
        corpus: The folder.
        manifest: A manifest elsewhere by which it is read.
        besides: Folders within it that are not looked at, such as that of the index; their links resolved.
    """
    try:
        root = corpus.stat()
        found = sorted((str(path), _state(path)) for path in _read_files(corpus, besides))
    except OSError:
        return None
    if not corpus.is_dir():
        return None
    if manifest is not None:
        found.append((str(manifest), _state(manifest)))
    return Snapshot(root=(root.st_dev, root.st_ino), files=tuple(found))


def _read_files(corpus: Path, besides: Sequence[Path]) -> Iterator[Path]:
    for path in files_below(corpus.resolve(), besides=besides):
        if path.name not in _NO_DOCUMENTS:
            yield path


def _state(path: Path) -> State:
    """The state of a file, of what a link leads to; that of the link where it leads nowhere."""
    for follow in (True, False):
        try:
            state = path.stat(follow_symlinks=follow)
        except OSError:
            continue
        return state.st_size, state.st_mtime_ns, state.st_ctime_ns
    return _GONE
