"""Whether two generations answer alike is read from all tables."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.ingesting.sameness import differences
from index.generations.read import current_generation, generation_facts, write_facts

CHANGES = [  # (statement, what differs, reason)
    ("VACUUM", (), "the pages lie otherwise, the rows are the same"),
    ("DELETE FROM links WHERE rowid = 1", ("passages.sqlite: links",), "a link is gone"),
    ("UPDATE sections SET heading = heading || '.' WHERE number = 1", ("passages.sqlite: sections",), "a heading"),
    ("UPDATE documents SET rowid = rowid + 100", ("passages.sqlite: documents",), "the order counts"),
    ("CREATE TABLE more (a)", ("passages.sqlite: more",), "a table of one alone"),
]


@pytest.mark.parametrize(("statement", "found", "reason"), CHANGES, ids=[row[2] for row in CHANGES])
def test_a_table_that_differs_is_named(tiny_index_dir, tmp_path, statement, found, reason):
    one = current_generation(tiny_index_dir)
    other = current_generation(Path(shutil.copytree(tiny_index_dir, tmp_path / "index")))
    assert differences(one, other) == ()
    with closing(sqlite3.connect(other / "passages.sqlite")) as rows:
        rows.execute(statement)
        rows.commit()
    facts = generation_facts(other)
    write_facts(other, {**facts, "sha256": {**facts["sha256"], "passages.sqlite": "other"}})
    assert differences(one, other) == found, reason
