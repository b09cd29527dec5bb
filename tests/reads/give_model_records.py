"""Records beside models: members, reviews, recognitions, copies, and rules of review."""

from datetime import date, timedelta
from typing import Any

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionOf, RetentionRule
from app.db.tables.model_records import (
    MemberKind,
    ModelMember,
    ModelRecognition,
    ModelReview,
    ModelReviewRule,
    RecognitionLevel,
    RecognitionScope,
    RecognitionState,
    ReviewResult,
)
from app.db.tables.programme_models import ProgrammeModel
from tests.give import Country

DAY = date(2021, 3, 1)


async def give_retention_rules(session: Session) -> None:
    """Insert retention rules of tips in several editions."""
    for n in range(9):
        session.add(
            RetentionRule(
                of=list(RetentionOf)[n % 3], valid_from=DAY + timedelta(days=n * 200), months=n,
                days=n % 2 * 30, basis=f'Luật "{n}" \\ 100%', source="x", version=n % 3 + 1,
                certainty=list(Certainty)[n % 4],
            )
        )  # fmt: skip


async def give_model_records(session: Session, country: Country) -> None:
    """Some models have much beside them, most have nothing."""
    kinds = list(MemberKind)
    for n, id in enumerate(country.models[-40:]):
        on, left = DAY + timedelta(days=n), DAY + timedelta(days=400) if n % 3 else None
        for m in range(n % 5):
            kind = kinds[(n + m) % len(kinds)]
            named = kind in (MemberKind.GROUP, MemberKind.ORGANISATION)
            session.add(
                ModelMember(
                    model_id=id,
                    kind=kind,
                    count=m + 1,
                    joined_on=on,
                    left_on=left,
                    name=f'Tổ "{m}"' if named else None,
                )
            )
        for m in range(n % 4):
            result = ReviewResult.FAILED if m % 2 else ReviewResult.PASSED
            session.add(
                ModelReview(
                    model_id=id,
                    reviewed_on=on + timedelta(days=m),
                    result=result,
                    note="Hai\ndòng" if m else None,
                )
            )
        if n % 6 == 5:
            copy = await session.get(ProgrammeModel, id)
            assert copy is not None
            copy.replicated_from_id = country.models[-41 - n % 2]
    session.add_all(_recognition(country, n) for n in range(24))
    for n in range(9):
        until = date(2016 + n, 1, 1) if n < 8 else INFINITY
        rule = ModelReviewRule(
            valid_from=date(2015 + n, 1, 1), valid_to=until, months_inactive=6, failed_reviews=2,
            basis=f"{n}",
        )  # fmt: skip
        session.add(rule)
    await session.flush()


def _recognition(country: Country, n: int) -> ModelRecognition:
    units = [id for path, id in country.units.items() if path]
    of: dict[str, Any] = {"model_id": country.models[-1 - n]}
    if n % 2:
        of = {"type_id": list(country.types.values())[n % len(country.types)]}
    revoked = n % 5 == 4
    return ModelRecognition(
        **of, unit_id=units[n * 5 % len(units)], level=list(RecognitionLevel)[n % 3],
        year=2019 + n % 4, recognised_on=date(2019 + n % 4, 5, 1) if n % 3 else None,
        scope=list(RecognitionScope)[n % 3], decision=f"{n}/QĐ" if n % 2 else None,
        state=RecognitionState.REVOKED if revoked else RecognitionState.IN_FORCE,
        revoked_on=date(2024, 1, 1) if revoked else None, version=n % 3 + 1,
    )  # fmt: skip
