"""Values are taken as meant or refused with their bound: text, numbers, days, moments, changes."""

from datetime import date
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.domain.input_faults import build_field_error, build_pointer
from app.domain.records import types
from app.domain.units.reorganisations.schemas import CorrectionRow
from app.domain.values import InvalidValue, parse_integer
from tests.dice import make_dice
from tests.inputs.type_edges import TYPES, can_hold, find_escapes


def read(kind: Any, value: Any) -> Any:
    return TypeAdapter(kind).validate_python(value)


def fault(kind: Any, value: Any) -> dict[str, Any]:
    """The one fault of a value, as it is answered in Vietnamese."""
    with pytest.raises(ValidationError) as refused:
        read(kind, value)
    (found,) = refused.value.errors()
    return build_field_error(found).to_dict("vi")


def test_no_type_takes_what_cannot_be_stored() -> None:
    assert find_escapes(make_dice("types"), 300) == []


def test_a_type_that_checks_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TYPES, "Planted", str)
    assert any("Planted takes" in one for one in find_escapes(make_dice("types"), 300))


@given(st.text(max_size=40))
def test_text_is_taken_or_refused_and_never_changed_twice(value: str) -> None:
    for kind in (types.Line, types.Text, types.UnitName):
        try:
            taken = read(kind, value)
        except ValidationError:
            continue
        assert can_hold(taken)
        assert taken == taken.strip()
        assert read(kind, taken) == taken


@pytest.mark.parametrize("mark", ["\0", "\x1f", "\x7f", "\u200b", "\u202e", "\ufeff", "\u00ad"])
def test_a_hidden_character_is_named_with_its_place(mark: str) -> None:
    found = fault(types.Line, f"ab{mark}c")
    assert (found["code"], found["position"]) == ("hidden_character", 3)
    assert f"U+{ord(mark):04X}" in found["message"]


def test_text_is_composed_and_trimmed() -> None:
    assert read(types.Line, "  Nguye\u0302\u0303n ") == "Nguyễn"
    assert read(types.Text, "a\r\nb\rc") == "a\nb\nc"
    assert fault(types.Line, "a\nb")["code"] == "hidden_character"
    assert fault(types.Line, " \t ")["bound"] == 1


def test_words_of_informants_lose_only_what_cannot_be_stored() -> None:
    words = TypeAdapter(Annotated[str, types.WORDS])
    assert words.validate_python(" a\0b\ud800 \u200bc\n") == " ab \u200bc\n"
    for blank in ("", " ", "\0", "\u200b\n"):
        with pytest.raises(ValidationError):
            words.validate_python(blank)


@pytest.mark.parametrize("value", ["12.000", "12", 12.0, True, None, 2**31, "٣", 1e3, [1]])
def test_a_number_is_a_number_of_json(value: Any) -> None:
    assert fault(types.Integer, value)["message"]


@pytest.mark.parametrize("value", [0, 1, "true", "yes", None])
def test_a_boolean_is_a_boolean_of_json(value: Any) -> None:
    assert fault(types.Flag, value)["message"]


@pytest.mark.parametrize(
    "value", [1735689600000, 0, "20250701", "2025-W01-1", "2025-7-1", "2025-02-30", "0001-01-01",
              "9999-12-31", "2025-07-01T00:00:00", True],
)  # fmt: skip
def test_a_day_is_written_as_a_day(value: Any) -> None:
    assert fault(types.Day, value)["code"] in ("day_invalid", "day_out_of_range")


def test_bounds_are_stated_as_vietnamese_write_them() -> None:
    assert read(types.Day, "2025-07-01") == date(2025, 7, 1)
    outside = fault(types.Day, "9999-12-31")
    assert "từ 01/01/1800 đến 31/12/2999" in outside["message"]
    assert outside["bound"] == ["1800-01-01", "2999-12-31"]
    early = fault(types.ProgrammeDay, "1900-01-01")
    assert "01/01/1945" in early["message"]
    assert fault(types.Count, -1)["bound"] == 0
    assert "100000000" in fault(types.Count, 10**9)["message"]
    assert "300 ký tự" in fault(types.Line, "x" * 301)["message"]


def test_a_moment_says_its_offset() -> None:
    assert read(types.Moment, "2025-07-01T08:00:00+07:00").year == 2025
    for value in ("2025-07-01T08:00:00", "0001-01-01T00:00:00+14:00", 1735689600, "now"):
        assert fault(types.Moment, value)["code"] in ("moment_invalid", "day_out_of_range")


def test_a_parameter_is_written_in_digits() -> None:
    assert parse_integer("0012") == 12
    for value in ("1_000", " 1", "1.0", "٣", "9" * 11, "1e3", ""):
        with pytest.raises(InvalidValue):
            parse_integer(value)


def test_a_pointer_is_written_as_the_rfc_has_it() -> None:
    assert build_pointer(("a/b", "c~d", 0, "\ud800")) == "/a~1b/c~0d/0/?"


def test_cells_of_tables_are_text() -> None:
    cells = {"from_code": "00123", "to_code": "01", "effective_on": "2025-07-01", "share": "0.5"}
    row = CorrectionRow.from_cells(cells)
    assert (row.from_code, row.share) == ("00123", 0.5)
