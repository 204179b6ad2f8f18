"""Programs that are no modules may ingest: nothing runs them a second time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
print("begins", flush=True)
from pathlib import Path
from ingest.corpus.manifest import ManifestEntry
from ingest.workers import Job, Limits, parse_all
folder = Path(sys.argv[1])
jobs = [Job(file, ManifestEntry(file.stem, file.name, file.stem), "", ()) for file in sorted(folder.iterdir())]
for outcome in parse_all(jobs, Limits(processes=2)):
    print(outcome.job.entry.id, outcome.status, outcome.job in jobs, flush=True)
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "rule.md").write_text("# Rule\n\nThe applicant must sign the form.\n", encoding="utf-8")
    (documents / "empty.txt").write_bytes(b"")
    return documents


def run(command: list[str], cwd: Path, typed: str | None = None) -> list[str]:
    ended = subprocess.run(command, cwd=cwd, input=typed, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 0, ended.stderr
    return sorted(ended.stdout.splitlines())


def test_a_script_without_a_guard_runs_once(folder, tmp_path):
    script = tmp_path / "plain.py"
    script.write_text(SCRIPT, encoding="utf-8")
    assert run([sys.executable, str(script), str(folder)], tmp_path) == ["begins", "empty empty True", "rule read True"]


def test_a_program_from_standard_input_runs_once(folder, tmp_path):
    """As a notebook does, it has no file that could be imported again."""
    printed = run([sys.executable, "-", str(folder)], tmp_path, typed=SCRIPT)
    assert printed == ["begins", "empty empty True", "rule read True"]


def test_modules_of_the_working_directory_are_not_taken_for_ours(folder, tmp_path):
    for name in ("index", "ingest", "pinpoint", "pickle"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')\n", encoding="utf-8")
    printed = run([sys.executable, "-P", "-c", SCRIPT, str(folder)], tmp_path)
    assert printed == ["begins", "empty empty True", "rule read True"]


def test_an_ingest_whose_foreman_is_ended_says_so(folder):
    program = SCRIPT.replace(
        "for outcome in",
        "import ingest.workers as workers\n"
        "start = workers.start_process\n"
        "def ended(body):\n"
        "    process = start(body); process.kill(); process.wait(); return process\n"
        "workers.start_process = ended\n"
        "for outcome in",
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 1
    assert "IngestInterrupted: The process that reads the files was ended" in ended.stderr
