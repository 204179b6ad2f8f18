"""Small tables to unfold: the figures of a drawing, the pages of a report."""

from collections.abc import Collection, Iterable, Sequence

from pinpoint.text import escape


def unfolded_table(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[str] = (),
    opened: bool = False,
) -> str:
    """A table behind its title, as HTML.

    Args:
        title: What unfolds it, and what screen readers call it.
        head: Names of the columns.
        rows: Cells as HTML; the first one of a row names it.
        numbers: Columns of numbers.
        opened: Whether it is unfolded already.
    """
    style = {name: ' class="pp-number"' if name in numbers else "" for name in head}
    names = "".join(f'<th scope="col"{style[name]}>{escape(name)}</th>' for name in head)
    body = "".join(_row(cells, [style[name] for name in head]) for cells in rows)
    return (
        f'<details class="pp-more"{" open" if opened else ""}><summary>{escape(title)}</summary>'
        f'<div class="pp-scroll" tabindex="0" role="region" aria-label="{escape(title)}">'
        f'<table class="pp-table pp-narrow"><thead><tr>{names}</tr></thead><tbody>{body}</tbody></table></div>'
        "</details>"
    )


def _row(cells: Sequence[str], styles: Sequence[str]) -> str:
    rest = "".join(f"<td{style}>{cell}</td>" for cell, style in zip(cells[1:], styles[1:], strict=True))
    return f'<tr><th scope="row">{cells[0]}</th>{rest}</tr>'
