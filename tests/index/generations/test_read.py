"""Generations on disk: checked before they serve, one standing in for another, going back, removing old ones."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.__main__ import main
from index.generations import integrity
from index.generations import write as storage
from index.generations.integrity import find_damage
from index.generations.lease import Lease
from index.generations.read import (
    check_generation,
    current_generation,
    generation_facts,
    named_generation,
    newest_first,
    serving_generation,
    use_generation,
    write_facts,
)
from index.generations.retention import prune_generations, stored_generations
from index.generations.writer_lock import writing
from index.search import load_index
from pinpoint.errors import DamagedGeneration, IndexBusy, NoGeneration
from pinpoint.records import Span


@pytest.fixture
def index_dir(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def two(tiny_parsed, write_tiny):
    """An older and a newer generation; the newer one is in use."""
    return write_tiny(tiny_parsed[:-1]), write_tiny(tiny_parsed)


@pytest.fixture
def command(index_dir, monkeypatch, make_embedder):
    """``command(*arguments)`` runs ``python -m index`` over the index without weights."""
    monkeypatch.setattr("index.models.embedding.PackagedEmbedder", make_embedder)
    return lambda *arguments: CliRunner().invoke(main, [*map(str, arguments), "--index", str(index_dir)])


def flip(file, position=-1):
    """Change one bit; size and time of the content stay as they were."""
    stat = file.stat()
    content = bytearray(file.read_bytes())
    content[position] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_one_changed_bit_in_any_file_is_found_and_the_older_generation_serves(two, index_dir):
    old, new = two
    for file in sorted(new.iterdir()):
        content = file.read_bytes()
        serving_generation(index_dir)
        flip(file, len(content) // 2)
        serving = serving_generation(index_dir)
        assert serving.folder == old, file.name
        assert file.name in serving.notice and old.name in serving.notice and "pinpoint ingest" in serving.notice
        file.write_bytes(content)
        assert serving_generation(index_dir).folder == new and not serving_generation(index_dir).notice


def test_a_file_that_nobody_touched_is_read_once(two, index_dir, monkeypatch):
    monkeypatch.setattr(integrity, "_SETTLED_NS", 0)
    read = []
    digest = integrity.file_sha256
    monkeypatch.setattr(integrity, "file_sha256", lambda file: read.append(file.name) or digest(file))
    current_generation(index_dir)
    count = len(read)
    assert count == len(generation_facts(two[1])["sha256"])
    current_generation(index_dir)
    integrity._known.clear()  # another process
    current_generation(index_dir)
    assert len(read) == count
    (two[1] / "intake.json").write_bytes((two[1] / "intake.json").read_bytes())
    current_generation(index_dir)
    assert read[count:] == ["intake.json"], "only the one that was written to"
    check_generation(index_dir, two[1].name, thorough=True)
    assert len(read) == 2 * count + 1, "all of them when asked for"


def test_a_file_that_was_changed_just_now_is_not_retained_as_checked(two, index_dir):
    current_generation(index_dir)
    assert not (index_dir / ".checked").exists() or not any(
        json.loads(retained.read_text()) for retained in (index_dir / ".checked").iterdir()
    )
    assert find_damage(two[1], generation_facts(two[1])) is None


@pytest.mark.parametrize("retained", ["", "[1]", '{"passages.sqlite": 3}', '{"passages.sqlite": [[1, 2], "x"]}'])
def test_a_broken_list_of_checked_files_counts_for_nothing(two, index_dir, retained):
    (index_dir / ".checked").mkdir(exist_ok=True)
    (index_dir / ".checked" / f"{two[1].name}.json").write_text(retained)
    assert current_generation(index_dir) == two[1]


CURRENT_FILES = [  # (content of CURRENT, reason)
    ("20990101-000000-gone\n", "the generation was deleted by hand"),
    ("", "CURRENT was emptied by a power cut"),
    ("\x00\x00\x00", "the disk gave zeros"),
    ("../elsewhere", "it leads out of the index"),
    (".building-x", "it names what is not complete"),
]


@pytest.mark.parametrize(("current_file", "reason"), CURRENT_FILES)
def test_a_pointer_to_nothing_is_met_by_the_newest_generation(two, index_dir, current_file, reason):
    (index_dir / "CURRENT").write_text(current_file)
    serving = serving_generation(index_dir)
    assert serving.folder == two[1] and serving.notice, reason


def test_without_a_pointer_the_message_names_what_is_there(two, index_dir):
    (index_dir / "CURRENT").unlink()
    with pytest.raises(NoGeneration, match=f"pinpoint use {two[1].name}"):
        current_generation(index_dir)


def test_when_none_is_intact_the_one_in_use_is_named(two, index_dir):
    for folder in two:
        flip(folder / "vectors.faiss")
    with pytest.raises(DamagedGeneration, match=two[1].name):
        current_generation(index_dir)


def test_the_next_ingest_fixes_a_damaged_index_though_no_document_changed(
    ledger_corpus, run_ingest, index_dir, make_embedder
):
    run_ingest(ledger_corpus, index_dir)
    (ledger_corpus / "new.md").write_text("# New\n\nThe quetzal rule applies.\n", encoding="utf-8")
    damaged = run_ingest(ledger_corpus, index_dir).generation
    flip(damaged / "vectors.faiss")
    embedder = make_embedder()
    result = run_ingest(ledger_corpus, index_dir, embedder=embedder)
    assert result.changed and not serving_generation(index_dir).notice
    statuses = {record.file: record.status for record in result.records}
    assert statuses == {"new.md": "read", "first.md": "unchanged", "second.md": "unchanged"}
    embedded = (result.embedded, sum(embedder.calls))
    assert embedded == (1, 1), "the rest comes from the intact one, never the damaged one"


class _Clock:
    """A clock that is set back before each generation."""

    def __init__(self):
        self.now_ = datetime(2030, 1, 1, tzinfo=UTC)

    def now(self, zone):
        self.now_ -= timedelta(days=40)
        return self.now_.astimezone(zone)


def test_the_order_of_generations_does_not_depend_on_the_clock(tiny_parsed, write_tiny, index_dir, monkeypatch):
    monkeypatch.setattr(storage, "datetime", _Clock())
    written = [write_tiny(tiny_parsed[:count]) for count in (1, 2, 3)]
    assert [folder.name for folder in newest_first(index_dir)] == [written[2].name, written[1].name]
    assert [one.name for one in stored_generations(index_dir)] == [written[2].name, written[1].name]
    flip(written[2] / "passages.sqlite")
    assert current_generation(index_dir) == written[1], "the newest intact one"
    use_generation(index_dir, written[1].name)
    again = write_tiny(tiny_parsed[:3])
    assert again.name[:5] == "00004", "a number is never given twice"


def test_a_name_is_not_given_again_after_the_folder_was_removed(tiny_parsed, write_tiny, index_dir):
    names = {write_tiny(tiny_parsed[:1]).name for _ in range(3)}
    assert len(names) == 3


def test_generations_of_an_earlier_version_come_before_numbered_ones(two, index_dir):
    two[0].rename(index_dir / "20991231-235959-abcdef01")
    assert [folder.name for folder in newest_first(index_dir)] == [two[1].name, "20991231-235959-abcdef01"]


def test_what_a_program_reads_is_not_removed(two, index_dir, fake_embedder):
    old, new = two
    index = load_index(index_dir, fake_embedder, None)
    use_generation(index_dir, old.name)
    assert prune_generations(index_dir, {old.name}) == []
    assert index.passage(Span(index.documents["statute"].id, 0, 1)).text and (new / "intake.json").exists()
    del index
    assert prune_generations(index_dir, {old.name}) == [new.name]
    with pytest.raises(DamagedGeneration, match="not there"):
        Lease(new)


def test_a_generation_held_by_another_process_stays_until_that_ends(two, index_dir):
    code = f"""import sys; from pathlib import Path; from index.generations.lease import Lease
held = Lease(Path({str(two[0])!r}))
"""
    with subprocess.Popen(
        [sys.executable, "-c", code + "print('held', flush=True); sys.stdin.read()"],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as reader:
        assert reader.stdout.readline() == b"held\n"
        assert prune_generations(index_dir, {two[1].name}) == []
        reader.kill()
    assert prune_generations(index_dir, {two[1].name}) == [two[0].name]


def test_a_generation_that_is_replaced_while_it_is_looked_up_is_not_called_damaged(two, index_dir, monkeypatch):
    """CURRENT is read, then another ingest swaps and prunes: the new one serves, without a notice."""
    old, new = two
    use_generation(index_dir, old.name)
    check = check_generation

    def late(folder, name, **settings):
        if name == old.name:
            use_generation(index_dir, new.name)
            prune_generations(index_dir, {new.name})
        return check(folder, name, **settings)

    monkeypatch.setattr("index.generations.read.check_generation", late)
    serving = serving_generation(index_dir)
    assert (serving.folder, serving.notice) == (new, "")


def test_the_command_lists_goes_back_and_removes(two, index_dir, command):
    old, new = two
    listed = json.loads(command("generations", "--json").stdout)
    assert [(one["name"], one["serves"]) for one in listed] == [(new.name, True), (old.name, False)]
    assert f"{new.name}  yes" in command("generations").stdout
    assert command("use", old.name).exit_code == 0
    assert named_generation(index_dir) == old.name
    (index_dir / ".building-left").mkdir()
    retained = command("prune")
    assert retained.exit_code == 0 and new.exists() and not (index_dir / ".building-left").exists()
    pruned = json.loads(command("prune", "--keep", 0, "--json").stdout)
    assert pruned == {"serves": old.name, "removed": [new.name], "in_use": []} and not new.exists()
    assert current_generation(index_dir) == old


def test_prune_removes_what_an_ingest_that_was_cut_off_has_read_where_a_complete_one_serves(
    two, index_dir, command, tiny_parsed, write_early
):
    def left():
        for name in (".read", ".embeddings"):
            (index_dir / name / "some").mkdir(parents=True, exist_ok=True)
        assert command("prune").exit_code == 0
        return {name for name in (".read", ".embeddings") if (index_dir / name).exists()}

    assert left() == set()
    write_early(tiny_parsed, unread=1)
    assert left() == {".read", ".embeddings"}, "the next ingest goes on from it, and is waited for"


@pytest.mark.parametrize(
    ("arguments", "says", "reason"),
    [
        (("use", "nothing"), "is not in", "no such generation"),
        (("use", "../.."), "is not in", "a path"),
        (("prune", "--keep", "-1"), "--keep", "less than none"),
    ],
)
def test_what_cannot_be_done_is_refused(two, command, arguments, says, reason):
    result = command(*arguments)
    assert result.exit_code == 2 and says in result.stderr, reason


def test_a_damaged_generation_cannot_be_gone_back_to(two, index_dir, command):
    flip(two[0] / "words.json")
    result = command("use", two[0].name)
    assert result.exit_code == 2 and "words.json" in result.stderr
    assert current_generation(index_dir) == two[1]


def test_nothing_is_removed_while_an_ingest_writes(two, index_dir, command):
    with writing(index_dir, index_dir):
        for arguments in (("prune",), ("use", two[0].name)):
            result = command(*arguments)
            assert result.exit_code == 2 and f"process {os.getpid()}" in result.stderr
        with pytest.raises(IndexBusy, match="--wait"), writing(index_dir, index_dir):
            pass


def test_commands_warn_when_another_generation_stands_in(two, command):
    flip(two[1] / "vectors.faiss")
    result = command("8 CFR 214.202(d)", "--top-k", 1)
    assert result.exit_code == 0 and "hardship" in result.stdout
    assert "Warning: The index in use is damaged" in result.stderr and "vectors.faiss" in result.stderr
    assert "Warning" not in result.stdout
    assert command("links", "8 CFR 214.202").stderr.count("Warning") == 1


def test_facts_state_their_own_digest(two, index_dir):
    facts = generation_facts(two[1])
    (two[1] / "generation.json").write_text(json.dumps({**facts, "documents": 1}), encoding="utf-8")
    assert "generation.json" in serving_generation(index_dir).notice
    write_facts(two[1], {**facts, "documents": 1})
    assert not serving_generation(index_dir).notice, "written on purpose"


def test_opening_needs_no_heavy_package():
    code = (
        "import sys, index.generations\n"
        "print(sorted({'numpy', 'scipy', 'faiss', 'torch', 'filelock', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
