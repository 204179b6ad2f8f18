"""A quiz as Markdown: the answers begin on a page of their own where it is printed."""

from collection.export.markdown import as_it_is
from collection.quiz_export.paper import ANSWERS, QUESTIONS, Paper, Question, Solution

_NEW_PAGE = '<div style="break-before: page"></div>'


def markdown_of(paper: Paper) -> bytes:
    """The paper as a Markdown file, UTF-8."""
    lines = [f"# {_line(paper.title)}", *map(_line, paper.preface), f"## {QUESTIONS}"]
    for number, question in enumerate(paper.questions, start=1):
        lines += _asked(number, question)
    lines += [_NEW_PAGE, f"## {ANSWERS}"]
    for number, solution in enumerate(paper.solutions, start=1):
        lines += _answered(number, solution)
    return ("\n\n".join([*lines, "---", _line(paper.about)]) + "\n").encode()


def _asked(number: int, question: Question) -> list[str]:
    choices = [f"{letter}. {_line(words)}" for letter, words in question.choices]
    source = [f"*{_line(question.source)}*"] if question.source else []
    return [f"**{number}.** {_line(question.task)}", _quoted(question.shown), *choices, *source]


def _answered(number: int, solution: Solution) -> list[str]:
    head = f"**{number}.** {f'**{solution.letter}** ' if solution.letter else ''}{_line(solution.source)}"
    return [head, _quoted(solution.quotation), *([_line(solution.others)] if solution.others else [])]


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in as_it_is(text).split("\n"))


def _line(text: str) -> str:
    return as_it_is(" ".join(text.split()))
