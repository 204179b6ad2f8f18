"""The real bundle, where there is no network: ``make bundle && make bundle-check``.

Not a part of ``make test``: the bundle has 500 MB and takes minutes to build.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SESSION = Path(__file__).with_name("offline_session.py")
ASKED = os.environ.get("BUNDLE", "")
QUESTIONS = (
    "What is the annual cap on T visas?",
    "Who is eligible for T nonimmigrant status?",
    "Which agency publishes the strategy to counter terrorism?",
    "How do I bake bread?",
)
"""Of the starter corpus; the last is not answered there."""
_MINUTES = 3
"""Until the first answer, unpacking and installing included: what the bundle was asked for."""


@pytest.fixture(scope="module")
def bundle() -> Path:
    if not ASKED:
        pytest.skip("make bundle-check runs it, after make bundle")
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("no namespaces without network here: unshare is missing")
    found = [file for file in (ROOT / "dist").glob("pinpoint-*.tar") if ("-torch-" in file.name) == (ASKED == "torch")]
    assert len(found) == 1, "make bundle, with nothing of another version in dist/"
    return found[0]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_bundle_installs_and_answers_without_network(bundle, tmp_path):
    python = Path(sys.executable).resolve()  # not the environment of the tests
    own = [] if os.getuid() == 0 else ["--map-root-user"]
    command = ["unshare", "--net", *own, str(python), "-I", str(SESSION), str(bundle), str(tmp_path / "there")]
    (tmp_path / "there").mkdir()
    done = subprocess.run([*command, json.dumps(QUESTIONS)], capture_output=True, text=True, check=False)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / f"bundle-check-{ASKED}.log").write_text(done.stderr, encoding="utf-8")
    print(done.stderr)
    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    print({name: value for name, value in came.items() if name not in ("answers", "said")})
    assert came["interfaces"] == ["lo"] and came["reached"].startswith("OSError"), "there is no network"
    assert came["torch"] == ("['torch', 'sentence_transformers']" if ASKED == "torch" else "[]")
    assert came["first_answer"] <= 60 * _MINUTES
    answers = [without_times(one) for one in came["answers"]]
    assert answers == normal_answers(tmp_path / "here"), "nothing that is left out changes an answer"
    assert [one["status"] for one in came["answers"]][-1] != "answered", "one is declined"


def normal_answers(folder: Path) -> list[dict[str, object]]:
    """The same of this environment."""
    folder.mkdir()
    starter = subprocess.run(
        [sys.executable, "-c", "from pinpoint.packaged import starter_corpus as s; print(s())"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    index = ["--index", str(folder / "index")]
    ran = subprocess.run([sys.executable, "-m", "pinpoint", "ingest", starter, *index], cwd=ROOT, check=False)
    assert ran.returncode == 0
    found = []
    for question in QUESTIONS:
        command = [sys.executable, "-m", "pinpoint", "ask", question, *index, "--json"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found.append(without_times(json.loads(done.stdout)))
    return found


def without_times(answer: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}
