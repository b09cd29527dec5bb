"""Schemas of accounts, clients and grants, and the one response that holds a secret."""

import ipaddress
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from app.db.tables.auth import ClientKind
from app.domain.accounts.keys import PublicKey
from app.domain.actor import GUARDED, Role
from app.domain.login.delivery import InvitationChannel
from app.domain.records.schemas import ChangeInput, OneTimeSecret, StrictInput
from app.domain.records.types import LINE, TEXT, Action, Moment, UnitName, unset
from app.domain.units.schemas import Name, PlanHash
from app.domain.values import InvalidValue

Reason = Annotated[str, Field(min_length=1, max_length=500), TEXT]


class Purpose(StrEnum):
    """Purpose of a grant, and of reading sensitive data."""

    PROGRAMME_MANAGEMENT = "programme_management"
    EVALUATION = "evaluation"
    TIP_HANDLING = "tip_handling"
    REINTEGRATION_SUPPORT = "reintegration_support"
    STATISTICS = "statistics"
    AUDIT = "audit"
    EXCHANGE = "exchange"


class AccountCreate(StrictInput):
    """A new account of a person."""

    login: Annotated[
        str, Field(min_length=3, max_length=100, pattern=r"^[a-z0-9][a-z0-9._@-]+$"), LINE
    ]
    name: Name
    unit: UnitName


class AccountChange(ChangeInput):
    """Change an account; omitted fields stay as they are."""

    name: Name = unset()
    unit: UnitName = unset()


class HolderTransition(StrictInput):
    """A transition of an account or a client: `disable` or `enable`."""

    action: Action
    reason: Reason | None = None


class IdentityLink(StrictInput):
    """Identity of a person at an external identity provider."""

    issuer: Annotated[str, Field(max_length=300, pattern=r"^https://[^\s#?]+$"), LINE]
    external_subject: Annotated[str, Field(min_length=1, max_length=300), LINE]


class SecondFactorReset(StrictInput):
    """Take away a second factor that its holder has lost with all recovery codes."""

    reason: Reason


def _returnable(uri: str) -> str:
    """A place that a browser may carry a code back to, exact to the letter."""
    parts = urlsplit(uri)
    if "#" in uri or "*" in uri or not uri.isascii() or any(c <= " " for c in uri) or "\\" in uri:
        raise InvalidValue(
            "uri_not_exact",
            "A redirect URI is exact: no fragment, no wildcard, no space.",
            "URI chuyển hướng phải chính xác: không có phần #, không có * và không có dấu cách.",
        )
    if parts.scheme in ("http", "https"):
        if not parts.hostname or "@" in parts.netloc:
            raise InvalidValue(
                "uri_without_host",
                "A redirect URI names its host, and nobody at it.",
                "URI chuyển hướng phải nêu máy chủ và không nêu người dùng.",
            )
        if parts.scheme == "http" and not _is_this_machine(parts.hostname):
            raise InvalidValue(
                "uri_not_https",
                "A redirect URI is https; http goes to this very machine only.",
                "URI chuyển hướng phải là https; http chỉ dùng cho chính máy này.",
            )
    elif "." not in parts.scheme:
        raise InvalidValue(
            "uri_scheme",
            "A scheme of an app's own is a domain turned round: vn.example.app:/…",
            "Lược đồ riêng của ứng dụng là tên miền viết ngược: vn.example.app:/…",
        )
    return uri


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


RedirectUri = Annotated[str, Field(min_length=3, max_length=500), LINE, AfterValidator(_returnable)]


class ClientCreate(StrictInput):
    """A new application or system."""

    client_id: Annotated[
        str, Field(min_length=3, max_length=100, pattern=r"^[a-z0-9][a-z0-9._-]+$"), LINE
    ]
    name: Name
    kind: ClientKind = ClientKind.CONFIDENTIAL
    unit: UnitName
    keys: list[PublicKey] = Field(default_factory=list, max_length=5)
    redirect_uris: list[RedirectUri] = Field(default_factory=list, max_length=10)

    @model_validator(mode="after")
    def _names_each_key_once(self) -> Self:
        if len({key.kid for key in self.keys}) < len(self.keys):
            raise InvalidValue(
                "kid_twice", "Each key has a kid of its own.", "Mỗi khóa có kid riêng."
            )
        return self


def _opens(name: str) -> str:
    if name not in set(GUARDED):
        names = ", ".join(sorted(GUARDED))
        raise InvalidValue(
            "not_opened", f"Only these are opened: {names}.", f"Chỉ mở được: {names}.",
            allowed=sorted(GUARDED),
        )  # fmt: skip
    return name


class ClientOpening(StrictInput):
    """Limits of a client for people: the unit whose people it serves, and guarded permissions."""

    unit: UnitName | None = None
    scopes: list[Annotated[str, LINE, AfterValidator(_opens)]] = Field(
        default_factory=list, max_length=len(GUARDED)
    )


class ClientCredentials(OneTimeSecret):
    """A registered client; its secret is returned only once and stored as a hash."""

    id: UUID
    client_id: str
    client_secret: str | None

    def without_secret(self) -> Self:
        """Return the response that is stored for a repeated request, without the secret."""
        return self.model_copy(update={"client_secret": None})


class GrantCreate(StrictInput):
    """One role for one unit, for declared purposes, to one account or one client."""

    account_id: UUID | None = None
    client_id: UUID | None = None
    role: Role
    unit: UnitName
    purposes: list[Purpose] = Field(default_factory=list, max_length=len(Purpose))
    expires_at: Moment | None = None

    @model_validator(mode="after")
    def _has_one_holder(self) -> Self:
        if (self.account_id is None) == (self.client_id is None):
            raise InvalidValue(
                "one_holder",
                "A grant is for an account or for a client: state one of the two.",
                "Quyền được cấp cho một tài khoản hoặc một ứng dụng: hãy nêu một trong hai.",
            )
        return self


class GrantTransition(StrictInput):
    """A transition of a grant: `revoke` it, or let it `follow` to a successor."""

    action: Action
    reason: Reason | None = None
    unit: UnitName | None = None

    @model_validator(mode="after")
    def _says_where(self) -> Self:
        if self.action == "follow" and not self.unit:
            raise InvalidValue("unit_needed", "follow needs unit.", "follow cần có unit.")
        return self


class WaitingGrant(BaseModel):
    """A grant that waits since its unit ended, and the successor that is proposed for it."""

    id: UUID
    version: int
    role: Role
    holder: str
    unit_id: UUID
    unit: str
    to_unit_id: UUID | None
    to_unit: str | None
    fault: str | None


class GrantSuccessionPlan(BaseModel):
    """The grants that wait, where each would follow, and the hash by which this is confirmed."""

    plan_hash: str
    ready: int
    items: list[WaitingGrant]


class GrantSuccession(StrictInput):
    """The plan that is confirmed."""

    plan_hash: PlanHash


class GrantsFollowed(BaseModel):
    """The grants that follow, and how many wait for a decision of their own."""

    ids: list[UUID]
    waiting: int


__all__ = [
    "AccountChange",
    "AccountCreate",
    "ClientCreate",
    "ClientCredentials",
    "GrantCreate",
    "GrantTransition",
    "HolderTransition",
    "IdentityLink",
    "Purpose",
    "SecondFactorReset",
]


class InvitationCreated(BaseModel):
    """An invitation to choose a password; its link goes to the invited person only."""

    account_id: UUID
    login: str
    channel: InvitationChannel
    hours: int
