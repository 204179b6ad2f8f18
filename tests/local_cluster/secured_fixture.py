"""One node of OpenSearch with its security plugin: TLS, users, roles, and certificates of clients.

The roles are those that ``local_cluster/opensearch/roles.yml`` gives to operators. They are for an index named
``policy``, and for indexes whose names begin with ``policy-``.
"""

import base64
import http.client
import json
import shutil
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from filelock import FileLock

from local_cluster import ports, starting, state
from local_cluster.artifacts import Artifacts
from local_cluster.node import PLUGINS, QUICK, Launch, Node, compiled
from local_cluster.starting import Cluster
from tests.cluster_fixture import parts, run_folder, run_process

ROOT = Path(__file__).resolve().parents[2]
OURS = Path(__file__).parent / "secured_nodes"
USERS = ("admin", "writer", "reader")
SECONDS = 120
"""Until the node knows its users."""
SETTINGS = {
    "plugins.security.ssl.http.enabled": "true",
    "plugins.security.ssl.http.clientauth_mode": "OPTIONAL",
    "plugins.security.ssl.transport.enforce_hostname_verification": "false",
    **{
        f"plugins.security.ssl.{layer}.{name}": file
        for layer in ("http", "transport")
        for name, file in (
            ("pemcert_filepath", "node.pem"),
            ("pemkey_filepath", "node-key.pem"),
            ("pemtrustedcas_filepath", "ca.pem"),
        )
    },
    "plugins.security.nodes_dn": "CN=node,*",
    "plugins.security.authcz.admin_dn": "CN=nobody",  # the users are read from the files, once
    "plugins.security.allow_default_init_securityindex": "true",
    "plugins.security.audit.type": "noop",
}


@dataclass(frozen=True, slots=True)
class SecuredCluster:
    """A node that wants to know who asks; other tests use it at the same time.

    Attributes:
        host: ``127.0.0.1:9200``; the certificate is for 127.0.0.1, and not for localhost.
        folder: Of the files that follow.
    """

    host: str
    folder: Path

    @property
    def hosts(self) -> tuple[str, ...]:
        """The one host."""
        return (self.host,)

    @property
    def address(self) -> str:
        """``opensearch://127.0.0.1:9200``."""
        return f"opensearch://{self.host}"

    @property
    def ca_file(self) -> Path:
        """Certificate of who has signed that of the node."""
        return self.folder / "ca.pem"

    @property
    def other_ca_file(self) -> Path:
        """Certificate of somebody else."""
        return self.folder / "other-ca.pem"

    @property
    def log(self) -> Path:
        """The file of what the node says."""
        return self.folder / "node.log"

    def password_file(self, user: str) -> Path:
        """The password of "admin", "writer" or "reader"; that of "wrong" is nobody's."""
        return self.folder / f"{user}.password"

    def certificate(self, user: str) -> tuple[Path, Path]:
        """Certificate and key of a client.

        Args:
            user: "reader", "writer", "operator", "nobody", who has no role, or "forged", a reader whom somebody else
                has signed.
        """
        return self.folder / f"{user}.pem", self.folder / f"{user}-key.pem"

    def ask(self, method: str, path: str, body: Any = None, *, user: str = "admin") -> tuple[int, Any]:
        """Status and JSON that a user is given, by password."""
        context = ssl.create_default_context(cafile=self.ca_file)
        connection = http.client.HTTPSConnection(self.host, timeout=30, context=context)
        password = self.password_file(user).read_text(encoding="utf-8").strip()
        said = {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}
        try:
            content = json.dumps(body) if body is not None else None
            connection.request(method, path, content, {"Content-Type": "application/json", **said})
            answer = connection.getresponse()
            text = answer.read().decode()
            return answer.status, json.loads(text) if text.startswith(("{", "[")) else text
        finally:
            connection.close()


@pytest.fixture(scope="session")
def secured_cluster(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[SecuredCluster]:
    """One node with users and TLS, started once for all workers."""
    folder = run_folder(tmp_path_factory, worker_id) / "cluster-secured"
    found, plugin = parts(folder.parent), parts(folder.parent, OURS)
    with FileLock(f"{folder}.lock"):
        if not state.read(folder):
            _start(folder, found, plugin, run_process(worker_id))
        (node,) = state.read(folder)
    return SecuredCluster(node.host, node.folder)


def _start(folder: Path, found: Artifacts, plugin: Artifacts, end_with: int) -> None:
    known = {file.name for file in found.class_path}
    others = (file for file in plugin.class_path if file.name not in known)
    (http_port,), (transport_port,) = ports.choose(0, 1)
    node = Node(name="node-1", folder=folder / "node-1", http_port=http_port, transport_port=transport_port)
    _write_files(node.folder)
    how = Launch(
        class_path=(*found.class_path, *others, compiled(found)),
        heap="384m",
        plugins=(*PLUGINS, "org.opensearch.security.OpenSearchSecurityPlugin"),
        settings=SETTINGS,
        options=QUICK,
        end_with=end_with,
    )
    cluster = Cluster(folder=folder, nodes=(node,), how=how)
    try:
        cluster.launch(node)
        _await_users(cluster)
    except BaseException:
        starting.stop(folder)
        (folder / state.FILE).unlink(missing_ok=True)
        raise


def _await_users(cluster: Cluster) -> None:
    node = cluster.nodes[0]
    secured = SecuredCluster(node.host, node.folder)
    last = time.monotonic() + SECONDS
    while time.monotonic() < last and cluster.nodes[0].running:
        try:
            if all(secured.ask("GET", "/", user=user)[0] == http.client.OK for user in USERS):
                return
        except OSError:  # it does not listen yet
            pass
        time.sleep(0.3)
    pytest.fail(f"the secured node did not come up:\n{node.log.read_text(encoding='utf-8')[-3000:]}")


def _write_files(folder: Path) -> None:
    shutil.copytree(OURS / "security", folder / "opensearch-security")
    shutil.copy(ROOT / "local_cluster" / "opensearch" / "roles.yml", folder / "opensearch-security")
    authority, other = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    other.cert_pem.write_to_path(folder / "other-ca.pem")
    _write_pair(folder, "node", authority.issue_cert("127.0.0.1", common_name="node"))
    for user in ("reader", "writer", "operator", "nobody"):
        _write_pair(folder, user, authority.issue_cert(f"{user}@example.org", common_name=user))
    _write_pair(folder, "forged", other.issue_cert("reader@example.org", common_name="reader"))
    for user in (*USERS, "wrong"):
        _private(folder / f"{user}.password", f"{user}-of-tests\n".encode())


def _write_pair(folder: Path, name: str, issued: trustme.LeafCert) -> None:
    (folder / f"{name}.pem").write_bytes(b"".join(pem.bytes() for pem in issued.cert_chain_pems))
    key = serialization.load_pem_private_key(issued.private_key_pem.bytes(), None)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _private(folder / f"{name}-key.pem", key.private_bytes(*form))  # the plugin reads keys in this form only


def _private(file: Path, content: bytes) -> None:
    file.touch(mode=0o600)
    file.write_bytes(content)
