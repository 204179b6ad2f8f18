"""Documents between two generations: which came, went, were renamed, replaced, and which did not change."""

from dataclasses import replace

import pytest

from changes.compare import compare_documents, compare_folders
from changes.narrowing import Limits
from changes.opening import both_folders, generation_folder
from index.generations.retention import prune_generations
from pinpoint.errors import PinpointError, UnknownCollection

FIRST = "# The first ledger\n\nEach officer shall keep a quetzal ledger for every referral received at the office.\n"
SECOND = "# The second ledger\n\nThe director reads the annual summary aloud in the courtyard on the last Friday.\n"
EDITION = (
    "# Handbook {year}\n\n## Duties\n\n{text}\n\n## Archive\n\n"
    "The ledger is closed after seven years and sent to Toledo.\n"
)
DUTIES = "Each officer shall keep a quetzal ledger for every referral received at the office in {year}."


def entry(name, file, **facts):
    lines = "".join(f"{key} = {value}\n" for key, value in facts.items())
    named = f'[[document]]\nid = "{name}"\nfile = "{file}"\ntitle = "{name.title()}"\n'
    return f'{named}collection = "Rules"\nkind = "guide"\n{lines}\n'


def states(changes):
    return {(one.known.document_id, one.state) for one in changes.documents}


def test_documents_that_come_and_go(two_generations):
    changes = compare_folders(*two_generations({"a.md": FIRST}, {"b.md": SECOND}))
    assert {state for _, state in states(changes)} == {"added", "removed"}
    assert changes.any
    assert not any(one.sections for one in changes.documents), "a document is said once, not section by section"


def test_a_renamed_file_is_no_change(two_generations):
    changes = compare_folders(*two_generations({"a.md": FIRST, "b.md": SECOND}, {"c.md": FIRST, "b.md": SECOND}))
    assert [one.state for one in changes.documents] == ["renamed"]
    assert not changes.any
    assert changes.unchanged == 1


def test_an_edition_of_another_name_is_compared_with_the_one_that_went(two_generations):
    old = EDITION.format(year=2024, text=DUTIES.format(year=2024))
    new = EDITION.format(year=2025, text=DUTIES.format(year=2025))
    changes = compare_folders(*two_generations({"handbook-2024.md": old}, {"handbook-2025.md": new}))
    (document,) = changes.documents
    assert document.state == "changed"
    assert [section.kinds for section in document.sections if section.new.heading == "Duties"] == [("words",)]
    assert "Archive" not in {section.new.heading for section in document.sections if section.new}


def test_what_supersedes_a_document_is_compared_with_it_though_both_are_there(two_generations):
    old = {"a.md": FIRST, "manifest.toml": entry("first", "a.md", effective_from="2020-01-01")}
    newer = FIRST.replace("every referral", "every single referral")
    listed = entry("first", "a.md", effective_from="2020-01-01", effective_to="2024-01-01")
    listed += entry("second", "b.md", effective_from="2024-01-01", supersedes='["first"]')
    changes = compare_folders(*two_generations(old, {"a.md": FIRST, "b.md": newer, "manifest.toml": listed}))
    by_id = {one.known.document_id: one for one in changes.documents}
    assert by_id["second"].old.document_id == "first"
    assert any("words" in section.kinds for section in by_id["second"].sections)
    assert [fact.name for fact in by_id["first"].facts] == ["No longer in force from"]
    assert not by_id["first"].sections


def test_limits_leave_documents_and_kinds_out_and_say_so(two_generations):
    listed = entry("first", "a.md") + entry("second", "b.md").replace("Rules", "Memos").replace('"guide"', '"memo"')
    old = {"a.md": FIRST, "b.md": SECOND, "manifest.toml": listed}
    new = {
        "a.md": FIRST.replace("every", "each"),
        "b.md": SECOND.replace("annual", "monthly"),
        "manifest.toml": listed,
    }
    folders = two_generations(old, new)
    assert len(compare_folders(*folders).documents) == 2
    for limits in (Limits(collections=("Memos",)), Limits(kinds=("memo",)), Limits(authorities=("Memorandum",))):
        changes = compare_folders(*folders, limits)
        assert states(changes) == {("second", "changed")}
        assert changes.filters.startswith("Only the ") or changes.filters.startswith("Only documents")
    assert not compare_folders(*folders, Limits(changes=("moved",))).documents
    with pytest.raises(UnknownCollection, match="Known are: Memos; Rules"):
        compare_folders(*folders, Limits(collections=("Nothing",)))


def test_two_documents_of_one_generation(two_generations):
    _, folder = two_generations({"a.md": FIRST}, {"a.md": FIRST, "b.md": FIRST.replace("every", "each")})
    changes = compare_documents(folder, "a.md", folder, "b.md")
    assert changes.counts["words"] == 1
    assert compare_documents(folder, "a.md", folder, "a.md").documents == ()
    with pytest.raises(PinpointError, match="names no document of this index"):
        compare_documents(folder, "c.md", folder, "b.md")


def test_generations_are_named_by_name_beginning_and_folder(two_generations):
    old, new = two_generations({"a.md": FIRST}, {"a.md": SECOND})
    index = old.parent
    assert both_folders(index, "", "") == (old, new)
    assert generation_folder(index, old.name[:5]) == old
    assert generation_folder(index, str(old)).resolve() == old.resolve()
    assert generation_folder(index, str(index)) == new
    with pytest.raises(PinpointError, match="names no generation"):
        generation_folder(index, "99999")
    with pytest.raises(PinpointError, match="more than one generation"):
        generation_folder(index, "0")


def test_one_generation_alone_says_what_to_do(two_generations):
    _, new = two_generations({"a.md": FIRST}, {"a.md": SECOND})
    prune_generations(new.parent, {new.name})
    with pytest.raises(PinpointError, match="no generation before"):
        both_folders(new.parent, "", "")


def test_the_order_of_documents_is_that_of_the_new_generation(two_generations):
    changes = compare_folders(
        *two_generations({"a.md": FIRST, "b.md": SECOND}, {"a.md": FIRST + "More.\n", "b.md": SECOND + "More.\n"})
    )
    names = [one.known.file for one in changes.documents]
    assert names == sorted(names)
    assert replace(changes, documents=()).counts["words"] == 0
