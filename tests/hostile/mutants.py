"""Mutants: hostile files made from sound ones. Bytes and marked-up text are here, packages and PDF files beside.

A mutation takes a source of chance and the bytes of a sound file and gives the bytes of a hostile one.
"""

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from tests.hostile.mutants_docx import DOCX
from tests.hostile.mutants_pdf import PDF

Mutation = Callable[[random.Random, bytes], bytes]
KINDS = (".pdf", ".docx", ".html", ".xml", ".md", ".txt")
MEGABYTE = 2**20
LARGEST_SEED = 24_000  # bytes; longer texts are cut, so that a run stays short
PDF_PAGES = 2
MOST_PDF_PARTS = 3
HEAVY = 2
"""Mutants of each kind that a heavy mutation makes, however long the run is."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A hostile file.

    Attributes:
        suffix: Kind of the sound file that it was made from.
        mutation: What was done to it.
        name: File name, not always with that suffix.
    """

    suffix: str
    mutation: str
    name: str
    content: bytes


def load_seeds(folders: Sequence[Path]) -> dict[str, list[bytes]]:
    """Sound files by kind: those of the folders, long ones cut; the XML is made of their text."""
    seeds: dict[str, list[bytes]] = {suffix: [] for suffix in KINDS}
    for folder in folders:
        for file in sorted(path for path in folder.iterdir() if path.suffix in KINDS and path.is_file()):
            seeds[file.suffix] += list(pdf_parts(file)) if file.suffix == ".pdf" else [cut(file.read_bytes(), file)]
        for file in sorted(path for path in folder.glob("*/*") if path.suffix in KINDS and path.is_file()):
            seeds[file.suffix] += list(pdf_parts(file)) if file.suffix == ".pdf" else [cut(file.read_bytes(), file)]
    seeds[".xml"] += [as_ecfr(text) for text in seeds[".txt"][:6]]
    return seeds


def cut(content: bytes, file: Path) -> bytes:
    if file.suffix == ".docx" or len(content) <= LARGEST_SEED:
        return content
    return content[: content.rfind(b"\n", 0, LARGEST_SEED)]


def pdf_parts(file: Path) -> Iterator[bytes]:
    """A few pages from the beginning, the middle and the end of a PDF file."""
    reader = PdfReader(file)
    count = len(reader.pages)
    starts = sorted({max(0, min(count - PDF_PAGES, count * part // MOST_PDF_PARTS)) for part in range(MOST_PDF_PARTS)})
    for start in starts:
        writer = PdfWriter()
        for page in reader.pages[start : start + PDF_PAGES]:
            writer.add_page(page)
        written = io.BytesIO()
        writer.write(written)
        yield written.getvalue()


def as_ecfr(text: bytes) -> bytes:
    """Text as a section in the mark-up of the eCFR."""
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    marked = "".join(f"<P>{line.replace('&', '&amp;').replace('<', '&lt;')}</P>\n" for line in lines[:120])
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<DIV8 N="214.11" TYPE="SECTION"><HEAD>\u00a7 214.11 Victims.</HEAD>'
    return f"{head}\n{marked}</DIV8>\n".encode()


def flip_bits(source: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(source.choice((1, 4, 30, 300))):
        changed[source.randrange(len(changed))] ^= 1 << source.randrange(8)
    return bytes(changed)


def truncate(source: random.Random, content: bytes) -> bytes:
    return content[: source.randrange(1, len(content))]


def behead(source: random.Random, content: bytes) -> bytes:
    return content[source.randrange(1, len(content)) :]


def shuffle(source: random.Random, content: bytes) -> bytes:
    fragments = [content[start : start + 997] for start in range(0, len(content), 997)]
    source.shuffle(fragments)
    return b"".join(fragments)


def repeat_part(source: random.Random, content: bytes) -> bytes:
    start = source.randrange(len(content))
    end = min(len(content), start + source.randrange(1, 4000))
    return content[:end] + content[start:end] * source.choice((1, 3, 60)) + content[end:]


def zero_part(source: random.Random, content: bytes) -> bytes:
    start = source.randrange(len(content))
    length = source.randrange(1, 2000)
    return content[:start] + bytes(min(length, len(content) - start)) + content[start + length :]


def only_zeros(source: random.Random, content: bytes) -> bytes:
    return bytes(source.randrange(1, 100_000))


def no_bytes(source: random.Random, content: bytes) -> bytes:
    return b""


def noise(source: random.Random, content: bytes) -> bytes:
    return source.randbytes(source.randrange(1, 20_000))


def noise_inside(source: random.Random, content: bytes) -> bytes:
    position = source.randrange(len(content))
    return content[:position] + source.randbytes(source.randrange(1, 400)) + content[position:]


def as_utf16(source: random.Random, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode(source.choice(("utf-16", "utf-16-be", "utf-32")))


def lone_surrogates(source: random.Random, content: bytes) -> bytes:
    return spread(source, content, [code.encode("utf-8", "surrogatepass") for code in ("\ud800", "\udfff", "\udbff")])


def backwards_text(source: random.Random, content: bytes) -> bytes:
    marks = ("\u202e", "\u202d", "\u2067", "\u2066", "\u200f", "\u061c", "\u2069", "\ufeff", "\u2028")
    return spread(source, content, [mark.encode() for mark in marks])


def controls(source: random.Random, content: bytes) -> bytes:
    return spread(source, content, [b"\x1b[31m", b"\x1b]0;title\x07", b"\x08", b"\x0c", b"\x7f", b"\xc2\x9b", b"\r"])


def stacked_accents(source: random.Random, content: bytes) -> bytes:
    return spread(source, content, ["a\u0301".encode() + "\u0301\u0489".encode() * 500])


def spread(source: random.Random, content: bytes, fragments: Sequence[bytes], count: int = 40) -> bytes:
    """Content with fragments put in at random positions, between characters where it is UTF-8."""
    parts, done = [], 0
    for position in sorted(source.randrange(len(content)) for _ in range(count)):
        while done < position < len(content) and content[position] & 0xC0 == 0x80:  # inside a character
            position += 1  # noqa: PLW2901
        parts += [content[done:position], source.choice(fragments)]
        done = position
    return b"".join([*parts, content[done:]])


def one_long_line(source: random.Random, content: bytes) -> bytes:
    line = b" ".join(content.split()) + b" "
    return line * (10 * MEGABYTE // len(line) + 1)


def one_long_word(source: random.Random, content: bytes) -> bytes:
    return content + source.choice((b"x", b"(", b"\xc2\xa7", b"[", b"a-", b"1.", b"(a)", b"|")) * (2 * MEGABYTE)


def many_lines(source: random.Random, content: bytes) -> bytes:
    return content + source.choice((b"\n", b"(a)\n", b"# A\n\n", b"- x\n", b"1\n\n", b"| a |\n")) * 200_000


def runs_for_patterns(source: random.Random, content: bytes) -> bytes:
    """Text on which a careless pattern takes a time that grows with the square of the length, or faster."""
    runs = (
        b"(1)(a)(i)(A)" * 4000,
        b"8 CFR 214.11" + b"(a)(1)" * 4000,
        b"section " * 8000,
        b" " * 60_000 + b"x",
        b"\xe2\x80\x98" * 30_000,
        b"." * 60_000 + b"x",
        b"_" * 60_000,
        b"[^1]" * 15_000,
        b"8 CFR " * 10_000,
        b"Sec. 1, 2, and 3, " * 3000,
        b"\xc2\xa7\xc2\xa7 1-" * 8000,
        b"I" * 60_000,
        b"-" * 60_000,
        b"see id. at 1; " * 4000,
        b"Part A, Chapter 1, " * 3000,
        b'means "a" ' * 6000,
        b"(ABC) " * 10_000,
    )
    return content + b"\n\n" + source.choice(runs) + b"\n"


def nested(opening: str, closing: str = "", most: int = 30_000) -> Mutation:
    def mutation(source: random.Random, content: bytes) -> bytes:
        depth = source.choice((200, 2000, most))
        return content + (opening * depth + "text" + closing * depth).encode()

    return mutation


def appended(*endings: str) -> Mutation:
    def mutation(source: random.Random, content: bytes) -> bytes:
        return content + source.choice(endings).encode("utf-8", "surrogatepass")

    return mutation


def entities(source: random.Random, content: bytes) -> bytes:
    """Entities that unfold: a thousand million words from a few lines, or a file of the machine."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kinds = (
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><DIV8 TYPE="SECTION"><HEAD>H</HEAD><P>&l9;</P></DIV8>',
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><DIV8 TYPE="SECTION"><P>{"&a;" * 50_000}</P></DIV8>',
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><DIV8 TYPE="SECTION"><P>&f;</P></DIV8>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><DIV8 TYPE="SECTION"><P>a</P></DIV8>',
        '<!DOCTYPE x SYSTEM "file:///dev/zero"><DIV8 TYPE="SECTION"><HEAD>H</HEAD><P>a</P></DIV8>',
        '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><DIV8 TYPE="SECTION"><P>&a;</P></DIV8>',
    )
    return source.choice(kinds).encode()


HUGE = "9" * 5000
MARKUP: dict[str, Mutation] = {
    "nested elements": nested("<div>", "</div>"),
    "unclosed elements": nested("<b><i><table><tr><td>", "", 10_000),
    "nested lists": nested("<ol><li>", "</li></ol>"),
    "nested tables": nested("<table><tr><td>", "</td></tr></table>"),
    "huge numbers": appended(
        f'<ol start="{HUGE}"><li>a</ol>',
        f'<ol><li value="{HUGE}">a</ol>',
        '<ol start="x"><li value="">a</ol>',
        '<ol type="a" start="-5"><li value="1e9">a</ol>',
        f'<table><tr><td colspan="{HUGE}" rowspan="999999999">a</td></tr></table>',
        f'<p data-footnote="{HUGE}">a</p><sup>{HUGE}</sup>',
        f"&#{HUGE};&#xD800;&#0;&#x110000;",
    ),
    "entities": entities,
}
MARKDOWN: dict[str, Mutation] = {
    "nested quotes": nested("> ", "", 20_000),
    "nested emphasis": nested("*a **b ", "", 20_000),
    "nested brackets": nested("[", "](x)", 20_000),
    "nested items": nested("- ", "", 20_000),
    "odd footnotes": appended("[^1]: " * 5000, "\n[^x]: a\n" * 3000, f"[^{'9' * 400}]: a", "\n* [^1] a\nb" * 3000),
    "odd tables": appended(
        "\n|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n", "<table>" * 3000, "<table>\n\n" * 2000 + "</table>"
    ),
    "odd code": appended(
        "`" * 50_000,
        "```\n" * 20_000,
        "<!--" * 20_000,
        "<![CDATA[" * 20_000,
        "<?" * 30_000,
        "&" * 60_000,
        "![](" * 20_000,
        "<a" * 40_000,
        "\\" * 60_001,
        "~~~\n" * 9999,
    ),
}
BYTES: dict[str, Mutation] = {
    "bits flipped": flip_bits,
    "cut short": truncate,
    "beheaded": behead,
    "shuffled": shuffle,
    "part repeated": repeat_part,
    "part zeroed": zero_part,
    "only zeros": only_zeros,
    "no bytes": no_bytes,
    "noise": noise,
    "noise inside": noise_inside,
}
TEXT: dict[str, Mutation] = {
    "in UTF-16": as_utf16,
    "lone surrogates": lone_surrogates,
    "backwards text": backwards_text,
    "controls": controls,
    "stacked accents": stacked_accents,
    "runs for patterns": runs_for_patterns,
}
HEAVY_TEXT: dict[str, Mutation] = {"10 MB line": one_long_line, "long word": one_long_word, "many lines": many_lines}
HEAVY_NAMES = frozenset(HEAVY_TEXT) | {"zip bomb", "object bomb", "many pages", "image bomb"}
BY_KIND: dict[str, dict[str, Mutation]] = {
    ".pdf": {**BYTES, **PDF},
    ".docx": {**BYTES, **DOCX},
    ".html": {**BYTES, **TEXT, **HEAVY_TEXT, **MARKUP},
    ".xml": {**BYTES, **TEXT, **HEAVY_TEXT, **MARKUP},
    ".md": {**BYTES, **TEXT, **HEAVY_TEXT, **MARKUP, **MARKDOWN},
    ".txt": {**BYTES, **TEXT, **HEAVY_TEXT},
}
WRONG_SUFFIX = "wrong suffix"


def make_mutants(seeds: dict[str, list[bytes]], count: int, seed: int) -> Iterator[Mutant]:
    """Mutants, one of every mutation of every kind in turn, until there are enough; the same for the same seed."""
    source = random.Random(seed)
    cells = [(suffix, name) for suffix in KINDS if seeds[suffix] for name in (*BY_KIND[suffix], WRONG_SUFFIX)]
    source.shuffle(cells)
    made = round_number = 0
    while made < count:
        for suffix, name in cells:
            if made == count:
                return
            if name in HEAVY_NAMES and round_number >= HEAVY:
                continue
            content, ending = source.choice(seeds[suffix]), suffix
            if name == WRONG_SUFFIX:
                ending = source.choice([other for other in (*KINDS, ".exe", "") if other != suffix])
            else:
                content = BY_KIND[suffix][name](source, content)
            yield Mutant(suffix, name, f"{made:05d}-{name.replace(' ', '-')}-{suffix[1:]}{ending}", content)
            made += 1
        round_number += 1
