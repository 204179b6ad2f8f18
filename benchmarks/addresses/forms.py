"""The plain forms in which people have the law: a web page, Markdown, text; made of the paragraphs of its XML."""

from collections.abc import Callable, Iterator
from html import escape

from benchmarks.addresses.paragraphs import Law, Paragraph


def as_html(law: Law) -> str:
    """A page: headings for divisions and sections, one ``p`` a paragraph, indented by class as on official pages."""
    lines = [f"<!DOCTYPE html><html><head><title>{escape(law.code)}</title></head><body>"]
    for paragraph in law.paragraphs:
        words = escape(_printed(law, paragraph))
        if paragraph.kind == "division":
            lines.append(f"<h2>{words}</h2>")
        elif paragraph.kind == "section":
            lines += [f"<h3>{escape(_head(law, paragraph))}</h3>"]
            lines += [f"<p>{escape(paragraph.text)}</p>"] if paragraph.text else []
        elif paragraph.kind == "appendix" and paragraph.heading:
            lines.append(f"<h2>{words}</h2>")
        elif words:
            lines.append(f'<p class="statutory-body-{paragraph.depth}em">{words}</p>')
    return "\n".join([*lines, "</body></html>"])


def as_markdown(law: Law) -> str:
    """Headings for divisions and sections, one paragraph a block."""
    return "\n\n".join(_blocks(law, {"division": "## ", "section": "### ", "appendix": "## "}))


def as_text(law: Law) -> str:
    """Text in lines that are not wrapped, a blank line between paragraphs."""
    return "\n\n".join(_blocks(law, {}))


FORMS: dict[str, tuple[str, Callable[[Law], str]]] = {
    "HTML": (".html", as_html),
    "Markdown": (".md", as_markdown),
    "text": (".txt", as_text),
}
"""Name of each form, its suffix, and what makes it."""


def _blocks(law: Law, marks: dict[str, str]) -> Iterator[str]:
    for paragraph in law.paragraphs:
        mark = marks.get(paragraph.kind, "")
        if paragraph.kind == "section":
            yield mark + _head(law, paragraph)
            if paragraph.text:
                yield _plain(paragraph.text, marks)
        elif paragraph.kind == "appendix":
            yield (mark if paragraph.heading else "") + _plain(paragraph.words, marks)
        elif words := _printed(law, paragraph):
            yield mark + _plain(words, marks)


def _head(law: Law, paragraph: Paragraph) -> str:
    """A section's heading with its sign, as the codes print it; an Act says "SEC."."""
    label = paragraph.label
    if not label:
        return paragraph.heading or f"\u00a7 {paragraph.section}"
    if law.code == "Act" and not label.upper().startswith("SEC"):
        label = f"SEC. {label}"
    # The mark-up of an Act has in lower case what is printed in small capitals.
    heading = paragraph.heading.upper() if paragraph.heading.islower() else paragraph.heading
    return f"{label} {heading}".strip()


def _printed(law: Law, paragraph: Paragraph) -> str:
    """A paragraph as it is printed: label and caption run in."""
    heading = paragraph.heading
    # The codes print a full stop and a dash, or a full stop, between a caption and its text.
    if heading and paragraph.text and heading[-1] not in ".\u2014:?":
        heading += "." if law.code.endswith("CFR") else ".\u2014"
    between = "" if heading.endswith("\u2014") else " "
    return f"{paragraph.label} {heading}{between}{paragraph.text}".strip()


def _plain(words: str, marks: dict[str, str]) -> str:
    """Words that Markdown shows as they are; in text nothing is escaped."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#~|" else c for c in words) if marks else words
