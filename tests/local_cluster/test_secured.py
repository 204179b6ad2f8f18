"""The node with users and encryption does what the tests of an encrypted cluster count on."""

import http.client
import ssl
import uuid

import pytest

from tests.local_cluster.secured_fixture import SecuredCluster

OK, CREATED, UNKNOWN, FORBIDDEN = 200, 201, 401, 403
REQUESTS = [  # (user, method, path behind the index, body, status, reason)
    ("writer", "PUT", "", {"settings": {"number_of_replicas": 0}}, OK, "a writer makes indexes"),
    ("writer", "PUT", "/_doc/1?refresh=true", {"terms": "t visa"}, CREATED, "and fills them"),
    ("reader", "POST", "/_search", {"query": {"match_all": {}}}, OK, "a reader searches"),
    ("reader", "GET", "/_doc/1", None, OK, "and reads"),
    ("reader", "PUT", "/_doc/2", {"terms": "forged"}, FORBIDDEN, "a reader writes nothing"),
    ("reader", "PUT", "-new", {}, FORBIDDEN, "makes no index"),
    ("reader", "DELETE", "", None, FORBIDDEN, "and removes none"),
    ("wrong", "GET", "", None, UNKNOWN, "a user whom nobody knows"),
    ("writer", "DELETE", "", None, OK, "a writer removes indexes"),
]


def test_each_role_can_do_its_work_and_no_more(secured_cluster):
    index = f"policy-{uuid.uuid4().hex[:12]}"
    for user, method, behind, body, status, reason in REQUESTS:
        answer = secured_cluster.ask(method, f"/{index}{behind}", body, user=user)
        assert answer[0] == status, (reason, answer)
    for user in ("reader", "writer"):
        answer = secured_cluster.ask("PUT", "/another-index", {}, user=user)
        assert answer[0] == FORBIDDEN, ("an index of somebody else", user, answer)


CERTIFICATES = [  # (client, status, reason)
    ("reader", OK, "a client that the authority has signed is known by its name"),
    ("nobody", FORBIDDEN, "one without a role is known, and may do nothing"),
    ("", UNKNOWN, "neither certificate nor password"),
]


@pytest.mark.parametrize(("client", "status", "reason"), CERTIFICATES, ids=[row[2] for row in CERTIFICATES])
def test_clients_are_known_by_certificate(secured_cluster, client, status, reason):
    assert _health(secured_cluster, secured_cluster.ca_file, client) == status, reason


def test_a_client_whom_somebody_else_has_signed_is_not_let_in(secured_cluster):
    with pytest.raises((ssl.SSLError, ConnectionError)):  # by the version of TLS, at the handshake or right behind it
        _health(secured_cluster, secured_cluster.ca_file, "forged")


REFUSED = [  # (file of the authority, host, reason)
    ("other_ca_file", "127.0.0.1", "an authority that has not signed the node's certificate"),
    ("ca_file", "localhost", "a name that is not in the node's certificate"),
]


@pytest.mark.parametrize(("authority", "host", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_the_node_is_not_taken_for_another(secured_cluster, authority, host, reason):
    port = secured_cluster.host.rpartition(":")[2]
    other = SecuredCluster(f"{host}:{port}", secured_cluster.folder)
    with pytest.raises(ssl.SSLCertVerificationError):
        _health(other, getattr(secured_cluster, authority), "")


def _health(cluster, authority, client):
    context = ssl.create_default_context(cafile=authority)
    if client:
        context.load_cert_chain(*cluster.certificate(client))
    connection = http.client.HTTPSConnection(cluster.host, timeout=30, context=context)
    try:
        connection.request("GET", "/_cluster/health")
        return connection.getresponse().status
    finally:
        connection.close()
