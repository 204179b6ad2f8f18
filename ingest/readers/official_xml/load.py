"""An XML file to its elements: nothing outside the file is read, and nothing inside it unfolds."""

import re
from pathlib import Path

from lxml import etree

from pinpoint.errors import DamagedDocument

DASHES = re.compile("[\u2010-\u2015]")
"""Dashes for which a hyphen stands in the numbers of laws and documents."""
_GAVE_UP = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_ENTITY_LOOP)


def load_root(path: Path) -> etree._Element:
    """Parse a file whose entities, DTD and network addresses are not followed; comments and instructions are left out.

    Raises:
        DamagedDocument: The file is not well-formed XML, is nested more than 255 deep, or needs entities that it
            defines itself.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        line = f" (line {error.lineno})" if error.lineno else ""
        message = f"{path.name} is not well-formed XML{line}. Fetch it again, or remove it."
        if error.code in _GAVE_UP:
            message = (
                f"{path.name} is nested more than 255 deep, holds a piece longer than 10 MB, or entities that unfold "
                f"without end{line}. Fetch it again, or remove it."
            )
        raise DamagedDocument(message) from error
    if next(root.iter(etree.Entity), None) is not None:
        raise DamagedDocument(
            f"{path.name} uses entities of its own, which are not read. Save it with plain characters."
        )
    return root


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def local_names(element: etree._Element) -> set[str]:
    """Names of an element and of all below it, without their namespaces."""
    return {local_name(child) for child in element.iter(etree.Element)}
