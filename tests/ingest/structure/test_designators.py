"""Paragraph designators: the level of each follows from the whole sequence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.designators import REGULATION, STATUTE, Mark, leading_designators, nest, nest_with_insets

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
    ("a 1 i A 1 2 3 4 2 b 1", "a a.1 a.1.i a.1.i.A a.1.i.A.1 a.1.i.A.2 a.1.i.A.3 a.1.i.A.4 a.2 b b.1", "numbers twice"),
    ("h 1 2 3 4 i", "h h.1 h.2 h.3 h.4 i", "the last (i) is the letter, for a list has more than one paragraph"),
    ("1 A i I II ii", "1 1.A 1.A.i 1.A.i.I 1.A.i.II 1.A.ii", "capital numerals below small ones"),
    ("o 1 2 p 1", "o o.1 o.2 p p.1", "an excerpt that begins with (o)"),
    ("a b d", "a b d", "a reserved paragraph leaves a gap"),
    ("a 1 3 b", "a a.1 a.3 b", "a gap below"),
    ("a 1 9", "a a.1 -", "too wide a gap is plain text"),
    ("d i ii", "d d.i d.ii", "a list whose numbers are left out"),
    ("1 2 1 2 1 2", "1 2 - - - -", "a list that begins again stands not below itself"),
    ("a x", "a -", "a letter out of nowhere is plain text"),
    (
        "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z aa bb",
        "doubled letters continue after (z)",
    ),
]


STATUTES = [
    ("1 2 3 A B i ii", "1 2 3 3.A 3.B 3.B.i 3.B.ii", "a statute that begins with numbers"),
    ("1 A i I II ii", "1 1.A 1.A.i 1.A.i.I 1.A.i.II 1.A.ii", "capital numerals below small ones"),
    ("a 15 T", "a - -", "a jump from (a) to (15) is no sequence"),
    ("a 1 A B C D E F G H i ii iii I i ii J", "a a.1 a.1.A a.1.B a.1.C a.1.D a.1.E a.1.F a.1.G a.1.H a.1.H.i a.1.H.ii "
     "a.1.H.iii a.1.I a.1.I.i a.1.I.ii a.1.J", "(I) after (H) and before (J) is the letter"),
]  # fmt: skip
KINDS = [  # (marks as kind:token, expected, reason)
    ("leading:a strong:1 leading:2 leading:b", "a a.1 a.2 b", "the first of a list behind a caption"),
    ("leading:a strong:1 leading:b leading:c", "a - b c", "a number in a sentence that continues no list"),
    ("leading:a joined:1 leading:2 leading:b", "a a.1 a.2 b", "(a)(1) opens both"),
    ("leading:F joined:i run:ii run:iii leading:G", "F F.i F.ii F.iii G", "a list inside a paragraph"),
    ("leading:1 joined:i run:ii leading:iii leading:2", "1 1.i 1.ii 1.iii 2", "one of a list shares the line before"),
    ("leading:a run:A run:B leading:1 leading:2", "a - - a.1 a.2", "two capitals in prose are no list"),
    ("leading:b range:d leading:e", "b d e", "(b)–(d) [Reserved]"),
    ("line:a line:b line:c leading:a leading:1 leading:2 leading:b", "- - - a a.1 a.2 b", "contents first"),
    ("line:a line:g line:o leading:a leading:b leading:c", "- - - a b c", "contents, only the starts of lines"),
    ("leading:a term:X leading:1 leading:2 term:Y leading:b", "a a.X a.X.1 a.X.2 a.Y b", "lists of a definition"),
    ("term:X leading:1 leading:2 term:Y", "X X.1 X.2 Y", "definitions without designators"),
]  # fmt: skip


def _paths(marks, numbering):
    return [".".join(level.token for level in levels) or "-" for levels in nest(marks, numbering)]


@pytest.mark.parametrize(("printed", "expected", "reason"), SEQUENCES)
def test_sequences_of_regulations(printed, expected, reason):
    marks = [Mark(token, block=block) for block, token in enumerate(printed.split())]
    assert _paths(marks, REGULATION) == expected.split(), reason


@pytest.mark.parametrize(("printed", "expected", "reason"), STATUTES)
def test_sequences_of_statutes(printed, expected, reason):
    marks = [Mark(token, block=block) for block, token in enumerate(printed.split())]
    assert _paths(marks, STATUTE) == expected.split(), reason


@pytest.mark.parametrize(("printed", "expected", "reason"), KINDS)
def test_kinds_of_marks(printed, expected, reason):
    names = {"strong": "strong run-in", "run": "run-in"}
    marks, block = [], 0
    for kind, token in (mark.split(":") for mark in printed.split()):
        block += kind in ("leading", "line", "term")
        marks.append(Mark(token, names.get(kind, kind), block))
    numbering = STATUTE if any(mark.token == "F" for mark in marks) else REGULATION
    assert _paths(marks, numbering) == expected.split(), reason


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
        ("(6)(xiv)(B). Petitioners", [], "the end of a sentence that a line break cut"),
        ("(ii) of subparagraph (A)", [], "the same of a reference"),
        ("", [], "no text"),
    ],
)
def test_leading_designators(text, expected, reason):
    assert leading_designators(text) == expected, reason


REPEATED = [  # (designators that repeat, numbering, reason)
    ("a 1", REGULATION, "paragraphs of forms"),
    ("a 1", STATUTE, "the same in a statute"),
    ("A 1", {"": ("A",), "A": ("1",), "1": ("A",)}, "kinds that may stand below each other without end"),
]


@pytest.mark.parametrize(("printed", "numbering", "reason"), REPEATED, ids=[row[2] for row in REPEATED])
def test_no_nesting_is_deeper_than_numbering_is(printed, numbering, reason):
    marks = [Mark(token, block=block) for block, token in enumerate(printed.split() * 30)]
    assert max(len(levels) for levels in nest_with_insets(marks, numbering)) <= 12, reason


@given(st.lists(st.sampled_from(["a", "b", "i", "ii", "h", "1", "2", "A", "I", "v", "aa", "15"]), max_size=25))
def test_a_path_ends_with_its_designator_and_its_parents_stand_before_it(tokens):
    placed = []
    for token, levels in zip(tokens, nest([Mark(token) for token in tokens], REGULATION), strict=True):
        if levels:
            assert levels[-1].token == token
            assert len(levels) == 1 or levels[:-1] in placed, "what stands above was placed before"
            placed.append(levels)


@given(st.lists(st.sampled_from("ab12iA"), max_size=12))
def test_one_way_is_taken(tokens):
    marks = [Mark(token) for token in tokens]
    assert nest(marks, STATUTE) == nest(marks, STATUTE)
