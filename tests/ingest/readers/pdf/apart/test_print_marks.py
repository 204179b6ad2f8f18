"""Lines that machines print at the edge of a page."""

import pytest

from ingest.readers.pdf.apart.print_marks import is_print_mark

CASES = [
    ("VerDate Sep<11>2014 16:10 Jan 19, 2021 Jkt 253001 PO 00000", True, "a type-setter's line"),
    ("jbell on DSKJLSW7X2PROD with PROPOSALS", True, "the same, sideways"),
    ("EP06AU20.011</GPH>", True, "the name of a picture"),
    ("arXiv:2101.00001v2 [cs.CL] 4 Jan 2021", True, "an archive's stamp"),
    ("Case 1:20-cv-00123-ABC Document 45 Filed 03/04/21 Page 3 of 20", True, "a court's filing system"),
    ("Case: 19-1234 Document: 00512 Page: 1 Date Filed: 03/04/2021", True, "a court of appeals"),
    ("USCA Case #21-5028 Document #1234567 Filed: 03/04/2021 Page 1 of 9", True, "another"),
    ("JUL-12-2006 14:33 FROM: HARBOR BOARD TO: 12025550134 P.1/4", True, "a fax"),
    ("03/04/2009 10:22 FAX 202 555 0134 RECORDS OFFICE @002/005", True, "a fax, the page behind @"),
    ("2004-03-03 10:32 From-STATE DEPT 2025550134 T-123 P.002/004", True, "a fax, the year first"),
    ("\u2022S 471 IS", True, "a bill with its stage"),
    ("\u2020HR 1234 RFS", True, "the same, amended"),
    ("HCON RES 12 ENR", True, "a resolution"),
    ("S 471 IS a bill", False, "a sentence about a bill"),
    ("H.R. 1234", False, "a bill alone"),
    ("The hearing is on May 3, 2004 from 10:30 a.m. to noon; call 202-555-0100.", False, "a sentence with a time"),
    ("Filed 03/04/2021", False, "a date alone"),
    ("See Case 1 of Document 4 on page 3", False, "a reference"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_print_marks(text: str, expected: bool, reason: str):  # noqa: FBT001 - a case
    assert is_print_mark(text) is expected, reason
