"""A downloaded archive to the one file in it that was asked for, within limits of count, size and ratio.

The Law Revision Counsel gives each title of the U.S. Code as an archive with one XML file. Nothing is written under a
name that an archive gives.
"""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ingest.sources.completeness import find_defect
from ingest.sources.partial_file import drop_part
from pinpoint.errors import FetchFailed
from pinpoint.files import replace_file

ARCHIVE = ".zip"
_MOST_FILES = 100  # an archive of one title holds one; schemas may stand beside it; set by hand
_LARGEST_RATIO = 200  # bytes out of one; official XML stays below 30; set by hand
_LEAST_SUSPECT = 10_000_000  # bytes; a smaller file may shrink as it likes; set by hand
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def is_archive(url: str, suffix: str) -> bool:
    """Tell whether an address leads to an archive that holds the file which is wanted.

    Args:
        url: The address.
        suffix: The suffix of the wanted file, with its dot.
    """
    return suffix != ARCHIVE and urlsplit(url).path.lower().endswith(ARCHIVE)


def unpack_one(part: Path, suffix: str, url: str, *, most: int) -> None:
    """Replace an archive by the only file of a suffix in it.

    Args:
        part: The archive; afterwards the file that it held.
        suffix: The suffix of the wanted file, with its dot.
        url: Where the archive came from, for messages.
        most: Bytes that the file may have.

    Raises:
        FetchFailed: The archive is damaged, encrypted, too large or too many, holds names that lead out of it, or not
            exactly one file of the suffix.
    """
    unpacked = part.with_name(f"{part.name}.unpacked")
    try:
        with zipfile.ZipFile(part) as archive:
            _write(archive, _chosen(archive, suffix, url, most), unpacked, url, most)
        defect = find_defect(unpacked, suffix)
        if defect is not None:
            raise FetchFailed(f"{url}: what the archive holds {defect.reason}. Fetch it again later.")
        replace_file(unpacked, part)
    except FetchFailed:
        drop_part(part)  # a whole archive that is refused is not continued by the next fetch
        raise
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        drop_part(part)
        raise FetchFailed(f"{url}: the archive cannot be unpacked ({error}). Fetch it again later.") from error
    finally:
        unpacked.unlink(missing_ok=True)


def _chosen(archive: zipfile.ZipFile, suffix: str, url: str, most: int) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MOST_FILES:
        raise FetchFailed(f"{url}: the archive holds {len(members)} files; {_MOST_FILES} are the limit. Not unpacked.")
    for member in members:
        _refuse(member, url)
    wanted = [member for member in members if PurePosixPath(member.filename).suffix.lower() == suffix]
    if len(wanted) != 1:
        raise FetchFailed(
            f"{url}: the archive holds {len(wanted) or 'no'} {suffix} files, and one is wanted. Give the address of an "
            "archive of one title or volume, or unpack it by hand."
        )
    size, packed = wanted[0].file_size, max(wanted[0].compress_size, 1)
    if size > most:
        raise FetchFailed(f"{url}: {wanted[0].filename} has {size:,} bytes, and the limit is {most:,}. Not unpacked.")
    if size > _LEAST_SUSPECT and size / packed > _LARGEST_RATIO:
        raise FetchFailed(f"{url}: {wanted[0].filename} is {size // packed} times as large as packed. Not unpacked.")
    return wanted[0]


def _refuse(member: zipfile.ZipInfo, url: str) -> None:
    name = PurePosixPath(member.filename)
    outside = name.is_absolute() or ".." in name.parts or "\\" in member.filename or ":" in member.filename
    if outside or stat.S_ISLNK(member.external_attr >> 16):
        raise FetchFailed(f"{url}: the archive holds {member.filename!r}, which leads out of it. Not unpacked.")
    if member.flag_bits & _ENCRYPTED:
        raise FetchFailed(f"{url}: the archive is encrypted. Obtain it without a password.")
    if member.compress_type not in _METHODS:
        raise FetchFailed(f"{url}: {member.filename!r} is packed by a method that is not read. Unpack it by hand.")


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, unpacked: Path, url: str, most: int) -> None:
    """Write a member, counting what comes: what an archive says of a size need not be true."""
    done = 0
    with archive.open(member) as packed, unpacked.open("wb") as out:
        while chunk := packed.read(_CHUNK):
            done += len(chunk)
            if done > min(most, member.file_size):
                raise FetchFailed(f"{url}: {member.filename} is larger than the archive says. Not unpacked.")
            out.write(chunk)
