"""The gate between the network and the app: addresses, names, pages of other sites, headers."""

import asyncio
import contextlib
import http.client
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, strategies

from access.gate import HEADERS, Exposure, Gate, is_exposed, is_known_host, is_loopback, is_own_origin

ROOT = Path(__file__).resolve().parents[2]
LOCAL, SIGNED, OPENED = Exposure(), Exposure("0.0.0.0", signs_in=True), Exposure("0.0.0.0", opened=True)

ADDRESSES = [
    ("127.0.0.1", True, "loopback"),
    ("127.8.9.1", True, "all of 127 is"),
    ("::1", True, "of the newer protocol"),
    ("[::1]", True, "in brackets"),
    ("localhost", True, "by name"),
    ("LOCALHOST.", True, "written otherwise"),
    ("", False, "not set: every address"),
    ("0.0.0.0", False, "every address"),
    ("::", False, "every address"),
    ("192.168.1.5", False, "the local network"),
    ("localhost.example.com", False, "a name that begins alike"),
    ("127.0.0.1.example.com", False, "a name that begins alike"),
    ("pinpoint.example.gov", False, "a name"),
]


@pytest.mark.parametrize(("address", "loopback", "reason"), ADDRESSES, ids=[f"{row[0]}: {row[2]}" for row in ADDRESSES])
def test_addresses_that_others_can_reach(address, loopback, reason):
    assert is_loopback(address) is loopback
    assert is_exposed(Exposure(address)) is not loopback
    assert not is_exposed(Exposure(address, signs_in=True)) and not is_exposed(Exposure(address, opened=True))


def test_what_a_connection_came_in_on_counts_whatever_the_settings_say():
    assert is_exposed(LOCAL, "192.168.1.5"), "a server that was started without Streamlit's settings"


HOSTS = [  # (exposure, host, known, reason)
    (LOCAL, "127.0.0.1:8501", True, "as the browser opens it"),
    (LOCAL, "localhost:8501", True, "by name"),
    (LOCAL, "[::1]:8501", True, "of the newer protocol"),
    (LOCAL, "evil.example:8501", False, "a name of somebody else that leads here"),
    (LOCAL, "127.0.0.1.evil.example", False, "a name that begins alike"),
    (LOCAL, "", False, "no name"),
    (LOCAL, "a b", False, "no name at all"),
    (LOCAL, "[::1", False, "half an address"),
    (SIGNED, "pinpoint.example.gov", True, "no names set where people sign in"),
    (Exposure("", signs_in=True, hosts=("pinpoint.example.gov",)), "pinpoint.example.gov:443", True, "the name"),
    (Exposure("", signs_in=True, hosts=("pinpoint.example.gov",)), "other.example.gov", False, "another name"),
    (Exposure("", opened=True, hosts=("*.example.gov",)), "a.example.gov", True, "a subdomain"),
    (Exposure("", opened=True, hosts=("*.example.gov",)), "example.gov.evil", False, "a name that begins alike"),
    (Exposure("", opened=True, hosts=("*.example.gov",)), "badexample.gov", False, "a name that ends alike"),
    (Exposure(hosts=("pinpoint.example.gov",)), "pinpoint.example.gov", True, "a proxy before the app"),
]


@pytest.mark.parametrize(("exposure", "host", "known", "reason"), HOSTS, ids=[row[-1] for row in HOSTS])
def test_names_under_which_it_may_be_opened(exposure, host, known, reason):
    assert is_known_host(exposure, host) is known


@given(host=strategies.text(max_size=40))
def test_no_host_makes_it_fail(host):
    is_known_host(LOCAL, host)
    is_loopback(host)


ORIGINS = [
    ("http://127.0.0.1:8501", "127.0.0.1:8501", True, "its own page"),
    ("https://pinpoint.example.gov", "pinpoint.example.gov", True, "behind a proxy that speaks TLS"),
    ("", "127.0.0.1:8501", True, "no page: a program"),
    ("http://127.0.0.1:9999", "127.0.0.1:8501", False, "another program of this machine"),
    ("http://localhost:8501", "127.0.0.1:8501", False, "another name is another origin to the browser"),
    ("https://evil.example", "127.0.0.1:8501", False, "another site"),
    ("null", "127.0.0.1:8501", False, "a file or a frame without origin"),
]


@pytest.mark.parametrize(("origin", "host", "own", "reason"), ORIGINS, ids=[row[-1] for row in ORIGINS])
def test_pages_that_may_connect(origin, host, own, reason):
    assert is_own_origin(LOCAL, origin, host) is own


def answer(
    exposure: Exposure,
    path: str = "/",
    *,
    kind: str = "http",
    method: str = "GET",
    server: str = "127.0.0.1",
    **headers: str,
) -> tuple[int, dict[str, str], str]:
    """Status, headers and body that the gate gives before an app that answers everything with 200."""
    sent: list[dict] = []

    async def app(scope, receive, send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Cache-Control", b"public")]})
        await send({"type": "http.response.body", "body": b"drawn by Streamlit"})

    async def send(message) -> None:
        sent.append(message)

    named = {"host": "127.0.0.1:8501"} | headers
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "server": (server, 8501),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in named.items()],
    }
    asyncio.run(Gate(app, lambda: exposure)(scope, None, send))
    if kind == "websocket":
        return (101 if sent[0]["type"] == "websocket.accept" else 403), {}, ""
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    assert len(found) == len(sent[0]["headers"]), "no header twice"
    return sent[0]["status"], found, sent[1]["body"].decode()


REQUESTS = [  # (exposure, what is asked, status, reason)
    (LOCAL, {}, 200, "the page"),
    (LOCAL, {"kind": "websocket"}, 101, "a program"),
    (LOCAL, {"kind": "websocket", "origin": "http://127.0.0.1:8501"}, 101, "its own page"),
    (LOCAL, {"kind": "websocket", "origin": "https://evil.example"}, 403, "a page of another site"),
    (LOCAL, {"kind": "websocket", "origin": "http://localhost:3000"}, 403, "a page of another program here"),
    (LOCAL, {"kind": "websocket", "host": "evil.example", "origin": "http://evil.example"}, 403, "DNS rebinding"),
    (LOCAL, {"host": "evil.example"}, 403, "DNS rebinding, the page"),
    (LOCAL, {"method": "PUT", "origin": "https://evil.example"}, 403, "an upload from another site"),
    (LOCAL, {"origin": "https://evil.example"}, 200, "a link from another site may be followed"),
    (LOCAL, {"path": "/_stcore/metrics"}, 404, "counts of sessions are nobody's business"),
    (LOCAL, {"path": "/_stcore/agent/interact", "method": "POST"}, 404, "no way in beside the page"),
    (LOCAL, {"server": "10.0.0.5"}, 403, "reached from outside after all"),
    (Exposure("0.0.0.0"), {}, 403, "open to others without signing in"),
    (Exposure("0.0.0.0"), {"kind": "websocket"}, 403, "the same for the session"),
    (Exposure("0.0.0.0"), {"path": "/_stcore/upload_file/a/b", "method": "PUT"}, 403, "and for uploads"),
    (Exposure(expects_signing_in=True), {}, 403, "roles are set, but the settings of signing in cannot be read"),
    (Exposure(signs_in=True, expects_signing_in=True), {}, 200, "roles and signing in"),
    (SIGNED, {"server": "10.0.0.5", "host": "pinpoint.example.gov"}, 200, "people sign in"),
    (OPENED, {"server": "10.0.0.5", "host": "pinpoint.example.gov"}, 200, "opened on purpose"),
]


@pytest.mark.parametrize(("exposure", "asked", "status", "reason"), REQUESTS, ids=[row[-1] for row in REQUESTS])
def test_who_is_served(exposure, asked, status, reason):
    found, headers, body = answer(exposure, **asked)
    assert found == status
    if status != 200 and "kind" not in asked:
        assert "drawn by Streamlit" not in body and HEADERS.items() <= headers.items()


def test_the_page_that_refuses_says_why_and_what_to_do():
    _, headers, body = answer(Exposure(""))
    for words in ("other machines can reach", "127.0.0.1", "SECURITY.md", "PINPOINT_OPEN_NETWORK=1"):
        assert words in body
    assert headers["content-type"].startswith("text/html") and "<h1>" in body


@pytest.mark.parametrize(
    ("path", "retained"),
    [
        ("/", "public"),
        ("/media/abc.docx", "no-store"),
        ("/static/js/index.js", "public"),
        ("/_stcore/health", "no-store"),
        ("/base/media/abc.png", "no-store"),
    ],
)
def test_browsers_keep_nothing_but_the_empty_page_and_its_scripts(path, retained):
    _, headers, _ = answer(LOCAL, path)
    assert headers["cache-control"] == retained
    assert HEADERS.items() <= headers.items()


def test_the_policy_leaves_the_page_no_way_out():
    policy = dict(part.split(" ", 1) for part in HEADERS["content-security-policy"].split("; "))
    assert policy["connect-src"] == "'self'" and policy["frame-ancestors"] == "'none'"
    assert not any("http" in sources or "*" in sources or "unsafe-eval" in sources for sources in policy.values())


def served(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body=b"x" if method == "PUT" else None, headers=headers)
        with connection.getresponse() as response:
            return response.status, response.headers, response.read().decode(errors="replace")


@pytest.mark.slow
@pytest.mark.enable_socket
def test_an_app_started_for_all_addresses_shows_nothing(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "0.0.0.0",
        "--server.headless",
        "true",
    ]
    with (tmp_path / "log").open("wb") as log:
        app = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(120):
                try:
                    status, headers, body = served(port)
                    break
                except OSError:
                    assert app.poll() is None
                    time.sleep(0.25)
            assert status == 403 and "Pinpoint is closed" in body
            assert served(port, "/_stcore/health")[0] == 403
            assert served(port, "/static/js/")[0] == 403
        finally:
            app.terminate()
            app.wait(20)


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_running_app_protects_what_it_serves(serve_app, tiny_index_dir):
    with serve_app(INDEX_DIR=tiny_index_dir) as running:
        port = urlsplit(running.address).port
        status, headers, body = served(port)
        assert status == 200 and "<title>" in body
        assert {name: headers[name] for name in HEADERS} == HEADERS
        cookies = [served(port, path)[1]["set-cookie"] or "" for path in ("/_stcore/health", "/_stcore/host-config")]
        assert "SameSite=Lax" in "".join(cookies), "the token against forged requests"
        for path in ("/static/", "/static/js/", "/app/static/", "/media/", "/app/static/../app.py"):
            status, _, body = served(port, path)
            assert "import streamlit" not in body and "Index of" not in body, path
        assert served(port, Host="evil.example")[0] == 403
        upgrade = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Host": f"127.0.0.1:{port}",
        }
        assert served(port, "/_stcore/stream", **upgrade, Origin="https://evil.example")[0] == 403
        assert served(port, "/_stcore/upload_file/session/file", "PUT")[0] in (400, 403), "no upload without the token"
