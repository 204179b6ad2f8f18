"""The scope of a search: what is preferred, what is left out, and how both are said."""

import pytest

from pinpoint.commands import preferred
from pinpoint.errors import PinpointError, UnknownCollection
from pinpoint.records import Scope, chosen_scope

KNOWN = ("Forms", "Statutes", "T visa")
SAID = [  # (scope, label, sentence, reason)
    (Scope(), "Everything", "Everything was searched.", "neither"),
    (Scope(prefer=("T visa",)), "T visa first", "T visa first; everything was searched.", "one preferred"),
    (Scope(only=("T visa",)), "T visa only", "Only T visa was searched.", "one alone"),
    (
        Scope(prefer=("A", "B", "C")),
        "A, B and C first",
        "A, B and C first; everything was searched.",
        "several preferred",
    ),
    (
        Scope(prefer=("T visa", "QHSR"), only=("T visa", "Forms")),
        "T visa and Forms only",
        "T visa first; only T visa and Forms was searched.",
        "what is not searched is not first",
    ),
    (Scope(prefer=("iPhones",)), "iPhones first", "iPhones first; everything was searched.", "a name as it is written"),
]
CHOSEN = [  # (prefer, only, scope, reason)
    (None, (), Scope(prefer=("T visa",)), "nothing said: as the index prefers"),
    ((), (), Scope(), "nothing preferred"),
    (("Forms", "Forms"), (), Scope(prefer=("Forms",)), "another preference, said twice"),
    (None, ("Statutes",), Scope(only=("Statutes",)), "one alone, so that nothing is left to prefer"),
    (("Forms",), ("Forms", "Statutes"), Scope(prefer=("Forms",), only=("Forms", "Statutes")), "both"),
]


@pytest.mark.parametrize(("scope", "label", "sentence", "reason"), SAID)
def test_a_scope_is_named(scope, label, sentence, reason):
    assert (scope.label, scope.sentence) == (label, sentence), reason


@pytest.mark.parametrize(("prefer", "only", "scope", "reason"), CHOSEN)
def test_a_scope_is_chosen(prefer, only, scope, reason):
    assert chosen_scope(prefer=prefer, only=only, usual=("T visa",), known=KNOWN) == scope, reason


@pytest.mark.parametrize("given", [{"prefer": ["T-visa"], "only": ()}, {"prefer": None, "only": ["T-visa"]}])
def test_an_unknown_collection_is_refused_with_those_that_there_are(given):
    with pytest.raises(UnknownCollection, match="'T-visa'.*Known are: Forms, Statutes, T visa") as refused:
        chosen_scope(**given, usual=(), known=KNOWN)
    assert isinstance(refused.value, ValueError), "as other wrong arguments of the Python interface"


def test_the_options_of_the_command_line_exclude_each_other():
    assert preferred((), (), everything=False) is None
    assert preferred((), ("Forms",), everything=False) is None
    assert preferred((), (), everything=True) == ()
    assert preferred(("Forms",), (), everything=False) == ("Forms",)
    for prefer, only, everything in ((("a",), ("b",), False), (("a",), (), True), ((), ("b",), True)):
        with pytest.raises(PinpointError, match="Give one"):
            preferred(prefer, only, everything=everything)
