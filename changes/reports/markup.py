"""Changes as HTML: differences that are told in words too, sections, and the table of those that moved."""

from collections.abc import Iterable, Sequence

from changes.records import DocumentChange, ParagraphChange, SectionChange, Touched, Watched
from changes.reports.wording import ADDED, REMOVED, detail_of, kinds_of, said_of, watched_line
from changes.shown import shows_text
from index.documents.comparison import Change as Run
from pinpoint.text import escape

STYLE = """
.pc-words { white-space: pre-line; margin: 0.3rem 0; font-family: Georgia, "Noto Serif", "Times New Roman", serif; }
.pc-words del { color: var(--bad); text-decoration: line-through; }
.pc-words ins { color: var(--good); text-decoration: underline; }
.pc-document { font-size: 1.0625rem; margin: 1rem 0 0.25rem; }
.pc-kind { font-size: 0.875rem; font-weight: 600; }
.pc-section { border-top: 1px solid var(--hair); padding: 0.5rem 0; }
.pc-section :is(h3, h4) { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
.pc-where { font-size: 0.875rem; font-style: italic; margin: 0.4rem 0 0; }
.pc-said { margin: 0.2rem 0; }
.pc-table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
.pc-table :is(th, td) { text-align: left; vertical-align: top; padding: 0.25rem 0.75rem 0.25rem 0;
  border-bottom: 1px solid var(--hair); overflow-wrap: anywhere; }
.pc-table th[scope=row] + td { overflow-wrap: normal; }
.pc-table caption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
.pc-sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""
"""Style of the classes below, in the variables of ui/theme.css."""
_TAGS = {"removed": ("del", REMOVED), "added": ("ins", ADDED)}


def words_html(runs: Iterable[tuple[Run, str]]) -> str:
    """Runs of words; a difference is marked by a line, and named for who has it read aloud."""
    parts = []
    for change, words in runs:
        if change == "same":
            parts.append(escape(words))
            continue
        tag, said = _TAGS[change]
        parts.append(f'<{tag}><span class="pc-sr">[{said}: </span>{escape(words)}<span class="pc-sr">]</span></{tag}>')
    return "".join(parts)


def paragraph_html(paragraph: ParagraphChange) -> str:
    """A paragraph with its differences, and where it went or came from."""
    where = f'<p class="pc-where">{escape(_capital(paragraph.where))}:</p>' if paragraph.where else ""
    return f'{where}<p class="pc-words">{words_html(paragraph.words)}</p>'


def section_html(section: SectionChange, name: str, level: int = 3, after: str = "") -> str:
    """A section that changed, as an article.

    Args:
        section: What changed.
        name: Its ``id`` on the page; "" for none.
        level: Level of its heading.
        after: HTML behind it.
    """
    named = f' id="{escape(name)}"' if name else ""
    body = "".join(map(paragraph_html, section.paragraphs)) if shows_text(section) else ""
    return (
        f'<article class="pc-section"{named}><h{level}>{escape(section.name)}</h{level}>'
        f'<p class="pc-said"><span class="pc-kind">{escape(kinds_of(section))}.</span> {escape(detail_of(section))}</p>'
        f"{body}{after}</article>"
    )


def moved_html(document: DocumentChange, links: Sequence[str]) -> str:
    """The table of the sections that moved; "" for none.

    Args:
        document: A document that changed.
        links: For each of its sections the ``id`` on the page, "" for none.
    """
    rows = []
    for section, link in zip(document.sections, links, strict=True):
        if "moved" in section.kinds:
            old = section.old.section if section.old else " and ".join(section.parts)
            new = section.new.section if section.new else " and ".join(section.parts)
            shown = f'<a href="#{escape(link)}">{escape(new)}</a>' if link else escape(new)
            same = "part of it" if not (section.old and section.new) else f"{section.likeness:.0%}"
            rows.append(f"<tr><td>{escape(old)}</td><td>{shown}</td><td>{same}</td></tr>")
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Old address", "New address", "The same words"))
    return (
        f'<table class="pc-table"><caption>Sections that moved ({len(rows):,})</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def watched_html(watched: Watched, level: int = 3) -> str:
    """What of a watched file is touched."""
    notes = "".join(f"<p>{escape(note)}</p>" for note in watched.notes)
    items = "".join(f"<li>{_touched_html(one)}</li>" for one in watched.touched)
    listed = f"<ol>{items}</ol>" if items else ""
    return f"<h{level}>{escape(watched_line(watched))}</h{level}>{notes}{listed}"


def _touched_html(touched: Touched) -> str:
    words = f'<p class="pc-words">{words_html(touched.words)}</p>' if touched.words else ""
    return (
        f"<p><strong>{touched.number}. {escape(touched.citation)}</strong>: {escape(said_of(touched))}</p>"
        f'<blockquote class="pc-words">{escape(touched.text)}</blockquote>{words}'
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
