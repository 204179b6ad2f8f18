"""What Pinpoint is installed with may be used and passed on, and the table in docs/ says so."""

import re
from email.message import Message
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.licences import UNKNOWN, licence_of, main, packages, pinned

TABLE = Path(__file__).resolve().parents[2] / "docs" / "licences.md"
STATED = [  # (headers, licence, reason)
    ([("License-Expression", "MIT OR Apache-2.0")], "MIT OR Apache-2.0", "an expression"),
    ([("License", "whatever"), ("Classifier", "License :: OSI Approved :: MIT License")], "MIT", "a classifier"),
    ([("Classifier", "License :: OSI Approved"), ("License", "3-Clause BSD License")], "BSD-3-Clause", "a free text"),
    (
        [("License", "Copyright (c) 2020 Somebody and all of the others who have helped with it\n\nApache License")],
        "Apache-2.0",
        "the whole text of a licence",
    ),
    ([("Classifier", "License :: OSI Approved :: GNU Affero General Public License v3")], "AGPL", "not GPL alone"),
    ([("Classifier", "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)")], "LGPL", "not GPL"),
    ([], UNKNOWN, "nothing"),
]


@pytest.mark.parametrize(("headers", "licence", "reason"), STATED, ids=[row[-1] for row in STATED])
def test_the_licence_that_a_package_states(headers, licence, reason):
    said = Message()
    for name, value in headers:
        said[name] = value
    assert licence_of(said) == licence


def test_no_package_is_under_agpl_and_none_that_is_used_is_under_gpl_or_unknown():
    found = packages()
    assert sum(one.installed for one in found) > 80
    for one in found:
        assert "AGPL" not in one.licence, one.name
        if one.installed and one.use not in ("cuda", "dev"):
            assert one.licence != UNKNOWN, one.name
            assert not re.search(r"\bGPL", one.licence), one.name


def test_what_the_app_runs_with_is_told_from_what_tests_need():
    uses = {one.name: one.use for one in packages()}
    assert (uses["torch"], uses["triton"], uses["nvidia-cublas"]) == ("run", "cuda", "cuda")
    assert (uses["streamlit"], uses["starlette"], uses["rapidocr"], uses["pytest"]) == ("run", "run", "option", "dev")


def test_the_table_names_every_pinned_package_in_its_version():
    rows = dict(re.findall(r"^\| ([\w.-]+) \| ([\w.-]+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    target = pinned()
    assert {name: rows.get(name) for name in target} == target, "python -m benchmarks.licences --into docs/licences.md"


def test_the_command(tmp_path):
    shown = CliRunner().invoke(main, ["--into", str(tmp_path / "table.md"), "--json"])
    assert shown.exit_code == 0 and '"licence"' in shown.stdout
    assert (tmp_path / "table.md").read_text(encoding="utf-8").startswith("# Licences")
