"""Reads of voided records: their marks, and the filter by which lists show them."""

from enum import StrEnum
from typing import Any

from app.db.query.shape import Filter, Params, Row, Test


class VoidedRecords(StrEnum):
    """Records entered in error, in a list."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    ONLY = "only"


def is_voided(row: Row) -> Any:
    """Test whether a record was entered in error: lists leave it out by default."""
    return row.voided_at.is_not(None)


def _shows(row: Row, wanted: Any, given: Params) -> Test:
    kept = (wanted == VoidedRecords.EXCLUDE) & row.voided_at.is_(None)
    only = (wanted == VoidedRecords.ONLY) & is_voided(row)
    test: Test = (wanted == VoidedRecords.INCLUDE) | kept | only
    return test


VOIDED = {"voided": Filter(VoidedRecords, test=_shows)}
VOID_FIELDS = "voided_at voided_by void_reason"
