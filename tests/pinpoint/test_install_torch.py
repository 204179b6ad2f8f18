"""Installing torch: the small build where it can be had, the usual one otherwise, and no long wait in between."""

import base64
import functools
import hashlib
import http.server
import importlib.util
import os
import subprocess
import threading
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "requirements" / "install_torch.py"
spec = importlib.util.spec_from_file_location("install_torch", SCRIPT)
install_torch = importlib.util.module_from_spec(spec)
spec.loader.exec_module(install_torch)
PINNED = install_torch.pinned_version()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def package_index(folder: Path, *versions: str) -> Iterator[str]:
    """Address of a package index on this machine with a torch of each version."""
    (folder / "torch").mkdir(parents=True)
    links = []
    for version in versions:
        wheel = folder / "torch" / f"torch-{version}-py3-none-any.whl"
        _write_wheel(wheel, version)
        links.append(f'<a href="{wheel.name.replace("+", "%2B")}">{wheel.name}</a>')
    (folder / "torch" / "index.html").write_text(f"<!doctype html><body>{''.join(links)}</body>", encoding="utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _write_wheel(file: Path, version: str) -> None:
    info = f"torch-{version}.dist-info"
    content = {
        "torch.py": f"version = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: torch\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    lines = [f"{name},sha256={_digest(text)},{len(text)}" for name, text in content.items()]
    content[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]) + "\n"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True, symlinks=True)
    return folder / "bin" / "python"


def install(python: Path, first: str, usual: str) -> tuple[str, str, float]:
    """The version that is installed, what was said, and the seconds it took."""
    subprocess.run([str(python), "-m", "pip", "uninstall", "--quiet", "-y", "torch"], check=False, capture_output=True)
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    variables |= {"PIP_INDEX_URL": usual, "PIP_CONFIG_FILE": os.devnull}
    begun = time.monotonic()
    done = subprocess.run([str(python), str(SCRIPT), first], env=variables, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    assert done.returncode == 0, done.stdout + done.stderr
    shown = subprocess.run(
        [str(python), "-c", "import torch; print(torch.version)"], capture_output=True, text=True, check=True
    )
    return shown.stdout.strip(), done.stdout, seconds


@pytest.mark.slow
@pytest.mark.enable_socket
def test_the_small_build_is_taken_where_it_can_be_had(environment, tmp_path):
    small, usual = (
        package_index(tmp_path / "small", f"{PINNED}+cpu", "9.0.0+cpu"),
        package_index(tmp_path / "usual", PINNED),
    )
    with small as first, usual as second:
        assert install(environment, first, second)[:2] == (f"{PINNED}+cpu", "")
        again = subprocess.run([str(environment), str(SCRIPT), first], capture_output=True, text=True, check=False)
        assert (again.returncode, again.stdout) == (0, ""), "it is there already"
    with package_index(tmp_path / "other", "9.0.0+cpu") as first, package_index(tmp_path / "usual2", PINNED) as second:
        version, said, _ = install(environment, first, second)
        assert version == PINNED, "the small index lacks the pinned version"
        assert "The usual index is asked." in said


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_refusal_falls_back_and_says_so(environment, tmp_path):
    with package_index(tmp_path / "usual", PINNED) as usual:
        version, said, _ = install(environment, "http://127.0.0.1:9", usual)
        assert version == PINNED
        assert said == "http://127.0.0.1:9 gives no build of torch for the processor alone. The usual index is asked.\n"
        assert install(environment, "", usual)[:2] == (PINNED, ""), "nothing is asked where none is named"


@pytest.mark.enable_socket
@pytest.mark.parametrize("reason", ["closed port", "unknown name", "silence"])
def test_a_refusal_is_not_waited_for(reason, monkeypatch):
    ended = threading.Event()

    def silent(*_, **__):
        ended.wait()
        raise TimeoutError

    if reason == "silence":
        monkeypatch.setattr(install_torch.urllib.request, "urlopen", silent)
    address = "http://no-such-host.invalid/torch/" if reason == "unknown name" else "http://127.0.0.1:9/torch/"
    try:
        assert not install_torch.answers(address), "it comes back although nobody has answered"
    finally:
        ended.set()
    assert install_torch._PATIENCE < 5, "seconds that a refusal may cost, at the most"
