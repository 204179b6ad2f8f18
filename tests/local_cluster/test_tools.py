"""Java and Maven: found, or said to be missing with what to install."""

import pytest

from local_cluster.tools import tool
from pinpoint.errors import ClusterNotStarted

OLD = "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2"
OLDER = "echo 'java version \"1.8.0_391\"' >&2"
NEW = "echo 'openjdk version \"21.0.5\" 2024-10-15 LTS' >&2"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """``programs(folder, java="…")`` writes scripts of these names; nothing else is on the search path."""
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    def write(folder, **scripts):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for name, script in scripts.items():
            (tmp_path / folder / name).write_text(f"#!/bin/sh\n{script}\n")
            (tmp_path / folder / name).chmod(0o700)
        return tmp_path / folder

    return write


CASES = [  # (programs that are there, one that is asked for, words of the message, reason)
    ({}, "java", ["needs java,", "JDK of Java 17", "JAVA_HOME"], "nothing is installed"),
    ({"java": NEW}, "javac", ["needs javac,", "compiles none", "whole JDK"], "what runs Java is not the whole JDK"),
    ({"java": NEW}, "mvn", ["needs mvn,", "Install Maven"], "no Maven"),
    ({"java": OLD}, "java", ["Java 17 or later", "version 11", "JDK of Java 17"], "an old Java"),
    ({"java": OLDER}, "java", ["Java 17 or later", "version 1."], "Java 8 calls itself 1.8"),
    ({"java": "exit 1"}, "java", ["says no version"], "a Java that does not run"),
]


@pytest.mark.parametrize(("there", "name", "words", "reason"), CASES, ids=[row[3] for row in CASES])
def test_what_is_missing_is_said_with_its_remedy(programs, there, name, words, reason):
    programs("path", **there)
    with pytest.raises(ClusterNotStarted) as caught:
        tool(name)
    assert all(word in str(caught.value) for word in words), (reason, str(caught.value))


def test_a_later_java_is_taken(programs):
    folder = programs("path", java=NEW)
    assert tool("java") == folder / "java"


def test_java_home_goes_before_the_search_path(programs, monkeypatch, tmp_path):
    programs("path", java=OLD, mvn=NEW)
    chosen = programs("jdk/bin", java=NEW, mvn=NEW)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert tool("java") == chosen / "java"
    assert tool("mvn") == tmp_path / "path" / "mvn", "Maven is no part of a JDK"
