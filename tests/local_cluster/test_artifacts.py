"""The parts of OpenSearch: fetched once, refused when one is not the file of the list."""

import hashlib
import io
import re
import zipfile

import pytest

from local_cluster.artifacts import PACKAGED, default_folder, read_digests, ready
from pinpoint.errors import ClusterNotStarted

JAR = b"an archive of Java"
INNER = b"an archive inside of an archive"


def archive(**content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, text in content.items():
            opened.writestr(name, text)
    return stream.getvalue()


PLUGIN = archive(**{"inner.jar": INNER, "notice.txt": b"not listed", "../outside.jar": b"out of the folder"})
FILES = {"one.jar": JAR, "plugin-1.zip": PLUGIN}
LISTED = {"one.jar": JAR, "plugin-1.zip": PLUGIN, "plugin-1/inner.jar": INNER}


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def packaged(tmp_path):
    """Folder with a list of three files."""
    folder = tmp_path / "packaged"
    folder.mkdir()
    lines = [f"{digest(content)}  {name}" for name, content in LISTED.items()]
    (folder / "artifacts.sha256").write_text("\n".join(lines) + "\n")
    (folder / "pom.xml").write_text("<project/>")
    return folder


@pytest.fixture
def maven(tmp_path, monkeypatch):
    """``maven(files)`` makes a Maven that fetches these files, ``maven(None)`` takes it away."""

    def make(files, code=0):
        programs, fetched = tmp_path / "programs", tmp_path / "fetched"
        for folder in (programs, fetched):
            folder.mkdir(exist_ok=True)
        monkeypatch.setenv("PATH", str(programs))
        if files is None:
            (programs / "mvn").unlink(missing_ok=True)
            return
        for name, content in files.items():
            (fetched / name).write_bytes(content)
        script = f"""#!/bin/sh
for argument; do case $argument in -DoutputDirectory=*) out=${{argument#*=}};; esac; done
echo asked >> {tmp_path}/asked
/bin/cp {fetched}/* "$out"
echo "[ERROR] the repository does not answer"
exit {code}
"""
        (programs / "mvn").write_text(script)
        (programs / "mvn").chmod(0o700)

    return make


def test_what_is_whole_needs_no_maven(tmp_path, packaged, maven):
    maven(FILES)
    first = ready(tmp_path / "cache", packaged)
    assert {name: (tmp_path / "cache" / name).read_bytes() for name in LISTED} == LISTED
    assert [file.name for file in first.class_path] == ["one.jar", "inner.jar"]
    assert sorted(path.name for path in (tmp_path / "cache").rglob("*")) == [
        *("inner.jar", "one.jar", "plugin-1", "plugin-1.zip")
    ], "nothing that the list does not name, and no folder of the fetching"
    maven(None)
    assert ready(tmp_path / "cache", packaged) == first
    assert (tmp_path / "asked").read_text() == "asked\n"


def test_what_is_missing_is_fetched_again(tmp_path, packaged, maven):
    maven(FILES)
    ready(tmp_path / "cache", packaged)
    (tmp_path / "cache" / "plugin-1" / "inner.jar").unlink()
    ready(tmp_path / "cache", packaged)
    assert (tmp_path / "cache" / "plugin-1" / "inner.jar").read_bytes() == INNER


WRONG = [  # (what Maven fetches, file that is refused, its content, reason)
    ({"one.jar": b"another", "plugin-1.zip": PLUGIN}, "one.jar", b"another", "a file"),
    ({"one.jar": JAR, "plugin-1.zip": JAR}, "plugin-1.zip", JAR, "an archive, before it is opened"),
]


@pytest.mark.parametrize(("files", "name", "content", "reason"), WRONG, ids=[row[3] for row in WRONG])
def test_another_file_is_refused_and_not_stored(tmp_path, packaged, maven, files, name, content, reason):
    maven(files)
    with pytest.raises(ClusterNotStarted) as caught:
        ready(tmp_path / "cache", packaged)
    message = str(caught.value)
    assert name in message and digest(content) in message and digest(LISTED[name]) in message, reason
    assert "Remove it" in message and "try again" in message
    assert not (tmp_path / "cache" / name).exists()


@pytest.mark.parametrize("name", LISTED)
def test_a_stored_file_that_has_changed_is_refused(tmp_path, packaged, maven, name):
    maven(FILES)
    ready(tmp_path / "cache", packaged)
    (tmp_path / "cache" / name).write_bytes(b"changed")
    with pytest.raises(ClusterNotStarted, match=re.escape(str(tmp_path / "cache" / name))) as caught:
        ready(tmp_path / "cache", packaged)
    assert digest(b"changed") in str(caught.value) and digest(LISTED[name]) in str(caught.value)


FAILING = [  # (what Maven fetches, its exit code, words of the message, reason)
    (None, 0, ["needs mvn", "Install Maven"], "no Maven"),
    (FILES, 1, ["could not fetch", "the internet", "[ERROR] the repository does not answer"], "no network"),
    ({"one.jar": JAR}, 0, ["plugin-1.zip", "try again"], "a list of parts that names fewer files"),
]


@pytest.mark.parametrize(("files", "code", "words", "reason"), FAILING, ids=[row[3] for row in FAILING])
def test_what_is_missing_is_said(tmp_path, packaged, maven, files, code, words, reason):
    maven(files, code)
    with pytest.raises(ClusterNotStarted) as caught:
        ready(tmp_path / "cache", packaged)
    assert all(word in str(caught.value) for word in words), (reason, str(caught.value))


def test_an_archive_that_lacks_a_listed_file_is_said(tmp_path, packaged, maven):
    poor = archive(other=b"x")
    listed = (packaged / "artifacts.sha256").read_text().replace(digest(PLUGIN), digest(poor))
    (packaged / "artifacts.sha256").write_text(listed)
    maven({"one.jar": JAR, "plugin-1.zip": poor})
    with pytest.raises(ClusterNotStarted, match="plugin-1/inner.jar"):
        ready(tmp_path / "cache", packaged)


def test_every_part_of_the_real_list_is_pinned_once():
    text = (PACKAGED / "artifacts.sha256").read_text()
    digests = read_digests(text)
    assert len(digests) == len(text.splitlines()) > 50
    assert all(re.fullmatch(r"[0-9a-f]{64}", one) for one in digests.values())
    for name in ("opensearch-2.19.6.jar", "opensearch-knn-2.19.1.0.zip", "log4j-core-2.25.4.jar"):
        assert name in digests


def test_another_list_is_stored_elsewhere(packaged, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder(packaged) != default_folder()
    assert default_folder().parent == tmp_path / "pinpoint"
