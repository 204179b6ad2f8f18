"""Bytes to text: the character set that a file declares, else UTF-8, else Windows-1252 with a warning.

Labels are understood as in a browser: "iso-8859-1" is Windows-1252, "gb2312" is GB 18030.
"""

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED_WITHIN = 4096  # bytes; browsers look at 1024, the heads that Word writes are longer
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_AS_IN_BROWSERS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",  # a page that declares it in ASCII characters cannot be in it
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""Names of Python's codecs, each with the one that the Encoding Standard takes in its place."""
_KNOWN = re.compile(
    r"iso8859-\d{1,2}|cp125\d|cp874|cp866|koi8-[ru]|mac-(?:roman|cyrillic)|gb18030|big5hkscs|euc_jp|cp932|cp949|iso2022_jp"
)
_CONTROL = re.compile("[\x80-\x9f]")
_SINGLE_BYTE = re.compile(r"iso8859|cp125|cp874|cp866|koi8|mac")
_CONTROLS = {code: bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(0x80, 0xA0)}
"""Characters that have no sign of their own: where they stand in a text, a byte of Windows-1252 was copied as one."""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252: a file of both has each as it was written."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error("as_windows_1252", _as_windows_1252)


def decode_text(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file that declares nothing, and a warning if it is neither UTF-8 nor marked as UTF-16.

    Args:
        content: All bytes, the mark of the byte order included.
    """
    return _decode(content, "")


def decode_page(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page in the character set that it declares, and a warning where another one was taken.

    Args:
        content: All bytes of an HTML page.
    """
    return _decode(content, _declared(content))


def _declared(content: bytes) -> str:
    """The codec of the character set that a page declares, "" when it declares none that is known."""
    head = _COMMENT.sub(b"", content[:_DECLARED_WITHIN])
    found = _META.search(head) or _XML.match(head)
    if found is None:
        return ""
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return ""
    name = _AS_IN_BROWSERS.get(name, name)
    return name if name == "utf-8" or _KNOWN.fullmatch(name) else ""


def _decode(content: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    for mark, codec in _MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(codec, errors="as_windows_1252" if codec == "utf-8" else "replace")
            return _plain(text), ()
    if declared not in ("", "utf-8") and not content.isascii():
        return _decode_declared(content, declared)
    try:
        return _plain(content.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        warning = f"Not UTF-8 (byte {error.start}); read as Windows-1252."
        return _plain(content.decode("utf-8", errors="as_windows_1252")), (warning,)


def _decode_declared(content: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = content.decode(declared)
    except UnicodeDecodeError:
        text = ""
    if not text or _SINGLE_BYTE.match(declared):
        # Servers name the set beside the page, and a copy retains only what the page says: two characters in a row
        # that make one of UTF-8 do not come about by chance.
        try:
            return _plain(content.decode("utf-8")), (f"Declared as {declared}, but it is UTF-8; read as such.",)
        except UnicodeDecodeError:
            pass
    if text:
        return _plain(text), ()
    text = content.decode(declared, errors="replace")
    return _plain(text), (f"Characters that {declared}, the declared character set, does not have were left out.",)


def _plain(text: str) -> str:
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


def is_marked(content: bytes) -> bool:
    """Tell whether a file begins with the mark of a byte order."""
    return any(content.startswith(mark) for mark, _ in _MARKS)
