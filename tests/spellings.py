"""The ways in which clerks and phones spell one name; all of them are the same name."""

import unicodedata
from collections.abc import Callable

Spelling = Callable[[str], str]
NAME = "Hòa Đông d'Ê-ban"  # has whatever the spellings below change
FOUND: dict[str, Spelling] = {
    "as it stands": lambda name: name,
    "NFC": lambda name: unicodedata.normalize("NFC", name),
    "NFD": lambda name: unicodedata.normalize("NFD", name),
    "capitals": str.upper,
    "double blanks": lambda name: f" {name.replace(' ', '  ')} ",
    "no-break blanks": lambda name: name.replace(" ", "\u00a0"),
    "narrow blanks": lambda name: name.replace(" ", "\u202f"),
    "a joiner without ink": lambda name: name.replace("o", "o\u034f"),
    "a curly apostrophe": lambda name: name.replace("'", "\u2019"),
    "an accent for an apostrophe": lambda name: name.replace("'", "\u00b4"),
    "a hyphen that does not break": lambda name: name.replace("-", "\u2011"),
    "a dash for a hyphen": lambda name: name.replace("-", " \u2013 "),
    "the tone elsewhere": lambda name: name.replace("Hòa", "Hoà"),
    "another Đ": lambda name: name.replace("Đ", "\u00d0"),
}
SPELLINGS: dict[str, Spelling] = FOUND | {
    "dashes for blanks": lambda name: name.replace(" ", " - "),
}
# With characters that no one sees: refused wherever they are typed, and the place is named.
HIDDEN: dict[str, Spelling] = {
    "zero-width blanks": lambda name: name.replace("o", "o\u200b").replace(" ", " \u2060"),
    "a byte order mark": lambda name: f"\ufeff{name}",
}
