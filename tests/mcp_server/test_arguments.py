"""Reading arguments: whatever is sent gives values of the right types or an error that names what is wrong."""

from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcp_server.arguments import Argument, input_schema, read_arguments
from mcp_server.tools import TOOLS
from operations.requests import Held
from pinpoint.errors import BadRequest
from pinpoint.records import Span

NAMES = sorted({one.name for tool in TOOLS for one in tool.arguments} | {"id", "topk", "querry"})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("2024-02-30"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
TYPES: dict[str, Any] = {"text": str, "day": date, "number": int, "flag": bool, "names": tuple, "held": tuple}


@given(tool=st.sampled_from(TOOLS), sent=st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_reads_into_types_or_refuses(tool, sent):
    try:
        read = read_arguments(tool.arguments, sent)
    except BadRequest as error:
        assert str(error)
        assert len(str(error)) < 500
        return
    kinds = {one.name: one.kind for one in tool.arguments}
    assert read.keys() == sent.keys()
    assert all(type(value) is TYPES[kinds[name]] for name, value in read.items())
    assert all(one.name in read for one in tool.arguments if one.required)


@given(tool=st.sampled_from(TOOLS), sent=st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4))
def test_what_the_schema_lets_through_is_read(tool, sent):
    """But for days that no calendar has and spans that are none, which a schema cannot tell."""
    validator = jsonschema.Draft202012Validator(input_schema(tool.arguments))
    if validator.is_valid(sent):
        try:
            read_arguments(tool.arguments, sent)
        except BadRequest as error:
            assert error.field.partition("[")[0] in ("as_of", "held")


def test_values_become_what_operations_take():
    check = next(tool for tool in TOOLS if tool.name == "check")
    sent = {"held": [{"span": "a:b:1-2", "digest": "0" * 64}], "as_of": "2024-02-29"}
    held = Held(span=Span("a:b", 1, 2), digest="0" * 64)
    assert read_arguments(check.arguments, sent) == {"held": (held,), "as_of": date(2024, 2, 29)}
    search = next(tool for tool in TOOLS if tool.name == "search")
    sent = {"query": "a", "kinds": ["statute"], "top_k": 3, "any_date": True}
    assert read_arguments(search.arguments, sent) == {**sent, "kinds": ("statute",)}


@pytest.mark.parametrize(
    ("sent", "nearest"),
    [("querry", "query"), ("topK", "top_k"), ("top-k", "top_k"), ("date", ""), ("as_off", "as_of"), ("zzz", "")],
)
def test_the_nearest_argument_is_named(sent, nearest):
    arguments = next(tool for tool in TOOLS if tool.name == "search").arguments
    with pytest.raises(BadRequest) as refused:
        read_arguments(arguments, {"query": "a", sent: "b"})
    assert (f"Is it {nearest}?" in str(refused.value)) == bool(nearest)
    assert "This tool takes: query, as_of, top_k" in str(refused.value)


def test_a_long_value_is_not_repeated_whole():
    with pytest.raises(BadRequest) as refused:
        read_arguments((Argument(name="top_k", kind="number", about="", most=5),), {"top_k": "9" * 10_000})
    assert len(str(refused.value)) < 200
