"""Who you are here, over GraphQL."""

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_node
from app.domain.access.accounts.shape import ACCOUNT, CLIENT, GRANT
from app.domain.access.signing_in import own, schemas
from app.domain.auth.me import about_me
from app.domain.programme_models.shape import MODEL
from app.domain.programme_models.type_shapes import MODEL_TYPE, RECOGNITION, REVIEW_RULE
from app.domain.records.deadlines.shape import CALENDAR, DEADLINE, DEADLINE_RULE
from app.domain.units.reorganisations.shape import REORGANISATION
from app.domain.units.shape import UNIT


@strawberry.type(description="Who asks, in which roles, for which unit.")
class Me:
    subject: str
    client: str
    roles: list[str]
    permissions: list[str]
    level: str
    unit_id: strawberry.ID


@strawberry.type
class MeQuery:
    node = read_node(
        (
            UNIT,
            MODEL,
            MODEL_TYPE,
            RECOGNITION,
            REVIEW_RULE,
            REORGANISATION,
            DEADLINE,
            DEADLINE_RULE,
            CALENDAR,
            ACCOUNT,
            CLIENT,
            GRANT,
        ),
        "Anything in your units, by its id.",
    )

    @does(about_me)
    async def me(self, info: Info) -> Me:
        async with info.context.house.reading(info.context.actor) as session:
            return Me(**await about_me(session, info.context.actor))


@pydantic.input(model=schemas.PasswordChange, all_fields=True)
class PasswordChange:
    """A new password; the present one proves that it is really you."""


@pydantic.input(model=schemas.TotpStart, all_fields=True)
class TotpStart:
    """The wish for a new second factor; the password is needed where the account has one."""


@pydantic.input(model=schemas.TotpConfirm, all_fields=True)
class TotpConfirm:
    """The first code of a new second factor, and one of the factor that it replaces."""


@pydantic.type(model=schemas.TotpStarted, all_fields=True)
class TotpStarted:
    """A second factor that counts once its first code is confirmed, within five minutes."""


@pydantic.type(model=schemas.SessionsEnded, all_fields=True)
class SessionsEnded:
    """How many other sessions of yours have ended by the change."""


@strawberry.type
class MeMutation:
    @does(own.change_password)
    async def change_password(self, info: Info, data: PasswordChange) -> SessionsEnded | None:
        reception, actor = info.context.house.reception, info.context.actor
        done = await own.change_password(reception, actor, data.to_pydantic())
        return SessionsEnded.from_pydantic(done)

    @does(own.start_totp)
    async def start_totp(self, info: Info, data: TotpStart) -> TotpStarted | None:
        reception, actor = info.context.house.reception, info.context.actor
        return TotpStarted.from_pydantic(await own.start_totp(reception, actor, data.to_pydantic()))

    @does(own.confirm_totp)
    async def confirm_totp(self, info: Info, data: TotpConfirm) -> SessionsEnded | None:
        reception, actor = info.context.house.reception, info.context.actor
        done = await own.confirm_totp(reception, actor, data.to_pydantic())
        return SessionsEnded.from_pydantic(done)
