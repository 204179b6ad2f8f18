"""Install the pinned torch, on Linux in its build for the processor alone where that can be had.

PyPI's builds for Linux are those for graphics cards, which bring gigabytes of libraries that are never used here.
PyTorch's own index has builds of the same version without them. It is asked first, and only for a moment: where it
does not answer or has no such build, the index that pip is set to is asked. ``make`` calls this with the address.
"""

import contextlib
import re
import subprocess
import sys
import threading
import urllib.request
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_CONSTRAINTS = Path(__file__).resolve().parents[1] / "constraints.txt"
_PATIENCE = 3.0
"""Seconds that the index has to answer, looking up its name included. Set by hand: a refusal is to cost under five."""
_PIP = (sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--progress-bar", "off")


def main(index: str) -> int:
    """Install torch; the exit code of pip."""
    pinned = pinned_version()
    if installed_version().partition("+")[0] == pinned:
        return 0
    wanted = (f"torch=={pinned}", "-c", str(_CONSTRAINTS))
    if index and sys.platform == "linux":
        own = (*_PIP, "--retries", "0", "--timeout", "15", "--index-url", index, "--no-deps", *wanted)
        if answers(f"{index.rstrip('/')}/torch/") and subprocess.run(own, check=False).returncode == 0:  # noqa: S603
            return 0
        print(f"{index} gives no build of torch for the processor alone. The usual index is asked.", flush=True)
    return subprocess.run([*_PIP, *wanted], check=False).returncode  # noqa: S603 - our own command


def pinned_version() -> str:
    """The version that constraints.txt pins, without a suffix such as ``+cpu``."""
    found = re.search(r"^torch==([\w.]+)", _CONSTRAINTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None  # noqa: S101 - it is pinned
    return found.group(1)


def installed_version() -> str:
    """The version that is there; "" for none."""
    try:
        return version("torch")
    except PackageNotFoundError:
        return ""


def answers(address: str) -> bool:
    """Whether a page is served within the patience; a name that cannot be looked up may block for longer."""
    good: list[int] = []

    def ask() -> None:
        with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(address, timeout=_PATIENCE) as page:  # noqa: S310
            good.append(page.status)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_PATIENCE)
    return bool(good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else ""))
