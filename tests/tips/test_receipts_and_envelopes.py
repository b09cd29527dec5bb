"""Receipts derive stable keys; envelopes are bound to their context and padded."""

from random import Random
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.domain.confidential.crypto.envelopes import (
    DecryptionFailed,
    Envelope,
    decrypt,
    encrypt,
    row_context,
)
from app.domain.tips.crypto.receipts import (
    Receipts,
    format_receipt,
    generate_receipt,
    parse_receipt,
)
from tests.application import LIGHT

# Calculated by another library as well: argon2-cffi, and HKDF-Expand by hmac alone.
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
PLACE = row_context("tip_text", uuid4())


@pytest.mark.parametrize(("receipts", "receipt", "lookup", "key"), KNOWN)
def test_receipt_derivation_is_stable(
    receipts: Receipts, receipt: str, lookup: str, key: str
) -> None:
    found = receipts.derive_keys(receipt)
    assert (found.lookup.hex(), found.key.hex()) == (lookup, key)


def test_derived_keys_all_differ() -> None:
    light = Receipts(b"s" * 32, **LIGHT)
    one, other = light.derive_keys("1" * 20), light.derive_keys("1" * 19 + "2")
    assert len({one.lookup, one.key, other.lookup, other.key}) == 4
    assert Receipts(b"t" * 32, **LIGHT).derive_keys("1" * 20).lookup != one.lookup


@given(st.text("0123456789", min_size=20, max_size=20), st.sampled_from([" ", "-", ".", "–", "  "]))
def test_receipt_is_parsed_as_people_type_it(digits: str, between: str) -> None:
    assert parse_receipt(format_receipt(digits).replace(" ", between)) == digits


@pytest.mark.parametrize("given", ["", "1" * 19, "1" * 21, "x" * 20, "١" * 20, "1" * 19 + "²"])
def test_invalid_receipts_are_refused(given: str) -> None:
    assert parse_receipt(given) is None


def test_receipts_use_all_digits() -> None:
    drawn = {generate_receipt() for _ in range(500)}
    assert len(drawn) == 500
    assert {digit for receipt in drawn for digit in receipt} == set("0123456789")


def _seal(content: bytes = b"a word") -> tuple[X25519PrivateKey, Envelope]:
    key = X25519PrivateKey.generate()
    return key, encrypt(content, {"one": key.public_key()}, PLACE)


def test_envelope_opens_for_its_key_and_context_only() -> None:
    key, made = _seal()
    assert decrypt(made.ciphertext, made.keys, "one", key, PLACE) == b"a word"
    for name, private, place in (
        ("other", key, PLACE),
        ("one", X25519PrivateKey.generate(), PLACE),
        ("one", key, row_context("tip_text", uuid4())),
        ("one", key, PLACE.replace("tip_text", "tip_message")),
    ):
        with pytest.raises(DecryptionFailed):
            decrypt(made.ciphertext, made.keys, name, private, place)


def test_tampered_envelope_does_not_open() -> None:
    """Flip bits and cut ends of the ciphertext and of its key."""
    key, made = _seal()
    dice, refused = Random(7), 0
    for _ in range(TIMES):
        sealed, wrapped = bytearray(made.ciphertext), bytearray(made.keys["one"].encode())
        part = dice.choice((sealed, wrapped))
        if dice.random() < 0.5:
            part[dice.randrange(len(part))] ^= 1 << dice.randrange(8)
        else:
            del part[dice.randrange(len(part)) :]
        with pytest.raises(DecryptionFailed):
            decrypt(bytes(sealed), {"one": wrapped.decode("latin-1")}, "one", key, PLACE)
        refused += 1
    assert refused == TIMES


@pytest.mark.parametrize(("short", "longer", "alike"), [(1, 400, True), (1, 600, False)])
def test_short_texts_have_equal_size(short: int, longer: int, alike: bool) -> None:
    one, other = (_seal(b"x" * size)[1] for size in (short, longer))
    assert (len(one.ciphertext) == len(other.ciphertext)) is alike
    assert len(one.keys["one"]) == len(other.keys["one"])
