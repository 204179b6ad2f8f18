"""Text of a statute that governs nothing, and how much of what governs is shown at once."""

import pytest

from answer.issues.governing import governs


@pytest.mark.parametrize(
    ("text", "headings", "rule", "reason"),
    [
        ("As used in this section the term:", (), False, "a lead-in that says nothing alone"),
        ("(a) For purposes of this subpart, the following definitions apply:", (), False, "nor with its sign"),
        ("An applicant must submit the following:", (), True, "a lead-in that requires"),
        ("As used in this section, coercion means threats of serious harm.", (), True, "a definition"),
        ("The purposes of this division are to combat trafficking and to protect victims.", (), False, "a purpose"),
        ("(b) Congress finds that 700,000 people are trafficked each year.", (), False, "a finding"),
        ("Trafficking is a grave violation.", ("Purposes and findings", "(b) Findings"), False, "so headed"),
        ("Trafficking must be ended.", ("(a) Purposes",), False, "a heading of purposes alone"),
        ("The purpose of the trip must be shown.", ("Travel",), True, "a purpose that somebody must show"),
    ],
)  # fmt: skip
def test_findings_purposes_and_bare_lead_ins_are_no_rules(text, headings, rule, reason):
    assert governs(text, headings) is rule, reason
