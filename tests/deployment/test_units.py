"""The units of systemd: what they start, what they may do, and what systemd itself thinks of them."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "deployment" / "systemd"
UNITS = sorted(FOLDER.glob("*.service"))
MOST_EXPOSED = 1.0
"""Of 10, by ``systemd-analyze security``: 0.9 of those that listen, 0.2 of the ingest, by systemd 252."""
EVERY = (
    ("DynamicUser=yes", "no account that outlives it"),
    ("ProtectSystem=strict", "the system is read-only"),
    ("MemoryDenyWriteExecute=yes", "onnxruntime, numpy and the readers of documents work under it: see the guide"),
    ("IPAddressDeny=any", "no network"),
    ("CapabilityBoundingSet=", "no capability"),
    ("LimitCORE=0", "questions are in memory"),
    ("User=pinpoint", "they share the folder of the index"),
)


def settings(unit: Path) -> list[str]:
    return [line for line in unit.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def test_there_is_one_for_each_thing_that_runs():
    assert [unit.stem for unit in UNITS] == [f"pinpoint-{name}" for name in ("app", "mcp", "serve", "watch")]


@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_what_a_unit_may_do(unit):
    lines = settings(unit)
    for line, reason in EVERY:
        assert line in lines, reason
    allowed = [line for line in lines if line.startswith("IPAddressAllow=")]
    if unit.stem == "pinpoint-watch":
        assert "PrivateNetwork=yes" in lines and not allowed
    else:
        assert allowed == ["IPAddressAllow=localhost"]
    assert not [line for line in lines if line.startswith(("ReadWritePaths=", "Environment=PINPOINT_OPEN_NETWORK"))]


def test_the_watch_is_heard_by_systemd():
    lines = settings(FOLDER / "pinpoint-watch.service")
    assert {"Type=notify", "NotifyAccess=main"} <= {*lines}, "else it is given no socket, and says nothing"
    assert "RestrictAddressFamilies=AF_UNIX" in lines, "the socket is one of this machine"


@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_it_starts_what_the_commands_offer(unit):
    from pinpoint.__main__ import main  # noqa: PLC0415

    (started,) = (line.partition("=")[2].split() for line in settings(unit) if line.startswith("ExecStart="))
    assert started[0] == "/opt/pinpoint/bin/pinpoint"
    command = main.get_command(None, started[1])
    if command is None:
        pytest.fail(f"there is no command {started[1]}")
    offered = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in started if word.startswith("--")} <= offered
    port = re.search(r"127\.0\.0\.1:(\d+)", unit.read_text(encoding="utf-8"))
    assert port is None or port[1] in started, "its head says where it listens"


@pytest.mark.parametrize("unit", UNITS, ids=[unit.stem for unit in UNITS])
def test_systemd_finds_little_to_say(unit, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True, check=False
    )
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) <= MOST_EXPOSED
    here = tmp_path / unit.name
    here.write_text(
        unit.read_text(encoding="utf-8").replace("/opt/pinpoint/bin/pinpoint", "/bin/true"), encoding="utf-8"
    )
    verified = subprocess.run([analyze, "verify", str(here)], capture_output=True, text=True, check=False)
    assert unit.name not in verified.stderr, "a line that systemd does not know"


def test_the_filter_lets_through_what_is_called():
    """What an ingest and a question called, by strace, is in the filter but for two that may be refused."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")

    def group(name: str) -> set[str]:
        done = subprocess.run([analyze, "syscall-filter", name], capture_output=True, text=True, check=True)
        words = [line.strip() for line in done.stdout.splitlines()[1:]]
        inner = [group(word) for word in words if word.startswith("@")]
        return set().union(*inner, (word for word in words if word and not word.startswith(("@", "#"))))

    called = set(json.loads(Path(__file__).with_name("system_calls.json").read_text(encoding="utf-8")))
    refused = called - (group("@system-service") - group("@privileged") - group("@resources"))
    assert refused == {"fchown", "mbind"}, "SQLite as root, and where memory lies: neither is needed"
