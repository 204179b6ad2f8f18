"""The scripts of the app: Streamlit takes a folder ``pages`` beside one for pages of its own making."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import ui
from pinpoint.__main__ import main

ROOT = Path(ui.__file__).resolve().parents[1]


def test_pinpoint_app_runs_a_script_without_pages_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A link to a page showed ``ui/pages/browse.py`` alone where it was the first thing that a new server was asked."""
    served: list[Path] = []
    monkeypatch.setattr("ui.server.hosting.serve", lambda script, port: served.append(script))
    monkeypatch.setenv("PINPOINT_READ_AT_START", "1")
    assert CliRunner().invoke(main, ["app", "--index", str(tmp_path / "index")]).exit_code == 0
    assert served == [ROOT / "ui" / "server" / "script.py"]
    for script in (*served, ROOT / "app.py"):
        assert script.is_file() and not (script.parent / "pages").exists()
