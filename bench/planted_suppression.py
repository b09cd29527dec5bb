"""A planted fault, as a plugin of pytest: no number counts as a small one."""

from typing import Any

from sqlalchemy import false

from app.domain.figures import suppression


def _is_hidden(row: Any) -> Any:
    return false()


suppression._is_hidden = _is_hidden
