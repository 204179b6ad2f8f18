"""How many processors this process may use: fewer than the machine has, in a container or under a limit."""

import os
from pathlib import Path

MAX_THREADS = 8
"""Most threads of a model. Set by hand; not measured beyond two processors."""
_GROUPS = Path("/sys/fs/cgroup")
_OWN_GROUP = Path("/proc/self/cgroup")


def model_threads() -> int:
    """How many threads a run of a model takes: one for each processor that may be used, at most ``MAX_THREADS``."""
    return max(1, min(MAX_THREADS, _allowed_processors(), _quota()))


def _allowed_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quota() -> int:
    """Processors by the time that the control group may take (cgroup v1 and v2), rounded up; no limit: very many."""
    try:
        own = [line.split(":", 2) for line in _OWN_GROUP.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return MAX_THREADS
    limits = [MAX_THREADS * 1.0]
    for _, controllers, path in (line for line in own if len(line) == 3):  # noqa: PLR2004 - number, controllers, path
        if controllers and "cpu" not in controllers.split(","):
            continue
        root = _GROUPS / "cpu" if controllers else _GROUPS
        folder = root / path.strip("/")
        limits += [_limit(group) for group in (folder, *folder.parents) if group.is_relative_to(root)]
    return -int(-min(limits) // 1)


def _limit(group: Path) -> float:
    """Processors that a group may keep busy."""
    try:
        if (group / "cpu.max").is_file():
            quota, period = (group / "cpu.max").read_text(encoding="ascii").split()
        else:
            quota, period = (
                (group / f"cpu.cfs_{name}_us").read_text(encoding="ascii").strip() for name in ("quota", "period")
            )
        share = int(quota) / int(period)
    except (OSError, ValueError):  # no such file, or the word "max"
        return float(MAX_THREADS)
    return share if share > 0 else float(MAX_THREADS)
