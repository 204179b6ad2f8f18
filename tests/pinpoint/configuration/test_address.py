"""The address of an index on a cluster: what is one, what is refused with what word, and its folder."""

import stat

import pytest

from pinpoint.configuration.address import (
    FILE,
    ClusterAddress,
    address_in,
    folder_of,
    is_address,
    is_loopback,
    parse_address,
)
from pinpoint.errors import ConfigurationError

RIGHT = [  # (text, hosts, name, reason)
    ("opensearch://a:9200,b:9201/policy", ("a:9200", "b:9201"), "policy", "two nodes"),
    ("opensearch://a/policy", ("a:9200",), "policy", "the port of OpenSearch, where none is named"),
    ("opensearch://10.0.0.1:1/p", ("10.0.0.1:1",), "p", "a number, and a short name"),
    ("opensearch://[::1]:9200,[FE80::2]/policy", ("[::1]:9200", "[fe80::2]:9200"), "policy", "IPv6 in brackets"),
    (" OpenSearch://A.Example.GOV/policy-2/ ", ("a.example.gov:9200",), "policy-2", "blanks, capitals, a last slash"),
    ("opensearch://a:9200, b:9200,a/policy", ("a:9200", "b:9200"), "policy", "a host twice is one"),
    (f"opensearch://a/{'x' * 100}", ("a:9200",), "x" * 100, "the longest name"),
]


@pytest.mark.parametrize(("text", "hosts", "name", "reason"), RIGHT, ids=[row[-1] for row in RIGHT])
def test_an_address_is_read(text, hosts, name, reason):
    address = parse_address(text)
    assert (address.hosts, address.name) == (hosts, name), reason
    assert is_address(text)
    assert parse_address(str(address)) == address


WRONG = [  # (text, part of the message, reason)
    ("opensearch://a:9200", "Write it like this", "no name"),
    ("opensearch:a/policy", "Write it like this", "no slashes"),
    ("opensearch:///policy", "Write it like this", "no host"),
    ("https://a:9200/policy", "Write it like this", "another scheme"),
    ("opensearch://a:0/policy", "'a:0'", "a port that is none"),
    ("opensearch://a:65536/policy", "'a:65536'", "a port that is too large"),
    ("opensearch://a:9200:1/policy", "'a:9200:1'", "two ports"),
    ("opensearch://a:x/policy", "'a:x'", "a port in words"),
    ("opensearch://a,,b/policy", "''", "a host that is missing"),
    ("opensearch://a b/policy", "'a b'", "a blank in a host"),
    ("opensearch://::1/policy", "'::1'", "IPv6 without brackets"),
    ("opensearch://[::x]:9200/policy", "'[::x]:9200'", "no number of IPv6"),
    ("opensearch://a/Policy", "'Policy'", "a capital letter, which OpenSearch refuses"),
    ("opensearch://a/policy*", "'policy*'", "a wildcard, which would be of other indexes too"),
    ("opensearch://a/policy,other", "'policy,other'", "two indexes"),
    ("opensearch://a/_all", "'_all'", "a name of OpenSearch's own"),
    ("opensearch://a/-policy", "'-policy'", "an exclusion"),
    ("opensearch://a/../x", "'../x'", "a way out of the folder"),
    ("opensearch://a/..", "'..'", "another"),
    ("opensearch://a/policy?pretty", "'policy?pretty'", "a query"),
    (f"opensearch://a/{'x' * 101}", "at most 100", "a name that is too long"),
]


@pytest.mark.parametrize(("text", "said", "reason"), WRONG, ids=[row[-1] for row in WRONG])
def test_a_malformed_address_is_refused_with_its_remedy(text, said, reason):
    with pytest.raises(ConfigurationError) as refused:
        parse_address(text)
    assert said in str(refused.value), reason
    assert "opensearch://host1:9200,host2:9200/policy" in str(refused.value), "how it is written"


@pytest.mark.parametrize("text", ["opensearch://me:quetzal@a/policy", "opensearch://quetzal@a/policy"])
def test_a_password_in_an_address_is_refused_and_not_repeated(text):
    with pytest.raises(ConfigurationError, match="cluster.password_file") as refused:
        parse_address(text)
    assert "quetzal" not in str(refused.value)


FOLDERS = ["build/index", "/srv/opensearch", "opensearch", "opensearch/policy", "C:\\index", ""]


@pytest.mark.parametrize("text", FOLDERS)
def test_a_folder_is_no_address(text):
    assert not is_address(text)


LOOPBACK = [  # (host, whether, reason)
    ("127.0.0.1:9200", True, "the number"),
    ("127.8.0.1:9200", True, "all of that network"),
    ("localhost:9200", True, "the name"),
    ("[::1]:9200", True, "IPv6"),
    ("localhost.example.org:9200", False, "a name that only begins like it"),
    ("0.0.0.0:9200", False, "all interfaces"),
    ("10.0.0.1:9200", False, "another machine"),
    ("[fe80::1]:9200", False, "another machine, IPv6"),
]


@pytest.mark.parametrize(("host", "whether", "reason"), LOOPBACK, ids=[row[-1] for row in LOOPBACK])
def test_this_machine_is_known(host, whether, reason):
    assert is_loopback(host) == whether, reason


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_the_folder_of_an_address_says_its_address(cache):
    address = ClusterAddress(("a:9200", "b:9200"), "policy")
    folder = folder_of(address)
    assert folder.is_relative_to(cache)
    assert folder.name == "policy"
    assert address_in(folder) == address
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700, "texts of documents are not everybody's"
    assert folder_of(address) == folder


def test_two_clusters_and_two_names_share_no_folder(cache):
    addresses = [
        ClusterAddress(("a:9200",), "policy"),
        ClusterAddress(("b:9200",), "policy"),
        ClusterAddress(("a:9200", "b:9200"), "policy"),
        ClusterAddress(("a:9200",), "other"),
    ]
    assert len({folder_of(address) for address in addresses}) == len(addresses)
    assert folder_of(ClusterAddress(("b:9200", "a:9200"), "policy")) == folder_of(addresses[2]), "in any order"


def test_a_folder_of_its_own_has_no_address(tmp_path):
    assert address_in(tmp_path) is None
    assert address_in(tmp_path / "no-such-folder") is None
    (tmp_path / FILE).write_text("opensearch://a/Policy\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="'Policy'"):
        address_in(tmp_path)


def test_a_folder_that_cannot_be_made_is_named_with_its_setting(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path / "file"))
    with pytest.raises(ConfigurationError, match="cluster.cache"):
        folder_of(ClusterAddress(("a:9200",), "policy"))
