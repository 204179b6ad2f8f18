"""Threads: as many as the processors that this process may use."""

import os

import pytest

from index.models import threads
from index.models.threads import MAX_THREADS, model_threads

LIMITS = [  # (lines of /proc/self/cgroup, files, processors, threads, reason)
    ("0::/", {"cpu.max": "max 100000"}, 3, 3, "no limit"),
    ("0::/", {"cpu.max": "150000 100000"}, 4, 2, "one and a half, rounded up"),
    ("0::/", {"cpu.max": "50000 100000"}, 4, 1, "half of one is one"),
    ("0::/a/b", {"a/cpu.max": "200000 100000", "a/b/cpu.max": "max 100000"}, 4, 2, "the limit of an outer group"),
    ("0::/a/b", {}, 4, 4, "a group whose files are not there"),
    ("0::/", {"cpu.max": "nonsense"}, 4, 4, "a file that says something else"),
    (
        "4:cpu,cpuacct:/a\n2:memory:/a",
        {"cpu/a/cpu.cfs_quota_us": "100000", "cpu/a/cpu.cfs_period_us": "50000"},
        4,
        2,
        "v1",
    ),
    ("4:cpu:/", {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "50000"}, 4, 4, "v1 without a limit"),
    ("nonsense", {}, 4, 4, "a line of another form"),
    ("0::/", {}, 64, MAX_THREADS, "not more than were measured"),
]


@pytest.mark.parametrize(
    ("groups", "files", "processors", "expected", "reason"), LIMITS, ids=[row[4] for row in LIMITS]
)
def test_limits_are_heeded(monkeypatch, tmp_path, groups, files, processors, expected, reason):
    (tmp_path / "own").write_text(groups + "\n", encoding="utf-8")
    for name, content in files.items():
        file = tmp_path / "groups" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content + "\n", encoding="ascii")
    monkeypatch.setattr(threads, "_OWN_GROUP", tmp_path / "own")
    monkeypatch.setattr(threads, "_GROUPS", tmp_path / "groups")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert model_threads() == expected, reason


def test_systems_without_groups_count_their_processors(monkeypatch, tmp_path):
    monkeypatch.setattr(threads, "_OWN_GROUP", tmp_path / "none")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for count, expected in ((6, 6), (None, 1)):
        monkeypatch.setattr(os, "cpu_count", lambda count=count: count)
        assert model_threads() == expected
