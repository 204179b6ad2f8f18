"""A visitor of the app without a browser: speaks Streamlit's websocket protocol as its page does.

What the page would draw is stored by its position; a form is filled in and sent by the labels that people see.
"""

import asyncio
import html
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).resolve().parents[1]
QUESTION, SUBMIT = "Question, citation or keywords", "Ask"
_QUOTED = re.compile(
    r'<li class="pp-statement[^>]*>.*?<blockquote>(.*?)</blockquote><p class="pp-cited">(.*?)'
    r'<span class="pp-tools">',
    re.DOTALL,
)
_DECLINED = re.compile(r'<p class="pp-reason">(.*?)</p>', re.DOTALL)
_FAULTS = ("Pinpoint cannot answer", "No index to search yet")
_ADDRESS = re.compile(r'href="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Output of one run of the app.

    Attributes:
        seconds: From sending the form until the run had ended.
        answer: Each quotation with its citations, addresses and status as drawn; or the reason of a refusal.
        faults: Exceptions and messages that something is broken, as sentences.
    """

    seconds: float
    answer: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(slots=True)
class Visitor:
    """One browser tab: its connection, and the elements of the page by their position.

    Attributes:
        address: ``host:port`` of the app.
    """

    address: str
    _socket: ClientConnection | None = None
    _elements: dict[tuple[int, ...], Element] = field(default_factory=dict)
    _page: str = ""

    async def __aenter__(self) -> Self:
        """Open the app's first page and wait until it is drawn."""
        self._socket = await connect(
            f"ws://{self.address}/_stcore/stream",
            origin=Origin(f"http://{self.address}"),
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            open_timeout=60,
            ping_timeout=None,
        )
        await self._run([])
        clicks = next(
            element.bidi_component.id
            for element in self._elements.values()
            if element.WhichOneof("type") == "bidi_component"
        )
        arrival = json.dumps([{"event": "arrival", "value": secrets.token_hex(16)}])
        await self._run([WidgetState(id=f"{clicks}__events", json_trigger_value=arrival)])
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the tab."""
        if self._socket is not None:
            await self._socket.close()

    async def ask(self, question: str, patience: float = 60.0) -> Drawn:
        """Type a question into the form, send it, and wait for the answer.

        Raises:
            TimeoutError: The run did not end within ``patience`` seconds.
            websockets.exceptions.ConnectionClosed: The app closed the connection.
        """
        states = [
            WidgetState(id=self._text_input(QUESTION), string_value=question),
            WidgetState(id=self._button(SUBMIT), trigger_value=True),
        ]
        begun = time.perf_counter()
        faults = await asyncio.wait_for(self._run(states), patience)
        seconds = time.perf_counter() - begun
        page = "\n".join(self._bodies())
        return Drawn(seconds, drawn_answer(page), (*faults, *(words for words in _FAULTS if words in page)))

    async def _run(self, states: list[WidgetState]) -> tuple[str, ...]:
        """Have the script run with the states of widgets, and take in what it draws; what went wrong in it."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.widget_states.widgets.extend(states)
        if self._socket is None:
            raise RuntimeError("The visitor has not come in yet.")
        await self._socket.send(message.SerializeToString())
        faults: list[str] = []
        drawn: set[tuple[int, ...]] = set()
        async for frame in self._socket:
            heard = ForwardMsg.FromString(frame if isinstance(frame, bytes) else frame.encode())
            kind = heard.WhichOneof("type")
            if kind == "new_session":
                self._page = heard.new_session.page_script_hash
                drawn = set()
            elif kind == "delta" and heard.delta.WhichOneof("type") == "new_element":
                position = tuple(heard.metadata.delta_path)
                drawn.add(position)
                self._elements[position] = heard.delta.new_element
                if heard.delta.new_element.WhichOneof("type") == "exception":
                    faults.append(
                        f"{heard.delta.new_element.exception.type}: {heard.delta.new_element.exception.message}"
                    )
            elif kind == "ref_hash":
                faults.append("The app sent a message by reference, which this visitor does not keep.")
            elif kind == "script_finished" and heard.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if heard.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    faults.append(f"The script ended with status {heard.script_finished}.")
                self._elements = {
                    position: element for position, element in self._elements.items() if position in drawn
                }
                return tuple(faults)
        raise ConnectionError("The app closed the connection.")

    def _bodies(self) -> list[str]:
        return [
            element.html.body for _, element in sorted(self._elements.items()) if element.WhichOneof("type") == "html"
        ]

    def _text_input(self, label: str) -> str:
        return next(
            element.text_input.id
            for element in self._elements.values()
            if element.WhichOneof("type") == "text_input" and element.text_input.label == label
        )

    def _button(self, label: str) -> str:
        return next(
            element.button.id
            for element in self._elements.values()
            if element.WhichOneof("type") == "button" and element.button.label == label
        )


def drawn_answer(page: str) -> tuple[str, ...]:
    """The quotations of a page of HTML, each with its citations and their addresses; the reason where it has none."""
    quoted = tuple(
        " | ".join(
            (html.unescape(text), html.unescape(" ".join(_TAG.sub(" ", cited).split())), *_ADDRESS.findall(cited))
        )
        for text, cited in _QUOTED.findall(page)
    )
    return quoted or tuple(f"Declined: {html.unescape(reason)}" for reason in _DECLINED.findall(page)[:1])


@contextmanager
def serving(index_dir: Path) -> Iterator[tuple[str, int]]:
    """The app over an index: its ``host:port`` and the id of its process; ended with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.address",
            "127.0.0.1",
            "--server.port",
            str(port),
            "--server.headless",
            "true",
        ],
        cwd=ROOT,
        env={**os.environ, "INDEX_DIR": str(index_dir.resolve())},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(480):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own loopback address
                return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{address} does not answer: run the app by hand to see why.")
