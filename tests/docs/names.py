"""The names that a Python file gives: classes, functions, parameters, constants."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

FIELDS = {"field", "mutation", "subscription", "interface", "type"}  # GraphQL names these itself


@dataclass(frozen=True)
class Name:
    """One name, where it stands, and what bears it."""

    kind: str
    text: str
    line: int


def find_names(tree: ast.Module) -> Iterator[Name]:
    """Yield every name that others may meet, those of nested functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            kind = "error class" if is_error(node) else "class"
            yield Name(kind, node.name, node.lineno)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Name(classify(node), node.name, node.lineno)
            yield from find_parameters(node)
    yield from find_constants(tree)


def is_error(node: ast.ClassDef) -> bool:
    """Say whether a class is an exception, by the names of its bases."""
    names = [
        base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
        for base in node.bases
    ]
    return any(
        name.endswith(("Error", "Exception", "NotFound", "Conflict", "Refused")) for name in names
    )


def classify(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Name the kind: a boolean property and a GraphQL field are read like attributes."""
    marks = {mark for item in node.decorator_list if (mark := get_decorator_name(item))}
    returns_bool = isinstance(node.returns, ast.Name) and node.returns.id == "bool"
    if marks & FIELDS or (marks & {"property", "cached_property"} and returns_bool):
        return "attribute"
    return "function"


def get_decorator_name(node: ast.expr) -> str:
    """Return the last name of a decorator, called or not."""
    if isinstance(node, ast.Call):
        return get_decorator_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def find_parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Name]:
    """Yield the parameters of a function."""
    args = node.args
    extra = [arg for arg in (args.vararg, args.kwarg) if arg]
    for arg in [*args.posonlyargs, *args.args, *args.kwonlyargs, *extra]:
        yield Name("parameter", arg.arg, arg.lineno)


def find_constants(tree: ast.Module) -> Iterator[Name]:
    """Yield the names that a module or a class assigns in capital letters."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    for statement in (item for body in bodies for item in body):
        for target in list_targets(statement):
            if isinstance(target, ast.Name) and target.id.strip("_").isupper():
                yield Name("constant", target.id, target.lineno)


def list_targets(statement: ast.stmt) -> list[ast.expr]:
    """Return the targets of an assignment."""
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []
