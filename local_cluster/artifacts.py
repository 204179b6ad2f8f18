"""The parts of OpenSearch that a node is started from: fetched once by Maven, held to their digests each time."""

import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from local_cluster.tools import tool
from pinpoint.errors import ClusterNotStarted
from pinpoint.files import file_sha256
from pinpoint.settings import environment

PACKAGED = Path(__file__).parent / "opensearch"
"""Folder of what comes along: the list of parts, their digests, the program of a node."""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies"
_SHOWN = 1500
"""Characters of what Maven says that an error shows, from its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifacts:
    """What the nodes are made of.

    Attributes:
        folder: Of the files.
        digests: SHA-256 of each file, in hexadecimal digits, by its path in ``folder``. An archive ``name.zip`` is
            followed by files of the folder ``name/`` that come out of it.
    """

    folder: Path
    digests: dict[str, str]

    @property
    def class_path(self) -> tuple[Path, ...]:
        """All Java archives, in the order of the list."""
        return tuple(self.folder / name for name in self.digests if name.endswith(".jar"))

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that were not fetched yet."""
        return tuple(name for name in self.digests if not (self.folder / name).is_file())


def read_digests(text: str) -> dict[str, str]:
    """Digests by paths, from lines as the command ``sha256sum`` writes them."""
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name: digest for digest, name in lines}


def default_folder(packaged: Path = PACKAGED) -> Path:
    """A folder of the user's cache whose name changes with the list, so that no version finds the files of another."""
    listed = (packaged / "artifacts.sha256").read_bytes()
    home = environment().get("XDG_CACHE_HOME", "") or "~/.cache"
    return Path(home).expanduser() / "pinpoint" / f"opensearch-{sha256(listed).hexdigest()[:12]}"


def ready(folder: Path | None = None, packaged: Path = PACKAGED) -> Artifacts:
    """The parts of OpenSearch, all there and all with the digests of the list.

    Maven is asked only for what is not there. Where two ask at once both fetch; a file gets its name when it is whole.

    Args:
        folder: Where they are, or will be; ``default_folder`` when not given.
        packaged: Folder with the list of parts and with their digests.

    Raises:
        ClusterNotStarted: Maven is not installed or cannot fetch them, or a file is not the one of the list.
    """
    found = listed(folder, packaged)
    if found.missing:
        _fetch(found, packaged / "pom.xml")
    for name, digest in found.digests.items():
        check(found.folder / name, digest)
    return found


def listed(folder: Path | None = None, packaged: Path = PACKAGED) -> Artifacts:
    """The parts of OpenSearch, whether they are there or not; see ``ready``."""
    digests = read_digests((packaged / "artifacts.sha256").read_text(encoding="utf-8"))
    return Artifacts(folder=(folder or default_folder(packaged)).absolute(), digests=digests)


def check(file: Path, digest: str) -> None:
    """See that a file is the one of the list.

    Raises:
        ClusterNotStarted: It is another one; the message names both digests and what to do.
    """
    there = file_sha256(file)
    if there != digest:
        message = (
            f"{file} is not the file that Pinpoint was tried with: its SHA-256 is {there}, and {digest} was expected. "
            "It was damaged or replaced on its way. Remove it there and in the folder .m2 of your home, and try again."
        )
        raise ClusterNotStarted(message)


def _fetch(artifacts: Artifacts, pom: Path) -> None:
    maven = tool("mvn")
    artifacts.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=artifacts.folder) as drafts:
        command = [str(maven), "--batch-mode", "--quiet", "--file", str(pom), _COPY, f"-DoutputDirectory={drafts}"]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if ran.returncode:
            said = (ran.stdout + ran.stderr).strip()[-_SHOWN:]
            message = f"Maven could not fetch the parts of OpenSearch. It needs the internet once. It says:\n{said}"
            raise ClusterNotStarted(message)
        _take(artifacts, Path(drafts))


def _take(artifacts: Artifacts, drafts: Path) -> None:
    """Check what was fetched, take archives apart, and give each file that is not there yet its name."""
    for name, digest in artifacts.digests.items():
        if name.endswith(".zip") and (drafts / name).is_file():
            check(drafts / name, digest)
            _unpack(drafts / name, set(artifacts.digests))
    for name, digest in artifacts.digests.items():
        fetched, file = drafts / name, artifacts.folder / name
        if not fetched.is_file():
            message = f"Maven fetched no {name}, which the nodes need. Remove .m2 in your home and try again."
            raise ClusterNotStarted(message)
        check(fetched, digest)
        file.parent.mkdir(exist_ok=True)
        if not file.is_file():
            fetched.replace(file)


def _unpack(archive: Path, listed: set[str]) -> None:
    folder = archive.with_suffix("")
    folder.mkdir()
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if f"{folder.name}/{name}" in listed:  # nothing that the list does not name, and so no path out of here
                with opened.open(name) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
