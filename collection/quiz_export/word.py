"""A quiz as a Word file: the answers begin on a page of their own."""

import io

import docx
from docx.document import Document
from docx.shared import Inches

from collection.export.word import add_page_numbers, describe, put_styles
from collection.quiz_export.paper import ANSWERS, QUESTIONS, Paper, Question, Solution


def word_of(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    document = docx.Document()
    put_styles(document)
    document.add_paragraph(paper.title, style="Title")
    for line in paper.preface:
        document.add_paragraph(line, style="Subtitle")
    document.add_heading(QUESTIONS, level=1)
    for number, question in enumerate(paper.questions, start=1):
        _add_question(document, number, question)
    document.add_heading(ANSWERS, level=1).paragraph_format.page_break_before = True
    for number, solution in enumerate(paper.solutions, start=1):
        _add_solution(document, number, solution)
    document.add_paragraph(paper.about)
    add_page_numbers(document)
    describe(document, paper.title, paper.made)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _add_question(document: Document, number: int, question: Question) -> None:
    task = document.add_paragraph()
    task.add_run(f"{number}. ").bold = True
    task.add_run(question.task)
    task.paragraph_format.keep_with_next = True
    shown = document.add_paragraph(question.shown, style="Quote")
    shown.paragraph_format.keep_with_next = bool(question.choices)
    for position, (letter, words) in enumerate(question.choices, start=1):
        choice = document.add_paragraph(f"{letter}.\t{words}")
        choice.paragraph_format.left_indent, choice.paragraph_format.first_line_indent = Inches(0.6), Inches(-0.3)
        choice.paragraph_format.keep_with_next = position < len(question.choices)
    if question.source:
        document.add_paragraph(question.source)


def _add_solution(document: Document, number: int, solution: Solution) -> None:
    head = document.add_paragraph()
    head.add_run(f"{number}. {solution.letter}".rstrip()).bold = True
    head.add_run(f" {solution.source}")
    head.paragraph_format.keep_with_next = True
    document.add_paragraph(solution.quotation, style="Quote")
    if solution.others:
        document.add_paragraph(solution.others)
