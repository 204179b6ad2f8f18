"""Archives of official sources: the one file in them is taken, whatever else they hold is refused by its reason."""

import io
import json
import stat
import zipfile

import pytest

from ingest.sources.archives import is_archive
from ingest.sources.download import Patience
from ingest.sources.fetch import fetch_sources, make_client
from tests.ingest.sources.source_server import Answer, SourceServer

pytestmark = [pytest.mark.enable_socket]
HOSTS = frozenset({"uscode.house.gov"})
URL = "https://uscode.house.gov/download/releasepoints/us/pl/119/102/xml_usc04@119-102.zip"
TITLE = (
    b'<?xml version="1.0"?>\n<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main>'
    b'<title identifier="/us/usc/t4">'
    b'<num value="4">Title 4</num></title></main></uscDoc>'
)
NEWER = TITLE.replace(b"Title 4", b"TITLE 4")


def _zip(*members, method=zipfile.ZIP_DEFLATED, mode=0):
    """An archive of (name, bytes); ``mode`` is the file mode of all."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name)
            member.compress_type = method
            member.external_attr = mode << 16
            archive.writestr(member, content)
    return packed.getvalue()


@pytest.fixture
def server():
    running = SourceServer()
    yield running
    running.close()


@pytest.fixture
def fetch(server, tmp_path):
    """``fetch(answer, …)`` puts an answer at the address and fetches it into ``official/usc04.xml``."""
    urls = json.dumps([URL])
    table = f'[[source]]\nid = "usc04"\nfile = "official/usc04.xml"\ntitle = "4 U.S.C."\nurl = "{URL}"\nurls = {urls}\n'
    (tmp_path / "manifest.toml").write_text(table, encoding="utf-8")

    def run(*answers, megabytes=1.0):
        server.put(URL, *answers)
        patience = Patience(timeout=5, attempts=2, megabytes=megabytes)
        with make_client(patience, server.transport()) as client:
            options = {"hosts": HOSTS, "sleep": lambda _: None, "jitter": lambda: 1.0}
            (came,) = fetch_sources(tmp_path, client=client, patience=patience, **options)
        return came, tmp_path / "official" / "usc04.xml"

    return run


def _left(file):
    return sorted(path.name for path in file.parent.iterdir() if ".part" in path.name)


def test_the_file_in_the_archive_takes_its_name(fetch):
    came, file = fetch(_zip(("usc04.xml", TITLE)))
    assert (came.status, came.bytes) == ("fetched", len(TITLE))
    assert file.read_bytes() == TITLE
    assert _left(file) == []


def test_files_of_other_kinds_beside_it_are_left(fetch):
    came, file = fetch(_zip(("uslm/", b""), ("uslm/usctitle.css", b"a{}"), ("uslm/USC04.XML", TITLE)))
    assert (came.status, file.read_bytes()) == ("fetched", TITLE)


def test_a_title_that_changed_is_told_and_the_same_is_not_sent_again(fetch, server):
    fetch(Answer(_zip(("usc04.xml", TITLE)), headers={"ETag": '"one"'}))
    came, _ = fetch(Answer(_zip(("usc04.xml", TITLE)), headers={"ETag": '"one"'}))
    assert came.status == "unchanged" and server.asked[-1][1]["if-none-match"] == '"one"'
    came, file = fetch(Answer(_zip(("usc04.xml", NEWER)), headers={"ETag": '"two"'}))
    assert came.status == "changed" and file.read_bytes() == NEWER
    assert file.with_name("usc04.xml.previous").read_bytes() == TITLE


def _damaged():
    """An archive whose lists are whole and whose packed file is not."""
    archive = bytearray(_zip(("usc04.xml", TITLE)))
    begin = 30 + len("usc04.xml")  # behind the head of the file
    archive[begin : begin + 8] = b"\xff" * 8
    return bytes(archive)


REFUSED = [  # (archive, what the notice names, reason)
    (_zip(), "no .xml files", "nothing in it"),
    (_zip(("readme.txt", b"x")), "no .xml files", "nothing of the kind"),
    (_zip(("usc04.xml", TITLE), ("usc05.xml", TITLE)), "2 .xml files", "which of them is wanted is not known"),
    (_zip(("../usc04.xml", TITLE)), "leads out", "a parent folder"),
    (_zip(("/etc/usc04.xml", TITLE)), "leads out", "an absolute path"),
    (_zip(("usc04.xml", TITLE), ("a\\..\\b.css", b"x")), "leads out", "a path of another system"),
    (_zip(("usc04.xml", b"/etc/hostname"), mode=stat.S_IFLNK | 0o777), "leads out", "a link"),
    (_zip(("usc04.xml", TITLE), method=zipfile.ZIP_BZIP2), "by a method", "a method that is not read"),
    (_zip(*((f"{n}.css", b"x") for n in range(101)), ("usc04.xml", TITLE)), "102 files", "too many files"),
    (_zip(("usc04.xml", b"<a>" + b" " * 2_000_000 + b"</a>")), "the limit is 1,000,000", "larger than allowed"),
    (_zip(("usc04.xml", b"<html><body>Down for maintenance</body></html>")), "is a web page", "a notice, packed"),
    (_zip(("usc04.xml", TITLE[:60])), "not well-formed", "cut off before it was packed"),
    (_damaged(), "cannot be unpacked", "damaged inside"),
    (b"PK\x03\x04 cut off", "not a whole .zip file", "cut off on the way"),
    (b"<!DOCTYPE html><html><body>Notice</body></html>", "is a web page", "a notice in its place"),
]


@pytest.mark.parametrize(("archive", "named", "reason"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_is_refused_is_named_and_nothing_stays(fetch, archive, named, reason):
    came, file = fetch(archive)
    assert came.status == "failed" and named in came.notice, reason
    assert not file.exists() and _left(file) == []


def test_a_file_that_unfolds_without_end_is_refused(fetch):
    came, file = fetch(_zip(("usc04.xml", b"<a>" + b" " * 30_000_000 + b"</a>")), megabytes=200.0)
    assert came.status == "failed" and "times as large as packed" in came.notice
    assert not file.exists() and _left(file) == []


def test_a_size_that_the_archive_says_falsely_does_not_count(fetch):
    archive = bytearray(_zip(("usc04.xml", TITLE)))
    true = len(TITLE).to_bytes(4, "little")
    for _ in range(2):  # in the head of the file and in the list at the end
        archive[archive.index(true) : archive.index(true) + 4] = (10).to_bytes(4, "little")
    came, file = fetch(bytes(archive))
    assert came.status == "failed" and not file.exists() and _left(file) == []


ADDRESSES = [  # (address, suffix, whether the file is packed, reason)
    (URL, ".xml", True, "a title of the U.S. Code"),
    (f"{URL}?x=1", ".xml", True, "a query behind it"),
    ("https://www.govinfo.gov/bulkdata/ECFR/title-8/ECFR-title8.xml", ".xml", False, "the file itself"),
    (URL, ".zip", False, "the archive itself is wanted"),
    ("https://www.govinfo.gov/x.zip/y.xml", ".xml", False, "a folder of that name"),
]


@pytest.mark.parametrize(("url", "suffix", "packed", "reason"), ADDRESSES)
def test_addresses_of_archives(url, suffix, packed, reason):
    assert is_archive(url, suffix) is packed, reason
