"""The tests of a file go to one worker; so do those that share one dear thing.

Groups stand here and not in marks: pytest-xdist 3.8 writes the group of `xdist_group` into a name
that pytest 9.2 no longer reads, and then spreads the tests of a group over all workers.
"""

from typing import Final

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

TOGETHER: Final = ("tests/contract/", "tests/packaging/")  # generated clients; an installed wheel


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Give a worker whole files, the folders of `TOGETHER` whole; the dearest start first."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)


def put_first(items: list[pytest.Item]) -> None:
    """Start the groups first: a long one that starts last is waited for."""
    items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))
