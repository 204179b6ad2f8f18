"""Hosting of the app: Streamlit's settings as ours, and what is done once when the server starts."""

import re
import sys
import threading
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

if sys.platform != "win32":
    import resource

from access.gate import OPEN_NETWORK, Exposure, Gate, is_loopback
from access.sign_in import ADMINISTRATORS, READERS
from pinpoint import packaged
from pinpoint.settings import doubtful_variables, environment, value
from ui.state.ingests import reading_at_start


def exposure() -> Exposure:
    """Settings of who may reach the app, as Streamlit and the environment are set."""
    return Exposure(
        address=st.get_option("server.address") or "",
        signs_in=signs_in(),
        opened=value(OPEN_NETWORK) == "1",
        expects_signing_in=any(value(name) for name in (READERS, ADMINISTRATORS)),
        hosts=tuple(st.get_option("server.allowedHosts")),
        origins=tuple(st.get_option("server.corsAllowedOrigins")),
    )


def signs_in() -> bool:
    """Tell whether people have to sign in: ``[auth]`` stands in Streamlit's secrets."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


MIDDLEWARE = (Middleware(Gate, settings=exposure),)
"""What stands before the app."""


@asynccontextmanager
async def started(_: st.App) -> AsyncIterator[None]:
    """Say where the app is, and open the browser on a machine with a screen; a crash leaves no memory on disk."""
    if sys.platform != "win32":
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    address = st.get_option("server.address") or ""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    url = f"{scheme}://{address if is_loopback(address) else 'localhost'}:{st.get_option('server.port')}"
    for sentence in doubtful_variables(environment()):
        print(f"Warning: {sentence}", file=sys.stderr)
    print(f"\n  Pinpoint is at {url}\n", flush=True)
    if not st.get_option("server.headless"):
        threading.Timer(1.0, webbrowser.open, (url,)).start()
    with reading_at_start():
        yield


def serve(script: Path, *, port: int | None = None) -> None:
    """Serve the app until it is stopped, with the settings that come with Pinpoint.

    What ``.streamlit/config.toml`` of the working folder sets, or a variable ``STREAMLIT_…``, comes before them.

    Args:
        script: Absolute path of the script of the app.
        port: Where it listens; as Streamlit is set, else 8501, when not given.
    """
    own = read_streamlit_settings(Path(".streamlit/config.toml"))
    ours = read_streamlit_settings(packaged.streamlit_settings())
    chosen = {
        name: setting for name, setting in ours.items() if name not in own and _variable(name) not in environment()
    }
    if port is not None:
        chosen["server.port"] = port
    if address := value("PINPOINT_ADDRESS"):
        chosen["server.address"] = address
    st.App(script, middleware=MIDDLEWARE, lifespan=started).run(config=chosen)


def read_streamlit_settings(file: Path) -> dict[str, Any]:
    """The settings of a file for Streamlit, by their whole names such as ``server.address``; none without a file."""
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")))) if file.is_file() else {}


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, setting in table.items():
        if isinstance(setting, dict):
            yield from _flat(setting, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", setting


def _variable(name: str) -> str:
    """The environment variable for a setting: ``STREAMLIT_SERVER_ADDRESS`` for ``server.address``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace(".", "_"))
    return f"STREAMLIT_{words.upper()}"
