"""``pinpoint mcp``: what keeps it from serving is said on the error stream, with code 2."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mcp_server import command
from pinpoint.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run():
    def ran(*arguments: str):
        return CliRunner().invoke(main, ["mcp", *arguments])

    return ran


def test_without_an_index_it_says_so(run, tmp_path):
    result = run("--index", str(tmp_path / "none"))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "No index in" in result.stderr


def test_without_the_extra_it_says_how_to_install_it(run, monkeypatch):
    monkeypatch.setattr(command, "find_spec", lambda _: None)
    result = run()
    assert result.exit_code == 2
    assert "pip install 'pinpoint[mcp]'" in result.stderr


@pytest.mark.parametrize(
    "options",
    [["--host", "127.0.0.1"], ["--port", "8000"], ["--name", "a"], ["--origin", "b"], ["--tokens", "tokens"]],
)
def test_options_of_http_go_with_it(run, options):
    result = run(*options)
    assert result.exit_code == 2
    assert "--http" in result.stderr


@pytest.mark.parametrize("port", ["0", "70000", "x"])
def test_refuses_a_port_that_is_none(run, port):
    assert run("--http", "--port", port).exit_code == 2


def test_an_open_address_is_refused_before_it_listens(run, tiny_index_dir, monkeypatch):
    monkeypatch.setattr(command, "Serving", lambda *_, **__: type("One", (), {"current": lambda _: None})())
    result = run("--index", str(tiny_index_dir), "--http", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "--tokens" in result.stderr


def test_a_file_of_tokens_that_is_not_there_is_named(run, tiny_index_dir, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "Serving", lambda *_, **__: type("One", (), {"current": lambda _: None})())
    result = run("--index", str(tiny_index_dir), "--http", "--tokens", str(tmp_path / "tokens"))
    assert result.exit_code == 2
    assert "tokens" in result.stderr


def test_the_command_is_read_without_the_extra():
    """Help and completion work where the extra is not installed."""
    code = (
        "import sys; sys.modules.update({name: None for name in ('mcp', 'mcp_types', 'anyio', 'uvicorn')}); "
        "import mcp_server.command, mcp_server.tools"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
