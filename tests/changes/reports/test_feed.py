"""The Atom file: what RFC 4287 asks for, entries once each, the newest first."""

from dataclasses import replace
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

from changes.reports.feed import add_to_feed
from pinpoint.errors import PinpointError
from tests.changes.reports.test_reports import changes, facts  # noqa: F401 - the fixture

ATOM = "{http://www.w3.org/2005/Atom}"


def read(file):
    return ET.fromstring(file.read_bytes())


def test_the_feed_has_what_the_standard_asks_for(changes, tmp_path):  # noqa: F811
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and updated of feed and entry, an author, content where no link is."""
    file = tmp_path / "changes.atom"
    assert add_to_feed(changes, file) == 2
    feed = read(file)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text.strip(), name
        assert element.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert datetime.fromisoformat(element.find(f"{ATOM}updated").text).tzinfo is not None
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Pinpoint"
    assert all(entry.find(f"{ATOM}content").get("type") == "html" for entry in feed.findall(f"{ATOM}entry"))


def test_a_second_run_adds_nothing_and_a_new_change_is_put_first(changes, tmp_path):  # noqa: F811
    file = tmp_path / "changes.atom"
    add_to_feed(changes, file)
    name, ids = read(file).find(f"{ATOM}id").text, [one.text for one in read(file).iter(f"{ATOM}id")]
    assert add_to_feed(changes, file) == 0
    assert [one.text for one in read(file).iter(f"{ATOM}id")] == ids
    other = replace(changes.documents[0], new=facts("third", "Third"), unchanged=1)
    later = replace(changes.new, made="2026-03-04T05:06:07+00:00")
    assert add_to_feed(replace(changes, documents=(other,), new=later), file) == 1
    feed = read(file)
    assert feed.find(f"{ATOM}id").text == name, "a feed keeps its id"
    assert feed.find(f"{ATOM}entry/{ATOM}title").text == "Third"
    assert feed.find(f"{ATOM}updated").text.startswith("2026-03-04")
    assert len(feed.findall(f"{ATOM}entry")) == 3


def test_control_characters_do_not_spoil_the_file(changes, tmp_path):  # noqa: F811
    file = tmp_path / "changes.atom"
    add_to_feed(changes, file)
    titles = [one.text for one in read(file).iter(f"{ATOM}title")]
    assert any("<script>" in title for title in titles), "as text, not as markup"


@pytest.mark.parametrize(("content", "reason"), [("no xml", "no XML"), ("<a", "cut off"), ("<rss/>", "another feed")])
def test_another_file_is_not_written_over(changes, tmp_path, content, reason):  # noqa: F811
    file = tmp_path / "changes.atom"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PinpointError, match="is not an Atom file"):
        add_to_feed(changes, file)
    assert file.read_text(encoding="utf-8") == content, reason
