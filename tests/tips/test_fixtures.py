"""The fixtures of tests are encrypted as tips of informants are."""

import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import select

from app.db.tables.tip_parts import TipReceipt, TipText
from app.domain.confidential.crypto.envelopes import decrypt, decrypt_with_key, row_context
from app.domain.tips.crypto.receipts import INFORMANT
from tests.application import Application, runner
from tests.give import Country
from tests.tips.fixtures import CONTACT, TEXT, give_tip


def row(application: Application, table: Any, tip: UUID) -> Any:
    async def fetch() -> Any:
        async with application.behind() as session:
            return (await session.exec(select(table).where(table.tip_id == tip))).one()

    return runner().run(fetch())


def test_inserted_tip_decrypts_for_receipt_and_officers(
    application: Application, country: Country
) -> None:
    tip, receipt = give_tip(
        application, country["1.1"], contact=CONTACT, assigned_to="somebody",
        attachments=[(b"plain", "text/plain")], messages=["Thêm một điều."],
    )  # fmt: skip
    keys = application.app.state.resources.tips.keys
    sealed, place = row(application, TipText, tip), row_context("tip_text", tip)
    name, private = keys.content.find_private_key(sealed.keys)
    assert json.loads(decrypt(sealed.sealed, sealed.keys, name, private, place))["text"] == TEXT
    kept, known = row(application, TipReceipt, tip), keys.receipts.derive_keys(receipt)
    assert kept.lookup == known.lookup
    raw = decrypt_with_key(known.key, kept.private_key, row_context("tip_receipt", tip))
    own = X25519PrivateKey.from_private_bytes(raw)
    assert json.loads(decrypt(sealed.sealed, sealed.keys, INFORMANT, own, place))["text"] == TEXT
