"""Tell by spelling whether a name is nothing but a participle, or is a gerund."""

import re
from collections.abc import Collection

# given, driven, taken, spoken, written, hidden, chosen, fallen: strong verbs by their endings
STRONG = re.compile(r".*(iven|oven|aken|oken|itten|idden|osen|allen|olen)$")
WEAK = re.compile(r".*[a-z]{2}ed$")
NO_PARTICIPLES = re.compile(
    r"(em)?bed|shed|red|(hund|sac|kind)red|(n|f|s|w|gr|br|bl|d|ind|sp|exc|proc|succ)eed|naked|wicked|token"
)
PARTICLES = re.compile(
    r"after|again|at|away|back|before|between|by|down|for|from|in|into|of|off|on|out|over|so|than|"
    r"that|there|through|to|together|under|up|when|with|within"
)


def split_words(name: str) -> list[str]:
    """Split a name in snake case or camel case into its words, in small letters."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", spaced)
    return [word for word in spaced.lower().split("_") if word]


def is_participle(word: str, irregular: Collection[str]) -> bool:
    """Say whether a word is a past participle by its ending, or by the list of irregular ones."""
    if word in irregular:
        return True
    return bool(STRONG.match(word) or WEAK.match(word)) and not NO_PARTICIPLES.fullmatch(word)


def is_bare_participle(name: str, irregular: Collection[str], allowed: Collection[str]) -> bool:
    """Say whether a name is a participle alone, or with nothing but particles after it."""
    words = split_words(name)
    if not words or words[0] in allowed or not is_participle(words[0], irregular):
        return False
    return all(PARTICLES.fullmatch(word) for word in words[1:])


def find_gerund(name: str, allowed: Collection[str]) -> str | None:
    """Return the first word of a name that is a gerund."""
    for word in split_words(name):
        if re.fullmatch(r"[a-z]{2,}ing", word) and word not in allowed and word != "thing":
            return word
    return None
