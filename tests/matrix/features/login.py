"""Operations on one's own login, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

import pyotp

from app.db.session import Session
from app.domain.auth.service import HASH
from tests.matrix.features.accounts import make_account
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, new

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

PASSWORD, RENAMED = "bốn con vịt qua cầu", "một cây làm chẳng nên non"
HASHED = HASH.hash(PASSWORD)


async def _make_own_account(scenario: "Scenario", session: Session, path: str) -> UUID:
    return await make_account(scenario, session, path, password_hash=HASHED)


def _confirm(about: About) -> Request:
    secret = pyotp.random_base32()
    seal = about.scenario.application.app.state.resources.reception.seal
    enrolment = seal.close("enrolment", [about.target_id, secret])
    return Request(data={"enrolment": enrolment, "code": pyotp.TOTP(secret).now()})


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/me/password": new(present_password=PASSWORD, new_password=RENAMED),
    "POST /api/v1/me/totp": new(password=PASSWORD),
    "POST /api/v1/me/totp/confirm": _confirm,
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "himself": _make_own_account,
}
