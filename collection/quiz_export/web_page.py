"""A quiz as one HTML file to print: the answers begin on a page of their own."""

from collection.export.web_page import page_of
from collection.quiz_export.paper import ANSWERS, QUESTIONS, Paper, Question, Solution
from pinpoint.text import escape


def web_page_of(paper: Paper) -> bytes:
    """The paper as an HTML file, UTF-8."""
    preface = "".join(f'<p class="small">{escape(line)}</p>' for line in paper.preface)
    asked, answers = "".join(map(_asked, paper.questions)), "".join(map(_answered, paper.solutions))
    body = (
        f"<header><h1>{escape(paper.title)}</h1>{preface}</header><main><section><h2>{QUESTIONS}</h2>"
        f'<ol class="cards">{asked}</ol></section><section class="answers"><h2>{ANSWERS}</h2>'
        f'<ol class="cards">{answers}</ol><p class="small">{escape(paper.about)}</p></section></main>'
    )
    return page_of(paper.title, body)


def _asked(question: Question) -> str:
    choices = "".join(f"<li>{escape(words)}</li>" for _, words in question.choices)
    listed = f'<ol type="A" class="choices">{choices}</ol>' if choices else ""
    source = f'<p class="small">{escape(question.source)}</p>' if question.source else ""
    return (
        f'<li><p class="small">{escape(question.task)}</p><p class="term">{escape(question.shown)}</p>{listed}'
        f"{source}</li>"
    )


def _answered(solution: Solution) -> str:
    letter = f"<p><strong>{solution.letter}</strong></p>" if solution.letter else ""
    others = f'<p class="small">{escape(solution.others)}</p>' if solution.others else ""
    return (
        f"<li>{letter}<blockquote>{escape(solution.quotation)}</blockquote>"
        f'<p class="small">{escape(solution.source)}</p>{others}</li>'
    )
