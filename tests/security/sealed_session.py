"""A session with everything in it, run by ``test_no_network.py`` and ``test_no_trace.py`` in a process of its own.

    python sealed_session.py FOLDER

The folder holds a copy of the code, a corpus, and the homes of all programs. Ingest, index, answer and the app are used
as people use them, with a word in each question that stands nowhere else; what was seen is written to
``FOLDER/evidence/seen.json``.
"""

import contextlib
import errno
import fcntl
import json
import os
import re
import runpy
import secrets
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, sync_playwright

PORT = 8599
ADDRESS = f"http://127.0.0.1:{PORT}"
ASK_BOX, SEARCH_BOX = "Question, citation or keywords", "Words, citation or \u201cexact phrase\u201d"
PATIENCE = 180_000
# Ways by which a question gets into the programs; each has a word of its own, which is looked for afterwards.
WAYS = ("argument", "stdin", "batch", "ask", "example-free search", "back", "failing", "uploaded", "note", "find")
CONTROLS = ("control-file", "control-address")


def bring_loopback_up() -> None:
    """Do what ``ip link set lo up`` does, for machines without it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        request = struct.pack("16sh", b"lo", 1)  # IFF_UP
        fcntl.ioctl(channel, 0x8914, request)  # SIOCSIFFLAGS


def is_sealed() -> bool:
    """Tell whether no packet can leave."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as channel:
        channel.settimeout(2)
        return channel.connect_ex(("192.0.2.1", 9)) == errno.ENETUNREACH


class Processes(threading.Thread):
    """Looks again and again for the words in the list of processes."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__(daemon=True)
        self.words, self.seen, self.ended = words, set(), threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.03):
            for process in Path("/proc").iterdir():
                if process.name.isdigit():
                    self._look(process)

    def _look(self, process: Path) -> None:
        with contextlib.suppress(OSError):
            shown = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            self.seen |= {way for way, word in self.words.items() if word.encode() in shown}


def run(*arguments: str, typed: str = "", ends_with: int = 0) -> str:
    """Output of a command; ends the session when it ends with another code."""
    ended = subprocess.run([sys.executable, "-m", *arguments], input=typed, text=True, capture_output=True, check=False)
    assert ended.returncode == ends_with, f"{arguments[0]}: {ended.returncode}\n{ended.stderr}"
    return ended.stdout


def use_commands(folder: Path, words: dict[str, str]) -> dict[str, bool]:
    index = str(folder / "index")
    run("ingest", str(folder / "corpus"), "--index", index, ends_with=3)  # one file of the corpus is broken
    run("index", "links", f"8 CFR {words['argument']}", "--index", index, ends_with=2)
    batch = folder / "given" / "questions.jsonl"
    batch.write_text(json.dumps({"question": f"Who decides on {words['batch']} waivers?"}) + "\n", encoding="utf-8")
    commands = [["index", "-", "--index", index], ["answer", "--questions", str(batch), "--index", index]]
    said = run("sealed_session", json.dumps(commands), typed=f"continued presence {words['stdin']}\n")
    listed = re.search(r"\d of [\d,]+ .*passages.* \(\w+\)\.", said)
    return {"index answered": bool(listed), "answer answered": words["batch"] in said}


def run_queued(commands: list[list[str]]) -> None:
    """Run ``python -m`` with each of these words in one process, which loads the model's library once."""
    for name, *arguments in commands:
        sys.argv = [name, *arguments]
        with contextlib.suppress(SystemExit):
            runpy.run_module(name, run_name="__main__", alter_sys=True)


def settled(page: Page) -> None:
    page.wait_for_timeout(300)
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()


def enter(page: Page, box: str, text: str) -> None:
    settled(page)
    field = page.get_by_label(box, exact=True)
    field.fill(text)
    field.press("Enter")
    settled(page)


def appears(part: Locator) -> bool:
    """Tell whether it comes to be on the page, however busy the machine is."""
    try:
        part.first.wait_for()
    except TimeoutError:
        return False
    return True


def go(page: Page, name: str) -> None:
    page.locator(".st-key-masthead").get_by_role("link", name=re.compile(f"^{name}")).click()
    page.get_by_role("heading", level=1, name=re.compile(name)).wait_for()
    settled(page)


def use_app(page: Page, folder: Path, words: dict[str, str], titles: list[str]) -> dict[str, bool]:
    page.goto(f"{ADDRESS}/?{words['control-address']}=1")
    page.goto(ADDRESS)
    page.get_by_label(ASK_BOX, exact=True).wait_for()
    enter(page, ASK_BOX, f"What is continued presence {words['ask']}?")
    page.locator(".pp-question", has_text=words["ask"]).wait_for()
    answered = appears(page.locator(".pp-answer, .pp-declined"))
    titles.append(page.title())
    go(page, "Search")
    enter(page, SEARCH_BOX, f"trafficking {words['example-free search']}")
    page.locator(".pp-fact", has_text=words["example-free search"]).wait_for()
    titles.append(page.title())
    page.locator(".pp-hit [data-pp=collect]").first.click()
    page.locator(".st-key-masthead").get_by_role("link", name="Collection (1)").wait_for()
    enter(page, SEARCH_BOX, f"\u201claw enforcement\u201d {words['back']}")
    page.locator(".pp-fact", has_text=words["back"]).wait_for()
    page.go_back()
    page.get_by_role("heading", level=1, name=re.compile("Ask")).wait_for()
    page.go_forward()
    page.locator(".pp-fact", has_text=words["back"]).wait_for()
    page.reload()
    retained = appears(page.locator(".pp-fact", has_text=words["back"]))
    go(page, "Browse")
    enter(page, "Filter documents", words["find"])
    use_collection(page, folder, words)
    current = folder / "index" / "CURRENT"
    generation = current.read_text(encoding="utf-8")
    go(page, "Ask")
    made = folder / "index" / generation.strip()
    made.rename(folder / "put-aside")
    enter(page, ASK_BOX, f"Who may refer {words['failing']}?")
    refused = appears(page.get_by_role("heading", level=1, name=re.compile("index is damaged")))
    (folder / "put-aside").rename(made)
    titles.append(page.title())
    storage = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    (folder / "evidence" / "storage.json").write_text(storage, encoding="utf-8")
    return {"app answered": answered, "tab was found again": retained, "failure was shown": refused}


def use_collection(page: Page, folder: Path, words: dict[str, str]) -> None:
    from collection.files import write_collection  # noqa: PLC0415 - of the copy, whose folder is the current one
    from collection.records import Collection  # noqa: PLC0415

    file = folder / "given" / "hand-out.pinpoint.json"
    file.write_bytes(write_collection(Collection(title=f"Hand-out {words['uploaded']}")))
    go(page, "Collection")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Open the file").click()
    page.get_by_text("Added 0 excerpts").wait_for()
    title = page.get_by_label("Title of the collection")
    title.fill(f"Hand-out {words['note']}")
    title.press("Tab")
    settled(page)


def main() -> None:
    if sys.argv[1].startswith("["):
        run_queued(json.loads(sys.argv[1]))
        return
    folder = Path(sys.argv[1])
    with contextlib.suppress(OSError):  # it is up already, or this process may not
        bring_loopback_up()
    os.environ["PYTHONPATH"] += f"{os.pathsep}{Path(__file__).parent}"
    words = {way: f"zq{secrets.token_hex(8)}" for way in (*WAYS, *CONTROLS)}
    (folder / "home" / "control.txt").write_text(f"A file with {words['control-file']}.", encoding="utf-8")
    processes = Processes({way: words[way] for way in WAYS})
    processes.start()
    seen = {"words": words, "sealed": is_sealed(), **use_commands(folder, words)}
    addresses: list[str] = []
    titles: list[str] = []
    troubles: list[str] = []
    with (folder / "logs" / "app.log").open("wb") as log:
        app = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(PORT)],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for_app(app)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch_persistent_context(
                    folder / "profile",
                    executable_path="/usr/bin/chromium",
                    viewport={"width": 1280, "height": 900},
                    args=json.loads(os.environ["CHROMIUM_ARGS"]),
                )
                browser.on("request", lambda request: addresses.append(request.url))
                page = browser.pages[0] if browser.pages else browser.new_page()
                page.set_default_timeout(PATIENCE)
                page.on("websocket", lambda channel: addresses.append(channel.url))
                page.on("framenavigated", lambda frame: addresses.append(frame.url))
                page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
                seen |= use_app(page, folder, words, titles)
                page.goto("about:blank")
                page.wait_for_timeout(1000)
                browser.close()
        finally:
            app.terminate()
            app.wait(20)
    processes.ended.set()
    processes.join(5)
    seen |= {"addresses": addresses, "titles": titles, "troubles": troubles, "processes": sorted(processes.seen)}
    (folder / "evidence" / "seen.json").write_text(json.dumps(seen), encoding="utf-8")


def wait_for_app(app: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert app.poll() is None, "the app ended at once"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{ADDRESS}/_stcore/health", timeout=2):
            return
        time.sleep(0.25)
    raise AssertionError("the app did not start within a minute")


if __name__ == "__main__":
    main()
