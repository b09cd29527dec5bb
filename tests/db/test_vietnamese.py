"""Vietnamese names: their order, and how they are found without accents."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.vietnamese import like_pattern, search_key, sort_key

# Letters of the whole name first (a ă â, d đ …), then its tones (ngang, huyền, hỏi, ngã, sắc,
# nặng), as the Unicode collation has Vietnamese; a name before a longer one that begins with it;
# numbers as numbers.
ORDERED = [
    "2", "10", "An Giang", "Ảng", "Ắng Lẻng", "Ân Thi", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ",
    "Ba Đình", "Cà Mau", "Cao Bằng", "Cần Thơ", "Da", "Đa", "Đà Nẵng", "Điện Biên", "Hà", "Hạ Lý",
    "Hà Nội", "Hải Phòng", "Ô Diên", "Ơ", "Phường 2", "Phường 10", "Thái Nguyên", "Thanh Hóa",
    "Ư", "Ý Yên",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_a_dictionary(seed: int) -> None:
    shuffled = random.Random(seed).sample(ORDERED, len(ORDERED))
    assert sorted(shuffled, key=lambda name: sort_key(name).encode()) == ORDERED


def test_composed_and_decomposed_letters_are_the_same() -> None:
    for name in ORDERED:
        apart = unicodedata.normalize("NFD", name)
        assert sort_key(apart) == sort_key(name)
        assert search_key(apart) == search_key(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Đắk Lắk", "dak lak"), ("Thị trấn Cành Nàng", "thi tran canh nang"), ("Ỷ  La", "y la")],
)
def test_names_are_searched_as_they_are_typed_in_haste(name: str, typed: str) -> None:
    assert search_key(name) == typed


@given(st.text(max_size=60))
def test_a_search_says_only_what_was_typed(part: str) -> None:
    pattern = like_pattern(part)
    inner = pattern[1:-1]
    assert pattern[0] == pattern[-1] == "%"
    assert "%" not in inner.replace("\\\\", "").replace("\\%", "")


@given(st.text(max_size=60))
def test_every_name_has_a_key(name: str) -> None:
    assert sort_key(name).count("\t") == 1
    assert search_key(search_key(name)) == search_key(name)
