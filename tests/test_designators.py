"""Paragraph designators: the place of each follows from the sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.designators import DesignatorTree, leading_designators, successor_of

SEQUENCES = [  # designators as printed, one after the other → the path of each ("-" is plain text), reason
    ("a b c", "a b c", "one level"),
    ("a 1 2 b", "a a.1 a.2 b", "down and up again"),
    ("a 1 i ii A B 2 b 1", "a a.1 a.1.i a.1.ii a.1.ii.A a.1.ii.B a.2 b b.1", "four levels"),
    ("a b c d e f g h i j", "a b c d e f g h i j", "(i) after (h) and before (j) is the letter"),
    ("1 i ii 2", "1 1.i 1.ii 2", "(i) after (1) and before (ii) is the numeral"),
    ("a b c d e f g h 1 2 i j", "a b c d e f g h h.1 h.2 i j", "(i) after (h)(2) and before (j) is the letter"),
    ("a b c d e f g h 1 i ii i j", "a b c d e f g h h.1 h.1.i h.1.ii i j", "both in one section"),
    ("a 1 i ii iii iv v vi", "a a.1 a.1.i a.1.ii a.1.iii a.1.iv a.1.v a.1.vi", "(v) after (iv) is the numeral"),
    ("a 15 T", "a - -", "a jump from (a) to (15) is no sequence"),
    ("1 2 3 A B i ii", "1 2 3 3.A 3.B 3.B.i 3.B.ii", "a statute that begins with numbers"),
    ("1 A i I II ii", "1 1.A 1.A.i 1.A.i.I 1.A.i.II 1.A.ii", "capital numerals below small ones"),
    ("o 1 2 p 1", "o o.1 o.2 p p.1", "an excerpt that begins with (o)"),
    ("a b d", "a b d", "a reserved paragraph leaves a gap"),
    ("a 1 3 b", "a a.1 a.3 b", "a gap below"),
    ("a 1 9", "a a.1 -", "too wide a gap is plain text"),
    ("a x", "a -", "a letter out of nowhere is plain text"),
    (
        "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb",
        "doubled letters go on after (z)",
    ),
]


@pytest.mark.parametrize(("printed", "expected", "reason"), SEQUENCES)
def test_sequences(printed, expected, reason):
    tree, tokens, paths = DesignatorTree(), printed.split(), []
    for number, token in enumerate(tokens):
        placed = tree.place(token, tokens[number + 1 :])
        paths.append(".".join(tree.path) if placed else "-")
    assert paths == expected.split(), reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("(b)(1) When filed", [("b", 0), ("1", 3)], "two at once with their offsets"),
        ("(b) (1) When filed", [("b", 0), ("1", 4)], "a space between"),
        ("(a) Victim.", [("a", 0)], "one"),
        ("( a ) Victim.", [("a", 0)], "spaces inside, as PDF text gives them"),
        ("(iv) The fourth", [("iv", 0)], "a numeral"),
        ("(a)[3] Victim.", [("a", 0)], "a footnote reference behind it"),
        ("(g), (h) and (i) apply", [], "an enumeration of paragraphs is prose"),
        ("(a) or (b) applies", [], "the same with or"),
        ("(c) through (e) apply", [], "the same with through"),
        ("(a) of this section", [], "a reference"),
        ("Paragraph (a)", [], "not at the start"),
        ("(applicant) means", [], "a word in parentheses"),
        ("(2008) An act", [], "a year"),
        ("", [], "no text"),
    ],
)
def test_leading_designators(text, expected, reason):
    assert leading_designators(text) == expected, reason


@pytest.mark.parametrize(
    ("token", "first", "following"),
    [
        ("1", "1", "2"),
        ("9", "1", "10"),
        ("i", "i", "ii"),
        ("iv", "i", "v"),
        ("i", "a", "j"),
        ("A", "A", "B"),
        ("I", "I", "II"),
    ],
)
def test_successor(token, first, following):
    assert successor_of(token, first) == following


@given(st.lists(st.sampled_from(["a", "b", "i", "ii", "h", "1", "2", "A", "I", "v", "aa", "15"]), max_size=25))
def test_a_refused_designator_changes_nothing_and_a_placed_one_ends_the_path(tokens):
    tree = DesignatorTree()
    for number, token in enumerate(tokens):
        before = tree.path
        if tree.place(token, tokens[number + 1 :]):
            assert tree.path[-1] == token
            assert tree.path[:-1] == before[: len(tree.path) - 1], "what stands above stays"
        else:
            assert tree.path == before
