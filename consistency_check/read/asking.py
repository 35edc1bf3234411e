"""What a customer's question asks for: the words by which each type of value is asked, and yes or no."""

from __future__ import annotations

import re
from functools import lru_cache

ASKED = {
    "duration": r"how long|how many (?:days|weeks|months|hours|minutes|years|working|business)|when|how soon"
    r"|how quick\w*|by when|deadline|until when|time limit|how far in advance|how late|how early|how old"
    r"|notice|wait|take",
    "money": r"how much|costs?|charges?|fees?|price|pay|priced|expensive|rate|\$|£|€|free|bond|deposit",
    "percent": r"how much|per ?cent|%|percentage|discount|rate|what share|off",
    "number": r"how many|how much|how often|how old|limit|maximum|minimum|number of|how heavy|how big|how far"
    r"|weight|size|age",
    "date": r"when|what day|what date|which day|by when|deadline|start|begin|date",
    "time": r"what time|when|how late|how early|open|close|opening|closing|hours|until|by when|latest"
    r"|earliest|shut|time",
    "contact": r"phone|number|call|ring|e-?mail|address|contact|write|reach|who|where|website|link|speak",
    "yes_no": r"can|could|do|does|is|are|will|may|am|should|would|have|has|any|possible|allowed",
    "choice": r"what|which|how|where|who|or",
    "text": r"what|how|why|who|where|which",
}
ASKS = {kind: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for kind, pattern in ASKED.items()}
POLAR_QUESTION = re.compile(
    r"(?:^|[.!?,;\n] *(?:so |and |but |or |also |hi |then |please )?)"
    r"(?:can|could|do|does|did|is|are|will|may|am|should|would|have|has|any|isn't|aren't|can't|don't|must)\b"
)


@lru_cache(maxsize=8192)
def asks_for(kind: str, question: str) -> bool:
    """Whether a question in lower case asks for this type; kept, for many customers ask in the same words."""
    return ASKS[kind].search(question) is not None
