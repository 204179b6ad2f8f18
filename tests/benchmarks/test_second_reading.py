"""The commands that count the alarms of the second reading and what it costs."""

import json
import random
import re

import pytest
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas

from benchmarks.pdf import second_times
from benchmarks.pdf.second_reading import KINDS, main
from benchmarks.pdf.second_times import Cost, read_once

LINES = (
    "An officer shall not admit an alien who stays more than 30-60",
    "days under \u00a7 214.2(b)(1) of this well-known chapter, unless",
    "the alien has paid $1,500 for 12 months or is 18 years old.",
)
WORDS = " ".join(LINES).split()


@pytest.fixture
def folder(tmp_path):
    canvas = Canvas(str(tmp_path / "law.pdf"), pagesize=(612, 792))
    for number, line in enumerate(LINES):
        canvas.drawString(72, 500 - 14 * number, line)
    canvas.save()
    (tmp_path / "broken.pdf").write_text("not a PDF")
    return tmp_path


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_where_it_says(kind):
    text = " ".join(LINES)
    for seed in range(20):
        changed = KINDS[kind](text, random.Random(seed), WORDS)
        assert changed is None or (changed[0] != text and 0 <= changed[1] <= changed[2] <= len(changed[0]) + 9)
    assert any(KINDS[kind](text, random.Random(seed), WORDS) for seed in range(20))


def test_alarms_and_altered_words_are_counted(folder):
    done = CliRunner().invoke(main, [str(folder), "--altered", "1", "--json"])
    assert "broken.pdf: not read" in done.stderr, done.exception
    one, whole = json.loads(done.stdout)
    assert (one["file"], one["pages"], one["twice"], one["unconfirmed"]) == ("law.pdf", 1, 1, 0)
    assert set(whole["altered"]) == set(KINDS) and whole["noticed"]["not lost"] == 1
    said = CliRunner().invoke(main, [str(folder / "law.pdf"), "--altered", "1"]).stdout
    assert re.search(r"law.pdf: 1 pages, 1 read twice, 0 doubtful; 0 of \d+ words not confirmed, 0.0 of 10,000", said)
    assert "not lost: 1 of 1 noticed (100%)" in said


def test_costs_are_those_of_a_page(folder, monkeypatch):
    found = read_once(folder / "law.pdf", twice=True)
    assert found["pages"] == 1 and found["seconds"] > 0 and found["megabytes"] > 1
    monkeypatch.setattr(second_times, "measure", lambda path, _: Cost(path.name, 2, (0.1, 0.11), (50, 51)))
    said = CliRunner().invoke(second_times.main, [str(folder / "law.pdf")]).stdout
    assert "law.pdf: 2 pages, 50.0 ms a page, 55.0 with the second reading (1.10); 50 MB, 51 MB" in said
