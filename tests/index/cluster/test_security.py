"""Who asks, and over what: against a real node with OpenSearch's own users, roles and encryption."""

import ssl
import uuid
from datetime import date

import pytest

from index.cluster.health import health
from index.cluster.mapping import files_index, lock_index, rows_index
from index.cluster.network.login import login, tls_context
from index.cluster.network.whole import WholeSearches
from index.cluster.stored.administration import examine_cluster, stored_in_cluster
from index.cluster.stored.generations import delete_index
from index.cluster.stored.lock import locked
from index.cluster.stored.publishing import Form, publish
from index.cluster.stored.rows.settling import _ONE_SEGMENT
from index.generations.read import current_generation
from index.search import load_index
from pinpoint.configuration.address import folder_of
from pinpoint.errors import ClusterRefused, ClusterUnavailable, ConfigurationError
from pinpoint.records import Filters

VISA = {"query": {"match": {"terms": "visa"}}}


@pytest.fixture
def as_user(secured_cluster, connected, monkeypatch):
    """``as_user("reader")``: a connection of a user by password, or of a client by certificate."""

    def connect(user="", *, client="", authority="ca_file", host="127.0.0.1", name="policy"):
        monkeypatch.setenv("PINPOINT_CLUSTER_CA_FILE", str(getattr(secured_cluster, authority)) if authority else "")
        monkeypatch.setenv("PINPOINT_CLUSTER_USER", user)
        monkeypatch.setenv("PINPOINT_CLUSTER_PASSWORD_FILE", str(secured_cluster.password_file(user)) if user else "")
        certificate, key = secured_cluster.certificate(client) if client else ("", "")
        monkeypatch.setenv("PINPOINT_CLUSTER_CLIENT_CERT_FILE", str(certificate))
        monkeypatch.setenv("PINPOINT_CLUSTER_CLIENT_KEY_FILE", str(key))
        port = secured_cluster.host.rpartition(":")[2]
        return connected(f"opensearch://{host}:{port}/{name}")[0]

    return connect


def test_each_role_does_its_work_and_no_more(as_user):
    name = f"policy-{uuid.uuid4().hex[:12]}"
    index = f"{name}-00001"
    writer = as_user("writer", name=name)
    writer.put(index, {"settings": {"number_of_shards": 1, "number_of_replicas": 0}})
    writer.put(f"{index}/_doc/1", {"terms": "t visa"}, params={"refresh": True})
    writer.post(f"/{index}/_forcemerge", params=_ONE_SEGMENT)
    writer.post("_aliases", {"actions": [{"add": {"index": index, "alias": name}}]})
    reader = as_user("reader", name=name)
    assert reader.count(index, VISA["query"]) == 1
    assert reader.get(f"{index}/_doc/1")["_source"] == {"terms": "t visa"}
    assert health(reader, name).ready
    by_certificate = as_user(client="reader", name=name)
    assert by_certificate.count(index) == 1
    for method, path in (("put", f"{index}/_doc/2"), ("put", f"{name}-new"), ("delete", index)):
        with pytest.raises(ClusterRefused, match=r"403.*It lacks indices:.*pinpoint cluster roles") as refused:
            getattr(reader, method)(path, {})
        assert refused.value.status == 403
    assert as_user("writer", name=name).delete(index)["acknowledged"]


def test_a_writer_publishes_and_a_reader_searches(
    as_user, tiny_index_dir, tiny_index, fake_embedder, tmp_path, monkeypatch
):
    """All that an ingest and a search ask of the cluster, by the rights that the roles give, and no others."""
    monkeypatch.setenv("PINPOINT_CLUSTER_CACHE", str(tmp_path))
    for module in ("terms", "nearness"):  # so that the cluster is asked though there are few passages
        monkeypatch.setattr(f"index.cluster.candidates.{module}.FEW", 0)
    name = f"policy-{uuid.uuid4().hex[:12]}"
    generation = current_generation(tiny_index_dir)
    writer = as_user("writer", name=name)
    publish(writer, name, generation, lambda *_: None, form=Form(shards=1, replicas=0))
    reader = as_user("reader", name=name)
    assert health(reader, name).ready
    asked, msearch = [], WholeSearches.msearch
    monkeypatch.setattr(WholeSearches, "msearch", lambda *given: asked.append(given[1]) or msearch(*given))
    opened = load_index(folder_of(reader.address), fake_embedder)
    found = opened.search("T visa", Filters(date(2025, 1, 1))).hits
    assert found == tiny_index.search("T visa", Filters(date(2025, 1, 1))).hits
    assert found
    assert rows_index(name, generation.name) in asked
    (listed,) = stored_in_cluster(folder_of(reader.address))
    assert (listed.name, listed.size > 0) == (generation.name, True)
    assert not [looked for looked in examine_cluster(folder_of(reader.address)) if looked.wrong]
    with pytest.raises(ClusterRefused, match="It lacks indices:"):
        delete_index(reader, rows_index(name, generation.name))
    writer = as_user("writer", name=name)
    with locked(writer, name, tiny_index_dir) as lock:
        lock.confirm()
    assert writer.get(f"{rows_index(name, generation.name)}/_recovery"), "a publish waits for its copies by that"
    delete_index(writer, lock_index(name))
    for index in (rows_index(name, generation.name), files_index(name, generation.name)):
        writer.delete(index)


REFUSED = [  # (how to connect, words, reason)
    (
        {"user": "reader", "authority": "other_ca_file"},
        "not trusted.*cluster.ca_file",
        "an authority that signed another",
    ),
    (
        {"user": "reader", "authority": ""},
        "not trusted|does not answer|cluster.ca_file",
        "plain, or none that signed it",
    ),
    ({"user": "reader", "host": "localhost"}, "another host name", "a name that is not in the certificate"),
    ({"user": "wrong"}, "401.*cluster.password_file", "a user or password that is wrong"),
    ({}, "401.*cluster.password_file", "neither password nor certificate"),
    (
        {"client": "forged"},
        "cluster.client_cert_file|TLS failed|broke|reset|pipe",
        "a client that somebody else signed",
    ),
    ({"client": "nobody"}, "403", "a client without a role"),
]


@pytest.mark.parametrize(("how", "words", "reason"), REFUSED, ids=[row[-1] for row in REFUSED])
def test_who_is_refused_and_what_is_said(as_user, how, words, reason):
    connection = as_user(**how)
    with pytest.raises((ClusterRefused, ClusterUnavailable), match=words) as refused:
        connection.search("policy", VISA)
    said = f"{refused.value!r} {refused.value} {connection!r}"
    assert not [user for user in ("reader", "wrong") if f"{user}-of-tests" in said], (reason, "no password")
    assert "visa" not in said


def test_a_node_without_encryption_is_not_spoken_to_where_it_is_expected(
    cluster, connected, secured_cluster, monkeypatch
):
    monkeypatch.setenv("PINPOINT_CLUSTER_CA_FILE", str(secured_cluster.ca_file))
    connection, _ = connected(f"{cluster.address}/policy")
    with pytest.raises((ClusterRefused, ClusterUnavailable), match="does not speak TLS"):
        connection.get("/")


HOSTS = [  # (hosts, encrypted, reason)
    (("127.0.0.1:9200",), False, "this machine"),
    (("localhost:9200", "[::1]:9200"), False, "this machine by its names"),
    (("10.0.0.1:9200",), True, "another machine"),
    (("127.0.0.1:9200", "node.example.gov:9200"), True, "one of them is another machine"),
]


@pytest.mark.parametrize(("hosts", "encrypted", "reason"), HOSTS, ids=[row[-1] for row in HOSTS])
def test_another_machine_is_always_asked_over_tls(hosts, encrypted, reason):
    context = tls_context(hosts)
    assert (context is not None) == encrypted, reason
    if context is not None:
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


def test_a_certificate_of_ones_own_has_this_machine_asked_over_tls_too(secured_cluster, monkeypatch):
    monkeypatch.setenv("PINPOINT_CLUSTER_CA_FILE", str(secured_cluster.ca_file))
    assert tls_context(("127.0.0.1:9200",)).check_hostname


def written(folder, text, mode=0o600):
    file = folder / "secret"
    file.touch(mode=mode)
    file.write_text(text, encoding="utf-8")
    return str(file)


LOGINS = [  # (user, text of the file or None, its mode, words, reason)
    ("", "quetzal\n", 0o600, "cluster.user", "a password of nobody"),
    ("reader", "", 0o600, "one line", "an empty file"),
    ("reader", "quetzal\nquetzal\n", 0o600, "one line", "two passwords"),
    ("reader", "quetzal\n", 0o640, "chmod 600", "a file that the group may read"),
    ("reader", "quetzal\n", 0o604, "chmod 600", "a file that everybody may read"),
    ("reader", None, 0o600, "cluster.password_file.*No such file", "a file that is not there"),
    ("rea:der", "quetzal\n", 0o600, "colon", "a user that nobody can have"),
]


@pytest.mark.parametrize(("user", "text", "mode", "words", "reason"), LOGINS, ids=[row[-1] for row in LOGINS])
def test_a_password_that_cannot_be_used(tmp_path, monkeypatch, user, text, mode, words, reason):
    file = written(tmp_path, text, mode) if text is not None else str(tmp_path / "none")
    monkeypatch.setenv("PINPOINT_CLUSTER_USER", user)
    monkeypatch.setenv("PINPOINT_CLUSTER_PASSWORD_FILE", file)
    with pytest.raises(ConfigurationError, match=words) as refused:
        login()
    assert "quetzal" not in str(refused.value), reason


def test_a_user_without_a_password_file(monkeypatch):
    monkeypatch.setenv("PINPOINT_CLUSTER_USER", "reader")
    with pytest.raises(ConfigurationError, match="cluster.password_file"):
        login()


CERTIFICATES = [  # (authority, certificate, key, mode of the key, words, reason)
    ("text", "", "", 0o600, "cluster.ca_file.*no PEM", "an authority that is no certificate"),
    ("none", "", "", 0o600, "cluster.ca_file.*No such file", "one that is not there"),
    ("", "text", "", 0o600, "needs its key", "a certificate without its key"),
    ("", "", "text", 0o600, "needs its key", "a key without its certificate"),
    ("", "text", "text", 0o600, "cluster.client_cert_file", "neither is PEM"),
    ("", "text", "text", 0o644, "cluster.client_key_file.*chmod 600", "a key that others may read"),
    ("", "text", "none", 0o600, "cluster.client_key_file.*No such file", "a key that is not there"),
]


@pytest.mark.parametrize(
    ("authority", "certificate", "key", "mode", "words", "reason"), CERTIFICATES, ids=[row[-1] for row in CERTIFICATES]
)
def test_a_certificate_that_cannot_be_used(tmp_path, monkeypatch, authority, certificate, key, mode, words, reason):
    files = {"text": written(tmp_path, "quetzal\n", mode), "none": str(tmp_path / "none"), "": ""}
    monkeypatch.setenv("PINPOINT_CLUSTER_CA_FILE", files[authority])
    monkeypatch.setenv("PINPOINT_CLUSTER_CLIENT_CERT_FILE", files[certificate])
    monkeypatch.setenv("PINPOINT_CLUSTER_CLIENT_KEY_FILE", files[key])
    with pytest.raises(ConfigurationError, match=words) as refused:
        tls_context(("127.0.0.1:9200",))
    assert "quetzal" not in str(refused.value), reason
