"""``python -m benchmarks axe``: the tests of the pages in a browser, and what they found as a file."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from benchmarks.barriers.results import INTO, summed_up

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("tests/ui/test_accessibility.py", "tests/ui/pages/test_check_in_browser.py")


@click.command()
@click.option("--into", type=click.Path(path_type=Path), required=True, help="File to write.")
def axe(into: Path) -> None:
    """Open every page in every state, run axe-core and the measures, and write what they found."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "lines.jsonl"
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *TESTS],
            cwd=ROOT,
            env={**os.environ, INTO: str(lines)},
            check=False,
        )
        found = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()] if lines.exists() else []
    if not found:
        raise click.ClickException("No page was opened: is chromium installed, and playwright?")
    results = {
        "command": "python -m benchmarks axe --into axe-results.json",
        "date": date.today().isoformat(),
        "tests": "passed" if ended.returncode == 0 else "failed",
        **summed_up(found),
    }
    into.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{results['pages']} pages, {len(results['rules'])} rules; the tests {results['tests']}.")
