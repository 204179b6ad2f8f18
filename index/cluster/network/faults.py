"""What went wrong with a node or a request, in words: whose fault, what to do, and never a password or a question.

Servers quote what they were asked in their reasons. A reason is repeated only where the request had no question in it.
"""

import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from index.cluster.network.breaker import Standing
from pinpoint.errors import ClusterRefused, ClusterUnavailable

Json: TypeAlias = Any
"""Whatever JSON can say."""
WITH_QUESTIONS: Final = ("_search", "_msearch", "_count", "_mget", "_bulk", "_doc", "_explain", "_validate", "_create")
"""Parts of paths whose requests hold questions, or texts of documents."""
_TLS_REASONS: Final = {
    "WRONG_VERSION_NUMBER": "it does not speak TLS, and is not spoken to without it",
    "RECORD_LAYER_FAILURE": "it does not speak TLS, and is not spoken to without it",
    "PACKET_LENGTH_TOO_LONG": "it does not speak TLS, and is not spoken to without it",
    "TLSV13_ALERT_CERTIFICATE_REQUIRED": "it wants a certificate. Set cluster.client_cert_file",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "it wants a certificate, or another kind of TLS. Set cluster.client_cert_file",
    "TLSV1_ALERT_UNKNOWN_CA": "it does not trust the certificate of cluster.client_cert_file",
    "SSLV3_ALERT_BAD_CERTIFICATE": "it does not take the certificate of cluster.client_cert_file",
    "SSLV3_ALERT_CERTIFICATE_EXPIRED": "the certificate of cluster.client_cert_file is out of date",
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "it does not take the certificate of cluster.client_cert_file",
}
"""What OpenSSL says of a set-up that no repeat would correct."""
_WRONG_NAME: Final = (62, 64)
"""Numbers by which OpenSSL says that a certificate is of another host name, or of another address."""
_ACTION = re.compile(r"\[((?:indices|cluster):[a-z0-9/_*\[\]]+?)\]")
_UNAUTHORIZED, _FORBIDDEN, _MISSING, _TOO_LARGE = 401, 403, 404, 413


def broken(error: BaseException, seconds: float, *, timed_out: bool) -> tuple[str, bool]:
    """Why there was no answer, as a clause, and whether no repeat can help.

    Args:
        error: What the client raised.
        seconds: That the request was given.
        timed_out: The node took the request, and was silent.
    """
    if timed_out:
        return f"no answer in {seconds:.3g} s", False
    causes = list(_causes(error))
    verification = next((one for one in causes if isinstance(one, ssl.SSLCertVerificationError)), None)
    if verification is not None:
        if verification.verify_code in _WRONG_NAME:
            return "its certificate is of another host name. Name the host as the certificate does", True
        return (
            f"its certificate is not trusted ({verification.verify_message}). Name the authority that signed it: "
            "cluster.ca_file",
            True,
        )
    reasons = [str(getattr(one, "reason", "")) for one in causes if isinstance(one, ssl.SSLError)]
    known = next((_TLS_REASONS[reason] for reason in reasons if reason in _TLS_REASONS), "")
    if known:
        return known, True
    system = next((one for one in causes if isinstance(one, OSError) and one.strerror), None)
    if reasons:
        return f"TLS failed ({reasons[0].replace('_', ' ').lower() or 'cut off'})", False
    return (str(system.strerror).lower() if system else "the connection broke"), False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that led to it: causes, contexts, and errors that stand in another's arguments."""
    seen: list[BaseException] = []
    waiting: list[BaseException] = [error]
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.append(one)
        yield one
        waiting += [other for other in (one.__cause__, one.__context__, *one.args) if isinstance(other, BaseException)]
        reason = getattr(one, "reason", None)
        waiting += [reason] if isinstance(reason, BaseException) else []


def kind_of(info: Json) -> str:
    """What a cluster calls a fault, of the body of its answer; "" where it does not say."""
    error = info.get("error") if isinstance(info, Mapping) else None
    return str(error.get("type", "")) if isinstance(error, Mapping) else ""


def _reason(info: Json) -> str:
    error = info.get("error") if isinstance(info, Mapping) else None
    return str(error.get("reason", "")) if isinstance(error, Mapping) else ""


def refused(host: str, url: str, status: int, info: Json, fault: str = "") -> ClusterRefused:
    """The error for a request that a node refused, or for a node that must not be spoken to.

    Args:
        host: Of the node.
        url: Path of the request.
        status: Of HTTP; 0 where it came to none.
        info: Body of the answer.
        fault: Why the node is not spoken to.
    """
    kind, path = kind_of(info), url.partition("?")[0]
    if fault:
        said = f"The node {host} of the cluster cannot be used: {fault}."
    elif status == _UNAUTHORIZED:
        said = (
            f"The cluster refuses who asks (the node {host} answers 401). Check cluster.user and the password in the "
            "file of cluster.password_file."
        )
    elif status == _FORBIDDEN:
        actions = sorted(set(_ACTION.findall(_reason(info))))
        which = f" It lacks {', '.join(actions)}." if actions else ""
        said = (
            f"The user of the cluster may not do this (the node {host} answers 403 to {path}).{which} Give it the role "
            "that pinpoint cluster roles prints."
        )
    elif status == _TOO_LARGE:
        said = f"The node {host} of the cluster takes no request of this size (413). Send smaller ones."
    else:
        reason = "" if set(path.split("/")) & set(WITH_QUESTIONS) else _reason(info)
        said = f"The cluster refuses {path}: {status} {kind}{f' ({reason})' if reason else ''}."
    return ClusterRefused(said, status=status, kind=kind)


def unavailable(
    standings: Sequence[Standing], faults: Mapping[str, str], attempts: int, seconds: float
) -> ClusterUnavailable:
    """The error for a call that no node answered.

    Args:
        standings: Of all nodes of the address.
        faults: What failed in this call, by host.
        attempts: How often it was asked.
        seconds: What the call was given.
    """
    told = []
    for one in standings:
        fault = faults.get(one.host, one.fault)
        rest = f", not asked again for {one.resting:.0f} s" if one.resting >= 1 else ""
        told.append(f"{one.host} ({fault or 'not asked'}{rest})")
    how = f"asked {attempts} times" if attempts > 1 else "asked once" if attempts else "not asked, since it just failed"
    return ClusterUnavailable(
        f"The cluster does not answer ({how}, {seconds:g} s allowed): {'; '.join(told)}. Check that its nodes run and "
        "that the address names them: pinpoint cluster health ADDRESS"
    )
