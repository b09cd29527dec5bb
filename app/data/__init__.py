"""The data that the product ships with, found wherever the package is installed.

The scripts of `tools/` build it; each folder's README says what it means and where it is from.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

SHIPPED: Traversable = files(__name__)

__all__ = ["SHIPPED", "Traversable"]
