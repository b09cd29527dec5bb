"""Values at the edges of every type of input."""

from random import Random
from typing import Any

HUGE = 10**400
DEEP: Any = "x"
for _ in range(90):
    DEEP = [DEEP]
TEXTS: list[Any] = [
    "", " ", "\t\n", "\0", "a\0b", "\x1f", "\x7f", "\x85", "\u200b", "\u202e", "\ufeff", "\u00ad",
    "\ud800", "a\udfffb", "e\u0301", "Nguye\u0302\u0303n", "𐍈😀", "x" * 100_000, "%", "_", "\\",
    "'", '"', "--", "{}", "[", "${x}", "../..", "null", "NaN", "true", "12.000", "٣", "²",
    "urn:uuid:00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}", "\u2028", "a\rb", "Z" * 41, "\U0010ffff",
]  # fmt: skip
NUMBERS: list[Any] = [
    0, -1, 1, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**53, 2**63, 2**64, HUGE, 1.5, 12.0, -0.0,
    1e308, 5e-324, "12", "12.000", "1e3", "1_000", " 1", "٣", True, False, float("nan"),
    float("inf"), float("-inf"),
]  # fmt: skip
DAYS: list[Any] = [
    "0000-01-01", "0001-01-01", "1799-12-31", "1800-01-01", "1945-01-01", "2024-02-29",
    "2023-02-29", "2999-12-31", "3000-01-01", "9999-12-31", "10000-01-01", "20250701", "2025-W01-1",
    "2025-7-1", "01/07/2025", "2025-07-01T00:00:00", 1735689600000, 1735689600, 0, -1, "today",
    "infinity", "-infinity", "2025-07-01 ", "２０２５-07-01",
]  # fmt: skip
MOMENTS: list[Any] = [
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2025-07-01T24:00:00Z",
    "2025-07-01T00:00:00", "2025-07-01T00:00:00+99:99", "2025-07-01T00:00:60Z",
    "2025-07-01T00:00:00.1234567Z", "2025-07-01T00:00:00Z", "1990-01-01T00:00:00+07:00",
    "2099-12-31T23:59:59+07:00", 1735689600, 1e20,
]  # fmt: skip
FLAGS: list[Any] = [True, False, 0, 1, "true", "false", "yes", "on", "1", "t", None]
FORMS: list[Any] = [None, [], {}, [[]], [None], [{}], {"": None}, {"a": {"b": [1]}}, DEEP]
ALL = [*TEXTS, *NUMBERS, *DAYS, *MOMENTS, *FLAGS, *FORMS]
RAW = [  # as they stand in an address
    "", "%00", "%ff", "%ed%a0%80", "%c3%28", "a%00b", "%0d%0a", "%e2%80%ae", "%f0%9f%98%80", "%25",
    "%5c", "%27", "x" * 2000, "-1", "0", "2147483648", "99999999999999999999", "1.5", "1e3", "NaN",
    "null", "true", "yes", "0001-01-01", "9999-12-31", "1735689600000", "2025-07-01",
    "2025-07-01T00:00:00%2B07:00", "0001-01-01T00:00:00%2B14:00", "zzz", "%d9%a3", "%c2%b2", "[",
    "a[b[c", "a]", "a,a", "%2c%2c", "00000000-0000-0000-0000-000000000000", "VN", "1" * 4400,
]  # fmt: skip
HEADERS = {
    "accept-language": ["en;q=²", "en;q=", "en;q=nan", "en;q=1e999", ";;;", "*", "vi;q=0,en;q=٣"],
    "if-none-match": ["", "*", '"', "W/", '"²"', "x" * 4000],
    "if-match": ["", "*", '"', 'W/"1"', '"²"', '"99999999999"', '"-1"', '"1-", "2-"', '"٣"'],
    "idempotency-key": ["", " ", "²", "x" * 256],
    "content-type": ["", "application/json; charset=²", "text/plain", ";"],
}


def choose(dice: Random, values: list[Any], most: int) -> list[Any]:
    """Choose some of the values, or all where there are no more."""
    return dice.sample(values, min(most, len(values)))
