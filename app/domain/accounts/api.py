"""API declaration of accounts, clients and grants."""

from app.domain.accounts import clients, grants, invitations, service, successions
from app.domain.accounts.shape import ACCOUNT, CLIENT, GRANT
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

ACCOUNTS = Resource(
    ACCOUNT,
    "accounts",
    many="List the accounts of people of your units, newest first.",
    one="Read one account of your units.",
    create=service.create_account,
    update=service.change_account,
    transition=service.transition_account,
    actions={
        "identity": service.link_identity,
        "invitations": Operation(invitations.invite_account, status=201, no_store=True),
        "second-factor": service.reset_second_factor,
    },
    offline=False,
)
CLIENTS = Resource(
    CLIENT,
    "clients",
    many="List the applications and systems of your units, newest first.",
    one="Read one application or system of your units.",
    create=clients.register_client,
    transition=clients.transition_client,
    actions={"opening": clients.open_client, "secret": clients.rotate_secret},
    offline=False,
)
GRANTS = Resource(
    GRANT,
    "grants",
    many="List the grants for your units, and those that wait since their unit ended.",
    one="Read one grant for one of your units.",
    create=grants.grant_role,
    transition=grants.transition_grant,
    offline=False,
)

RESOURCES = (ACCOUNTS, CLIENTS, GRANTS)
OPERATIONS = (
    figure(successions.grant_succession_plan, "grant-successions", tag="grants"),
    Operation(successions.follow_grants, "grant-successions", tag="grants"),
)
