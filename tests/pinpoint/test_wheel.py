"""An installed Pinpoint works without its checkout: the wheel is built, put into an empty environment and used."""

import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUP = PROJECT["tool"]["setuptools"]
CONTENTS = [  # (file, reason)
    ("ui/app.py", "the app"),
    ("ui/theme.css", "its theme"),
    ("ui/components/clicks.js", "its script"),
    ("pinpoint/streamlit/config.toml", "its settings"),
    ("pinpoint/starter/manifest.toml", "the starter corpus"),
    ("pinpoint/starter/t-visa/t1-eligibility-elements.pdf", "a document of it"),
    ("pinpoint/py.typed", "types for editors"),
    ("citations/parallel_sections.toml", "tables"),
    ("access/gate.py", "who may connect"),
    ("operations/operations.py", "what commands, programs and assistants ask"),
    ("operations/commands/__init__.py", "its commands"),
    ("http_server/commands/serve.py", "pinpoint serve"),
    ("mcp_server/command.py", "pinpoint mcp"),
    ("index/cluster/__init__.py", "an index on a cluster"),
    ("local_cluster/commands.py", "pinpoint cluster"),
]
READ = ("annual-cap-waiting-list.html", "t1-eligibility-elements.pdf")
"""Documents of the starter corpus that the installed one is tried with."""
CONTENTS_ABSENT = ("tests/", "benchmarks/", "deployment/", "_source/", "official/", "app.py", "docs/")


def test_every_package_is_listed():
    """No discovery finds these packages, so that a new folder has to be named."""
    ours = {package.partition(".")[0] for package in SETUP["packages"]}
    folders = {
        file.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for package in ours
        for file in (ROOT / package).rglob("*.py")
    }
    mapped = {*SETUP["package-dir"], "evaluation.data"}
    assert {*SETUP["packages"]} - mapped == folders


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from a copy of what belongs to the project."""
    pytest.importorskip("build")
    folder = tmp_path_factory.mktemp("dist")
    source = tmp_path_factory.mktemp("source")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - the one on the path
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a checkout")
    for name in listed.stdout.splitlines():
        if not name.startswith(("tests/", "docs/", "benchmarks/")) and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(source)]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """``bin`` of an environment with the wheel, and what it depends on from the environment of the tests."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (site,) = (folder / "lib").glob("python*/site-packages")
    # A path in a .pth file is searched for modules, but its own .pth files, which lead to the checkout, are not read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    for document in (site / "pinpoint" / "starter").glob("*/*"):
        if document.name not in READ:  # to embed them all takes a minute
            document.unlink()
    return folder / "bin"


@pytest.fixture(scope="module")
def working_folder(tmp_path_factory) -> Path:
    """A folder of somebody who has files that are named like our packages."""
    folder = tmp_path_factory.mktemp("work")
    for name in ("index", "answer", "ui", "app"):
        (folder / f"{name}.py").write_text("raise SystemExit('the wrong module')\n", encoding="utf-8")
    return folder


def run(installed: Path, working_folder: Path, *command: str) -> str:
    done = subprocess.run(
        [str(installed / command[0]), *command[1:]],
        cwd=working_folder,
        env=_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment() -> dict[str, str]:
    ours = ("PYTHON", "PINPOINT", "INDEX_DIR", "CORPUS_DIR", "EMBEDDING_MODEL", "STREAMLIT", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@contextmanager
def serving(installed: Path, working_folder: Path) -> Iterator[str]:
    """Address of ``pinpoint app``, which has no index at first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = working_folder / "app.log"
    environment = {**_environment(), "STREAMLIT_SERVER_HEADLESS": "true"}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [str(installed / "pinpoint"), "app", "--port", str(port), "--index", "own-index"],
            cwd=working_folder,
            env=environment,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(1200):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                    break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
    written = log.read_text(encoding="utf-8")
    assert "Traceback" not in written, written
    assert "reading the starter corpus" in written and f"Pinpoint is at http://127.0.0.1:{port}" in written


@pytest.mark.slow
def test_what_the_wheel_holds(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for file, reason in CONTENTS:
        assert file in names, reason
    assert not [name for name in names if name.startswith(CONTENTS_ABSENT) or "/_source/" in name]


@pytest.mark.slow
@pytest.mark.enable_socket
@pytest.mark.timeout(600)  # half a minute on a machine that does nothing else
def test_an_installed_pinpoint_works(installed, working_folder):
    where = run(installed, working_folder, "python", "-P", "-c", "import pinpoint, index; print(index.__file__)")
    assert Path(where.strip()).is_relative_to(installed.parent), "the wheel, not the checkout"
    assert run(installed, working_folder, "pinpoint", "--version").strip().endswith(PROJECT["project"]["version"])
    with serving(installed, working_folder) as address, urllib.request.urlopen(address, timeout=20) as page:
        assert page.status == 200 and b'<div id="root">' in page.read()
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"], "our server, not a bare one"
    found = json.loads(
        run(installed, working_folder, "pinpoint", "search", "annual cap on T visas", "--index", "own-index", "--json")
    )
    assert found["hits"][0]["source_file"] == f"t-visa/{READ[0]}"
    drawn = (
        "import ui.server.script; from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file(ui.server.script.__file__, default_timeout=60).run()\n"
        "print(list(app.exception), any('pp-' in part.proto.body for part in app.get('html')))"
    )
    done = subprocess.run(
        [str(installed / "python"), "-P", "-c", drawn],
        cwd=working_folder,
        env={**_environment(), "INDEX_DIR": "own-index"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "[] True", done.stderr
    assert {path.name for path in working_folder.iterdir()} == {
        "own-index",
        "app.log",
        "index.py",
        "answer.py",
        "ui.py",
        "app.py",
    }, "nothing else is written into the folder of the user"
