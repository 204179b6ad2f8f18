"""No trace of a question: words that stand nowhere else are asked, and then looked for in all that was written."""

import base64
import json
import mmap
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]
NOT_SEARCHED = ("evidence", "given")
"""Files that the test itself wrote down, and the files with questions that it gave to the commands."""


def forms(word: str) -> list[bytes]:
    """A word as files may have it: in two encodings, and in base 64 at each of three offsets."""
    inner = [base64.b64encode(b"x" * offset + word.encode())[4:-4] for offset in range(3)]
    return [word.encode(), word.encode("utf-16-le"), word.upper().encode(), *inner]


def covers(file: Path, words: dict[str, str]) -> set[str]:
    """The ways in whose word a file has."""
    if not file.is_file() or file.is_symlink() or not file.stat().st_size:
        return set()
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return {way for way, word in words.items() if any(content.find(form) >= 0 for form in forms(word))}


@pytest.fixture(scope="module")
def seen(sealed_session):
    return json.loads((sealed_session / "evidence" / "seen.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def traces(sealed_session, seen):
    """Way in and file of each word that was found in a file."""
    notes = (sealed_session / "evidence" / "watched.jsonl").read_text(encoding="utf-8").splitlines()
    written = {Path(note["value"]) for note in map(json.loads, notes) if note["kind"] == "write"}
    everywhere = {file for file in sealed_session.rglob("*") if file.is_file()} | written
    searched = [
        file for file in everywhere if not any(file.is_relative_to(sealed_session / name) for name in NOT_SEARCHED)
    ]
    assert len(searched) > 100
    return {
        (way, file.relative_to(sealed_session).parts[0] if file.is_relative_to(sealed_session) else str(file))
        for file in searched
        for way in covers(file, seen["words"])
    }


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"..zq0123456789abcdef..", True),
        ("zq0123456789abcdef".encode("utf-16-le"), True),
        (base64.b64encode(b"Who is zq0123456789abcdef?"), True),
        (b"ZQ0123456789ABCDEF", True),
        (b"zq0123456789abcdee", False),
        (b"", False),
    ],
)
def test_a_word_is_found_in_whatever_form_it_is_written(tmp_path, content, found):
    (tmp_path / "file").write_bytes(content)
    assert bool(covers(tmp_path / "file", {"x": "zq0123456789abcdef"})) is found


def test_what_was_written_on_purpose_is_found(traces):
    """The control: were a question written anywhere, the test below would find it."""
    assert ("control-file", "home") in traces
    assert ("control-address", "profile") in traces, "an address lands in the history of the browser"


def test_no_file_contains_a_question(traces):
    assert {trace for trace in traces if not trace[0].startswith("control")} == set()


def test_no_address_title_or_storage_of_the_browser_contains_a_question(sealed_session, seen):
    storage = (sealed_session / "evidence" / "storage.json").read_text(encoding="utf-8")
    words = {way: word for way, word in seen["words"].items() if not way.startswith("control")}
    shown = "\n".join([*seen["addresses"], *seen["titles"], storage])
    assert "Pinpoint" in shown and "pinpoint-tab" in shown, "titles and storage were read"
    assert [way for way, word in words.items() if word in shown] == []


def test_only_what_is_typed_as_an_argument_is_seen_in_the_list_of_processes(seen):
    """Arguments of a command are seen by all users of a machine; standard input, files and the app are not."""
    assert seen["processes"] == ["argument"]


def test_the_audit_log_names_documents_and_no_words(sealed_session, traces):
    lines = (sealed_session / "audit" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert {entry["action"] for entry in entries} == {"ask", "search"}
    assert all(entry["documents"] and "text" not in entry for entry in entries)
    assert not any(folder == "audit" for _, folder in traces)
