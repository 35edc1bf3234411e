"""What people wrote, without what programs put around it: HTML, copied mail, signatures, footers, mojibake.

Every function is pure and takes time linear in the length of the text. Where it is unsure whose words
something is, it stays: nothing here ever empties a text that had words.
"""

from consistency_check.load.cleaning.charsets import decode_text
from consistency_check.load.cleaning.footers import Footers
from consistency_check.load.cleaning.markup import read_html
from consistency_check.load.cleaning.mojibake import mend
from consistency_check.load.cleaning.quotes import strip_quotes
from consistency_check.load.cleaning.signatures import strip_notices, strip_signature

__all__ = [
    "Footers",
    "clean_mail",
    "decode_text",
    "mend",
    "read_html",
    "strip_notices",
    "strip_quotes",
    "strip_signature",
]


def clean_mail(text: str) -> str:
    """The words of a mail's author: no copied mail, no legal notice, no signature."""
    return strip_signature(strip_notices(strip_quotes(text)))
