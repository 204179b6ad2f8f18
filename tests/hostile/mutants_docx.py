"""Hostile Word documents: packages that unfold, lie, or hold parts that are not what they should be."""

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes], bytes]
BODY = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)  # of no day: the same file every time
    return written.getvalue()


def of_body(change: Callable[[random.Random, bytes], bytes]) -> Mutation:
    """A mutation of the main part."""

    def mutation(source: random.Random, content: bytes) -> bytes:
        parts = parts_of(content)
        return packed({**parts, BODY: change(source, parts[BODY])})

    return mutation


def with_body(*bodies: str) -> Mutation:
    """A mutation that puts mark-up at the beginning of the text."""
    return of_body(
        lambda source, body: re.sub(rb"<w:body>", lambda _: b"<w:body>" + source.choice(bodies).encode(), body, count=1)
    )


def flip_in_part(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = source.choice(list(parts))
    part = bytearray(parts[name] or b"x")
    for _ in range(source.choice((1, 10, 200))):
        part[source.randrange(len(part))] ^= 1 << source.randrange(8)
    return packed({**parts, name: bytes(part)})


def drop_part(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    del parts[source.choice(list(parts))]
    return packed(parts)


def swap_parts(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    one, other = source.sample(list(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return packed(parts)


def cut_part(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = source.choice([name for name, part in parts.items() if len(part) > 1])
    return packed({**parts, name: parts[name][: source.randrange(len(parts[name]))]})


def wrong_attributes(source: random.Random, body: bytes) -> bytes:
    """Attribute values by chance: numbers without end, words, nothing."""
    values = (b"9" * 400, b"-1", b"", b"x", b"1e999", b"\xef\xbf\xbd", b"&#65;" * 200)
    return re.sub(
        rb'="[^"]*"',
        lambda match: (
            b'="%s"' % source.choice(values)
            if source.random() < 0.05 and b"http" not in match.group()
            else match.group()
        ),
        body,
    )


def zip_bomb(source: random.Random, content: bytes) -> bytes:
    """A part that unfolds to a gigabyte, or to 200 MB of mark-up; the package states it or lies."""
    parts = parts_of(content)
    many = parts[BODY].replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 20_000_000, 1)
    parts[BODY] = source.choice((b" " * 2**30, many))
    bomb = packed(parts)
    return lying(bomb) if source.random() < 0.5 else bomb


def lying(content: bytes) -> bytes:
    """A package whose directory states that the main part has 1,000 bytes."""
    changed = bytearray(content)
    for signature, offset, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        position = changed.find(signature)
        while position >= 0:
            if changed[position + name_at :].startswith(BODY.encode()):
                changed[position + offset : position + offset + 4] = struct.pack("<I", 1000)
            position = changed.find(signature, position + 4)
    return bytes(changed)


def lying_size(source: random.Random, content: bytes) -> bytes:
    return lying(content)


def flagged_encrypted(source: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + offset] |= 1
            position = changed.find(signature, position + 4)
    return bytes(changed)


def unknown_compression(source: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        position = changed.find(signature)
        while position >= 0:
            changed[position + offset] = source.choice((1, 9, 12, 14, 99))
            position = changed.find(signature, position + 4)
    return bytes(changed)


def paths_that_lead_out(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    return packed({**parts, "../../../../tmp/out.xml": b"x", "/etc/out": b"x", "word/../../x": b"x"})


def links_that_lead_out(source: random.Random, content: bytes) -> bytes:
    """Relationships that name a file of the machine, an address, or nothing."""
    parts = parts_of(content)
    targets = (b"file:///etc/passwd", b"../../../../etc/passwd", b"http://127.0.0.1:9/x", b"", b"NULL", b"\\\\host\\x")
    name = source.choice([name for name in parts if name.endswith(".rels")])
    changed = re.sub(
        rb'Target="[^"]*"',
        lambda match: b'Target="%s"' % source.choice(targets) if source.random() < 0.4 else match.group(),
        parts[name],
    )
    return packed({**parts, name: changed})


def many_parts(source: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    return packed({**parts, **{f"word/media/{number}.bin": b"x" for number in range(5000)}})


def entities_inside(source: random.Random, body: bytes) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kinds = (
        f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{laughs}]>',
        '<!DOCTYPE w:document [<!ENTITY l9 "word">]>',
        '<!DOCTYPE w:document [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
    )
    head, _, rest = body.partition(b"?>")
    text = re.sub(rb"(<w:t[^>]*>)", rb"\1&l9;", rest, count=3)
    return head + b"?>" + source.choice(kinds).encode() + text


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


CELL = "<w:tc><w:p/></w:tc>"
DOCX: dict[str, Mutation] = {
    "bits in a part": flip_in_part,
    "part missing": drop_part,
    "parts exchanged": swap_parts,
    "part cut": cut_part,
    "wrong attributes": of_body(wrong_attributes),
    "zip bomb": zip_bomb,
    "size that lies": lying_size,
    "flagged encrypted": flagged_encrypted,
    "unknown compression": unknown_compression,
    "paths that lead out": paths_that_lead_out,
    "links that lead out": links_that_lead_out,
    "many parts": many_parts,
    "entities": of_body(entities_inside),
    "nested tables": with_body(
        *("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth for depth in (60, 84, 3000))
    ),
    "wide tables": with_body(
        f'<w:tbl><w:tblGrid>{"<w:gridCol/>" * 9}</w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>'
        "<w:p/></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        f"<w:tbl><w:tr>{CELL * 6000}</w:tr><w:tr>{CELL * 6000}</w:tr></w:tbl>",
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>',
    ),
    "odd styles": with_body(
        paragraph("x", '<w:pStyle w:val="Heading99999"/>'),
        paragraph("x", '<w:pStyle w:val=""/>'),
        paragraph("x", "<w:pStyle/>"),
        paragraph("x", '<w:outlineLvl w:val="-4"/>') * 2000,
        f"<w:p {W}><w:r><w:footnoteReference/></w:r></w:p>" * 50,
        '<w:p><w:r><w:footnoteReference w:id="9999999999"/></w:r></w:p>' * 5000,
    ),
    "odd characters": with_body(
        paragraph("&#x202e;gnp.exe&#x202c; &#x2067;a"),
        paragraph("a&#xD800;b"),
        paragraph("a&#0;b"),
        paragraph("&#x1F600;" * 3000),
        paragraph("x" * 3_000_000),
        paragraph("(a)(1)(i)" * 9000),
    ),
}
