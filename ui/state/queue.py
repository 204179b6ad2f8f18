"""Order of computations: a few at once, the others in the order in which they came.

Thirty searches that run side by side on two processors each take as long as all of them together, and their models
wait for one another besides. One after the other, the first is done after its own time. The threads stay, because a
model sets up its own anew for each thread that calls it, and Streamlit runs every script in a new one.
"""

import os
from concurrent.futures import ThreadPoolExecutor

_OF_A_QUESTION = 4
"""Processors that the models keep busy for one question. Set by hand; not measured beyond two processors."""


def computing() -> ThreadPoolExecutor:
    """Threads to compute in: one for each model run that the processors can carry, and one beside it."""
    processors = os.cpu_count() or 1
    return ThreadPoolExecutor(-(-processors // _OF_A_QUESTION) + 1, thread_name_prefix="computing")
