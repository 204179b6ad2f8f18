"""What a question takes for granted, and the parts that it has."""

import pytest

from answer.conflicts.premises import supposed
from answer.parts import parts
from index.query.query import read_query


@pytest.mark.parametrize(("question", "clause", "reason"), [
    ("Since the permit is mandatory, what do I do without one?", "the permit is mandatory", "since, first"),
    ("Because tenants pay twice, who keeps the money?", "tenants pay twice", "because, first"),
    ("What do I owe, given that the deposit is fixed at 1,000 dollars?", "the deposit is fixed at 1,000 dollars",
     "given that, a comma within a number"),
    ("Why must every tenant pay a deposit?", "must every tenant pay a deposit", "why must"),
    ("Guests use up places under the 5,000 limit, so how are they counted?",
     "Guests use up places under the 5,000 limit", "a statement, then so how"),
    ("The duty ends on approval, doesn't it?", "The duty ends on approval", "a tag"),
    ("I moved in. So it is approved, right?", "it is approved", "a tag in the second sentence"),
    ("Since 2019, who pays the deposit?", "", "since a time"),
    ("Since the end of the lease, who pays?", "", "since a time in words"),
    ("Can I refuse just because one paper is missing?", "", "the fact of a case, not the law"),
    ("If the permit is mandatory, what do I do?", "", "a condition supposes nothing"),
    ("Why isn't a deposit required?", "", "it supposes that there is none"),
    ("Who pays the deposit?", "", "nothing supposed"),
    ("", "", "nothing at all"),
])  # fmt: skip
def test_what_a_question_takes_for_granted(question, clause, reason):
    assert supposed(question) == clause, reason


@pytest.mark.parametrize(("question", "expected", "reason"), [
    ("Who inspects a boiler and when must the owner pay?", ("Who inspects a boiler", "when must the owner pay?"),
     "two clauses"),
    ("May a tenant sublet the flat? What must the landlord be told?",
     ("May a tenant sublet the flat", "What must the landlord be told?"), "two sentences"),
    ("The flat was sold last year. Who pays the deposit back?", (), "facts, then one question"),
    ("Who inspects and seals boilers?", (), "one clause"),
    ("What is it? Who pays the deposit?", (), "a clause without terms of its own"),
])  # fmt: skip
def test_the_parts_of_a_question(question, expected, reason):
    assert tuple(question[start:end] for start, end in parts(read_query(question))) == expected, reason
