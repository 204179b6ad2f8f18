"""``pinpoint serve``: its options, tokens, processes; and the client of the guide against a server that listens."""

import contextlib
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner

from access.tokens import Tokens
from http_server.commands import serve as command
from http_server.commands.serve import serve
from http_server.settings import ServerSettings
from pinpoint.errors import NoGeneration

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "http-api.md"


@pytest.fixture
def started(monkeypatch):
    """The settings with which the command would start servers."""
    found = []
    monkeypatch.setattr("http_server.commands.process.run", found.append)
    return found


def invoke(*arguments):
    return CliRunner().invoke(serve, [str(one) for one in arguments])


def test_the_defaults(started, tmp_path):
    assert invoke("--index", tmp_path).exit_code == 0
    assert started == [ServerSettings(index_dir=tmp_path)]
    assert started[0].host == "127.0.0.1" and started[0].tokens is None


def test_the_options(started, tmp_path):
    _, file = invoke("--new-token", "a", "--tokens", tmp_path / "tokens"), tmp_path / "tokens"
    options = ["--index", tmp_path, "--host", "0.0.0.0", "--port", 9000, "--tokens", file, "--allow", "a.gov"]
    options += ["--workers", 2, "--rate", 60, "--timeout", 5, "--reranker", "none"]
    assert invoke(*options).exit_code == 0
    assert started == [
        ServerSettings(
            index_dir=tmp_path,
            host="0.0.0.0",
            port=9000,
            tokens=file,
            hosts=("a.gov",),
            workers=2,
            rate=60,
            seconds=5.0,
            reranker="none",
        )
    ]


def test_the_file_of_tokens_may_be_a_setting(started, tmp_path, monkeypatch):
    monkeypatch.setenv("PINPOINT_API_TOKENS", str(tmp_path / "tokens"))
    assert invoke("--index", tmp_path).exit_code == 0
    assert started[0].tokens == tmp_path / "tokens"


def test_a_token_is_printed_once(tmp_path):
    result = invoke("--new-token", "reports", "--role", "administrator", "--tokens", tmp_path / "tokens")
    assert result.exit_code == 0
    token = result.stdout.strip()
    assert token not in (tmp_path / "tokens").read_text(encoding="utf-8")
    person = Tokens(tmp_path / "tokens").person(token)
    assert (person.name, person.role) == ("reports", "administrator")
    alone = invoke("--new-token", "reports")
    assert re.search(r"^reports reader [0-9a-f]{64}$", alone.stderr, re.MULTILINE), "the line, where no file is named"


REFUSED = [  # (options, what the message says, reason)
    (["--host", "0.0.0.0"], "--new-token NAME", "open to others without tokens"),
    (["--host", ""], "--new-token NAME", "every address"),
    (["--new-token", "a b"], "no name for a token", "a name with a blank"),
    (["--workers", "0"], "workers", "nobody answers"),
    (["--timeout", "0"], "timeout", "no time"),
    (["--port", "70000"], "port", "no port"),
]


@pytest.mark.parametrize(("options", "said", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_refused_options(started, tmp_path, options, said, reason):
    result = invoke("--index", tmp_path, *options)
    assert result.exit_code == 2 and said in result.output and not started


def test_without_the_extra_it_says_what_to_install(started, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "fastapi" else object())
    result = invoke("--index", tmp_path)
    assert result.exit_code == 2 and not started
    assert "needs fastapi" in result.output and "pip install 'pinpoint[serve]'" in result.output


def test_errors_of_the_index_are_told(monkeypatch, tmp_path):
    def run(_):
        raise NoGeneration("No index in there. Make one: pinpoint ingest FOLDER")

    monkeypatch.setattr("http_server.commands.process.run", run)
    result = invoke("--index", tmp_path)
    assert result.exit_code == 2 and "pinpoint ingest FOLDER" in result.output


@pytest.mark.enable_socket
def test_the_client_of_the_guide(make_app, tiny_operations, capsys):
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (code,) = blocks
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(tiny_operations), log_level="error", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            exec(code.replace(":8600/", f":{listening.getsockname()[1]}/"), {})  # noqa: S102 - our own guide
        finally:
            server.should_exit = True
            thread.join(20)
    lines = capsys.readouterr().out.splitlines()
    assert lines and all(re.match(r"“.+” (8 CFR|8 U.S.C.) .+: ", line) for line in lines)


def _asked(port, method, path, body=None):
    headers = {"content-type": "application/json"} if body else {}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        with connection.getresponse() as response:
            return response.status, response.read().decode()


@pytest.mark.slow
@pytest.mark.enable_socket
def test_two_processes_serve_count_together_and_stop(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "rule.md").write_text("# Rule\n\nA zebra must be registered within thirty days.\n", encoding="utf-8")
    module = [sys.executable, "-m", "pinpoint"]
    index = tmp_path / "index"
    subprocess.run([*module, "ingest", corpus, "--index", index], cwd=ROOT, check=True, capture_output=True)
    options = ["--index", index, "--port", "0", "--workers", "2", "--reranker", "none"]
    server = subprocess.Popen([*module, "serve", *map(str, options)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r":(\d+)/v1/ with 2 processes", server.stderr.readline()).group(1))
        for _ in range(600):
            if _ready(port):
                break
            time.sleep(0.1)
        for _ in range(8):
            for _ in range(600):  # chance may have led every connection of ``_ready`` to one process
                status, body = _asked(port, "POST", "/v1/search", {"query": "zebra"})
                if status != 503:
                    break
                time.sleep(0.1)
            assert status == 200 and "registered within thirty days" in body
        _, counters = _asked(port, "GET", "/metrics")
        assert 'pinpoint_http_requests_total{method="POST",route="/v1/search",status="200"} 8.0' in counters
    finally:
        server.send_signal(signal.SIGTERM)
        said = server.communicate(timeout=60)[1]
    assert server.returncode == 0 and "zebra" not in said and "Traceback" not in said


def _ready(port):
    """Whether both processes are: each connection may reach another one."""
    try:
        return all(_asked(port, "GET", "/ready")[0] == 200 for _ in range(12))
    except OSError:
        return False
