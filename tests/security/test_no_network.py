"""Nothing leaves the machine: a whole session, from ingest to the browser, in a namespace without network, watched."""

import ipaddress
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = ("http://127.0.0.1:8599", "ws://127.0.0.1:8599", "blob:http://127.0.0.1:8599", "data:", "about:")

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def reached(notes: Path) -> Iterator[tuple[str, object]]:
    """Event and address of everything that the watched processes reached for."""
    for line in notes.read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        if note["kind"] == "network":
            yield note["name"], note["value"]


def is_own(event: str, value: object) -> bool:
    """Tell whether an address is this machine's: loopback, a socket of the file system, or no address at all."""
    if value is None or (isinstance(value, str) and event in ("socket.connect", "socket.bind", "socket.sendto")):
        return True
    host = value[0] if isinstance(value, list) else value
    if host in ("localhost", None, ""):
        return event != "socket.connect"
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


OUTSIDE = [  # (event, value, own, reason)
    ("socket.connect", ["127.0.0.1", 80], True, "loopback"),
    ("socket.connect", ["::1", 80, 0, 0], True, "loopback of the newer protocol"),
    ("socket.connect", "/run/socket", True, "a socket of the file system"),
    ("socket.bind", ["127.0.0.1", 0], True, "a server of its own"),
    ("socket.bind", ["0.0.0.0", 0], False, "a server for all"),
    ("socket.connect", ["8.8.8.8", 1], False, "how programs look up their own address"),
    ("socket.connect", ["192.168.1.5", 80], False, "the local network"),
    ("socket.getaddrinfo", "huggingface.co", False, "a name"),
    ("socket.getaddrinfo", "localhost", True, "a name of this machine"),
    ("socket.gethostbyname", "checkip.amazonaws.com", False, "a name in the old way"),
]


@pytest.mark.parametrize(("event", "value", "own", "reason"), OUTSIDE, ids=[reason for *_, reason in OUTSIDE])
def test_what_counts_as_outside(event, value, own, reason):
    assert is_own(event, value) is own


def test_the_watch_sees_what_a_process_reaches_for(tmp_path):
    """The control: were a library to look a name up or connect, the test below would see it."""
    reaching = (
        "import socket\n"
        "try: socket.getaddrinfo('pinpoint.invalid', 443)\nexcept OSError: pass\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try: s.connect(('192.0.2.1', 9))\nexcept OSError: pass\n"
    )
    notes = tmp_path / "notes.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "watch"), "PINPOINT_WATCH": str(notes)}
    subprocess.run([sys.executable, "-c", reaching], env=environment, check=True)
    outside = [event for event, value in reached(notes) if not is_own(event, value)]
    assert outside == ["socket.getaddrinfo", "socket.connect"]


def test_a_whole_session_works_in_a_namespace_without_network(sealed_session):
    seen = json.loads((sealed_session / "evidence" / "seen.json").read_text(encoding="utf-8"))
    done = ("index answered", "answer answered", "app answered", "tab was found again", "failure was shown")
    assert [name for name in done if not seen[name]] == []
    if not seen["sealed"]:
        pytest.skip("unshare is not allowed here: the session was run with the network in reach, but watched")


def test_no_process_reaches_for_anything_outside(sealed_session):
    notes = sealed_session / "evidence" / "watched.jsonl"
    processes = {json.loads(line)["pid"] for line in notes.read_text(encoding="utf-8").splitlines()}
    everything = list(reached(notes))
    assert len(processes) >= 4, "ingest, index and answer, the app, the session itself"
    assert ("socket.bind", ["127.0.0.1", 8599]) in everything, "the app was watched"
    test_address = ("socket.connect", ["192.0.2.1", 9])  # how the session finds out whether it is sealed
    assert {
        (event, str(value))
        for event, value in everything
        if (event, value) != test_address and not is_own(event, value)
    } == set()


def test_the_page_asks_nobody_else(sealed_session):
    seen = json.loads((sealed_session / "evidence" / "seen.json").read_text(encoding="utf-8"))
    assert f"ws://127.0.0.1:{urlsplit(OWN[0]).port}/_stcore/stream" in seen["addresses"], "the page was watched"
    assert [address for address in seen["addresses"] if not address.startswith(OWN)] == []
    assert [said for said in seen["troubles"] if "Content Security Policy" in said] == [], "the policy fits the page"
