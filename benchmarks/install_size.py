"""What an installation brings: the packages that the app and the commands need, and how large they are here."""

import json
import tomllib
from importlib import metadata
from pathlib import Path

import click

from benchmarks.licences import reached

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
_SHOWN = 12
_MEGABYTE = 1_000_000


def sizes() -> dict[str, int]:
    """Bytes of each installed package that Pinpoint needs to run, the largest first."""
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
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
    for name, size_of in [*found.items()][:_SHOWN]:
        click.echo(f"{size_of / _MEGABYTE:8,.0f} MB  {name}")
    click.echo(f"{sum(found.values()) / _MEGABYTE:8,.0f} MB  in {len(found)} packages, of which these are the largest")
