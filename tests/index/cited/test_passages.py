"""The passages in which a cited provision is shown."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from index.cited.passages import cited_passages
from index.records import Candidate
from pinpoint.records import Filters


class Read:
    """A store of passages with the texts of a section, read in place of those of real passages."""

    def __init__(self, store, texts):
        self.store, self.texts = store, texts

    def passages(self, rows):
        """The passages of some rows, each with its text."""
        return {row: replace(passage, text=self.texts[row]) for row, passage in self.store.passages(rows).items()}


SAYS = "An applicant must file the form with the required evidence."
SOURCE = "[89 FR 34864, Apr. 30, 2024]"
SHOWN = [  # (texts in the order found, those shown, reason)
    ([SOURCE, SAYS, SAYS, SAYS], [1, 2, 3], "the source line, found first, says nothing"),
    (["\u00a7 214.204 Application.", SAYS, SOURCE, SAYS], [1, 3], "nor does a bare heading"),
    ([SAYS, SAYS, SAYS, SAYS], [0, 1, 2], "the three best"),
    ([SOURCE, SOURCE, SOURCE, SOURCE], [0, 1, 2], "there is nothing else of it"),
]


@pytest.mark.parametrize(("texts", "shown", "reason"), SHOWN)
def test_what_says_nothing_is_shown_only_where_nothing_else_is_there(tiny_index, texts, shown, reason):
    (section,) = tiny_index.resolver.exactly(tiny_index.read("8 CFR 214.202").citations[0], Filters(date(2026, 1, 1)))
    rows = list(range(len(texts)))
    found = [Candidate(row, 1.0 - row / 10, 0.0, (), 0.0, 0.0, 0.0) for row in rows]
    passages = cited_passages(Read(tiny_index.store, texts), [(section, "")], found, lambda _: np.array(rows))
    ids = {passage.id: row for row, passage in tiny_index.store.passages(rows).items()}
    assert [ids[passage.id] for passage, _ in passages] == shown, reason
