"""Times from nothing to the first answer: commands and the app, each in a process of its own."""

import subprocess
import sys
import time
from pathlib import Path

import click

from benchmarks.measuring import SPREAD_HEADS, Spread, hand_over, into_option, json_option, machine, table, timed
from pinpoint.commands import index_option

CITATION, QUESTION = "8 CFR 214.202(c)", "What is the annual cap on T visas?"
HEAVY = (
    "streamlit",
    "torch",
    "sentence_transformers",
    "transformers",
    "faiss",
    "scipy",
    "onnxruntime",
    "nupunkt",
    "rank_bm25",
    "pandas",
)
_LOADED = (
    "import runpy, sys; sys.argv = [{package!r}, {asked!r}, '--index', {index!r}]\n"
    "try: runpy.run_module({package!r}, run_name='__main__')\n"
    "except SystemExit: pass\n"
    "print('LOADED', *sorted({{name.partition('.')[0] for name in sys.modules}} & set({heavy!r})))"
)


@click.command()
@index_option
@click.option("--rounds", default=5, show_default=True, help="Starts of each command.")
@click.option("--app/--no-app", default=True, help="Also start the app and ask it in Chromium.")
@into_option
@json_option
def start(index_dir: Path, rounds: int, *, app: bool, into: Path | None, as_json: bool) -> None:
    """Times of starting from nothing: a citation, a search, an answer, the app."""
    about = machine()
    where = ["--index", str(index_dir)]
    steps = {
        "Python alone": _runs(["-c", "pass"], rounds),
        "import pinpoint": _runs(["-c", "import pinpoint"], rounds),
        "pinpoint search, a citation": _runs(["-m", "pinpoint", "search", CITATION, *where], rounds),
        "python -m index, a citation": _runs(["-m", "index", CITATION, *where], rounds),
        "python -m index, a question": _runs(["-m", "index", QUESTION, *where], rounds),
        "python -m answer, a citation": _runs(["-m", "answer", CITATION, *where], rounds),
        "python -m answer, a question": _runs(["-m", "answer", QUESTION, *where], rounds),
    }
    if app:
        steps["the app, until its first answer"] = Spread.of(_app_start(index_dir) for _ in range(max(2, rounds // 2)))
    loaded = sorted({name for package in ("index", "answer") for name in heavy_modules(index_dir, package)})
    rows = [(name, *spread.row) for name, spread in steps.items()]
    text = table(("from nothing to", *SPREAD_HEADS), rows) + (
        f"\nOf {', '.join(HEAVY)} "
        f"a look-up of a citation, by `python -m index` or `python -m answer`, imports {', '.join(loaded) or 'none'}.\n"
    )
    measured = {"machine": about, "index": index_dir.name, "steps": steps, "imported": loaded}
    hand_over("Times of starting", measured, text, into=into, as_json=as_json)


def heavy_modules(index_dir: Path, package: str, asked: str = CITATION) -> list[str]:
    """Which of the heavy packages ``python -m index`` or ``answer`` imports for a citation or a question."""
    code = _LOADED.format(package=package, asked=asked, index=str(index_dir), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.rpartition("LOADED")[2].split()


def _runs(arguments: list[str], rounds: int) -> Spread:
    def run() -> None:
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)

    run()
    return Spread.of(timed(run) for _ in range(max(2, rounds)))


def _app_start(index_dir: Path) -> float:
    """Milliseconds from the start of the app's process until an answer stands on its page."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where the app is measured

    from benchmarks.app import ANSWERED, ARGS, ASK_BOX, CHROMIUM, LONGEST, served  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        begun = time.perf_counter()
        with served(index_dir) as address:
            page = browser.new_page()
            page.set_default_timeout(LONGEST)
            page.goto(address)
            box = page.get_by_label(ASK_BOX, exact=True)
            box.fill(QUESTION)
            box.press("Enter")
            page.wait_for_function(ANSWERED, arg=[QUESTION], polling="raf")
            taken = (time.perf_counter() - begun) * 1000
        browser.close()
    return taken
