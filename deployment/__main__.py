"""``python -m deployment``: build the offline bundle, and write down what it is made of."""

import time
from pathlib import Path

import click

from deployment.bundle.archive import source_epoch
from deployment.bundle.build import build_bundle
from deployment.bundle.packages import LOCK, ROOT, TOOLS, TOOLS_LOCK, TORCH_LOCK, versions, wanted, write_lock
from deployment.bundle.wheels import fetch_first

_WORK = ROOT / "build" / "bundle"


@click.group()
def main() -> None:
    """Bring Pinpoint onto other machines."""


@main.command()
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=ROOT / "dist", show_default=True)
@click.option("--torch", is_flag=True, help="Put torch and sentence-transformers in, for a model of one's own.")
def bundle(into: Path, *, torch: bool) -> None:
    """Build one file that installs Pinpoint without network."""
    begun = time.monotonic()
    made = build_bundle(into, _WORK, source_epoch(), torch=torch)
    size = made.file.stat().st_size / 1_000_000
    click.echo(f"{made.file}: {size:,.0f} MB, {made.components} components, {time.monotonic() - begun:.0f} s")
    click.echo(f"sha256 {made.digest}; tell it on another way than the file.")


@main.command()
def lock() -> None:
    """Fetch the pinned versions once and write their hashes into requirements/bundle*.txt."""
    lean, heavy = wanted()
    for file, names, reason in (
        (LOCK, lean, "What the offline bundle holds."),
        (TORCH_LOCK, heavy, "What `make bundle TORCH=1` adds: torch as PyPI has it, and sentence-transformers."),
        (TOOLS_LOCK, set(TOOLS), "What installs the offline bundle."),
    ):
        found = fetch_first(versions(names), _WORK / "fetched")
        write_lock(file, found, reason)
        click.echo(f"{file}: {len(found)} packages")


if __name__ == "__main__":
    main()
