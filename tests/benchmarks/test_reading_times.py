"""Two versions are compared by turns on the same files."""

import json
from pathlib import Path

from click.testing import CliRunner

from benchmarks import reading_times
from benchmarks.reading_times import Cost, least, main, read_once

ROOT = Path(__file__).parents[2]


def test_each_version_reads_in_a_process_of_its_own(tmp_path):
    file = tmp_path / "law.md"
    file.write_text("# § 1.1 Scope.\n\n(a) This part applies.\n\n(b) It ends.\n")
    found = read_once(ROOT, file, "8 CFR")
    assert found.seconds > 0 and found.megabytes > 1 and (found.pages, found.sections) == (0, 4)
    said = CliRunner().invoke(main, [str(ROOT), str(file), "--rounds", "1", "--cited", "law=8 CFR", "--json"])
    assert json.loads(said.stdout)["ratio"] > 0, said.exception


def test_the_table_shows_both(tmp_path, monkeypatch):
    file = tmp_path / "law.txt"
    file.write_text("x")
    costs = iter([Cost(2.0, 50, 0, 3), Cost(1.0, 60, 0, 4)])
    monkeypatch.setattr(reading_times, "read_once", lambda *_: next(costs))
    said = CliRunner().invoke(main, [str(tmp_path), str(file), "--rounds", "1"]).stdout
    assert "| law.txt |  | 3 / 4 | 2.00 | 1.00 | 0.50 | 50 / 60 |" in said
    assert "| all |  |  | 2.00 | 1.00 | 0.50 |  |" in said


def test_the_least_time_and_the_highest_memory_count():
    assert least([Cost(2.0, 50, 1, 3), Cost(1.0, 40, 1, 3)]) == Cost(1.0, 50, 1, 3)


def test_a_version_that_cannot_read_is_named(tmp_path):
    file = tmp_path / "law.txt"
    file.write_text("")
    said = CliRunner().invoke(main, [str(ROOT), str(file), "--rounds", "1"])
    assert said.exit_code == 1 and "cannot read" in said.output and "law.txt is empty" in said.output
