"""``pinpoint mcp``: the documents as tools of an assistant."""

import logging
from importlib.util import find_spec
from pathlib import Path

import click

from operations.serving import Serving
from pinpoint.commands import exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError

_MISSING = "pinpoint mcp needs the extra mcp, which is not installed: pip install 'pinpoint[mcp]'"
_ONLY_HTTP = "--host, --port, --name, --origin and --tokens go with --http."
_PORT = 8765


@click.command("mcp")
@index_option
@reranker_option
@click.option("--http", "over_http", is_flag=True, help="Serve over HTTP, instead of standard input and output.")
@click.option("--host", help="Address on which it listens; another than this machine's own needs --tokens and --name.")
@click.option("--port", type=click.IntRange(1, 65535), help=f"Where it listens.  [default: {_PORT}]")
@click.option("--name", "names", multiple=True, metavar="HOST:PORT", help="A name under which it is asked, of a proxy.")
@click.option("--origin", "origins", multiple=True, metavar="ADDRESS", help="A site whose pages may ask it.")
@click.option("--tokens", type=click.Path(path_type=Path, dir_okay=False), help="File of who may ask it over HTTP.")
def mcp(  # noqa: PLR0913 - one an option
    index_dir: Path,
    reranker: str,
    host: str | None,
    port: int | None,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    tokens: Path | None,
    *,
    over_http: bool,
) -> None:
    """Serve the documents to an assistant that speaks MCP: search, ask, locate, compare, cite, check.

    The assistant starts this command and talks to it over standard input and output; with --http it is started once
    and listens on http://127.0.0.1:8765/mcp, for this machine alone. Nothing that is asked is stored or logged.

    Exit codes: 0 the assistant went away, 2 usage error or no index.
    """
    if find_spec("mcp") is None:
        exit_with_error(_MISSING)
    if not over_http and (host or port or names or origins or tokens):
        exit_with_error(_ONLY_HTTP)
    _quiet()
    try:
        serving = Serving(index_dir, reranker=reranker)
        serving.current()
        _serve(serving, over_http, host or "127.0.0.1", port or _PORT, names, origins, tokens)
    except PinpointError as error:
        exit_with_error(str(error))


def _serve(  # noqa: PLR0913, PLR0917 - the options
    serving: Serving,
    over_http: bool,  # noqa: FBT001
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    tokens: Path | None,
) -> None:
    from mcp_server.server import make_server  # noqa: PLC0415 - of an extra

    server = make_server(serving)
    if not over_http:
        from mcp_server.over_stdio import serve_stdio  # noqa: PLC0415 - as above

        serve_stdio(server)
        return
    from access.tokens import Tokens  # noqa: PLC0415 - as above
    from mcp_server.over_http import PATH, HttpSettings, refuse_open, serve_http  # noqa: PLC0415 - as above

    settings = HttpSettings(
        host=host, port=port, names=names, origins=origins, tokens=Tokens(tokens) if tokens else None
    )
    refuse_open(settings)
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving on http://{shown}:{port}{PATH}", err=True)
    serve_http(server, settings)


def _quiet() -> None:
    """Let the libraries log warnings and errors alone, to the error stream, and nothing that repeats a request."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
