"""Cells as clerks type them: each with what it means, or as one that must be named as a fault."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Any

KINDS = {
    "village": "Thôn",
    "hamlet": "Bản",
    "residential_group": "Tổ dân phố",
    "quarter": "Khu phố",
}
OTHER_LABELS = {"residential_group": "TDP", "quarter": "KP"}


@dataclass(frozen=True)
class TypedCell:
    """A cell as it is typed: its form on a sheet, its text in CSV, what it means, or a fault."""

    form: str  # text, number, zeros, date, moment, time, flag, formula, error, or nothing
    value: Any
    text: str
    fault: bool = False


def nothing(*, fault: bool = False) -> TypedCell:
    return TypedCell("", None, "", fault)


def text(value: str, *, fault: bool = False) -> TypedCell:
    return TypedCell("text", value, value, fault)


def good_parent(dice: Random, code: str) -> TypedCell:
    return dice.choice([
        text(code), text(f"  {code} "), text(f"'{code}"), text(f"{code}\u00a0"),
        TypedCell("zeros", int(code), code),
    ])  # fmt: skip


def good_name(dice: Random, name: str) -> TypedCell:
    return dice.choice([
        text(name), text(f" {name}  "), text(unicodedata.normalize("NFD", name)),
        text(name.replace(" ", "  ")), text(name.replace(" ", "\u00a0")), text(f"{name}\u200b"),
    ])  # fmt: skip


def good_kind(dice: Random, kind: str) -> TypedCell:
    label = dice.choice([KINDS[kind], OTHER_LABELS.get(kind, KINDS[kind])])
    spellings = [label.upper(), label.lower(), label.title(), f"{label} ", kind]
    return text(dice.choice(spellings))


def good_day(dice: Random, day: date) -> TypedCell:
    sign = dice.choice("/-.")
    spoken = f"{day.day}{sign}{day.month}{sign}{day.year}"
    padded = f"{day:%d}{sign}{day:%m}{sign}{day.year}"
    typed = [text(spoken), text(padded), text(day.isoformat()), TypedCell("date", day, padded)]
    return dice.choice(typed)


BAD = {
    "parent": [
        TypedCell("error", "#N/A", "", fault=True), TypedCell("flag", True, "", fault=True),
        TypedCell("formula", "=VLOOKUP(A1,B:C,2)", "", fault=True), nothing(fault=True),
        TypedCell("number", 20.83, "", fault=True),
    ],
    "name": [
        TypedCell("date", date(2025, 5, 1), "", fault=True),
        TypedCell("flag", False, "", fault=True),
        TypedCell("number", 1.5, "", fault=True), nothing(fault=True),
        TypedCell("error", "#REF!", "", fault=True), TypedCell("time", time(7, 30), "", fault=True),
    ],
    "kind": [
        text("xóm", fault=True), text("ấp", fault=True), text("th0n", fault=True),
        TypedCell("number", 7, "7", fault=True), TypedCell("flag", True, "TRUE", fault=True),
        TypedCell("error", "#NAME?", "#NAME?", fault=True),
    ],
    "valid_from": [
        text("31/2/2026", fault=True), text("7/2026", fault=True), text("hôm qua", fault=True),
        text("1/7/26", fault=True), text("7/31/2026", fault=True),
        TypedCell("moment", datetime(2026, 5, 1, 9, 30), "2026-05-01 09:30", fault=True),
        TypedCell("time", time(7, 30), "07:30", fault=True),
        TypedCell("number", 45_839, "45839", fault=True),
        TypedCell("flag", True, "TRUE", fault=True),
        TypedCell("formula", "=TODAY()", "=TODAY()", fault=True),
    ],
}  # fmt: skip


def bad_cell(dice: Random, column: str, *, typed: bool) -> TypedCell:
    """Return a cell that nobody can read; in CSV all cells are texts, so that some mistakes go."""
    return dice.choice([cell for cell in BAD[column] if typed or cell.text or not cell.form])
