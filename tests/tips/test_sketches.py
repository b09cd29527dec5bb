"""Sketches of similar texts are similar; without their key they reveal nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tips.sketches import VALUES, estimate_similarity, make_sketch

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
FIRST = (
    "Khoảng 22 giờ đêm qua có nhóm thanh niên tụ tập đánh bạc ở quán nước đầu ngõ, gần cây đa, "
    "họ la hét và ném chai lọ ra đường, nhiều người đi qua rất sợ."
)
AGAIN = (
    "khoang 22 gio dem qua co nhom thanh nien tu tap danh bac o quan nuoc dau ngo gan cay da, "
    "ho la het va nem chai lo ra duong; nhieu nguoi di qua rat so va phai di vong."
)
OTHER = (
    "Xe máy màu đỏ bị mất trước cổng chợ sáng thứ hai, camera của cửa hàng bên cạnh có ghi lại "
    "hình một người mặc áo khoác xanh dắt xe đi về hướng bến xe."
)


def test_texts_differing_in_accents_are_similar() -> None:
    assert estimate_similarity(make_sketch(FIRST, KEY), make_sketch(AGAIN, KEY)) >= 0.6


def test_different_texts_are_not_similar() -> None:
    assert estimate_similarity(make_sketch(FIRST, KEY), make_sketch(OTHER, KEY)) < 0.2


def test_sketches_under_different_keys_differ() -> None:
    assert estimate_similarity(make_sketch(FIRST, KEY), make_sketch(FIRST, OTHER_KEY)) == 0


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_sketch_fits_the_database(text: str) -> None:
    made = make_sketch(text, KEY)
    assert len(made) == VALUES
    assert all(-(2**63) <= value < 2**63 for value in made)
    assert made == make_sketch(text, KEY)


def test_text_without_words_has_a_sketch() -> None:
    assert len(make_sketch("?!", KEY)) == VALUES
