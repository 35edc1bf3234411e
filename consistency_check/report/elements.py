"""XML as build servers read it: elements laid out, and texts without what XML forbids."""

from __future__ import annotations

import re
from typing import TextIO
from xml.etree.ElementTree import Element, indent, tostring

from consistency_check.report.escape import show_text

# Not characters in XML 1.0 (https://www.w3.org/TR/xml/#charsets), and left alone by `show_text`.
_NO_XML = re.compile("[\ufffe\uffff]")


def write_elements(root: Element, stream: TextIO) -> None:
    """The document of an element, indented by two; it is changed by that."""
    indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(tostring(root, encoding="unicode") + "\n")


def show_xml(text: str) -> str:
    """`text` on one line, for an attribute or the inside of an element, which escape it."""
    return _NO_XML.sub("\ufffd", show_text(text))
