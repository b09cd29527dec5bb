"""The tips that tests are given are sealed as those of informants are."""

import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import select

from app.db.tables.tip_parts import TipReceipt, TipText
from app.domain.tips.protecting.sealing import INFORMANT, opened, place_of, unlocked
from tests.give import Country
from tests.house import House, runner
from tests.tips.give import CONTACT, TEXT, give_tip


def row(house: House, table: Any, tip: UUID) -> Any:
    async def found() -> Any:
        async with house.behind() as session:
            return (await session.exec(select(table).where(table.tip_id == tip))).one()

    return runner().run(found())


def test_a_given_tip_opens_for_its_receipt_and_for_the_office(
    house: House, country: Country
) -> None:
    tip, receipt = give_tip(
        house, country["1.1"], contact=CONTACT, assigned_to="somebody",
        attachments=[(b"plain", "text/plain")], messages=["Thêm một điều."],
    )  # fmt: skip
    keys = house.app.state.house.tips.keys
    sealed, place = row(house, TipText, tip), place_of("tip_text", tip)
    name, private = keys.content.opener(sealed.keys)
    assert json.loads(opened(sealed.sealed, sealed.keys, name, private, place))["text"] == TEXT
    kept, known = row(house, TipReceipt, tip), keys.receipts.opened(receipt)
    assert kept.lookup == known.lookup
    raw = unlocked(known.key, kept.private_key, place_of("tip_receipt", tip))
    own = X25519PrivateKey.from_private_bytes(raw)
    assert json.loads(opened(sealed.sealed, sealed.keys, INFORMANT, own, place))["text"] == TEXT
