"""Style of a report that is one file: ink on paper, light and dark, and for print."""

STYLE = """
:root { --ink: #1a222b; --quiet: #515c68; --accent: #1d3f66; --hair: #d5dae0; --paper: #ffffff; --tint: #f2f5f8;
  --bad: #8a2b1d; --good: #1f5c33; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e8ee; --quiet: #a5b0bc; --accent: #9cc3ec; --hair: #303a46; --paper: #11161c; --tint: #1a222b;
    --bad: #f2a798; --good: #9bd6ac; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem; max-width: 72rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 "Source Sans 3", "Segoe UI", "Noto Sans", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; } h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
a { color: var(--accent); } :is(a, summary, div):focus-visible { outline: 2px solid var(--accent); }
.skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: 0.5rem; background: var(--paper); }
.wide { overflow-x: auto; position: relative; }
@media print { details::details-content { content-visibility: visible; display: block; } body { max-width: none; } }
"""
"""Colours as ui/theme.css has them."""
MARKS = """
.pd-draft { max-width: 48rem; } .pd-part { margin: 0.6rem 0; white-space: pre-line; }
blockquote { margin: 0.4rem 0; padding: 0 0 0 0.8rem; border-left: 3px solid var(--accent); white-space: pre-line; }
.pd-note, .pd-comment, .pd-box, .pd-header, .pd-notes { font-size: 0.9rem; padding-left: 1.25rem; }
.pd-cell { border-left: 1px solid var(--hair); padding-left: 0.75rem; }
.pd-where, .pd-source { color: var(--quiet); font-size: 0.875rem; }
mark { color: inherit; background: var(--tint); border-bottom: 2px solid var(--bad); }
mark.pd-found { border-bottom: 1px solid var(--good); }
mark:is(.pd-not_in_these_documents, .pd-ambiguous, .pd-not_checked) { border-bottom: 2px dotted var(--quiet); }
.pd-badge { font-size: 0.8125rem; font-weight: 600; padding: 0.05rem 0.3rem; border: 1px solid currentColor;
  border-radius: 0.2rem; text-decoration: none; white-space: nowrap; display: inline-block; line-height: 1.4;
  margin-right: 0.25rem; user-select: none; }
.pd-badge, .pd-state { color: var(--bad); } .pd-state { font-weight: 600; }
:is(.pd-badge, .pd-state).pd-found { color: var(--good); }
:is(.pd-badge, .pd-state):is(.pd-not_in_these_documents, .pd-ambiguous, .pd-not_checked) { color: var(--quiet); }
.pd-findings { border-collapse: collapse; width: 100%; min-width: 40rem; font-size: 0.9375rem;
  overflow-wrap: break-word; }
.pd-findings caption { text-align: left; color: var(--quiet); padding: 0.25rem 0; }
.pd-findings :is(th, td) { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem 0.4rem 0;
  border-bottom: 1px solid var(--hair); }
.pd-findings td:nth-child(4) { min-width: 9rem; }
.pd-findings p { margin: 0 0 0.3rem; } .pd-findings td:nth-child(5) { width: 45%; }
.pd-findings tr:target, .pd-badge:target { background: var(--tint); outline: 2px solid var(--accent); }
del { color: var(--bad); text-decoration: line-through; } ins { color: var(--good); text-decoration: underline; }
.pd-sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
"""
"""Style of marks, of the table and of differences, in the variables of ``STYLE``."""
