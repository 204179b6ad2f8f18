"""``python -m benchmarks.journeys --index DIR --corpus DIR``: the five journeys of the users, by keyboard, timed."""

import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from benchmarks.app import ARGS, CHROMIUM, ROOT, served
from benchmarks.drafts.making.truth import Truth
from benchmarks.journeys.hand import WINDOW, Hand, JourneyFailed
from benchmarks.journeys.memo import made_memo
from benchmarks.journeys.report import Journey, markdown
from benchmarks.journeys.walks import Walk, asked, walks
from benchmarks.measuring import hand_over, into_option, json_option, machine
from index.documents.store import DocumentStore
from index.generations.read import current_generation
from pinpoint.commands import index_option

_LONGEST = 60_000
"""Milliseconds that anything may take. Set by hand; not measured."""


@click.command()
@index_option
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), help="Folder of the documents.")
@click.option("--rounds", default=3, show_default=True, help="How often each journey is made.")
@into_option
@json_option
def main(index_dir: Path, corpus: Path | None, rounds: int, into: Path | None, *, as_json: bool) -> None:
    """Time the five journeys of the users in Chromium; exit code 1 when one fails."""
    about = f"{machine()}; commit {_commit()}; {index_dir.name}, {current_generation(index_dir).name}"
    memo = made_memo(Truth(DocumentStore(current_generation(index_dir))), date.today())
    journeys = {name: Journey(name) for name in walks(memo)}
    if corpus:
        os.environ["CORPUS_DIR"] = str(corpus.resolve())
    with served(index_dir) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        _once(browser, address, asked, Journey("warm-up"))
        for number in range(rounds):
            for name, walk in walks(memo).items():
                _once(browser, address, walk, journeys[name])
                told = journeys[name].failures[-1:] or [f"{journeys[name].seconds[-1]:.1f} s"]
                click.echo(f"{number + 1}. {name}: {told[0]}", err=True)
        about += f"; Chromium {browser.version}; load {os.getloadavg()[0]:.1f} at the end"
        browser.close()
    found = list(journeys.values())
    measured = {"machine": about, "journeys": {one.name: one.seconds for one in found}}
    hand_over("The journeys of the users", measured, markdown(found), into=into, as_json=as_json)
    if any(one.failures for one in found):
        raise SystemExit(1)


def _once(browser: Browser, address: str, walk: Walk, journey: Journey) -> None:
    """Make a journey in a fresh tab, and note what it took or where it failed."""
    context = browser.new_context(
        bypass_csp=True,
        viewport={"width": WINDOW[0], "height": WINDOW[1]},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(_LONGEST)
    folder = Path(tempfile.mkdtemp(prefix="journey-"))
    hand = Hand(page, folder)
    try:
        journey.seen = walk(hand, address)
        journey.rounds.append(tuple(hand.steps))
        journey.clicks = hand.clicks
    except JourneyFailed as failure:
        journey.failures.append(str(failure))
    finally:
        context.close()
        shutil.rmtree(folder, ignore_errors=True)


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
