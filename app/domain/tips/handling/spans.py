"""Letters of a text that are not shown."""

from collections.abc import Iterable, Sequence

from app.domain.tips.handling.errors import SpanOutside
from app.domain.tips.handling.schemas import Span

HIDDEN = "█"


def hidden(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text of which some letters are not shown; how many is."""
    letters = list(text)
    for begin, end in spans:
        letters[begin:end] = HIDDEN * len(letters[begin:end])
    return "".join(letters)


def check_spans(spans: Sequence[Span], text: str) -> None:
    for number, span in enumerate(spans):
        if not span.begin < span.end <= len(text):
            raise SpanOutside(number, len(text))
