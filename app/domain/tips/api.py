"""Operations on tips for officers; informants have endpoints of their own."""

from app.domain.confidential.retention import service as retention_rules
from app.domain.confidential.retention.shape import RETENTION_RULE
from app.domain.operations import Operation, figure
from app.domain.resources import Resource
from app.domain.tips.handling import (
    assignments,
    content,
    incidents,
    links,
    messages,
    redactions,
    transitions,
)
from app.domain.tips.identity import service as identities
from app.domain.tips.identity.shape import IDENTITY_REQUEST
from app.domain.tips.intake import in_person
from app.domain.tips.retention import service as retention
from app.domain.tips.retention.shape import TIP_HOLD
from app.domain.tips.service_level import service as service_level
from app.domain.tips.shape import TIP
from app.domain.tips.transfers import service as transfers
from app.domain.tips.transfers.shape import TIP_STUB, TIP_TRANSFER
from app.domain.tips.unit_settings import service as unit_settings
from app.domain.tips.unit_settings.shape import TIP_UNIT_SETTINGS

# What a tip says is read in a transaction that writes: the reading is on record before it leaves.
TIPS = Resource(
    TIP,
    "tips",
    many="List the tips that your units hold, newest first, without their content.",
    one="Read the state of a tip, without its content.",
    create=in_person.create_tip,
    update=transitions.change_tip,
    transition=transitions.transition_tip,
    actions={
        "extensions": Operation(transitions.extend_tip, expand="clocks"),
        "assignments": Operation(assignments.assign_tip, expand="assignments"),
        "assignments/{assignment_id}/end": Operation(
            assignments.end_tip_assignment, expand="assignments"
        ),
        "redactions": Operation(redactions.redact_tip, expand="redactions"),
        "links": Operation(links.link_tips, expand="alike"),
        "links/{other_id}/end": Operation(links.unlink_tips, expand="alike"),
        "incidents": incidents.link_tip_to_incident,
        "incidents/{incident_id}/end": incidents.unlink_tip_from_incident,
        "messages": Operation(messages.send_tip_message, status=201, no_store=True),
    },
    figures={
        "{id}/content": figure(content.tip_content, writes=True, no_store=True, cost=25),
        "{id}/attachments/{attachment_id}/content": figure(
            content.tip_attachment_content, writes=True, no_store=True
        ),
        "{id}/alike": figure(links.alike_tips, writes=True, no_store=True),
    },
)
UNIT_SETTINGS = Resource(
    TIP_UNIT_SETTINGS,
    "tip-desks",
    many="List how units receive tips, where that is set.",
    one="Read how one unit receives tips.",
    create=Operation(unit_settings.set_tip_desk),
    offline=False,
)
RETENTION_RULES = Resource(
    RETENTION_RULE,
    "retention-rules",
    many="List the retention rules, every edition, newest first.",
    one="Read one retention rule.",
    create=retention_rules.add_retention_rule,
    offline=False,
)
HOLDS = Resource(
    TIP_HOLD,
    "tip-holds",
    many="List the holds on tips of your unit, newest first.",
    one="Read one hold on a tip of your unit.",
    create=retention.hold_tip,
    create_at="tips/{id}/hold",
)
IDENTITY_REQUESTS = Resource(
    IDENTITY_REQUEST,
    "identity-requests",
    many="List the requests for identities of informants in your units, newest first.",
    one="Read one request for the identity of an informant.",
    create=identities.request_identity,
    create_at="tips/{id}/identity-requests",
    transition=identities.transition_identity_request,
    # returned and never stored, as a key would
    actions={"open": Operation(identities.open_identity, idempotent=False, no_store=True)},
)
TRANSFERS = Resource(
    TIP_TRANSFER,
    "tip-transfers",
    many="List the offers of tips to your units or by them, newest first.",
    one="Read one offer of a tip to your units or by them.",
    create=transfers.offer_tip,
    create_at="tips/{id}/transfers",
    transition=transfers.transition_transfer,
)
STUBS = Resource(
    TIP_STUB,
    "tip-stubs",
    many="List what your units retain of tips that they handed over, newest first.",
    one="Read what a unit retains of one tip that it handed over.",
)

RESOURCES = (TIPS, UNIT_SETTINGS, RETENTION_RULES, HOLDS, IDENTITY_REQUESTS, TRANSFERS, STUBS)
OPERATIONS = (
    Operation(retention.release_tip, "tips/{id}/hold/release", tag="tip-holds", shape=TIP_HOLD),
    figure(service_level.tip_service_level, "tip-service-level", tag="tip-service-level"),
)
