"""What a question asks for, and whether a text has it."""

import pytest

from index.query.asked import load_sorts, share_given, sorts_asked
from pinpoint.errors import PinpointError

ASKED = [  # (question, sort, asked, reason)
    ("Who signs the declaration?", "who", True, "plain"),
    ("a victim who left the country", "who", False, "a relative clause asks for nobody"),
    ("declaration: who signs?", "who", True, "behind a colon"),
    ("How long is the status valid?", "how long", True, "plain"),
    ("deadline for the response", "how long", True, "keywords"),
    ("When may it be revoked?", "when", True, "plain"),
    ("may I say so when I write?", "when", False, "a clause of time"),
    ("What is the fee?", "how much", True, "money by its name"),
    ("How many visas a year?", "how many", True, "plain"),
    ("Does she have to testify?", "must", True, "everyday words for a duty"),
    ("can the nephew come too", "may", True, "without a question mark"),
    ("What does coercion mean?", "means", True, "plain"),
    ("what happens to the family form", "what happens", True, "plain"),
    ("what paperwork do we need", "proof", True, "everyday word for evidence"),
    ("LEA", "who", False, "an abbreviation asks for no sort"),
]


@pytest.mark.parametrize(("question", "sort", "asked", "reason"), ASKED)
def test_sorts_that_are_asked_for(question, sort, asked, reason):
    assert (sort in sorts_asked(question)) is asked, reason


GIVEN = [  # (sorts, text, share, reason)
    (("how long",), "It is valid for 4 years.", 1.0, "a span of time"),
    (("how long",), "It is valid.", 0.0, "no span of time"),
    (("who",), "A supervising official signs it.", 1.0, "a person by office"),
    (("how much",), "a fine of $5,000", 1.0, "an amount"),
    (("how long", "who"), "within 30 days", 0.5, "one of two"),
    ((), "anything", 0.5, "nothing is asked for by sort"),
]


@pytest.mark.parametrize(("sorts", "text", "share", "reason"), GIVEN)
def test_a_text_that_has_what_is_asked_for(sorts, text, share, reason):
    assert share_given(sorts, text) == share, reason


@pytest.mark.parametrize("content", ['[who]\nasks = ["a"]\n', "who = [", '[who]\nasks = ["("]\nhas = ["a"]\n'])
def test_a_damaged_table_is_refused_with_its_name(tmp_path, content):
    file = tmp_path / "asked.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PinpointError, match=r"asked\.toml.*Correct it"):
        load_sorts(file)
