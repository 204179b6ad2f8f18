"""Another commit of this repository, laid out in a folder."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import click

from benchmarks.ingesting.running import HERE


def lay_out(commit: str, folder: Path) -> Path:
    """Write the files of a commit to a folder, without touching the checkout.

    Raises:
        click.ClickException: The repository has no such commit, or this is no checkout.
    """
    done = subprocess.run(["git", "archive", commit], cwd=HERE, capture_output=True, check=False)  # noqa: S603, S607
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise click.ClickException(f"The files of commit {commit} cannot be had ({said}). Name one that git log shows.")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder
