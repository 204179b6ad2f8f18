"""A web server on the loopback interface that stands in for the official sites.

Pages are put under (host, path); a transport sends every https address of those hosts here. Each
answer can be scripted: a status, a body cut short, byte ranges, a redirect.
"""

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2


@dataclass(slots=True)
class Answer:
    """One answer: ``cut`` sends only so many bytes of the body and then hangs up."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    ranges: bool = False


class SourceServer:
    """Serves scripted answers; the last one for an address is given again and again."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
                address = f"https://{self.headers['Host']}{self.path}"
                outer.asked.append((address, {name.lower(): value for name, value in self.headers.items()}))
                outer._give(self, outer._next(address))

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def put(self, address: str, *answers: Answer | bytes) -> None:
        self._answers[address] = [Answer(answer) if isinstance(answer, bytes) else answer for answer in answers]

    def addresses(self) -> list[str]:
        return [address for address, _ in self.asked]

    def transport(self) -> httpx2.BaseTransport:
        return _Loopback(self._server.server_address[1])

    def _next(self, address: str) -> Answer:
        answers = self._answers.get(address) or [Answer(b"nothing here", 404)]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _give(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        body, status, headers = answer.body, answer.status, dict(answer.headers)
        etag = headers.get("ETag", "")
        asked_range = handler.headers.get("Range", "")
        if etag and handler.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        elif answer.ranges and asked_range and handler.headers.get("If-Range") == etag:
            start = int(asked_range.removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            status, body = (206, body[start:]) if start < len(body) else (416, b"")
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body if answer.cut is None else body[: answer.cut])
        if answer.cut is not None:
            handler.close_connection = True


class _Loopback(httpx2.BaseTransport):
    """Sends requests for any https host to the local server, with the host retained in the Host header."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        here = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        sent = httpx2.Request(
            request.method, here, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return self._inner.handle_request(sent)

    def close(self) -> None:
        self._inner.close()
