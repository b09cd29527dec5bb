"""Transfers of tips between units over GraphQL."""

from typing import Any
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.tips.transferring import schemas, service
from app.domain.tips.transferring.shape import TIP_STUB, TIP_TRANSFER


@pydantic.input(model=schemas.TransferOffer, all_fields=True)
class TransferOffer:
    """To which unit a tip shall go, why, and how much of it."""


@pydantic.input(model=schemas.TransferStep, all_fields=True)
class TransferStep:
    """To `accept`, `decline` (with a reason) or `withdraw` an offer."""


@strawberry.type
class TipTransferQuery:
    tip_transfer = read_one(TIP_TRANSFER, "One offer of a tip to your units or by them.")
    tip_transfers = read_page(
        TIP_TRANSFER, "The tips that are offered to your units or by them, a page at a time."
    )
    tip_stub = read_one(TIP_STUB, "What a unit keeps of one tip that it has handed over.")
    tip_stubs = read_page(
        TIP_STUB, "What your units keep of tips that they have handed over, a page at a time."
    )


@strawberry.type
class TipTransferMutation:
    @does(service.offer_tip, answers=TIP_TRANSFER)
    async def offer_tip(self, info: Info, id: UUID, data: TransferOffer) -> Any:
        said = data.to_pydantic()
        return await write(
            info, TIP_TRANSFER, lambda session, actor: service.offer_tip(session, actor, id, said)
        )

    @does(service.move_transfer, answers=TIP_TRANSFER)
    async def move_transfer(
        self, info: Info, id: UUID, expected_version: int, data: TransferStep
    ) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            TIP_TRANSFER,
            lambda session, actor: service.move_transfer(
                session, actor, id, said, expected_version
            ),
        )
