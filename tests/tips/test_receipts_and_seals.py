"""Receipts open what they opened before; seals open nowhere else, and tell no length."""

from random import Random
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.domain.tips.protecting.receipts import Receipts, as_written, new_receipt, plain
from app.domain.tips.protecting.sealing import SealBroken, Sealed, opened, place_of, seal
from tests.house import LIGHT

# Reckoned by another library as well: argon2-cffi, and HKDF-Expand by hmac alone.
KNOWN = [
    (
        Receipts(bytes(range(32)), 65_536, 3),
        "01234567890123456789",
        "bb29356806bcca0156d5f91ddf95f43f3b9eebbf29cb61fd532b8f536b9160bd",
        "56351d2cccf66a1e7f06a2802cd0b96a3913224d616f7e7248a7adebe0292330",
    ),
    (
        Receipts(b"\xff" * 32, 64, 1),
        "99999999999999999999",
        "c48514876479079066ca66731afad2cd8da72f4ab977902a4962b699526a935e",
        "ac129482ffbee0a3620ad71fa3620dfd0996350eaf94346ca673c5765bcb2e71",
    ),
]
TIMES = 1_000
PLACE = place_of("tip_text", uuid4())


@pytest.mark.parametrize(("receipts", "receipt", "lookup", "key"), KNOWN)
def test_a_receipt_opens_what_it_has_always_opened(
    receipts: Receipts, receipt: str, lookup: str, key: str
) -> None:
    found = receipts.opened(receipt)
    assert (found.lookup.hex(), found.key.hex()) == (lookup, key)


def test_the_two_keys_of_a_receipt_and_of_two_receipts_differ() -> None:
    light = Receipts(b"s" * 32, **LIGHT)
    one, other = light.opened("1" * 20), light.opened("1" * 19 + "2")
    assert len({one.lookup, one.key, other.lookup, other.key}) == 4
    assert Receipts(b"t" * 32, **LIGHT).opened("1" * 20).lookup != one.lookup


@given(st.text("0123456789", min_size=20, max_size=20), st.sampled_from([" ", "-", ".", "–", "  "]))
def test_a_receipt_is_read_as_people_write_it(digits: str, between: str) -> None:
    assert plain(as_written(digits).replace(" ", between)) == digits


@pytest.mark.parametrize("given", ["", "1" * 19, "1" * 21, "x" * 20, "١" * 20, "1" * 19 + "²"])
def test_what_is_no_receipt(given: str) -> None:
    assert plain(given) is None


def test_receipts_are_drawn_from_all_digits() -> None:
    drawn = {new_receipt() for _ in range(500)}
    assert len(drawn) == 500
    assert {digit for receipt in drawn for digit in receipt} == set("0123456789")


def _sealed(content: bytes = b"a word") -> tuple[X25519PrivateKey, Sealed]:
    key = X25519PrivateKey.generate()
    return key, seal(content, {"one": key.public_key()}, PLACE)


def test_a_seal_opens_for_its_key_at_its_place_only() -> None:
    key, made = _sealed()
    assert opened(made.sealed, made.keys, "one", key, PLACE) == b"a word"
    for name, private, place in (
        ("other", key, PLACE),
        ("one", X25519PrivateKey.generate(), PLACE),
        ("one", key, place_of("tip_text", uuid4())),
        ("one", key, PLACE.replace("tip_text", "tip_message")),
    ):
        with pytest.raises(SealBroken):
            opened(made.sealed, made.keys, name, private, place)


def test_a_seal_that_was_touched_anywhere_does_not_open() -> None:
    """Bits are turned and ends cut off, of the content and of its key."""
    key, made = _sealed()
    dice, refused = Random(7), 0
    for _ in range(TIMES):
        sealed, wrapped = bytearray(made.sealed), bytearray(made.keys["one"].encode())
        part = dice.choice((sealed, wrapped))
        if dice.random() < 0.5:
            part[dice.randrange(len(part))] ^= 1 << dice.randrange(8)
        else:
            del part[dice.randrange(len(part)) :]
        with pytest.raises(SealBroken):
            opened(bytes(sealed), {"one": wrapped.decode("latin-1")}, "one", key, PLACE)
        refused += 1
    assert refused == TIMES


@pytest.mark.parametrize(("short", "longer", "alike"), [(1, 400, True), (1, 600, False)])
def test_short_texts_are_of_one_size(short: int, longer: int, alike: bool) -> None:
    one, other = (_sealed(b"x" * size)[1] for size in (short, longer))
    assert (len(one.sealed) == len(other.sealed)) is alike
    assert len(one.keys["one"]) == len(other.keys["one"])
