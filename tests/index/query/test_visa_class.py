"""The nonimmigrant class of a text."""

import pytest

from index.query.visa_class import class_fit, visa_classes

CLASSES = [  # (text, classes, reason)
    ("a T visa and a U visa", {"T", "U"}, "both named"),
    ("a T-1 nonimmigrant", {"T"}, "with its number"),
    ("her T-2 husband", {"T"}, "the number alone"),
    ("we just denied a T filer", {"T"}, "as officers speak"),
    ("Form I-914", set(), "the number of a form is no class"),
    ("section 101(a)(15)(T)", set(), "a citation is read elsewhere"),
    ("the A team", set(), "a letter alone"),
    ("A petition or I petition", set(), "an article and a pronoun"),
    ("her I-94 and Form G-28", set(), "forms"),
    ("Section B applications", set(), "a division"),
    ("an A-1 diplomat", {"A"}, "with its number it is one"),
]


@pytest.mark.parametrize(("text", "classes", "reason"), CLASSES)
def test_classes_of_a_text(text, classes, reason):
    assert visa_classes(text) == classes, reason


FITS = [  # (asked, found, fit, reason)
    ({"T"}, {"T", "U"}, 1.0, "among others"),
    ({"T"}, {"U"}, -1.0, "another alone"),
    (set(), {"U"}, 0.0, "none is asked for"),
    ({"T"}, set(), 0.0, "the text names none"),
]


@pytest.mark.parametrize(("asked", "found", "fit", "reason"), FITS)
def test_fit_of_classes(asked, found, fit, reason):
    assert class_fit(asked, found) == fit, reason
