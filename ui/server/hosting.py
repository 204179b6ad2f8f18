"""Hosting of the app: Streamlit's settings as ours, and what is done once when the server starts."""

import os
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

if sys.platform != "win32":
    import resource

from ui.server.gate import OPEN_NETWORK, Exposure, is_loopback
from ui.server.sign_in import ADMINISTRATORS, READERS


def exposure() -> Exposure:
    """Settings of who may reach the app, as Streamlit and the environment are set."""
    return Exposure(
        address=st.get_option("server.address") or "",
        signs_in=signs_in(),
        opened=os.environ.get(OPEN_NETWORK, "").strip() == "1",
        expects_signing_in=any(os.environ.get(name, "").strip() for name in (READERS, ADMINISTRATORS)),
        hosts=tuple(st.get_option("server.allowedHosts")),
        origins=tuple(st.get_option("server.corsAllowedOrigins")),
    )


def signs_in() -> bool:
    """Tell whether people have to sign in: ``[auth]`` stands in Streamlit's secrets."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


@asynccontextmanager
async def started(_: st.App) -> AsyncIterator[None]:
    """Say where the app is, and open the browser on a machine with a screen; a crash leaves no memory on disk."""
    if sys.platform != "win32":
        most = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    address = st.get_option("server.address") or ""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    url = f"{scheme}://{address if is_loopback(address) else 'localhost'}:{st.get_option('server.port')}"
    print(f"\n  Pinpoint is at {url}\n", flush=True)
    if not st.get_option("server.headless"):
        threading.Timer(1.0, webbrowser.open, (url,)).start()
    yield
