"""Which findings need a look: the documents say something else than the draft."""

from datetime import date

import pytest

from drafts.checking.check import check_draft
from drafts.reading.pasted import read_pasted

NOW = date(2025, 6, 1)
INVENTED = "\u201cWidgets shall be polished by certified technicians every second Tuesday.\u201d"
CASES = [  # (draft, state of its quotation, whether it needs a look, reason)
    (f"{INVENTED} 8 CFR 214.202(c).", "not_in_these_documents", True, "invented: what it cites is held and lacks it"),
    (f"8 CFR 214.202(c) says {INVENTED}", "not_in_these_documents", True, "the same behind its citation"),
    (f"{INVENTED} 45 CFR 46.101.", "not_in_these_documents", False, "what it cites is not held"),
    (f"It is so: {INVENTED}", "not_in_these_documents", False, "it cites nothing"),
    (
        "She said, \u201cI was never allowed to leave the house at night,\u201d 8 CFR 214.202(c).",
        "not_in_these_documents",
        False,
        "what a person said is no quotation of what is cited beside it",
    ),
    ("\u201cany credible evidence\u201d 8 CFR 214.204(b)(2).", "found", False, "it is found"),
]


@pytest.mark.parametrize(("text", "state", "looks", "reason"), CASES, ids=[row[-1] for row in CASES])
def test_which_findings_need_a_look(tiny_index, text, state, looks, reason):
    check = check_draft(tiny_index, read_pasted(text), NOW)
    found = next(one for one in check.findings if one.kind == "quotation")
    assert (found.state, found.needs_a_look) == (state, looks), found.sentence
    assert check.needs_a_look is looks
    if looks:
        assert found.reads and found.source, "the provision that is cited is shown beside an invented quotation"
