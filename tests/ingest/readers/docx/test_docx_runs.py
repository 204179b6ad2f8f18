"""What stands in a paragraph: signs, symbols, fields, formulas."""

import pytest

from tests.ingest.readers.docx.word_files import lines, p, r, read


def char(kind, inner=""):
    return f'<r><fldChar w:fldCharType="{kind}">{inner}</fldChar></r>'


def field(instruction, result=""):
    begin = char("begin") + f"<r><instrText>{instruction}</instrText></r>"
    return begin + (char("separate") + result if result else "") + char("end")


def sym(font, code):
    return f'<r><sym w:font="{font}" w:char="{code}"/></r>'


def m(inner):
    return f"<m:oMath>{inner}</m:oMath>"


def mr(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


RUNS = [  # (content of a paragraph, text, reason)
    ("<r><t>30</t><noBreakHyphen/><t>60 days</t></r>", "30-60 days", "a hyphen that does not break is printed"),
    ("<r><t>co</t><softHyphen/><t>operate</t></r>", "cooperate", "one that may break is not, within a line"),
    ("<r><t>one</t><cr/><t>two</t><br/><t>three</t><ptab/><t>four</t><tab/><t>five</t></r>", "one two three four five",
     "line ends and tabs part words"),
    (r("one") + '<r><br w:type="page"/></r>' + r("two"), "one two", "a page break parts words"),
    ("<r><t>in</t><lastRenderedPageBreak/><t>formation</t></r>", "information", "where Word broke a page does not"),
    (r("I-") + r("9", "<b/>") + r("1") + r("4 form"), "I-914 form", "formatting adds no blanks"),
    (r("see\n      the") + r("\n") + r("act"), "see the act", "line ends of the file are blanks"),
    (sym("Symbol", "F0B3") + r(" 10"), "≥ 10", "the font Symbol"),
    (sym("Symbol", "B3") + r(" 10"), "≥ 10", "its codes without the private area"),
    (sym("Times New Roman", "00A7") + r(" 12"), "§ 12", "a sign of a font of letters"),
    (sym("Times New Roman", "F0A7") + r(" 12"), "§ 12", "the same in the private area"),
    (sym("Wingdings", "F0FE") + sym("Wingdings", "F0FD") + sym("Wingdings", "F0A8"), "☑☒☐", "boxes"),
    (sym("Wingdings", "F0FC") + r(" done"), "✓ done", "a tick"),
    (r("þ", '<rFonts w:ascii="Wingdings"/>') + r(" yes"), "☑ yes", "a plain character set in Wingdings"),
    (r("b", '<rFonts w:ascii="Symbol"/>') + r("-carotene"), "β-carotene", "and in Symbol"),
    (r("\uf0b7", '<rFonts w:ascii="Symbol"/>') + r(" point"), "• point", "a bullet"),
    (r("10") + r("6", '<vertAlign w:val="superscript"/>') + r(" seeds"), "10⁶ seeds", "an exponent"),
    (r("H") + r("2", '<vertAlign w:val="subscript"/>') + r("O"), "H₂O", "an index"),
    (r("2") + r("nd", '<vertAlign w:val="superscript"/>'), "2nd", "an ordinal"),
    ("<r><ruby><rt><r><t>over</t></r></rt><rubyBase><r><t>base</t></r></rubyBase></ruby></r>", "base", "ruby"),
    (r("see ") + field(" REF _Ref1 \\h ", r("§ 5")), "see § 5", "the result of a field"),
    (r("a") + field(" TC &quot;entry&quot; ") + r("b"), "ab", "an instruction is told to Word"),
    (
        char("begin") + "<r><instrText>IF </instrText></r>" + field(" DOCPROPERTY x ", r("inner"))
        + "<r><instrText> = 1</instrText></r>" + char("separate") + r("shown") + char("end"),
        "shown",
        "the result of a field within an instruction is a part of it",
    ),
    (r("a ") + char("begin") + r("b") + char("separate") + r(" c"), "a b c", "a field without an end hides nothing"),
    (
        char("begin", "<ffData><checkBox><default w:val='0'/><checked/></checkBox></ffData>")
        + "<r><instrText>FORMCHECKBOX</instrText></r>" + char("end") + r(" yes"),
        "☒ yes",
        "a ticked box of an old form",
    ),
    (
        char("begin", "<ffData><ddList><result w:val='1'/><listEntry w:val='Yes'/><listEntry w:val='No'/></ddList>"
             "</ffData>")
        + "<r><instrText>FORMDROPDOWN</instrText></r>" + char("end"),
        "No",
        "the entry chosen in an old form",
    ),
    (field(' SYMBOL 167 \\f &quot;Times New Roman&quot; ') + r(" 5"), "§ 5", "a symbol as a field"),
    (field(' SYMBOL 0xB3 \\f Symbol '), "≥", "of the font Symbol"),
    (m(mr("a") + "<m:f><m:num>" + mr("1") + "</m:num><m:den>" + mr("x+y") + "</m:den></m:f>"), "a1/(x+y)", "fraction"),
    (m("<m:sSup><m:e>" + mr("x") + "</m:e><m:sup>" + mr("2") + "</m:sup></m:sSup>"), "x²", "a power"),
    (m("<m:sSup><m:e>" + mr("x") + "</m:e><m:sup>" + mr("ab") + "</m:sup></m:sSup>"), "x^ab", "a power of words"),
    (m("<m:rad><m:deg/><m:e>" + mr("2") + "</m:e></m:rad>"), "√2", "a root"),
    (m("<m:d><m:e>" + mr("a+b") + "</m:e></m:d>"), "(a+b)", "brackets that a property draws"),
    (r("rate ") + f"<m:oMathPara>{m(mr('p=0.05'))}</m:oMathPara>", "rate p=0.05", "a formula on a line of its own"),
    ("<commentRangeStart w:id='1'/>" + r("a") + "<r><commentReference w:id='1'/></r>", "a", "comments are no text"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected", "reason"), RUNS)
def test_runs(tmp_path, content, expected, reason):
    assert lines(read(tmp_path, p(content))) == [expected], reason


def test_a_field_runs_over_paragraphs(tmp_path):
    body = (
        p(char("begin") + "<r><instrText>TOC</instrText></r>" + char("separate") + r("1 Scope"))
        + p("2 Fees")
        + p(char("end") + r("After"))
    )
    assert lines(read(tmp_path, body)) == ["1 Scope", "2 Fees", "After"]
