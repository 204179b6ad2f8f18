"""Install Pinpoint from this bundle, without network: ``python3 install.py /opt/pinpoint``.

Needs nothing but the Python that the bundle was made for. It compares every file with SHA256SUMS, makes an environment
in the folder that is named, installs the wheels of the bundle into it by their hashes, and says what to do next.
"""

import argparse
import contextlib
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

BUNDLE = Path(__file__).resolve().parent
SUMS = "SHA256SUMS"
_BLOCK = 2**20


class Refused(Exception):
    """Why nothing was installed, and what to do; for people."""


def main(arguments: list[str] | None = None) -> int:
    """Install; 0 when the new command answered."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="where the environment is made; must not exist or be empty")
    parser.add_argument("--pip", action="store_true", help="install with pip of this Python, not with the uv in here")
    parser.add_argument("--no-compile", action="store_true", help="leave it to the first start to compile the modules")
    asked = parser.parse_args(arguments)
    os.umask(0o022)  # under a stricter one of root, the account of a service could not read what is installed
    try:
        install(asked.folder.absolute(), pip=asked.pip, compiled=not asked.no_compile)
    except Refused as error:
        print(f"Nothing was installed. {error}", file=sys.stderr)
        return 1
    return 0


def install(folder: Path, *, pip: bool = False, compiled: bool = True) -> None:
    """Check, install, try.

    Args:
        folder: Of the new environment.
        pip: Install with pip rather than uv, which takes about twice as long.
        compiled: Compile the modules now. Who starts Pinpoint later may not be allowed to write there.

    Raises:
        Refused: The machine is not what the bundle is for, a file is not what was put in, or the folder is in use.
    """
    begun = time.monotonic()
    facts = json.loads((BUNDLE / "bundle.json").read_text(encoding="utf-8"))
    check_machine(facts)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(f"{folder} is not empty. Name a new folder; an installation is replaced by a new one beside it.")
    count = check_files(BUNDLE)
    print(f"{count} files are as {SUMS} says ({time.monotonic() - begun:.0f} s).", flush=True)
    existed = folder.exists()
    try:
        venv.create(folder, with_pip=pip, symlinks=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            command = _pip(folder) if pip else _uv(folder, Path(scratch))
            command += ["--compile-bytecode" if not pip else "--compile"] if compiled else []
            command += ["--no-compile"] if pip and not compiled else []
            _run([*command, "--no-index", "--no-deps", "--require-hashes", "--find-links", str(BUNDLE / "wheels")])
        said = _run([str(folder / "bin" / "pinpoint"), "--version"])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            folder.mkdir()
        raise
    if facts["version"] not in said:
        raise Refused(f"{folder}/bin/pinpoint says {said!r}, not {facts['version']}.")
    print(f"{said} is installed in {folder} ({time.monotonic() - begun:.0f} s).\n\n{_next(folder)}", flush=True)


def check_machine(facts: dict[str, str]) -> None:
    """Refuse another Python, system, processor or an older C library than the wheels are for."""
    here = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "system": sys.platform,
        "machine": platform.machine(),
    }
    for name, found in here.items():
        if facts[name] != found:
            raise Refused(f"This bundle is for {name} {facts[name]}; here it is {found}. Build one there: make bundle")
    library, version = platform.libc_ver()
    if library != "glibc" or _numbers(version) < _numbers(facts["glibc"]):
        raise Refused(f"The wheels need glibc {facts['glibc']} or newer; here it is {library or 'another'} {version}.")


def check_files(bundle: Path) -> int:
    """Compare all files with SHA256SUMS; how many they are.

    Raises:
        Refused: One is missing, was changed, or is not listed.
    """
    lines = (bundle / SUMS).read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    there = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    there = {name for name in there if name != SUMS and "__pycache__" not in name}
    if strange := sorted(there ^ listed.keys()):
        raise Refused(f"{strange[0]} is {'not in ' + SUMS if strange[0] in there else 'missing'}. Unpack it again.")
    for name, digest in sorted(listed.items()):
        if sha256(bundle / name) != digest:
            raise Refused(f"{name} is not the file that was put in. Copy the bundle again, or ask who made it.")
    return len(listed)


def sha256(file: Path) -> str:
    """The digest of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _uv(folder: Path, scratch: Path) -> list[str]:
    """The installer that comes along, taken out of its wheel; below the new folder, as /tmp may run no programs."""
    (wheel,) = (BUNDLE / "tools").glob("uv-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        program = scratch / "uv"
        program.write_bytes(archive.read(name))
    program.chmod(0o755)
    ours = ["--no-config", "--offline", "--no-python-downloads", "--no-progress", "--quiet"]
    where = [
        "--python",
        str(folder / "bin" / "python"),
        "--cache-dir",
        str(scratch / "cache"),
        "--link-mode",
        "hardlink",
    ]
    return [str(program), "pip", "install", *ours, *where, "-r", str(BUNDLE / "requirements.txt")]


def _pip(folder: Path) -> list[str]:
    ours = ["--quiet", "--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off"]
    return [str(folder / "bin" / "python"), "-m", "pip", "install", *ours, "-r", str(BUNDLE / "requirements.txt")]


def _run(command: list[str]) -> str:
    """What a command printed; none of the settings of the caller reach it."""
    ours = ("PIP_", "UV_", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Refused(f"{Path(command[0]).name} failed:\n{done.stderr.strip()}")
    return done.stdout.strip()


def _numbers(version: str) -> tuple[int, ...]:
    with contextlib.suppress(ValueError):
        return tuple(int(part) for part in version.split("."))
    return ()


def _next(folder: Path) -> str:
    command = folder / "bin" / "pinpoint"
    return (
        f"Next:\n  {command} app                 reads the starter corpus and opens it in the browser\n"
        f"  {command} ingest FOLDER       reads your documents\n"
        f"  {command} ask 'QUESTION'      answers in the terminal\n"
        f"A server: {BUNDLE / 'deployment'} has units of systemd and a Containerfile; README.md says how."
    )


if __name__ == "__main__":
    sys.exit(main())
