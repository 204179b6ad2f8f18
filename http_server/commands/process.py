"""The processes of the server: one that answers, or several that share a port."""

import logging
import sys
import tempfile
from functools import partial

import click
import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from http_server.entrance.connections import Connection
from http_server.settings import ServerSettings
from pinpoint.commands import exit_with_error
from pinpoint.settings import NONE

_STOPPING = 10
"""Seconds that requests have to end when the server is stopped. Set by hand; not measured."""
_SILENT = 60
"""Seconds after which a process that says nothing is ended and started again; importing takes some on a busy machine.
Set by hand; not measured."""
_LONGEST_HEAD = 16_384
"""Bytes of the line and the headers of a request."""
_CONNECTIONS = 500
"""Connections at once of one process; who comes beyond them is told to come again. Set by hand; not measured."""
_IDLE_CONNECTION = 30
"""Seconds that a connection may be silent. Set by hand; not measured."""


def run(settings: ServerSettings) -> None:
    """Serve until the process is told to stop.

    Raises:
        PinpointError: There is no index, or the tokens or the audit log cannot be used.
    """
    from http_server.metrics import count_together  # noqa: PLC0415 - see ``application``
    from operations.serving import Serving  # noqa: PLC0415 - see ``application``

    Serving(settings.index_dir, reranker=NONE)  # says what is wrong with the index before anything listens
    application(settings)
    logging.basicConfig(format="%(levelname)s: %(message)s", stream=sys.stderr, level=logging.WARNING)
    config = uvicorn.Config(
        partial(application, settings),
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,  # it would have the addresses of clients, and ids of documents
        log_level="warning",
        server_header=False,
        http=Connection,
        ws="none",
        h11_max_incomplete_event_size=_LONGEST_HEAD,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE_CONNECTION,
        timeout_graceful_shutdown=_STOPPING,
        timeout_worker_healthcheck=_SILENT,
        proxy_headers=False,  # a client may write what it likes into them
    )
    server = uvicorn.Server(config)
    try:
        listening = config.bind_socket()
    except SystemExit:  # as uvicorn ends where the port is taken, having said so in its log
        exit_with_error(f"{settings.host}:{settings.port} cannot be listened on. Choose another --port.")
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving on http://{shown}:{port}/v1/ with {_processes(settings.workers)}. Ctrl-C stops.", err=True)
    if settings.workers == 1:
        server.run(sockets=[listening])
    else:
        with tempfile.TemporaryDirectory(prefix="pinpoint-metrics-") as folder:
            count_together(folder)
            Multiprocess(config, [listening]).run()


def application(settings: ServerSettings) -> ASGIApp:
    """The application of a process, whose libraries are imported only when it is made.

    A process that is started reads this function before it can say that it lives, and what does not say so in time is
    ended and started again, for ever.
    """
    from http_server.app import create  # noqa: PLC0415 - see above

    return create(settings)


def _processes(count: int) -> str:
    return "one process" if count == 1 else f"{count} processes"
