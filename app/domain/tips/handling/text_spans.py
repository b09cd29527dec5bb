"""Spans of a text that are not shown."""

from collections.abc import Iterable, Sequence

from app.domain.tips.handling.errors import SpanOutside
from app.domain.tips.handling.schemas import Span

BLACK = "█"


def black_out(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Black out spans of a text; their length still shows."""
    letters = list(text)
    for begin, end in spans:
        letters[begin:end] = BLACK * len(letters[begin:end])
    return "".join(letters)


def check_spans(spans: Sequence[Span], text: str) -> None:
    """Refuse spans that do not lie within a text."""
    for number, span in enumerate(spans):
        if not span.begin < span.end <= len(text):
            raise SpanOutside(number, len(text))
