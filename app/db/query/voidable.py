"""Voided records: lists leave them out, and show them where a filter says so."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement


class VoidedRecords(StrEnum):
    """Records entered in error, in a list."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    ONLY = "only"


def is_voided(row: Any) -> Any:
    """Test whether a record was entered in error."""
    return row.voided_at.is_not(None)


def shows(row: Any, wanted: Any, given: Mapping[str, Any]) -> ColumnElement[bool]:
    """Test whether a list shows a record, by the filter for voided ones."""
    kept = (wanted == VoidedRecords.EXCLUDE) & row.voided_at.is_(None)
    only = (wanted == VoidedRecords.ONLY) & is_voided(row)
    test: ColumnElement[bool] = (wanted == VoidedRecords.INCLUDE) | kept | only
    return test
