"""The wheels of the bundle: fetched by their hashes, built where there are none, and our own."""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from packaging.utils import canonicalize_name, parse_sdist_filename, parse_wheel_filename

from deployment.bundle.install import sha256
from deployment.bundle.packages import ROOT, SOURCE_ONLY, Pinned

_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
_NOT_OURS = ("tests/", "docs/", "benchmarks/", "deployment/", "findings/")
"""What no part of the wheel is made of."""


def fetch(entries: Sequence[Pinned], folder: Path) -> list[Path]:
    """Files with exactly these hashes; pip is asked only for those that are not in the folder yet.

    Args:
        entries: What is wanted.
        folder: Of everything that was fetched before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = _by_digest(entries, folder)
    missing = [entry for entry in entries if entry.digest not in there]
    for binary in (True, False):
        asked = [entry for entry in missing if (entry.name not in SOURCE_ONLY) is binary]
        if not asked:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            listed = Path(scratch, "requirements.txt")
            listed.write_text("".join(entry.line() for entry in asked), encoding="utf-8")
            run([*_PIP, "download", *_form(binary), "--require-hashes", "-r", str(listed), "-d", str(folder)])
    there |= _by_digest(missing, folder)
    return [there[entry.digest] for entry in entries]


def fetch_first(versions: dict[str, str], folder: Path) -> list[Pinned]:
    """Fetch packages whose hashes are not known yet, for a lock file; their hashes are believed.

    Args:
        versions: By name.
        folder: Where the files are put.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for binary in (True, False):
        asked = [f"{name}=={version}" for name, version in versions.items() if (name not in SOURCE_ONLY) is binary]
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            if asked:
                run([*_PIP, "download", *_form(binary), "-d", scratch, *asked])
            for file in sorted(Path(scratch).iterdir()):
                kind = parse_wheel_filename if binary else parse_sdist_filename
                stated = kind(file.name)
                found.append(Pinned(name=stated[0], version=str(stated[1]), digest=sha256(file)))
                file.replace(folder / file.name)
    return found


def as_wheels(files: Iterable[Path], folder: Path, epoch: int) -> list[Path]:
    """The wheels among the files, and wheels built of the sources among them.

    Args:
        files: What was fetched.
        folder: Where wheels are built.
        epoch: Time that goes into them.
    """
    made = []
    for file in files:
        if file.suffix == ".whl":
            made.append(file)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            isolated = ("--no-index", "--no-deps", "--no-build-isolation", "--no-cache-dir")
            run([*_PIP, "wheel", *isolated, "-w", scratch, str(file)], SOURCE_DATE_EPOCH=str(epoch))
            (wheel,) = Path(scratch).iterdir()
            folder.mkdir(parents=True, exist_ok=True)
            made.append(folder / wheel.name)
            made[-1].write_bytes(wheel.read_bytes())
    return made


def own_wheel(folder: Path, epoch: int) -> Path:
    """Build our wheel of a copy of what belongs to the project, so that nothing old goes in.

    Args:
        folder: Where it is put.
        epoch: Time that goes into it.
    """
    listed = run(["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"])
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch, "source"), Path(scratch, "out")
        for name in listed.splitlines():
            if not name.startswith(_NOT_OURS) and (ROOT / name).is_file():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_bytes((ROOT / name).read_bytes())
                (source / name).chmod(0o644)
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(source)]
        run(command, SOURCE_DATE_EPOCH=str(epoch))
        (wheel,) = out.glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        made = folder / wheel.name
        made.write_bytes(wheel.read_bytes())
    return made


def said(wheel: Path) -> Message:
    """What a wheel says of itself: the headers of its METADATA."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.count("/") == 1 and name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def pinned_wheel(wheel: Path) -> Pinned:
    """Name, version and hash of a wheel."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return Pinned(name=canonicalize_name(name), version=str(version), digest=sha256(wheel))


def least_glibc(wheels: Iterable[Path]) -> str:
    """The oldest C library that all the wheels run with, as their names say."""
    least = (2, 17)
    for wheel in wheels:
        tags = [tag.platform.split("_") for tag in parse_wheel_filename(wheel.name)[3]]
        asked = [(int(parts[1]), int(parts[2])) for parts in tags if parts[0] == "manylinux"]
        least = max(least, min(asked, default=least))
    return ".".join(map(str, least))


def run(command: Sequence[str], **variables: str) -> str:
    """What a command prints.

    Raises:
        RuntimeError: It failed; with what it said.
    """
    done = subprocess.run(  # noqa: S603 - our own commands
        command,
        env=os.environ | variables,
        umask=0o022,  # modes of files go into what is built
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{' '.join(command[:6])} … failed:\n{done.stdout}{done.stderr}"
        raise RuntimeError(message)
    return done.stdout


def _form(binary: bool) -> list[str]:  # noqa: FBT001 - one of two forms
    return ["--no-deps", *(["--only-binary", ":all:"] if binary else ["--no-binary", ":all:", "--no-build-isolation"])]


def _by_digest(entries: Iterable[Pinned], folder: Path) -> dict[str, Path]:
    """Files of the folder by their sha256, among those whose names are of these packages."""
    names = {entry.name for entry in entries}
    files = [file for file in sorted(folder.iterdir()) if canonicalize_name(file.name.partition("-")[0]) in names]
    return {sha256(file): file for file in files}
