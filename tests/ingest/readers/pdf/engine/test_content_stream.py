"""Strings and blanks as the operators of a page draw them."""

import pytest


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # A blank that is drawn far off does not part the word that was drawn before it.
        (
            "1 0 0 1 213.39 700 Tm (ion it holds.) Tj 1 0 0 1 72 700 Tm (Names regulatory informat) Tj "
            "1 0 0 1 400 700 Tm ( ) Tj",
            "Names regulatory information it holds.",
        ),
        ("72 700 Td (informat) Tj 0 -300 Td ( ) Tj 44 300 Td (ion) Tj", "information"),
        ("72 700 Td (one) Tj ( ) Tj (two) Tj", "one two"),
        ("72 700 Td (Form I\\255) Tj (914) Tj", "Form I-914"),
    ],
)
def test_blanks_and_hyphens(read_page, body, content, expected):
    assert body(read_page(f"BT /F 12 Tf {content} ET")) == expected
