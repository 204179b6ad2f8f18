"""Lines that a type-setter, a court's filing system, an archive or a fax machine prints at the edge of a page."""

import re

_SIGN = re.compile("VerDate|Jkt|Frm|DSK|GPH>|arXiv|Case")  # one of them is in each line that follows
_TYPESET = re.compile(
    r"\bVerDate\b|\bJkt \d+.*\bPO \d+|\bFrm \d+.*\bFmt \d+|\bon DSK\w+PROD\b|\bJkt \d{6}\b|</?GPH>|\barXiv:\d{4}\.\d+"
)
_FILED = re.compile(
    r"\bCase:? #?\d\d?[-:]\d[\w:-]*.{0,20} (?:Document|Doc\.?|DktEntry|ID):? ?#?:? ?\d[\d-]*\b.*\b(?:Filed|Page|Pg)\b"
)
_BILL = re.compile(
    r"\W{0,2}(?:H\.? ?R|S|H\.? ?(?:J|Con)\.? ?Res|S\.? ?(?:J|Con)\.? ?Res|[HS]\.? ?Res)\.? \d{1,5} "
    r"(?:I[HS]|R[HS]|E[HS]|ENR|CP[HS]|PC[HS]|RF[HS]|RD[HS]|AT[HS]|L[HT][HS]|EA[HS]|PP)1?",
    re.IGNORECASE,
)
"""A bill with its stage, at the foot of each page (govinfo's list of versions): "•S 471 IS", "HR 1234 RFS"."""
_TAIL = 16  # characters that hold the number of a fax page
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d(?: ?[AP]\.?M\.?)?\b", re.IGNORECASE)
_DATE = re.compile(
    r"\b(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|(?:\d{1,2}[- ])?[A-Z]{3}[A-Za-z]{0,6}[-. ]{1,2}\d{1,2})\b", re.IGNORECASE
)
_SENDER = re.compile(r"\b(?:fax|from|to|sent by|received|rcvd|tel|phone|id)\b", re.IGNORECASE)
_FAX_PAGE = re.compile(
    r"(?:(?:\bp(?:age|g)?\.? ?|[@#] ?)\d{1,3}(?: ?(?:/|of) ?\d{1,3})?|\b\d{1,3} ?/ ?\d{1,3})$", re.IGNORECASE
)
"""Which page of the transmission: "P.1/4", "@002/005"; a fax machine prints it last."""


def is_print_mark(text: str) -> bool:
    """Tell whether a row at the edge of a page is printed by the machine that made or sent it."""
    if _SIGN.search(text) and (_TYPESET.search(text) or _FILED.search(text)):
        return True
    if len(text) <= _TAIL + len("\u2022HCON RES") and _BILL.fullmatch(text):
        return True
    if not text[-1:].isdigit():
        return False
    return bool(_FAX_PAGE.search(text[-_TAIL:]) and _TIME.search(text) and _DATE.search(text) and _SENDER.search(text))
