"""The authority levels: order, labels, and what an administrator may do to it."""

import pytest

from index.documents.authority import authority_of, load_authority_levels
from pinpoint.errors import PinpointError


def test_the_authority_levels_are_those_of_the_domain():
    kinds = ["statute", "regulation", "policy-manual", "directive", "form-instructions", "strategy", "made-up"]
    assert [authority_of(kind).rank for kind in kinds] == [1, 2, 3, 4, 5, 6, 8]
    assert authority_of("precedent-decision").rank == authority_of("policy-manual").rank
    assert authority_of("memo").rank == authority_of("form-instructions").rank
    assert authority_of("review").rank == authority_of("training").rank == authority_of("strategy").rank


@pytest.mark.parametrize(
    ("kind", "label", "in_force"),
    [
        ("statute", "Statute", True),
        ("policy-manual", "Policy Manual", True),
        ("review", "Review", False),  # a strategy is current or not, never in force
        ("new-kind", "New kind", False),  # a kind that nobody listed keeps its own name
        ("", "Other", False),
    ],
)
def test_a_kind_has_a_label(kind, label, in_force):
    assert (authority_of(kind).label, authority_of(kind).in_force) == (label, in_force)


def test_edited_authority_levels_count(tmp_path):
    file = tmp_path / "authority.toml"
    file.write_text('[[level]]\nrank = 1\nlabel = "House rule"\nkinds = ["house"]\n', encoding="utf-8")
    assert load_authority_levels(file)["house"].label == "House rule"


@pytest.mark.parametrize(
    "content",
    ["[[level]\n", "x = 1\n", "[[level]]\nrank = 1\n", '[[level]]\nrank = "first"\nlabel = "A"\nkinds = ["a"]\n'],
)
def test_wrong_authority_levels_are_named(tmp_path, content):
    file = tmp_path / "wrong.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PinpointError, match="wrong.toml"):
        load_authority_levels(file)
