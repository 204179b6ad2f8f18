"""``pinpoint serve``: the HTTP API, for this machine alone unless tokens let others in."""

from importlib.util import find_spec
from pathlib import Path

import click

from access.gate import OPEN_NETWORK, is_exposed
from access.tokens import SETTING, TokenRole, add_line
from access.tokens import new_token as made_token
from http_server.settings import USUAL_PORT, USUAL_RATE, USUAL_SECONDS, ServerSettings
from pinpoint.commands import exit_with_error, index_option, reranker_option
from pinpoint.errors import PinpointError
from pinpoint.settings import value

_NEEDED = ("fastapi", "prometheus_client", "uvicorn")
"""Libraries of the extra ``serve``."""


@click.command()
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address on which it listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=USUAL_PORT, show_default=True, help="0 for a free one.")
@click.option(
    "--tokens",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"File of the tokens that let programs in; needed for other addresses than this machine's. "
    f"[default: ${SETTING}]",
)
@click.option("--new-token", metavar="NAME", help="Make a token, print it once, write its digest into --tokens; end.")
@click.option(
    "--role",
    type=click.Choice(["reader", "administrator"]),
    default="reader",
    show_default=True,
    help="Of the new token; an administrator may also read /metrics.",
)
@click.option("--allow", "hosts", multiple=True, metavar="NAME", help="Name under which it is asked; may be repeated.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that answer.")
@click.option(
    "--rate",
    type=click.IntRange(0),
    default=USUAL_RATE,
    show_default=True,
    help="Requests a minute of one client, in each process; 0 for no limit.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(1, 3600),
    default=USUAL_SECONDS,
    show_default=True,
    help="Seconds after which a request is stopped.",
)
@reranker_option
def serve(  # noqa: PLR0913, PLR0917 - the options of the command
    index_dir: Path,
    host: str,
    port: int,
    tokens: Path | None,
    new_token: str | None,
    role: TokenRole,
    hosts: tuple[str, ...],
    workers: int,
    rate: int,
    seconds: float,
    reranker: str,
) -> None:
    """Serve the HTTP API, on this machine alone unless tokens let others in.

    The addresses are listed by http://127.0.0.1:8600/v1/openapi.json. No question is logged or stored.

    Exit codes: 0 stopped, 2 no index, an unknown setting or a port that is taken.
    """
    file = tokens or (Path(value(SETTING)) if value(SETTING) else None)
    try:
        if new_token is not None:
            _make_token(new_token, role, file)
            return
        missing = [name for name in _NEEDED if find_spec(name) is None]
        if missing:
            exit_with_error(
                f"pinpoint serve needs {', '.join(missing)}, which are not installed. Install the extra: "
                "pip install 'pinpoint[serve]'"
            )
        settings = ServerSettings(
            index_dir=index_dir,
            host=host,
            port=port,
            tokens=file,
            opened=value(OPEN_NETWORK) == "1",
            hosts=hosts,
            workers=workers,
            rate=rate,
            seconds=seconds,
            reranker=reranker,
        )
        if is_exposed(settings.exposure):
            exit_with_error(
                f"{host} can be reached from other machines, and nobody would need a token. Make one with pinpoint "
                f"serve --new-token NAME --tokens FILE and start with --tokens FILE, or listen on 127.0.0.1. If the "
                f"network itself keeps others out, set {OPEN_NETWORK}=1."
            )
        from http_server.commands.process import run  # noqa: PLC0415 - the libraries may not be there

        run(settings)
    except PinpointError as error:
        exit_with_error(str(error))


def _make_token(name: str, role: TokenRole, file: Path | None) -> None:
    token, line = made_token(name, role)
    if file is None:
        click.echo(
            f"Write this line into a file that only you can read, and start with --tokens FILE:\n{line}", err=True
        )
    else:
        add_line(file, line)
        click.echo(f"Its digest stands in {file}. The token is shown this once:", err=True)
    click.echo(token)
