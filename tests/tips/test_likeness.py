"""Tips that tell of the same have sketches alike; a sketch tells nothing without its key."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.tips.likeness import VALUES, share, sketch

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TOLD = (
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


def test_the_same_words_without_accents_are_alike() -> None:
    assert share(sketch(TOLD, KEY), sketch(AGAIN, KEY)) >= 0.6


def test_other_words_are_not_alike() -> None:
    assert share(sketch(TOLD, KEY), sketch(OTHER, KEY)) < 0.2


def test_under_another_key_the_same_words_have_nothing_in_common() -> None:
    assert share(sketch(TOLD, KEY), sketch(TOLD, OTHER_KEY)) == 0


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_has_a_sketch_that_the_database_can_hold(text: str) -> None:
    made = sketch(text, KEY)
    assert len(made) == VALUES
    assert all(-(2**63) <= value < 2**63 for value in made)
    assert made == sketch(text, KEY)


def test_a_text_without_a_word_has_a_sketch_too() -> None:
    assert len(sketch("?!", KEY)) == VALUES
