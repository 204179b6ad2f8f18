"""What is answered and declined at each threshold, and its drawing."""

import xml.etree.ElementTree as ET

import pytest

from evaluation.charts.risk import risk_drawing
from evaluation.reliability import Measured
from evaluation.risk_coverage import Operation, risk_curves, risk_table


def measured(name, *, count=20):
    """A set in which what is answered is nearer than what is not; one more lacks what it names."""
    near = [Measured(name, True, "", 0.7, 0.7 + number / 100, 0, 0.5) for number in range(count)]
    far = [Measured(name, False, "", 0.3, 0.3 + number / 100, 0, -0.5) for number in range(count)]
    return [*near, *far, Measured(name, False, "These documents do not mention it.", 0.9, 0.9, 0, 0.9)]


def test_each_set_is_weighed_without_itself_and_counted_at_each_threshold():
    curves = risk_curves([*measured("one"), *measured("two")], penalty=1.0, thresholds=(0.0, 0.5, 1.0))
    assert set(curves) == {"one", "two"}
    everything, middle, nothing = curves["one"]
    assert (everything.answered, everything.wrongly) == (41, 21)
    assert (middle.answered, middle.wrongly, middle.declined, middle.rightly) == (20, 0, 21, 21)
    assert (nothing.answered, nothing.declined, nothing.rightly) == (0, 41, 21)


def test_what_lacks_something_named_is_declined_at_the_least_threshold():
    (row,) = risk_curves([*measured("one"), *measured("two")], penalty=1.0, thresholds=(0.001,))["one"]
    assert row.declined >= 1 and row.rightly >= 1


@pytest.mark.parametrize(
    ("row", "expected", "reason"),
    [
        (Operation(0.2, 8, 2, 2, 2), (0.8, 0.25, 1.0, 0.5), "some of both"),
        (Operation(0.2, 0, 0, 4, 2), (0.0, 0.0, 0.5, 1.0), "nothing answered"),
        (Operation(0.2, 4, 0, 0, 0), (1.0, 0.0, 0.0, 0.0), "nothing declined"),
    ],
)
def test_shares_of_a_row(row, expected, reason):
    assert (row.coverage, row.risk, row.precision, row.recall) == pytest.approx(expected), reason


def test_the_table_and_the_drawing_name_their_sets():
    curves = {"read & unread": [Operation(0.2, 8, 2, 2, 2), Operation(0.4, 6, 1, 4, 3)]}
    assert "| read & unread | 0.20 | 8 | 2 | 2 | 2 | 1.00 | 0.50 |" in risk_table(curves)
    drawing = risk_drawing(curves, 0.38)
    texts = [element.text for element in ET.fromstring(drawing).iter() if element.text]
    assert "read & unread" in texts and "read & unread: threshold 0.40" in texts
    assert "script" not in drawing
