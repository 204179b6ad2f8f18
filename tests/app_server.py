"""Fixtures of the running app: in a process of its own, in Streamlit's test runner, in a browser."""

import contextlib
import functools
import gc
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class RunningApp:
    """The app in a process of its own.

    Attributes:
        address: Where it serves, without a slash at the end.
        log: What it writes.
    """

    address: str
    log: Path


@pytest.fixture(scope="session")
def _streamlit_once() -> None:
    """Spare each app of Streamlit's test runner what is the same for all of them.

    It reads the metadata of every installed package, most of a second, to find components, of which there are none. Its
    garbage collection after every script would go through what all tests and the app consist of.
    """
    from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415

    import ui.app  # noqa: F401, PLC0415 - a second of import, wanted by the tests of pages only

    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)
    gc.collect()
    gc.freeze()


@pytest.fixture
def fresh_app(_streamlit_once: None, monkeypatch: pytest.MonkeyPatch, make_embedder: type) -> Iterator[None]:
    """For Streamlit's own test runner: no index or model of another test, and an embedder without weights."""
    import streamlit as st  # noqa: PLC0415

    from ui.state import resources  # noqa: PLC0415

    monkeypatch.setattr(resources, "new_embedder", lambda _: make_embedder())
    monkeypatch.setattr(resources, "_settle", lambda: None)  # it goes through a million objects of the tests
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="session")
def serve_app(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., contextlib.AbstractContextManager[RunningApp]]:
    """``with serve_app(INDEX_DIR=…) as app``: the app as its users start it; fails when its log holds a traceback."""

    @contextlib.contextmanager
    def serve(*, port: int = 0, **environment: object) -> Iterator[RunningApp]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            port = probe.getsockname()[1]
        log = tmp_path_factory.mktemp("app") / "app.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
                cwd=ROOT,
                env={**os.environ, **{name: str(value) for name, value in environment.items()}},
                stdout=stream,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield RunningApp(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(20)
        written = log.read_text(encoding="utf-8")
        assert "Traceback" not in written, written

    return serve


def _wait_for(health: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(240):
        assert process.poll() is None, "the app ended at once"
        try:
            with urllib.request.urlopen(health, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail("the app did not start within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, opened once for a file of tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: apt-get install chromium")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGS)
        # What tests run inside a page is evaluated from text, which the app's policy forbids to everybody. The
        # session of test_no_network.py holds to the policy.
        opened.new_context = functools.partial(opened.new_context, bypass_csp=True)
        yield opened
        opened.close()
