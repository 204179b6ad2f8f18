"""What is text of a page and what stands around it (W1, W2)."""

import pytest

from ingest.readers.html.reader import CHROME, html_reading

TEXT = [  # (body, [blocks], reason)
    (
        "<p><span style='font-family:Wingdings'>§<span style='font:7pt Arial'>&nbsp; </span></span>One</p>"
        "<p><span style='font-family:\"Courier New\"'>o<span style='font:7pt Arial'>&nbsp; </span></span>Two</p>"
        "<p>Age <span style='font-family:Symbol'>³</span> 18 <font face=Wingdings>þ</font> Yes</p>",
        ["list_item 1: One", "list_item 1: Two", "paragraph: Age ≥ 18 ☑ Yes"],
        "letters of symbol fonts are the signs that they print, no signs of sections",
    ),
    (
        "<article><p>The first notice.</p></article><p>Between them.</p><article><p>The second.</p></article>",
        ["paragraph: The first notice.", "paragraph: Between them.", "paragraph: The second."],
        "all articles, and what stands between them",
    ),
    (
        "<h1>Title</h1>loose text of the page<article><p>One.</p></article><p>After it.</p>",
        ["heading 1: Title", "paragraph: loose text of the page", "paragraph: One.", "paragraph: After it."],
        "text outside of an article, loose text too",
    ),
    (
        "<main><p>One.</p></main><main><p>Two.</p></main>",
        ["paragraph: One.", "paragraph: Two."],
        "several main elements",
    ),
    (
        "<p>This order was amended by the council on the first Monday of May.</p><main><p>One.</p></main>",
        ["paragraph: This order was amended by the council on the first Monday of May.", "paragraph: One."],
        "a sentence beside main is text",
    ),
    (
        "<header><h1>Mill Order</h1></header><main><p>One.</p></main>",
        ["heading 1: Mill Order", "paragraph: One."],
        "the title may stand in the header, beside main",
    ),
    (
        '<form action="x.aspx"><input value="a"><h1>Rules</h1><p>Ducks are fed.</p><button>Go</button></form>',
        ["heading 1: Rules", "paragraph: Ducks are fed."],
        "a page in a form, as ASP.NET writes it",
    ),
    (
        "<p>Peat is cut.</p><form><fieldset><legend>Section 4</legend><p>No turf.</p></fieldset></form>",
        ["paragraph: Peat is cut.", "heading 6: Section 4", "paragraph: No turf."],
        "a group of a form with its legend",
    ),
    (
        "<p>One.</p><aside><p>Note: during a gale the watch walks twice.</p></aside><p>Two.</p>",
        ["paragraph: One.", "paragraph: Note: during a gale the watch walks twice.", "paragraph: Two."],
        "an aside is read in its place",
    ),
    (
        "<blockquote><p>No lamp.</p><footer>Order of the council, 1702</footer></blockquote>",
        ["paragraph: No lamp.", "paragraph: Order of the council, 1702"],
        "the footer of a quotation is text",
    ),
    (
        "<article><p>One.</p><footer><p>Issued at the harbor office.</p></footer></article>",
        ["paragraph: One.", "paragraph: Issued at the harbor office."],
        "the footer of an article is text",
    ),
    (
        "<p>One.</p><footer><p>Section 9 takes effect at once.</p><p>© 2024 Town</p><ul><li><a href='p'>Privacy</a>"
        "</li></ul></footer>",
        ["paragraph: One.", "paragraph: Section 9 takes effect at once."],
        "of a page's footer only links and the line of copyright are chrome",
    ),
    (
        "<details><summary>More</summary><p>Closed, but there.</p></details>",
        ["paragraph: More", "paragraph: Closed, but there."],
        "closed details open at a click",
    ),
    (
        '<div class="menu-of-rules"><p>The menu of the school kitchen is posted each Monday.</p></div>',
        ["paragraph: The menu of the school kitchen is posted each Monday."],
        "the name of an element alone makes it no menu",
    ),
    (
        '<div role="complementary"><p>See also the order of 1702 on lamps.</p></div>',
        ["paragraph: See also the order of 1702 on lamps."],
        "what is complementary is text",
    ),
    (
        '<span aria-hidden="true">§</span><span> 5</span> applies',
        ["paragraph: § 5 applies"],
        "what is not read aloud is printed all the same",
    ),
    (
        "<dl><dt>Multure</dt><dd>The miller's share.</dd></dl>",
        ["paragraph: Multure", "paragraph: The miller's share."],
        "terms and their meanings",
    ),
    (
        "<p>He said <q>no <q>yes</q> here</q>.</p>",
        ["paragraph: He said “no ‘yes’ here”."],
        "quotation marks that are printed",
    ),
    (
        "<div style='display:flex'><div>(a)</div><div>The owner pays.</div></div>",
        ["paragraph: (a) The owner pays."],
        "a designator in a box of its own stands beside its text",
    ),
    (
        "<p>(b)</p><p>(1) The owner pays.</p>",
        ["paragraph: (b)", "paragraph: (1) The owner pays."],
        "a designator above another one stays alone",
    ),
    (
        "<span style='display:block'>One.</span><span style='display:block'>Two.</span>",
        ["paragraph: One.", "paragraph: Two."],
        "blocks by style",
    ),
    (
        "<p><strong>Age 14 and Older</strong>The applicant signs.</p>",
        ["heading 6: Age 14 and Older", "paragraph: The applicant signs."],
        "a heading that lost its line break",
    ),
    (
        "<p><b>Speed</b><br>No boat exceeds four knots.</p>",
        ["heading 6: Speed", "paragraph: No boat exceeds four knots."],
        "a heading with its line break",
    ),
    ("<p><b>T</b>he first. <b>U</b>SCIS.</p>", ["paragraph: The first. USCIS."], "a large first letter is no heading"),
    ("<p><b>Purpose.</b> It is short.</p>", ["paragraph: Purpose. It is short."], "a caption runs into its paragraph"),
]
BUTTONS = [  # (body, [blocks], reason); no browser says which buttons are titles
    (
        "<p>It is so <span class=printed-page-inline>(print page 34865)</span> for all.</p><div id=sideNavBox><ul><li>"
        "<a href=a>Home</a></li></ul></div><aside><h3>Related</h3><ul><li><a href=b>Forms</a></li></ul></aside>",
        ["paragraph: It is so for all."],
        "marks of printed pages, a menu of SharePoint, a list of links with its heading",
    ),
    (
        "<h2><button aria-expanded=false>A. Evidence</button></h2><p>One.</p><h2>B. Fees <button>Copy</button></h2>",
        ["heading 2: A. Evidence", "paragraph: One.", "heading 2: B. Fees"],
        "a heading that opens its text is a heading; a button beside one is none",
    ),
    (
        "<button aria-controls=a1>Who may apply</button><div id=a1><p>A victim may.</p></div><button aria-controls=m>"
        "Menu</button><ul id=m><li><a href=1>Home</a></li></ul>",
        ["heading 6: Who may apply", "paragraph: A victim may.", "list_item 1: Home"],
        "a button before the panel that it opens",
    ),
    (
        "<p>It ends.<a class=msocomanchor href='#c1' name='r1'>[AB1]</a></p><div style='mso-element:comment-list'>"
        "<div class=msocomtxt><p>[AB1] Should we delete it?</p></div></div>",
        ["paragraph: It ends."],
        "comments of those who drafted it, as Word saves them",
    ),
]
CHROME_ONLY = [  # (mark-up, its words, reason)
    ("<nav><ul><li><a href='/'>Home</a></li></ul></nav>", 1, "a menu"),
    ('<div role="navigation">Home</div>', 1, "a menu by role"),
    (
        '<ul class="breadcrumb"><li><a href="/">Home</a></li><li>Rules</li></ul>',
        2,
        "bread crumbs, of which one is no link",
    ),
    (
        '<div id="cookie-banner"><p>We use cookies to make this site work. <button>Accept</button></p></div>',
        9,
        "cookies",
    ),
    ("<button>Send</button><select><option>One</option></select><textarea>typed</textarea>", 3, "controls"),
    ('<form role="search"><label>Search</label><input type="search"></form>', 1, "a search"),
    ('<a href="#main">Skip to main content</a>', 4, "a way past the menu"),
    ("<footer><p>© 2024 Town of Hythe</p><a href='/privacy'>Privacy</a></footer>", 6, "a footer without text"),
    ('<i class="material-icons" aria-hidden="true">search</i>', 1, "the name of a picture"),
    (
        "<script>var a = 'x';</script><style>p { color: red }</style><template><p>No</p></template>",
        0,
        "no words of a page",
    ),
    ("<svg><text>42</text></svg>", 1, "a drawing"),
    ("<dialog>Sign in</dialog>", 2, "a closed dialogue"),
]


@pytest.mark.parametrize(("body", "expected", "reason"), TEXT + BUTTONS)
def test_text_is_read_whatever_holds_it(shape, body, expected, reason):
    assert shape(html_reading(f"<html><body>{body}</body></html>", "x.html")) == expected, reason


@pytest.mark.parametrize(("chrome", "words", "reason"), CHROME_ONLY)
def test_chrome_is_left_out_and_counted(shape, chrome, words, reason):
    reading = html_reading(f"<body>{chrome}<p>Every ferry carries a vest.</p>{chrome}</body>", "x.html")
    assert shape(reading) == ["paragraph: Every ferry carries a vest."], reason
    assert {repair.name: repair.count for repair in reading.repairs}.get(CHROME, 0) == 2 * words, reason


def test_beside_main_labels_are_left_out():
    page = (
        "<div>Office <a href='/'>Home</a></div><main><h1>Rule</h1><p>One.</p></main><footer><p>All of this is the "
        "town's.</p></footer>"
    )
    assert [block.text for block in html_reading(f"<body>{page}</body>", "x.html").blocks] == ["Rule", "One."]


def test_the_sign_of_a_link_behind_a_heading_is_no_text():
    reading = html_reading('<body><h2>Speed<a class="headerlink" href="#speed">¶</a></h2><p>No boat.</p></body>', "x")
    assert reading.blocks[0].text == "Speed"
