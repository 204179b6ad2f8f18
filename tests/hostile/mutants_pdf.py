"""Hostile PDF files: trees that go in circles, counts without end, streams that unfold, objects of the wrong type."""

import io
import random
import re
import zlib
from collections.abc import Callable
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]
Change = Callable[[random.Random, PdfWriter], None]
MEGABYTE = 2**20


def of_objects(change: Change, **encryption: str) -> Mutation:
    """A mutation of the objects of a file, which is then written soundly."""

    def mutation(source: random.Random, content: bytes) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
        change(source, writer)
        if encryption:
            writer.encrypt(**encryption)
        written = io.BytesIO()
        writer.write(written)
        return written.getvalue()

    return mutation


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def pages_of(writer: PdfWriter) -> Any:  # noqa: ANN401 - pypdf gives entries without their type
    return writer.root_object["/Pages"]


def first_page(writer: PdfWriter) -> Any:  # noqa: ANN401 - see pages_of
    return writer.pages[0]


def stream(content: bytes, **entries: PdfObject) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(content)
    for key, value in entries.items():
        made[name(key)] = value
    return made


def deflated(content: bytes, times: int = 1, **entries: PdfObject) -> StreamObject:
    """A stream deflated once or several times over."""
    made = EncodedStreamObject()
    for _ in range(times):
        content = zlib.compress(content, 9)
    made._data = content
    filters = ArrayObject([name("FlateDecode")] * times)
    made[name("Filter")] = filters if times > 1 else name("FlateDecode")
    for key, value in entries.items():
        made[name(key)] = value
    return made


def with_content(writer: PdfWriter, made: StreamObject) -> None:
    first_page(writer)[name("Contents")] = writer._add_object(made)


def font_of(writer: PdfWriter) -> DictionaryObject:
    """The first font of the first page, its own from now on."""
    page = first_page(writer)
    font = DictionaryObject(
        {
            name("Type"): name("Font"),
            name("Subtype"): name("Type0"),
            name("BaseFont"): name("X"),
            name("Encoding"): name("Identity-H"),
        }
    )
    below = DictionaryObject(
        {name("Type"): name("Font"), name("Subtype"): name("CIDFontType2"), name("BaseFont"): name("X")}
    )
    font[name("DescendantFonts")] = ArrayObject([below])
    page[name("Resources")] = DictionaryObject({name("Font"): DictionaryObject({name("F9"): font})})
    with_content(writer, stream(b"BT /F9 12 Tf 72 700 Td <00410042004300440045> Tj ET"))
    return font


def cyclic_pages(source: random.Random, writer: PdfWriter) -> None:
    pages = pages_of(writer)
    inner = writer._add_object(
        DictionaryObject(
            {
                name("Type"): name("Pages"),
                name("Count"): NumberObject(9),
                name("Kids"): ArrayObject([pages.indirect_reference]),
            }
        )
    )
    where = source.choice(("end", "start", "inner", "parent"))
    if where == "parent":
        pages[name("Parent")] = pages.indirect_reference
        del first_page(writer)["/MediaBox"]
    elif where == "inner":
        pages["/Kids"].append(inner)
    else:
        pages["/Kids"].insert(0 if where == "start" else len(pages["/Kids"]), pages.indirect_reference)


def huge_counts(source: random.Random, writer: PdfWriter) -> None:
    for key in source.choice((("Count",), ("Count", "Rotate"))):
        pages_of(writer)[name(key)] = NumberObject(source.choice((10**9, -1, 2**31 - 1, 2**63, 10**400)))


def many_pages(source: random.Random, writer: PdfWriter) -> None:
    pages = pages_of(writer)
    pages[name("Kids")] = ArrayObject([first_page(writer).indirect_reference] * 600)
    pages[name("Count")] = NumberObject(600)


def deep_pages(source: random.Random, writer: PdfWriter) -> None:
    kid = first_page(writer).indirect_reference
    for _ in range(source.choice((50, 3000))):
        kid = writer._add_object(
            DictionaryObject(
                {name("Type"): name("Pages"), name("Count"): NumberObject(1), name("Kids"): ArrayObject([kid])}
            )
        )
    pages_of(writer)[name("Kids")] = ArrayObject([kid])


def object_bomb(source: random.Random, writer: PdfWriter) -> None:
    kind = source.choice(("blanks", "text", "twice", "saves"))
    if kind == "blanks":
        with_content(writer, deflated(b" " * 400 * MEGABYTE))
    elif kind == "twice":
        with_content(writer, deflated(b"BT (a) Tj ET " * 30_000_000, 2))
    else:
        with_content(writer, deflated((b"BT /F1 9 Tf (a) Tj ET " if kind == "text" else b"q ") * 1_500_000))


def image_bomb(source: random.Random, writer: PdfWriter) -> None:
    side = source.choice((60_000, 2**31 - 1))
    picture = deflated(
        b"\0" * 50 * MEGABYTE,
        Type=name("XObject"),
        Subtype=name("Image"),
        Width=NumberObject(side),
        Height=NumberObject(side),
        ColorSpace=name("DeviceGray"),
        BitsPerComponent=NumberObject(8),
    )
    page = first_page(writer)
    page[name("Resources")] = DictionaryObject(
        {name("XObject"): DictionaryObject({name("I"): writer._add_object(picture)})}
    )
    with_content(writer, stream(b"600 0 0 700 0 0 cm /I Do"))


def nested_forms(source: random.Random, writer: PdfWriter) -> None:
    """Forms that paint themselves, or each the next one twelve times."""
    page = first_page(writer)
    forms = DictionaryObject()
    count = source.choice((1, 2, 30))
    for number in range(count):
        paint = b"/X%d Do " % ((number + 1) % count)
        form = stream(
            paint * source.choice((1, 12)) + b"BT /F1 9 Tf (loop) Tj ET",
            Type=name("XObject"),
            Subtype=name("Form"),
            BBox=ArrayObject([NumberObject(side) for side in (0, 0, 600, 700)]),
        )
        forms[name(f"X{number}")] = writer._add_object(form)
    page[name("Resources")] = DictionaryObject({name("XObject"): forms})
    with_content(writer, stream(b"/X0 Do"))


def odd_boxes(source: random.Random, writer: PdfWriter) -> None:
    sides = [source.choice((0, -1, 1e30, -1e30, 612, 1e-30, 10**300, 14_400)) for _ in range(4)]
    box = ArrayObject([FloatObject(repr(side)) if isinstance(side, float) else NumberObject(side) for side in sides])
    page = first_page(writer)
    page[name(source.choice(("MediaBox", "CropBox")))] = source.choice((box, box, ArrayObject(box[:2]), NullObject()))
    page[name("Rotate")] = source.choice((NumberObject(45), NumberObject(10**30), TextStringObject("x"), NullObject()))


def odd_operators(source: random.Random, writer: PdfWriter) -> None:
    fonts = list(first_page(writer)["/Resources"].get("/Font", {"/F1": None}))
    font = str(source.choice(fonts)).encode()
    contents = (
        b"1e38 0 0 1e38 0 0 cm BT %s 1e38 Tf (a b) Tj ET" % font,
        b"[" * 100_000,
        b"(" * 100_000,
        b"<<" * 100_000,
        b"BT %s 0 Tf (a) Tj ET" % font,
        b"BI /W 9 /H 9 ID x",
        b"nan 0 0 inf 0 0 cm " * 99,
        b"q " * 400_000,
        b"BT %s 9 Tf [(a) -1e30 (b)] TJ (c) Tj ET" % font,
        b"Q " * 9999,
        b"BT %s 9 Tf 0 0 0 0 0 0 Tm (a) Tj ET" % font,
        b"0 0 m 1e300 1e300 l " * 999,
        b"%" * 100_000,
        b"BT %s 9 Tf " % font + b"(a) Tj 1 0 Td " * 60_000 + b"ET",
        b"0 0 9 1 re f " * 60_000,
        b"BT %s 9 Tf 72 700 Td (\xff\xfe\xd8\x00) Tj <D800DC> Tj ET" % font,
    )
    with_content(writer, stream(source.choice(contents)))


def odd_maps(source: random.Random, writer: PdfWriter) -> None:
    """Fonts whose maps from codes to characters are endless, or lead to halves of characters."""
    maps = (
        b"1 beginbfrange <0000> <FFFFFFFF> <0041> endbfrange",
        b"1 beginbfchar <0041> <D800> endbfchar",
        b"1 beginbfrange <0000> <FFFF> <D800> endbfrange",
        b"9 beginbfrange <0000> <FFFF> [<0041>] endbfrange",
        b"1 beginbfchar <0041> <" + b"0041" * 60_000 + b"> endbfchar",
        b"1 beginbfchar <0041> <0000001B> endbfchar",
        b"1 begincodespacerange <00> <FFFFFFFFFF> endcodespacerange",
        b"beginbfrange <00",
        b"1 beginbfchar <41>",
        b"1 beginbfchar <0041> <202E0041> <0042> <0000> <0043> <DFFF> endbfchar",
        b"999999999 beginbfchar <0041> <0042> endbfchar",
        b"begincmap /x usecmap endcmap",
        b"1 beginbfrange <FFFF> <0000> <0041> endbfrange",
        b"1 beginbfrange <0000> <00FFFFFF> <0041> endbfrange",
    )
    font_of(writer)[name("ToUnicode")] = writer._add_object(stream(source.choice(maps)))


def odd_widths(source: random.Random, writer: PdfWriter) -> None:
    def numbers(*values: int) -> ArrayObject:
        return ArrayObject([NumberObject(value) for value in values])

    widths = (
        numbers(0, 2**32 - 1, 500),
        numbers(0, 2**62, 500),
        numbers(5),
        ArrayObject([NumberObject(1), numbers(*range(60_000))]),
        numbers(9, 0, 500),
        ArrayObject([numbers(1)]),
        ArrayObject([TextStringObject("x")] * 3),
    )
    font_of(writer)["/DescendantFonts"][0][name("W")] = source.choice(widths)


def odd_outline(source: random.Random, writer: PdfWriter) -> None:
    kind = source.choice(("next", "child", "wide", "type"))
    entry = DictionaryObject({name("Title"): TextStringObject("Chapter 1 of it")})
    reference = writer._add_object(entry)
    if kind == "wide":
        entries = [
            writer._add_object(DictionaryObject({name("Title"): TextStringObject(f"Part {number} of it")}))
            for number in range(20_000)
        ]
        for one, other in zip(entries, entries[1:], strict=False):
            one.get_object()[name("Next")] = other
        reference = entries[0]
    elif kind != "type":
        entry[name("Next" if kind == "next" else "First")] = reference
    first = NumberObject(7) if kind == "type" else reference
    writer.root_object[name("Outlines")] = DictionaryObject({name("First"): first, name("Last"): first})


def odd_labels(source: random.Random, writer: PdfWriter) -> None:
    def label(style: str, start: int, prefix: str = "") -> DictionaryObject:
        written = ByteStringObject(b"\xfe\xff" + prefix.encode("utf-16-be", "surrogatepass"))
        return DictionaryObject({name("S"): name(style), name("St"): NumberObject(start), name("P"): written})

    tree = DictionaryObject()
    tree_reference = writer._add_object(tree)
    rows = source.choice(
        (
            [NumberObject(0), label("R", 10**9)],
            [NumberObject(0), label("a", 10**8)],
            [NumberObject(0), label("D", -5)],
            [NumberObject(0), label("D", 1, "\x1b[31m\u202e\ud800")],
            [NumberObject(10**9), label("D", 1)],
            [NumberObject(0)],
            [TextStringObject("x"), NullObject()],
            [NumberObject(0), label("D", 10**400)],
            [NumberObject(0), label("D", 1, "x" * 10**6)],
            None,
        )
    )
    if rows is None:
        tree[name("Kids")] = ArrayObject([tree_reference])
    else:
        tree[name("Nums")] = ArrayObject(rows)
    writer.root_object[name("PageLabels")] = tree_reference


def odd_title(source: random.Random, writer: PdfWriter) -> None:
    titles = (
        "The rule \u202egnp.exe",
        "The rule " * 200_000,
        "The rule\x00\x1b[31m of it",
        "<script>alert(1)</script>",
    )
    writer.add_metadata({"/Title": source.choice(titles)})


def active_content(source: random.Random, writer: PdfWriter) -> None:
    script = DictionaryObject({name("S"): name("JavaScript"), name("JS"): TextStringObject("app.alert('x')")})
    first_page(writer)[name("AA")] = DictionaryObject({name("O"): script})
    writer.add_attachment("../../out.txt", b"x")
    writer.root_object[name("OpenAction")] = DictionaryObject(
        {name("S"): name("Launch"), name("F"): TextStringObject("/bin/sh")}
    )


def wrong_types(source: random.Random, writer: PdfWriter) -> None:
    """Values by chance replaced by a value of another type, or by a reference to somewhere else."""
    held = [entry for entry in writer._objects if isinstance(entry, DictionaryObject)]
    for _ in range(source.choice((1, 3, 12))):
        entry = source.choice(held)
        keys = [key for key in entry if key not in ("/Filter", "/Length")]
        if not keys:
            continue
        values = (
            NullObject(),
            NumberObject(-1),
            NumberObject(10**12),
            FloatObject("1e30"),
            name("X"),
            TextStringObject("x" * 50),
            ArrayObject(),
            ArrayObject([NumberObject(1)] * 5),
            DictionaryObject(),
            BooleanObject(True),
            IndirectObject(source.randrange(1, len(writer._objects) + 3), 0, writer),
        )
        entry[NameObject(source.choice(keys))] = source.choice(values)


def nothing(source: random.Random, writer: PdfWriter) -> None:
    """The objects as they are."""


def changed_numbers(source: random.Random, content: bytes) -> bytes:
    """Numbers by chance replaced in the file as it is written: lengths, offsets, references."""
    numbers = (b"0", b"-1", b"99999999999", b"1", b"4294967296", b"2147483647")
    rate = source.choice((0.001, 0.02, 0.2))
    return re.sub(
        rb"(?<=[ \[/])\d+(?=[ \]/\r\n])",
        lambda match: source.choice(numbers) if source.random() < rate else match.group(),
        content,
    )


def looping_trailer(source: random.Random, content: bytes) -> bytes:
    """A trailer that names itself, or a random offset, as the one before it."""
    position = content.rfind(b"xref", 0, content.rfind(b"startxref"))
    before = source.choice((position, source.randrange(len(content)), -5, 10**12))
    trailer = b"trailer\n<< /Size 9 /Root 1 0 R /Prev %d >>\nstartxref\n" % before
    where = len(content)
    return content + b"xref\n0 1\n0000000000 65535 f \n" + trailer + b"%d\n%%%%EOF\n" % source.choice((where, position))


def no_table(source: random.Random, content: bytes) -> bytes:
    """Without the table of objects, or with one of them twice, so that the file has to be searched."""
    return content[: content.rfind(b"xref", 0, content.rfind(b"startxref"))] + source.choice((b"", content[20:]))


def object_streams(source: random.Random, content: bytes) -> bytes:
    """Compressed tables of objects with counts without end."""
    kinds = (
        b"<< /Type /XRef /Size 2147483647 /W [1 2 1] /Root 1 0 R /Length 8 >>\nstream\n\x01\x00\x09\x00\x01\x00",
        b"<< /Type /XRef /Size 9 /W [0 0 0] /Index [0 999999999] /Root 1 0 R /Length 0 >>\nstream\n",
        b"<< /Type /XRef /Size 9 /W [1 999999 1] /Root 1 0 R /Length 4 >>\nstream\n\x01\x00\x09\x00",
        b"<< /Type /ObjStm /N 999999999 /First 8 /Length 8 >>\nstream\n1 0 2 0 ",
        b"<< /Type /XRef /Size 9 /W [1 2 1] /Prev 15 /Root 99 0 R /Length 99 0 R >>\nstream\nx",
    )
    position = len(content)
    return content + b"99 0 obj\n" + source.choice(kinds) + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % position


PDF: dict[str, Mutation] = {
    "cyclic page tree": of_objects(cyclic_pages),
    "huge counts": of_objects(huge_counts),
    "many pages": of_objects(many_pages),
    "deep page tree": of_objects(deep_pages),
    "object bomb": of_objects(object_bomb),
    "image bomb": of_objects(image_bomb),
    "nested forms": of_objects(nested_forms),
    "odd boxes": of_objects(odd_boxes),
    "odd operators": of_objects(odd_operators),
    "odd maps": of_objects(odd_maps),
    "odd widths": of_objects(odd_widths),
    "odd outline": of_objects(odd_outline),
    "odd labels": of_objects(odd_labels),
    "odd title": of_objects(odd_title),
    "active content": of_objects(active_content),
    "wrong types": of_objects(wrong_types),
    "encrypted": of_objects(nothing, user_password="secret", algorithm="AES-256"),
    "encrypted RC4": of_objects(nothing, user_password="secret", algorithm="RC4-128"),
    "opens without password": of_objects(nothing, user_password="", owner_password="x", algorithm="AES-256"),
    "changed numbers": changed_numbers,
    "looping trailer": looping_trailer,
    "no table": no_table,
    "object streams": object_streams,
}
