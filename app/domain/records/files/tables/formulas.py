"""Text that a spreadsheet would take for a formula: marked when it is written, exact when read."""

MARK = "'"
DANGEROUS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # full-width too


def neutralise(text: str) -> str:
    """Return text that no spreadsheet calculates; reading it gives the same text again."""
    return f"{MARK}{text}" if text.lstrip(MARK).startswith(DANGEROUS) else text


def restore(text: str) -> str:
    """Return the text that was written with a mark in front of it."""
    return text[1:] if text[:1] == MARK and text.lstrip(MARK).startswith(DANGEROUS) else text
