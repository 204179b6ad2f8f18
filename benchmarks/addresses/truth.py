"""The true address of every paragraph of an official XML file, from the nesting that the file states.

It reads USLM (U.S. Code, compilations, bills, public laws, CFR) and the eCFR's own XML, with the parser of the
standard library and without a line of ``ingest``, so that a fault there cannot hide itself here. The eCFR states
sections and appendices but not paragraphs: of its paragraphs only the division is true and compared.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.addresses.paragraphs import Law, Paragraph
from benchmarks.addresses.uslm import CFR, USC, paragraphs_of_uslm
from benchmarks.addresses.words import DASHES, local_name, text_of

_ECFR_DIVISION = re.compile(r"DIV[1-9]$")


def read_law(file: Path) -> Law:
    """Read an official XML file.

    Raises:
        ValueError: It is neither USLM nor eCFR XML.
    """
    root = ElementTree.parse(file).getroot()  # noqa: S314 - official files that whoever measures has fetched
    if any(_ECFR_DIVISION.match(local_name(element)) for element in root.iter()):
        title = next((e.get("N", "") for e in root.iter() if local_name(e) == "DIV1"), "")
        return Law(f"{title} CFR", states_paragraphs=False, paragraphs=tuple(_ecfr(root)))
    if "uslm" not in root.tag:
        raise ValueError(f"{file.name} is neither USLM nor eCFR XML: its root is {local_name(root)}.")
    code = ""
    for element in root.iter():
        name = element.get("identifier", "")
        if match := USC.match(name):
            code = f"{match['title']} U.S.C."
        elif match := CFR.match(name):
            code = f"{match['title']} CFR"
        if code:
            break
    main = next((element for element in root.iter() if local_name(element) in ("main", "body")), root)
    return Law(code or "Act", states_paragraphs=True, paragraphs=tuple(paragraphs_of_uslm(main, "", (), 0)))


def _ecfr(root: ElementTree.Element) -> Iterator[Paragraph]:
    """Divisions, sections and appendices of the eCFR; its paragraphs are ``more`` of their section."""
    for element in root.iter():
        name = local_name(element)
        head = text_of(element.find("HEAD")) if _ECFR_DIVISION.match(name) else ""
        if name == "DIV8":
            section = element.get("N", "").strip("\u00a7 \n").translate(DASHES)
            yield Paragraph("section", section, (), "", head, "")
            for child in element:
                if local_name(child) in ("P", "FP", "FP-1", "FP-2", "EXTRACT", "EXAMPLE") and text_of(child):
                    yield Paragraph("more", section, (), "", "", text_of(child))
        elif name == "DIV9":
            yield Paragraph("appendix", "", (), "", head, "")
            for child in element:
                if local_name(child) != "HEAD" and text_of(child):
                    yield Paragraph("appendix", "", (), "", "", text_of(child))
        elif head:
            yield Paragraph("division", "", (), "", "", head)
