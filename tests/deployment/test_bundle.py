"""The offline bundle: what it pins, that it is built the same again, and that it refuses what was changed.

Built here of three small wheels; ``test_offline.py`` tries the real one.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from benchmarks.licences import pinned
from deployment.bundle import build, packages, wheels
from deployment.bundle.archive import write_sums, write_tar
from deployment.bundle.build import assemble
from deployment.bundle.install import Refused, check_files, check_machine
from deployment.bundle.licences import licences, table
from deployment.bundle.packages import LOCK, TOOLS_LOCK, TORCH_LOCK, Pinned, read_lock, wanted, write_lock
from deployment.bundle.sbom import check_sbom
from deployment.bundle.wheels import fetch, least_glibc
from tests.deployment.wheel_files import write_wheel

EPOCH = 1_700_000_000
SCRIPT = "INFO__entry_points.txt"
UV = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))


def small_wheels(folder: Path) -> dict[str, list[Path] | Path]:
    command = "def main():\n    print('pinpoint, version 9.1')\n"
    entry = "[console_scripts]\npinpoint = saying:main\n"
    own = write_wheel(
        folder, "pinpoint", "9.1", headers="License-Expression: Apache-2.0\n", **{"saying.py": command, SCRIPT: entry}
    )
    needed = write_wheel(folder, "small-part", "1.0", headers="Classifier: License :: OSI Approved :: MIT License\n")
    tool = write_wheel(folder / "tools", "uv", "0.0", **{"STEM.data__scripts__uv": f'#!/bin/sh\nexec "{UV}" "$@"\n'})
    return {"own": own, "wheels": [needed], "tools": [tool]}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    if UV is None:
        pytest.skip("uv, of the extra dev, is not installed")
    folder = tmp_path_factory.mktemp("made")
    return assemble(**small_wheels(folder / "wheels"), into=folder / "dist", epoch=EPOCH)


@pytest.fixture
def unpacked(made, tmp_path) -> Path:
    with tarfile.open(made.file) as archive:
        archive.extractall(tmp_path, filter="data")
    (folder,) = tmp_path.iterdir()
    return folder


def install(unpacked: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(unpacked / "install.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_is_in_it(made, unpacked):
    named = f"pinpoint-9.1-cp{sys.version_info.major}{sys.version_info.minor}-{sys.platform}-{platform.machine()}"
    assert unpacked.name == named
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert files >= {
        "README.md",
        "LICENSE",
        "SHA256SUMS",
        "bundle.json",
        "deployment/Containerfile",
        "deployment/systemd/pinpoint-serve.service",
        "install.py",
        "licences.md",
        "licences/small-part-1.0/LICENSE",
        "requirements.txt",
        "sbom.cdx.json",
        "tools/uv-0.0-py3-none-any.whl",
        "wheels/pinpoint-9.1-py3-none-any.whl",
    }
    readme = (unpacked / "README.md").read_text(encoding="utf-8")
    assert "# Pinpoint 9.1" in readme and "$" not in readme, "every value is filled in"
    assert f"{made.digest}  {made.file.name}\n" == made.file.with_name(made.file.name + ".sha256").read_text()


def test_the_bill_of_materials(made, unpacked):
    text = (unpacked / "sbom.cdx.json").read_text(encoding="utf-8")
    check_sbom(text)
    bill = json.loads(text)
    assert {one["name"] for one in bill["components"]} == {"small-part", "uv"}
    assert bill["metadata"]["component"]["name"] == "pinpoint"
    for component in (*bill["components"], bill["metadata"]["component"]):
        assert component["licenses"], component["name"]
        (file,) = (one for one in component["externalReferences"] if one["comment"] == "its file in the bundle")
        assert file["hashes"][0]["content"] == wheels.sha256(unpacked / file["url"])
    assert str(made.file.parent) not in text and "file://" not in text, "nothing of the machine that built it"
    with pytest.raises(ValueError, match="not valid CycloneDX"):
        check_sbom(text.replace('"SHA-256"', '"SHA-257"'))


def test_it_is_built_the_same_again(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    again = assemble(**small_wheels(tmp_path / "elsewhere"), into=tmp_path / "other", epoch=EPOCH)
    assert again.digest == made.digest


def test_it_installs_and_says_what_is_next(unpacked, tmp_path):
    target = tmp_path / "new" / "pinpoint"
    done = install(unpacked, str(target))
    assert done.returncode == 0, done.stderr
    assert "pinpoint, version 9.1 is installed in" in done.stdout and f"{target}/bin/pinpoint app" in done.stdout
    assert {path.name for path in target.iterdir()} >= {"bin", "lib"}
    assert not [path.name for path in target.iterdir() if path.name.startswith("tmp")], "the installer is gone"
    assert any(target.rglob("saying.*.pyc")), "compiled, for accounts that may not write there"
    again = install(unpacked, str(target))
    assert again.returncode == 1 and "is not empty" in again.stderr


CHANGES = [  # (file, new content; None for none, what is said, reason)
    ("wheels/small_part-1.0-py3-none-any.whl", b"other", "is not the file that was put in", "another wheel"),
    ("licences.md", None, "is missing", "a file is gone"),
    ("wheels/more-1.0-py3-none-any.whl", b"more", "is not in SHA256SUMS", "a wheel that nobody listed"),
]


@pytest.mark.parametrize(("name", "content", "said", "reason"), CHANGES, ids=[row[-1] for row in CHANGES])
def test_a_changed_bundle_installs_nothing(unpacked, tmp_path, name, content, said, reason):
    if content is None:
        (unpacked / name).unlink()
    else:
        (unpacked / name).write_bytes(content)
    done = install(unpacked, str(tmp_path / "target"))
    assert done.returncode == 1 and said in done.stderr and name in done.stderr
    assert not (tmp_path / "target").exists(), reason


def test_what_fails_half_way_is_removed(unpacked, tmp_path):
    """Listed anew, as somebody would who changes a wheel: the hashes of the requirements still refuse it."""
    wheel = unpacked / "wheels" / "small_part-1.0-py3-none-any.whl"
    write_wheel(wheel.parent, "small-part", "1.0", headers="License-Expression: MIT\nSummary: Changed\n")
    write_sums(unpacked)
    assert check_files(unpacked)
    (tmp_path / "target").mkdir()
    done = install(unpacked, str(tmp_path / "target"))
    assert done.returncode == 1 and "uv failed" in done.stderr, done.stderr
    assert not list((tmp_path / "target").iterdir())


MACHINES = [  # (fact, value, what is said)
    ("python", "2.7", "is for python 2.7"),
    ("system", "plan9", "is for system plan9"),
    ("machine", "vax", "is for machine vax"),
    ("glibc", "99.0", "need glibc 99.0"),
]


@pytest.mark.parametrize(("fact", "value", "said"), MACHINES, ids=[row[0] for row in MACHINES])
def test_another_machine_is_refused(unpacked, fact, value, said):
    facts = json.loads((unpacked / "bundle.json").read_text(encoding="utf-8"))
    check_machine(facts)
    with pytest.raises(Refused, match=said):
        check_machine(facts | {fact: value})


def test_the_hashes_are_of_the_pinned_versions():
    target = {canonicalize_name(name): version for name, version in pinned().items()}
    for lock in (LOCK, TORCH_LOCK, TOOLS_LOCK):
        entries = read_lock(lock)
        assert entries and {one.name: one.version for one in entries} == {one.name: target[one.name] for one in entries}
    assert not {one.name for one in read_lock(LOCK)} & {one.name for one in read_lock(TORCH_LOCK)}
    assert not [one.name for one in read_lock(LOCK) if one.name.startswith(("nvidia", "cuda", "torch", "triton"))]


def test_the_hashes_are_of_all_packages_that_are_needed():
    lean, heavy = wanted()
    assert {one.name for one in read_lock(LOCK)} == lean, "python -m deployment lock"
    if "triton" in heavy:  # torch is installed as PyPI has it
        assert {one.name for one in read_lock(TORCH_LOCK)} == heavy, "python -m deployment lock"


def test_a_lock_with_anything_else_is_refused(tmp_path):
    write_lock(tmp_path / "lock.txt", [Pinned(name="a", version="1", digest="0" * 64)], "Tried.")
    assert [one.name for one in read_lock(tmp_path / "lock.txt")] == ["a"]
    (tmp_path / "lock.txt").write_text("a==1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="python -m deployment lock"):
        read_lock(tmp_path / "lock.txt")


def test_what_is_there_is_not_fetched_again(tmp_path, monkeypatch):
    wheel = write_wheel(tmp_path, "small-part", "1.0")
    monkeypatch.setattr(wheels, "run", lambda *_, **__: pytest.fail("pip was asked"))
    assert fetch([wheels.pinned_wheel(wheel)], tmp_path) == [wheel]
    asked = []
    monkeypatch.setattr(wheels, "run", lambda command, **_: asked.append(command))
    other = Pinned(name="small-part", version="1.0", digest="0" * 64)
    with pytest.raises(KeyError):
        fetch([other], tmp_path)
    assert "--require-hashes" in asked[0], "a file of another hash is fetched, by its hash"


@pytest.mark.slow
def test_our_wheel_is_built_the_same_again(tmp_path):
    """Whoever builds it, and however careful with the modes of files."""
    pytest.importorskip("build")
    if not (wheels.ROOT / ".git").exists():
        pytest.skip("not a checkout")
    first = wheels.own_wheel(tmp_path / "first", EPOCH)
    before = os.umask(0o077)
    try:
        second = wheels.own_wheel(tmp_path / "second", EPOCH)
    finally:
        os.umask(before)
    assert wheels.sha256(first) == wheels.sha256(second)


@pytest.mark.parametrize("stated", ["License-Expression: AGPL-3.0-only\n", "Summary: No licence\n"])
def test_a_package_without_usable_terms_stops_it(tmp_path, stated):
    with pytest.raises(ValueError, match="small-part 1.0 is under"):
        licences([write_wheel(tmp_path, "small-part", "1.0", headers=stated)])


def test_terms_that_ask_for_more_are_told(tmp_path):
    stated = {"first": "LicenseRef-NVIDIA-Proprietary", "second": "LGPL-3.0-or-later", "third": "MIT"}
    found = licences(
        [write_wheel(tmp_path, name, "1", headers=f"License-Expression: {terms}\n") for name, terms in stated.items()]
    )
    page = table(found)
    assert "before you pass the bundle on: first." in page and "changed: second (LGPL-3.0-or-later)." in page
    assert page.count("third") == 2, "its row alone"


def test_the_oldest_c_library_is_that_of_the_newest_wheel():
    names = (
        "a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux_2_28_x86_64.whl",
        "b-1-cp311-abi3-manylinux_2_34_x86_64.whl",
    )
    assert least_glibc([Path(names[0])]) == "2.17" and least_glibc(map(Path, names)) == "2.34"
    assert least_glibc([Path("c-1-py3-none-any.whl")]) == "2.17"


def test_a_tar_tells_nothing_of_who_packed_it(tmp_path):
    (tmp_path / "one" / "folder").mkdir(parents=True)
    (tmp_path / "one" / "folder" / "file").write_text("text", encoding="utf-8")
    (tmp_path / "one" / "folder" / "file").chmod(0o600)
    (tmp_path / "one" / "linked").hardlink_to(tmp_path / "one" / "folder" / "file")
    write_tar(tmp_path / "one", tmp_path / "a.tar", EPOCH)
    with tarfile.open(tmp_path / "a.tar") as archive:
        for entry in archive:
            assert (entry.mtime, entry.uid, entry.uname) == (EPOCH, 0, "")
            assert entry.mode == (0o755 if entry.isdir() else 0o644)
            assert not entry.islnk() and (entry.isdir() or entry.size == 4)


def test_nothing_is_left_out_by_accident():
    assert set(build._LEFT_OUT) == {True, False}
    assert {"torch", "sentence-transformers"} == packages.ONLY_FOR_TORCH
