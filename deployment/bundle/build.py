"""Build the offline bundle: a folder that installs itself, then one file of it."""

import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from deployment.bundle.archive import write_sums, write_tar
from deployment.bundle.install import sha256
from deployment.bundle.licences import licences, table, write_texts
from deployment.bundle.packages import EXTRAS, LOCK, ROOT, TOOLS_LOCK, TORCH_LOCK, read_lock
from deployment.bundle.sbom import write_sbom
from deployment.bundle.wheels import as_wheels, fetch, least_glibc, own_wheel, pinned_wheel, run

_HERE = Path(__file__).resolve().parent
_CARRIED = ("Containerfile", "systemd")
"""What else of deployment/ somebody needs who sets up a server."""
_LEFT_OUT = {
    False: "torch and sentence-transformers, with what only they bring (see README.md)",
    True: "nothing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle that was built.

    Attributes:
        file: The archive.
        digest: Its sha256, which is to be told on another way than the file itself.
        components: How many the bill of materials has.
    """

    file: Path
    digest: str
    components: int


def build_bundle(into: Path, work: Path, epoch: int, *, torch: bool = False) -> Bundle:
    """Fetch what is pinned and build the bundle.

    Args:
        into: Folder of the finished file.
        work: Folder for what is fetched and built; what is there already is not fetched again.
        epoch: Time of everything in the bundle.
        torch: Put torch and sentence-transformers in as well.
    """
    locks = [LOCK, *([TORCH_LOCK] if torch else [])]
    fetched = fetch([entry for lock in locks for entry in read_lock(lock)], work / "fetched")
    wheels = as_wheels(fetched, work / "built", epoch)
    return assemble(
        own=own_wheel(work / "built", epoch),
        wheels=wheels,
        tools=fetch(read_lock(TOOLS_LOCK), work / "fetched"),
        into=into,
        epoch=epoch,
        torch=torch,
    )


def assemble(
    *, own: Path, wheels: Sequence[Path], tools: Sequence[Path], into: Path, epoch: int, torch: bool = False
) -> Bundle:
    """Put wheels into a bundle, and install it once: what does not install is not packed.

    Args:
        own: The wheel of Pinpoint.
        wheels: All that it needs.
        tools: Wheels of what installs them.
        into: Folder of the finished file.
        epoch: Time of everything in the bundle.
        torch: Whether torch is among the wheels.
    """
    every = sorted([own, *wheels], key=lambda wheel: wheel.name)
    version = pinned_wheel(own).version
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = (
        f"pinpoint-{version}-{'torch-' if torch else ''}cp{python.replace('.', '')}-{sys.platform}-{platform.machine()}"
    )
    facts = {
        "version": version,
        "python": python,
        "system": sys.platform,
        "machine": platform.machine(),
        "glibc": least_glibc(every),
        "extras": ", ".join(EXTRAS),
        "left_out": _LEFT_OUT[torch],
        "name": name,
    }
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        folder = Path(scratch, name)
        _lay_out(folder, every, tools, facts)
        environment = Path(scratch, "environment")
        write_sums(folder)
        run([sys.executable, "-B", str(folder / "install.py"), "--no-compile", str(environment)])
        components = write_sbom(folder / "sbom.cdx.json", environment, every, tools, epoch)
        shutil.rmtree(environment)
        write_sums(folder)
        file = into / f"{name}.tar"
        write_tar(folder, file, epoch)
    digest = sha256(file)
    (into / f"{name}.tar.sha256").write_text(f"{digest}  {file.name}\n", encoding="utf-8")
    return Bundle(file=file, digest=digest, components=components)


def _lay_out(folder: Path, wheels: Sequence[Path], tools: Sequence[Path], facts: dict[str, str]) -> None:
    for name, files in (("wheels", wheels), ("tools", tools)):
        (folder / name).mkdir(parents=True)
        for wheel in files:
            _link(wheel, folder / name / wheel.name)
    (folder / "requirements.txt").write_text("".join(pinned_wheel(wheel).line() for wheel in wheels), encoding="utf-8")
    (folder / "bundle.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (folder / "install.py").write_bytes((_HERE / "install.py").read_bytes())
    (folder / "README.md").write_text(
        Template((_HERE / "README.md").read_text(encoding="utf-8")).substitute(facts), encoding="utf-8"
    )
    (folder / "LICENSE").write_bytes((ROOT / "LICENSE").read_bytes())
    (folder / "licences.md").write_text(table(licences([*wheels, *tools])), encoding="utf-8")
    write_texts([*wheels, *tools], folder / "licences")
    for name in _CARRIED:
        source = ROOT / "deployment" / name
        files = [source] if source.is_file() else sorted(path for path in source.rglob("*") if path.is_file())
        for file in files:
            target = folder / "deployment" / file.relative_to(ROOT / "deployment")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())


def _link(file: Path, target: Path) -> None:
    """Hard-link where the disk allows it, as wheels are large."""
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, target)
