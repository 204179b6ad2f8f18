"""One file of a folder: the same bytes for the same content, whoever packs it, where and when."""

import os
import subprocess
import tarfile
from pathlib import Path

from deployment.bundle.install import SUMS, sha256
from deployment.bundle.packages import ROOT

_PROGRAMS = {"install.py"}


def write_sums(folder: Path) -> int:
    """Write SHA256SUMS over all other files, in the form that ``sha256sum -c`` reads; how many they are."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    files = [name for name in files if name != SUMS]
    (folder / SUMS).write_text("".join(f"{sha256(folder / name)}  {name}\n" for name in files), encoding="utf-8")
    return len(files)


def write_tar(folder: Path, file: Path, epoch: int) -> None:
    """Pack a folder: by name, with one time, one owner and two modes. Wheels are compressed already."""
    with tarfile.open(file, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in (folder, *sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())):
            entry = archive.gettarinfo(path, path.relative_to(folder.parent).as_posix())
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = epoch
            entry.mode = 0o755 if path.is_dir() or path.name in _PROGRAMS else 0o644
            if entry.islnk():  # a file that is hard-linked twice is written twice
                entry.type, entry.linkname, entry.size = tarfile.REGTYPE, "", path.stat().st_size
            if path.is_file():
                with path.open("rb") as stream:
                    archive.addfile(entry, stream)
            else:
                archive.addfile(entry)


def source_epoch() -> int:
    """Seconds of SOURCE_DATE_EPOCH; of the last commit where that is not set."""
    if stated := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(stated)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)  # noqa: S603
