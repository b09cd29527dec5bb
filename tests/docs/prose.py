"""The prose of a file: docstrings, comments, messages of Python; the text of Markdown."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

INLINE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
FENCE = re.compile(r"^([ \t]*)(```+|~~~+).*?^[ \t]*\2[ \t]*$", re.S | re.M)
PROSE = re.compile(r"[^\W\d_]+[ ,;:]+[^\W\d_]+")  # two words beside each other
MARK = re.compile(r"#\s*(noqa|type:|fmt:|pragma|!)")


@dataclass(frozen=True)
class Passage:
    """A piece of prose, its kind, and the line on which it begins."""

    kind: str
    text: str
    line: int


def blank_code(text: str) -> str:
    """Replace code by blanks of the same length and lines."""
    for pattern in (FENCE, INLINE):
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text


def find_markdown(text: str) -> Iterator[Passage]:
    """Yield the prose of a Markdown document."""
    yield Passage("document", blank_code(text), 1)


def find_python(text: str, tree: ast.Module, *, messages: bool) -> Iterator[Passage]:
    """Yield docstrings and comments of a module, and its texts where they are wanted."""
    docstrings = set()
    for node in ast.walk(tree):
        if found := get_docstring(node):
            docstrings.add(found)
            yield Passage("docstring", blank_code(str(found.value)), found.lineno)
    yield from find_comments(text)
    if messages:
        yield from find_messages(tree, docstrings)


def get_docstring(node: ast.AST) -> ast.Constant | None:
    """Return the constant that is the docstring of a module, class or function."""
    if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    first = node.body[0] if node.body else None
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return None
    return first.value if isinstance(first.value.value, str) else None


def find_comments(text: str) -> Iterator[Passage]:
    """Yield comments; neighbouring lines are one passage, marks for tools are none."""
    lines: list[tokenize.TokenInfo] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT or MARK.match(token.string):
            continue
        if lines and token.start[0] != lines[-1].start[0] + 1:
            yield join_comments(lines)
            lines = []
        lines.append(token)
    if lines:
        yield join_comments(lines)


def join_comments(lines: list[tokenize.TokenInfo]) -> Passage:
    """Join the comments of neighbouring lines."""
    text = "\n".join(line.string.lstrip("# ") for line in lines)
    return Passage("comment", blank_code(text), lines[0].start[0])


def find_messages(tree: ast.Module, docstrings: set[ast.Constant]) -> Iterator[Passage]:
    """Yield the other texts of more than one word, such as errors, descriptions and help."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in docstrings:
            continue
        if isinstance(node.value, str) and PROSE.search(node.value):
            yield Passage("message", blank_code(node.value), node.lineno)
