#!/usr/bin/env bash
# dateutil makes the number of a title or a part the day or the year, and the year the time of day.
#
# Versions  python-dateutil 4.0.0 (2.9.0.post0 likewise), CPython 3.11.
# Guess     parse(..., fuzzy=True) leaves out what is no part of the date. A month name with day and year beside it is
#           the date; a number elsewhere in the sentence is left out, or the text is refused as ambiguous.
# Really    "This rule is effective August 28, 2024."         2024-08-28 00:00, as expected
#           "Title 8 is amended as of April 30, 2024."        2030-04-08 20:24
#           "Part 12 is amended effective August 28, 2024."   2028-08-12 20:24
#           "Part 214 is amended effective August 28, 2024."  0214-08-28 20:24
# Why       Fuzzy leaves out words, not numbers. The month and the first two numbers are the date, wherever they stand,
#           and four digits after that are read as hours and minutes: 2024 is 20:24. No error, no warning, and two of
#           the dates look likely.
# Who       Whoever takes effective dates from amendments and Federal Register notices, which name the title or part
#           before the date. A rule from 2024 takes effect in 2030 and is shown as not yet in force.
#           fuzzy_with_tokens=True shows it: the number is missing from what was left out.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- python-dateutil==4.0.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - <<'PY'
import sys
from datetime import datetime

from dateutil.parser import parse

SEEN = {
    "This rule is effective August 28, 2024.": "2024-08-28T00:00:00",
    "Title 8 is amended as of April 30, 2024.": "2030-04-08T20:24:00",
    "Part 12 is amended effective August 28, 2024.": "2028-08-12T20:24:00",
    "Part 214 is amended effective August 28, 2024.": "0214-08-28T20:24:00",
}

same = True
for text, seen in SEEN.items():
    found = parse(text, fuzzy=True, default=datetime(2001, 1, 1)).isoformat()
    print(f"{text:48}", found)
    same = same and found == seen
sys.exit(0 if same else 1)
PY
