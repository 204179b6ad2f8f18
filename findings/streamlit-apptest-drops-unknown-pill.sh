#!/usr/bin/env bash
# Streamlit's AppTest takes a pill that does not exist: nothing is raised, and the choice before stays.
#
# Versions  streamlit 1.67.0, CPython 3.11.
# Guess     Choosing what is not among the options raises, as it does for a select box, so that a test with a misspelt or
#           renamed option fails where it is wrong.
# Really    selectbox.set_value raises ValueError ("… is not in list"). button_group.set_value of pills takes any value:
#           no error, no exception in the app, and the script goes on with what was chosen before, or with nothing.
# Why       Labels are looked up one by one, and those that are unknown are passed over in silence.
# Who       Whoever tests a page that is filtered by pills: with nothing chosen it shows everything, so "these findings are
#           still shown" passes although the filter was never set. Assert on the value after the run, or on what is gone.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- streamlit==1.67.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - 2>/dev/null <<'PY'
import sys

from streamlit.testing.v1 import AppTest

APP = """
import streamlit as st
st.pills("State", ["found", "differs"], selection_mode="multi", key="states")
st.selectbox("Sort by", ["date", "authority"], key="order")
"""

tested = AppTest.from_string(APP).run()
tested.button_group(key="states").set_value(["difers"]).run()
first = list(tested.session_state["states"])
tested.button_group(key="states").set_value(["differs"]).run()
known = list(tested.session_state["states"])
tested.button_group(key="states").set_value(["difers"]).run()
unknown, raised = list(tested.session_state["states"]), list(tested.exception)
print(f"'difers': {first}; 'differs': {known}; 'difers' again: {unknown}; exceptions: {raised}")
try:
    tested.selectbox(key="order").set_value("dates").run()
    refused = ""
except ValueError as error:
    refused = str(error)
print(f"a select box: ValueError, {refused}")
sys.exit(0 if known == ["differs"] and first == [] and unknown == known and raised == [] and refused else 1)
PY
