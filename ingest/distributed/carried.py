"""The one function that goes to workers as text, since they may have no Pinpoint, or another version or Python.

Dask ends a worker that is given a function which it cannot import: the connection to the scheduler breaks while it
unpickles it. A scheduler may serve others too, whose workers an ingest must not end. So a worker is given nothing but
a builtin, texts and bytes.
"""

import inspect
import pickle
from collections.abc import Callable
from functools import cache
from typing import Any

CALL = "(exec(source), answer(function, arguments))[1]"
"""What a worker evaluates, with what ``carried`` gives as its names."""


def answer(function: str, arguments: bytes) -> Any:  # noqa: ANN401 - no names of ours are there
    """Call a function by its name; what it returned, pickled, or as a text why it could not be called.

    It uses the standard library alone, and nothing that is not in it.
    """
    import importlib  # noqa: PLC0415 - the text of this function stands alone
    import pickle  # noqa: PLC0415

    try:
        module, _, name = function.partition(":")
        called = getattr(importlib.import_module(module), name)
        return pickle.dumps(called(**pickle.loads(arguments)))  # noqa: S301 - from the ingest that uses this worker
    except Exception as error:  # noqa: BLE001 - not every error comes back as it was raised
        return f"{type(error).__name__}: {error}"


def carried(function: Callable[..., object], arguments: dict[str, Any]) -> dict[str, object]:
    """A call of an importable function, in a form that every worker can take."""
    return {
        "source": _source(),
        "function": f"{function.__module__}:{function.__qualname__}",
        "arguments": pickle.dumps(arguments),
    }


@cache
def _source() -> str:
    return inspect.getsource(answer).replace("-> Any:", ":")
