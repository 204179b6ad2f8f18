"""Style of checked drafts: that of the report, with what the app draws otherwise."""

from drafts.reports.web.style import MARKS

STYLE = f"""<style>{MARKS}
.stHtml .pd-part {{ margin: 0 0 0.6rem; overflow-wrap: anywhere; }}
.stHtml blockquote.pd-part p {{ margin: 0; }}
.stHtml mark.pd-found {{ background: transparent; color: inherit; }}
.stHtml a.pd-badge {{ color: var(--bad); scroll-margin-top: 5rem; }}
.stHtml a.pd-badge.pd-found {{ color: var(--good); }}
.stHtml a.pd-badge:is(.pd-not_in_these_documents, .pd-ambiguous, .pd-not_checked) {{ color: var(--quiet); }}
.stHtml ol.pd-list {{ list-style: none; padding: 0; }}
.pd-list > li {{ border-top: 1px solid var(--hair); padding: 0.6rem 0; scroll-margin-top: 1rem; }}
.stHtml .pd-list > li:target {{ background: var(--tint); box-shadow: -0.6rem 0 0 var(--accent); }}
.stHtml .pd-list h3 {{ font-size: 1rem; font-weight: 600; padding: 0; overflow-wrap: anywhere; }}
.stHtml .pd-list blockquote, .pd-words {{ font-family: var(--serif); line-height: 1.5; overflow-wrap: anywhere; }}
.stHtml .pd-list blockquote {{ margin: 0.2rem 0; }}
.pd-list p {{ padding: 0.15rem 0; overflow-wrap: anywhere; }}
.stHtml ul.pd-counts {{ list-style: none; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; padding: 0.2rem 0; }}
.pd-words {{ white-space: pre-line; }}
@media (min-width: 901px) {{
  .st-key-checked > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
    > [data-testid="stColumn"]:last-child {{
    align-self: flex-start; position: sticky; top: 0.5rem; max-height: calc(100vh - 1rem); overflow-y: auto;
  }}
}}
@media (max-width: 900px) {{
  .st-key-checked > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"] {{ flex-direction: column; }}
  .st-key-checked > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"]
    > [data-testid="stColumn"] {{ width: 100%; min-width: 100%; flex: 1 1 auto; }}
}}
@media (max-width: 640px) {{ .pd-note, .pd-comment, .pd-box, .pd-header, .pd-notes {{ padding-left: 0.5rem; }} }}
</style>"""
