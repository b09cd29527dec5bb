"""However a name is spelt, it is one name; other names are others."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.db.vietnamese import name_key

NAMES = ["Hộ an toàn - Thôn, bản, tổ dân phố bình yên", "Tổ hòa giải", "Đội 100%",
         "Camera với ANTT", "Xứ đạo bình yên, gia đình văn hóa", "to_hoa_giai"]  # fmt: skip
MARKS = [" - ", ", ", " – ", "  ", " / ", ' "', "; ", "_", "\u00a0"]
FORMS = ["NFC", "NFD", "NFKC", "NFKD"]


@given(st.data(), st.sampled_from(NAMES))
def test_case_punctuation_and_form_do_not_matter(data: st.DataObject, name: str) -> None:
    words = "".join(c if c.isalnum() else " " for c in name).split()
    told = "".join(data.draw(st.sampled_from(MARKS)) + word for word in words)
    told = "".join(data.draw(st.sampled_from([c, c.upper(), c.lower()])) for c in told)
    told = unicodedata.normalize(data.draw(st.sampled_from(FORMS)), told)
    assert name_key(told) == name_key(name)


def test_where_the_tone_stands_does_not_matter() -> None:
    assert name_key("Tổ hoà giải") == name_key("Tổ hòa giải")
    assert name_key("uỷ") == name_key("ủy")


def test_the_four_spellings_of_one_name_but_its_words_differ_are_four_keys() -> None:
    assert name_key("Tổ hóa giải") != name_key("Tổ hòa giải")
    assert name_key("To hoa giai") != name_key("Tổ hòa giải")
    assert name_key("Đội") != name_key("Dội")


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
