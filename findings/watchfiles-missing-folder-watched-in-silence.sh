#!/usr/bin/env bash
# watchfiles follows a folder that is not there, in silence and for ever, once it is told to pass over denied permissions.
#
# Versions  watchfiles 1.3.0, CPython 3.11.
# Guess     watch() of a folder that is not there raises FileNotFoundError. ignore_permission_denied=True changes that for
#           a PermissionError and for nothing else: its docstring says "will ignore permission denied errors". At the
#           least, a folder that is made afterwards is followed from then on.
# Really    As it comes                     FileNotFoundError
#           ignore_permission_denied=True   no error; the folder is made, a file is written into it, and nothing is told
# Why       With the option the error "path not found" is passed over too, so that the watcher is left without any path.
#           It does not look for the path again, and waits until it is stopped.
# Who       Whoever watches a shared drive for new documents. Folders that others closed are usual there, so the option is
#           on (also by WATCHFILES_IGNORE_PERMISSION_DENIED); a drive that is mounted late, or a name with a slip, then
#           looks like a folder in which nothing changes, and what is searched grows old. Look whether the folder is there
#           before, and look at it now and then besides.
#
# Ends with 0 while it is so, 1 when it is otherwise, 2 when the packages cannot be installed.
# Arguments, if any, are the packages to try instead.
set -euo pipefail
[ $# -gt 0 ] || set -- watchfiles==1.3.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" || exit 2

"$work/venv/bin/python" - "$work" <<'PY'
import sys
import threading
import time
from pathlib import Path

import watchfiles


def watched(folder, there, **options):
    """What is told of a folder in which a file is written: the changes, or the name of the error."""
    told, stop = [], threading.Event()

    def follow():
        try:
            for changes in watchfiles.watch(folder, stop_event=stop, rust_timeout=200, raise_interrupt=False, **options):
                told.extend(sorted(Path(name).name for _, name in changes))
        except FileNotFoundError as error:
            told.append(type(error).__name__)

    if there:
        folder.mkdir()
    thread = threading.Thread(target=follow)
    thread.start()
    time.sleep(2)
    folder.mkdir(exist_ok=True)
    (folder / "rule.txt").write_text("Text.", encoding="utf-8")
    time.sleep(4)
    stop.set()
    thread.join(10)
    return sorted(set(told))


work = Path(sys.argv[1])
found = {
    "there": watched(work / "a", there=True),
    "there, passing over": watched(work / "b", there=True, ignore_permission_denied=True),
    "not there": watched(work / "c", there=False),
    "not there, passing over": watched(work / "d", there=False, ignore_permission_denied=True),
}
for case, told in found.items():
    print(f"{case:25}", told or "nothing, and no error")
sys.exit(0 if list(found.values()) == [["rule.txt"], ["rule.txt"], ["FileNotFoundError"], []] else 1)
PY
