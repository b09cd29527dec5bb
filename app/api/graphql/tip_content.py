"""What tips say, and words to informants, over GraphQL."""

from base64 import b64encode
from uuid import UUID

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import perform
from app.api.graphql.context import Info
from app.api.graphql.roots import does
from app.domain.tips.handling import conversing, linking, reading, schemas

MOST = 262_144


@pydantic.input(model=schemas.TipMessageCreate, all_fields=True)
class TipMessageCreate:
    """A word to the informant, who reads it by his receipt."""


@pydantic.type(model=schemas.TipMessageSent, all_fields=True)
class TipMessageSent:
    """A word that was sealed for the informant."""


@pydantic.type(model=schemas.TipWord, all_fields=True)
class TipWord:
    """A word between the informant and the office."""


@pydantic.type(model=schemas.TipFile, all_fields=True)
class TipFile:
    """What is known of a file of the informant."""


@pydantic.type(model=schemas.TipContent, all_fields=True)
class TipContent:
    """What a tip says, as far as it is shared with who holds it."""


@pydantic.type(model=schemas.AlikeTip, all_fields=True)
class AlikeTip:
    """A tip that may tell of the same; nothing is done by itself."""


@pydantic.type(model=schemas.AlikeTips, all_fields=True)
class AlikeTips:
    """Tips that may tell of the same, the likest first."""


@strawberry.type(description="A file of an informant, opened.")
class TipAttachmentContent:
    media_type: str
    content: str = strawberry.field(description="base64")


@strawberry.type
class TipContentQuery:
    @does(reading.tip_content)
    async def tip_content(self, info: Info, id: UUID, whole: bool = False) -> TipContent | None:
        house, actor = info.context.house, info.context.actor
        async with house.writing(actor) as session:
            found = await reading.tip_content(session, actor, id, house.tips, whole=whole)
        return TipContent.from_pydantic(found)

    @does(reading.tip_attachment_content)
    async def tip_attachment_content(
        self, info: Info, id: UUID, attachment_id: UUID
    ) -> TipAttachmentContent | None:
        house, actor, read = info.context.house, info.context.actor, reading.tip_attachment_content
        async with house.writing(actor) as session:
            found = await read(session, actor, id, attachment_id, house.tips, MOST)
        told = b64encode(found.content).decode()
        return TipAttachmentContent(media_type=found.media_type, content=told)

    @does(linking.alike_tips)
    async def alike_tips(self, info: Info, id: UUID) -> AlikeTips | None:
        house, actor = info.context.house, info.context.actor
        async with house.writing(actor) as session:
            found = await linking.alike_tips(session, actor, id)
        return AlikeTips.from_pydantic(found)


@strawberry.type
class TipContentMutation:
    @does(conversing.send_tip_message)
    async def send_tip_message(
        self, info: Info, id: UUID, data: TipMessageCreate
    ) -> TipMessageSent | None:
        said, office = data.to_pydantic(), info.context.house.tips
        act = conversing.send_tip_message
        found = await perform(
            info, schemas.TipMessageSent,
            lambda session, actor: act(session, actor, id, said, office),
        )  # fmt: skip
        return TipMessageSent.from_pydantic(found)
