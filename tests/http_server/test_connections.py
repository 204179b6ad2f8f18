"""Connections that bring no request are closed, and those that do are served, however many follow each other."""

import asyncio
import contextlib
import socket
import threading

import pytest
import uvicorn

from http_server.commands import process
from http_server.entrance.connections import Connection

ASKED = b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SENT = [  # (what is sent, answers before the end, reason)
    (b"", 0, "nothing"),
    (b"GET /health HTTP/1.1\r\nHost:", 0, "half a head"),
    (ASKED, 1, "nothing behind a request"),
    (ASKED + b"GET /hea", 1, "half a head behind a request"),
    (ASKED * 3, 3, "several requests at once"),
]


class Short(Connection):
    """A connection that waits shortly."""

    longest = 0.2


@contextlib.contextmanager
def _served(app):
    server = uvicorn.Server(uvicorn.Config(app, http=Short, port=0, log_config=None, timeout_keep_alive=1))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


@pytest.mark.enable_socket
@pytest.mark.parametrize(("sent", "answers", "reason"), SENT, ids=[row[-1] for row in SENT])
def test_a_connection_without_a_request_is_closed(make_app, pretended, sent, answers, reason):
    with _served(make_app(pretended)) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(sent)
        came = b""
        while more := client.recv(65_536):  # until the server closes
            came += more
    assert came.count(b"HTTP/1.1 200") == answers


@pytest.mark.enable_socket
def test_a_request_that_is_answered_slowly_is_not_cut_off():
    async def slow(scope, receive, send):
        if scope["type"] == "http":
            await asyncio.sleep(0.5)
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"ok"})

    with _served(slow) as port, socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(ASKED)
        came = b""
        while more := client.recv(65_536):
            came += more
    assert came.endswith(b"ok")


def test_the_server_has_such_connections():
    assert process.Connection is Connection and Connection.longest <= 30
