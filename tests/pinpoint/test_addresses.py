"""An index on a cluster is named by the same address wherever one names a folder."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import pinpoint
from pinpoint.__main__ import COMMANDS, main
from pinpoint.commands import IndexFolder
from pinpoint.configuration import address
from pinpoint.configuration import file as settings_file
from pinpoint.errors import ConfigurationError

ADDRESS = "opensearch://host1:9200,host2:9200/policy"


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Addresses have their folders under one of the test's own."""
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("INDEX_DIR", raising=False)
    return tmp_path / "cache"


READ = [  # (text, hosts, name, reason)
    (ADDRESS, ("host1:9200", "host2:9200"), "policy", "two hosts"),
    ("opensearch://host1/policy", ("host1:9200",), "policy", "the port that OpenSearch has as a rule"),
    ("opensearch://Host1:9200,host1:9200/p", ("host1:9200",), "p", "names of hosts have no case; one host counts once"),
    ("OpenSearch://h:1/p/", ("h:1",), "p", "a slash at the end, as browsers show addresses"),
    ("opensearch://[::1]:9201,10.0.0.7/p", ("[::1]:9201", "10.0.0.7:9200"), "p", "numbers, of both kinds"),
    (" opensearch://h/p-2_x\n", ("h:9200",), "p-2_x", "blanks around it, as a file of settings may have"),
]
REFUSED = [  # (text, what the message names, reason)
    ("opensearch:/h:9200/p", "opensearch://host1", "a Path that was made of it has lost a slash"),
    ("opensearch://h:9200", "opensearch://host1", "it lacks the name"),
    ("opensearch://h:9200/", "''", "its name is empty"),
    ("opensearch://h:9200/Policy", "'Policy'", "OpenSearch takes small letters only"),
    ("opensearch://h:9200/p*", "'p*'", "a wildcard would mean many indexes"),
    ("opensearch://h:9200/_all", "'_all'", "a name of OpenSearch's own"),
    ("opensearch://h:9200/a/b", "'a/b'", "a path below the name"),
    (f"opensearch://h:9200/{'p' * 101}", "100 characters", "the names of generations come behind it"),
    ("opensearch://h:0/p", "'h:0'", "no port"),
    ("opensearch://h:65536/p", "65535", "past the last port"),
    ("opensearch://h:９２００/p", "is no host", "digits, but not ASCII"),
    ("opensearch://a,,b/p", "''", "an empty host"),
    ("opensearch://h h/p", "'h h'", "a blank within a host"),
]


@pytest.mark.parametrize(("text", "hosts", "name", "reason"), READ, ids=[row[-1] for row in READ])
def test_an_address_is_read(text, hosts, name, reason):
    assert address.is_address(text)
    read = address.parse_address(text)
    assert (read.hosts, read.name) == (hosts, name)
    assert address.parse_address(str(read)) == read, "its text form gives it again"


@pytest.mark.parametrize(("text", "named", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_what_is_no_address_is_refused_with_the_value_and_an_example(text, named, reason):
    assert address.is_address(text), "so that no folder of that name is made"
    with pytest.raises(ConfigurationError) as refused:
        address.parse_address(text)
    assert (
        named in str(refused.value)
        and "opensearch://host1:9200,host2:9200/policy" in str(refused.value)
        or ("100 characters" in str(refused.value))
    )


def test_a_password_in_an_address_is_refused_and_never_repeated(tmp_path):
    secret = "opensearch://reader:s3cret@h:9200/p"  # noqa: S105 - of the test
    file = tmp_path / "pinpoint.toml"
    file.write_text(f'[index]\nfolder = "{secret}"\n', encoding="utf-8")
    file.chmod(0o600)
    ran = CliRunner().invoke(main, ["search", "parole", "--index", secret])
    shown = CliRunner().invoke(main, ["--config", str(file), "settings"])
    with pytest.raises(ConfigurationError) as opened:
        pinpoint.open(secret)
    assert (ran.exit_code, shown.exit_code) == (2, 2)
    for said in (ran.output, shown.output, str(opened.value)):
        assert "password_file" in said and "s3cret" not in said


FOLDERS = [  # (text, folder, reason)
    ("build/index", "build/index", "a folder"),
    ("/srv/opensearch:/x", "/srv/opensearch:/x", "a folder that has the word within"),
    ("opensearch", "opensearch", "a folder of that name"),
    (Path("a") / "b", "a/b", "a Path"),
]


@pytest.mark.parametrize(("text", "folder", "reason"), FOLDERS, ids=[row[-1] for row in FOLDERS])
def test_a_folder_stays_what_it_is(text, folder, reason):
    assert address.index_folder(text) == Path(folder)
    assert address.index_name(Path(folder)) == folder


def test_an_address_has_one_folder_however_it_is_written_and_another_cluster_another(cache):
    folder = address.index_folder(ADDRESS)
    assert folder == address.index_folder("opensearch://host2,HOST1:9200/policy") and folder.is_relative_to(cache)
    assert address.index_name(folder) == str(address.address_in(folder)) == ADDRESS
    others = {address.index_folder(other) for other in ("opensearch://host1/policy", "opensearch://host1,host2/p")}
    assert len(others | {folder}) == 3


def _commands():
    """Every command with ``--index``, by what one types for it."""
    for name in COMMANDS:
        where, _, function = COMMANDS[name][0].partition(":")
        waiting = [((name,), getattr(import_module(where), function))]
        while waiting:
            path, command = waiting.pop()
            if isinstance(command, click.Group):
                waiting += [((*path, one), command.get_command(None, one)) for one in command.list_commands(None)]
            yield from ((path, option) for option in command.params if option.name == "index_dir")


def test_every_command_takes_an_address_where_it_takes_a_folder(monkeypatch):
    options = dict(_commands())
    assert len(options) >= 18, "search, ask, locate, check, app, serve, mcp, ingest, watch, report, changes and others"
    monkeypatch.setenv("INDEX_DIR", ADDRESS)
    folder = address.index_folder(ADDRESS)
    for path, option in options.items():
        assert isinstance(option.type, IndexFolder), path
        assert option.process_value(click.Context(click.Command("x")), ADDRESS) == folder, path
        assert option.value_from_envvar(click.Context(click.Command("x"))) == ADDRESS, path


def test_a_file_of_settings_takes_an_address_and_leaves_it_whole(tmp_path):
    file = tmp_path / "pinpoint.toml"
    file.write_text(f'[index]\nfolder = "{ADDRESS}"\n', encoding="utf-8")
    assert settings_file.read_settings(file)[0] == {"INDEX_DIR": ADDRESS}
    file.write_text('[index]\nfolder = "opensearch://h/UPPER"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError, match="line 2: index.folder .*small letters"):
        settings_file.read_settings(file)


def test_settings_show_an_address():
    ran = CliRunner().invoke(main, ["--config", "none", "settings", "--json"], env={"INDEX_DIR": ADDRESS})
    shown = {setting["variable"]: setting for setting in json.loads(ran.output)["settings"]}
    assert (shown["INDEX_DIR"]["value"], shown["INDEX_DIR"]["problem"]) == (ADDRESS, "")


def test_naming_an_index_loads_nothing_of_the_cluster():
    code = (
        "import sys, pinpoint.commands\nfrom pinpoint.configuration.address import index_folder\n"
        f"index_folder({ADDRESS!r})\nassert not {{'opensearchpy', 'index', 'urllib3'}} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own
