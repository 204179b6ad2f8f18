"""Times that people wait in the app: from Enter to the answer, from a marker to its evidence, from page to page.

    python -m benchmarks.app [--index DIR] [--questions FILE.jsonl] [--count N] [--into FILE.md] [--json]

Starts the app on a free port and drives it in Chromium. Times are wall clock, from the key or click until what was
asked for is on the screen and the script of the app has come to rest; the first questions, which load the models,
are not counted. Run it on a quiet machine.
"""

import argparse
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = ROOT / "evaluation" / "data" / "questions.jsonl"
CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"
WARM_UP = 2
ROUNDS = 5  # visits of each page
LONGEST = 120_000  # ms
AT_REST = "document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
ANSWERED = f"""([question]) => {AT_REST} && document.querySelector('.pp-answer, .pp-declined')
    && [...document.querySelectorAll('.pp-question')].some(head => head.textContent.includes(question))"""
FOUND = f"""([query]) => {AT_REST} && document.querySelector('.pp-hit, .pp-declined')
    && [...document.querySelectorAll('.pp-fact')].some(
        line => line.textContent.includes('for ') && line.textContent.includes(query))"""
SHOWN = f"""([marker]) => {AT_REST}
    && document.body.innerText.toLowerCase().includes('evidence for quotation ' + marker)"""
ARRIVED = f"""([title]) => {AT_REST} && document.title === title"""


@contextmanager
def served(index_dir: Path) -> Iterator[str]:
    """Address of the app over an index."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless", "true"],
        cwd=ROOT,
        env={**os.environ, "INDEX_DIR": str(index_dir.resolve())},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    """Return when the address answers."""
    for _ in range(480):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{address} does not answer: run the app by hand to see why.")


def timed(page: Page, act: Callable[[], None], condition: str, value: str = "") -> float:
    """Milliseconds from an act until a condition holds."""
    begun = time.perf_counter()
    act()
    page.wait_for_function(condition, arg=[value], polling="raf")
    return (time.perf_counter() - begun) * 1000


def open_page(page: Page, name: str) -> None:
    """Go to a page of the app and wait until it is at rest."""
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    page.wait_for_timeout(700)
    page.wait_for_function(f"() => {AT_REST}")


def ask(page: Page, label: str, condition: str, words: str) -> float:
    """Milliseconds from Enter to what the words lead to."""
    box = page.get_by_label(label, exact=True)
    box.fill(words)
    page.wait_for_timeout(200)  # a person types more slowly than the form is told
    return timed(page, lambda: box.press("Enter"), condition, words)


def measure(page: Page, questions: Sequence[str]) -> dict[str, list[float]]:
    """Times in milliseconds of each kind of step."""
    times: dict[str, list[float]] = {"question to answer": [], "marker to evidence": [], "search to results": []}
    for number, question in enumerate(questions):
        answered = ask(page, ASK_BOX, ANSWERED, question)
        if number < WARM_UP:
            continue
        times["question to answer"].append(answered)
        markers = page.locator('.pp-answer [data-pp="show"]:visible')
        if markers.count() > 1:
            marker = markers.last.get_attribute("data-pp-value") or ""
            times["marker to evidence"].append(timed(page, markers.last.click, SHOWN, marker))
    open_page(page, "Search")
    for number, question in enumerate(questions):
        found = ask(page, SEARCH_BOX, FOUND, question)
        if number >= WARM_UP:
            times["search to results"].append(found)
    return {**times, **switches(page)}


def switches(page: Page) -> dict[str, list[float]]:
    """Times from the click on a page's link until the page is there, with the work of the session in it."""
    links = page.locator(".st-key-masthead").get_by_role("link")
    names = [re.sub(r"\s*\d+$", "", links.nth(position).inner_text().strip()) for position in range(links.count())]
    titles = {}
    for name in names:
        open_page(page, name)
        titles[name] = page.title()
    times: dict[str, list[float]] = {f"to {name}": [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            link = page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}"))
            times[f"to {name}"].append(timed(page, link.click, ARRIVED, titles[name]))
            page.wait_for_timeout(300)
    return times


def summary(times: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Count, median and 90th percentile of each kind of step."""
    return {
        name: {
            "n": len(values),
            "median": round(statistics.median(values)),
            "p90": round(sorted(values)[min(len(values) - 1, int(0.9 * len(values)))]),
        }
        for name, values in times.items()
        if values
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path(os.environ.get("INDEX_DIR") or "build/index"))
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="one object with a question a line")
    parser.add_argument("--count", type=int, default=30, help="questions that are measured")
    parser.add_argument("--into", type=Path, help="Markdown file to write the table to")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    step = max(1, len(lines) // (options.count + WARM_UP))
    questions = [line["question"] for line in lines[::step]][: options.count + WARM_UP]
    load = os.getloadavg()[0]
    with served(options.index) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        page = browser.new_page(bypass_csp=True, viewport={"width": 1280, "height": 900})
        page.set_default_timeout(LONGEST)
        page.goto(address)
        page.get_by_role("heading", level=1, name="Ask").wait_for()
        page.wait_for_timeout(1500)
        found = summary(measure(page, questions))
        version = browser.version
        browser.close()
    machine = (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python "
        f"{platform.python_version()}, Chromium {version}, load {load:.1f} before the start"
    )
    about = f"{options.index.name}, {len(questions) - WARM_UP} questions of {options.questions.name}; {machine}"
    if options.into:
        rows = "".join(f"| {name} | {row['n']} | {row['median']:,} | {row['p90']:,} |\n" for name, row in found.items())
        options.into.write_text(
            f"# Times of the app\n\nWritten by `python -m benchmarks.app --index {options.index.name}`: {about}.\n\n"
            f"| milliseconds | n | median | p90 |\n|---|---|---|---|\n{rows}",
            encoding="utf-8",
        )
    if options.json:
        print(json.dumps({"machine": machine, "index": str(options.index), "ms": found}, indent=1))
        return
    print(about)
    print(f"{'milliseconds':<22}{'n':>5}{'median':>9}{'p90':>8}")
    for name, row in found.items():
        print(f"{name:<22}{row['n']:>5}{row['median']:>9,}{row['p90']:>8,}")


if __name__ == "__main__":
    main()
