"""A language-model endpoint on the loopback interface that replies, or misbehaves, as a test says."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler, threading.Event], None]
"""Sends something to whoever asked; the event is set when the server closes."""


def completion(text: str) -> bytes:
    """A chat completion that says ``text``."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode()


def sends(body: bytes, status: int = 200, **headers: str) -> Reply:
    """A whole reply of these bytes."""

    def reply(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def says(text: str) -> Reply:
    """A chat completion."""
    return sends(completion(text))


def writes(*sentences: Any) -> Reply:
    """A chat completion with these sentences: (text, marker, …), or anything else as it is."""
    entries = [{"text": s[0], "markers": list(s[1:])} if isinstance(s, tuple) else s for s in sentences]
    return says(json.dumps({"sentences": entries}))


def waits(seconds: float) -> Reply:
    """Nothing at all for a while."""

    def reply(handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
        closing.wait(seconds)
        handler.close_connection = True

    return reply


def drips(fragment: bytes, pause: float, *, headers: bool = False) -> Reply:
    """A reply without an end, a fragment at a time; within the headers if asked for."""

    def reply(handler: BaseHTTPRequestHandler, closing: threading.Event) -> None:
        handler.send_response(200)
        if not headers:
            handler.end_headers()
        try:
            while not closing.wait(pause):
                handler.wfile.write(fragment)
                handler.wfile.flush()
        except OSError:
            handler.close_connection = True

    return reply


def hangs_up(body: bytes) -> Reply:
    """Half of what was announced, and then nothing."""

    def reply(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(2 * len(body)))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return reply


class FakeEndpoint:
    """Gives every request the same reply and keeps what was asked: (path, headers, body)."""

    def __init__(self) -> None:
        self.reply: Reply = sends(b"", 404)
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self._closing = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                outer.asked.append((self.path, headers, json.loads(body)))
                outer.reply(self, outer._closing)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
