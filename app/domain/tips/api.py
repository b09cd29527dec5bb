"""What is offered of tips to those who handle them; informants have doors of their own."""

from app.domain.operations import Operation, figure
from app.domain.resources import Resource
from app.domain.tips.desks import service as desks
from app.domain.tips.desks.shape import TIP_DESK
from app.domain.tips.handling import assigning, conversing, linking, moving, reading, redacting
from app.domain.tips.identity import opening
from app.domain.tips.identity import service as identities
from app.domain.tips.identity.shape import IDENTITY_REQUEST
from app.domain.tips.intake import desk
from app.domain.tips.keeping import service as keeping
from app.domain.tips.keeping.shape import RETENTION_RULE, TIP_HOLD
from app.domain.tips.service_level import service as service_level
from app.domain.tips.shape import TIP
from app.domain.tips.transferring import service as transferring
from app.domain.tips.transferring.shape import TIP_STUB, TIP_TRANSFER

# What a tip says is read in a transaction that writes: the reading is on record before it leaves.
TIPS = Resource(
    TIP,
    "tips",
    many="List the tips that units of yours hold, newest first; what they say is not in it.",
    one="Read where a tip stands; what it says is not in it.",
    create=desk.create_tip,
    update=moving.change_tip,
    transition=moving.move_tip,
    actions={
        "extensions": Operation(moving.extend_tip, expand="clocks"),
        "assignments": Operation(assigning.assign_tip, expand="assignments"),
        "assignments/{assignment_id}/end": Operation(
            assigning.end_tip_assignment, expand="assignments"
        ),
        "redactions": Operation(redacting.redact_tip, expand="redactions"),
        "links": Operation(linking.link_tips, expand="alike"),
        "links/{other_id}/end": Operation(linking.unlink_tips, expand="alike"),
        "messages": Operation(conversing.send_tip_message, status=201, no_store=True),
    },
    figures={
        "{id}/content": figure(reading.tip_content, writes=True, no_store=True),
        "{id}/attachments/{attachment_id}/content": figure(
            reading.tip_attachment_content, writes=True, no_store=True
        ),
        "{id}/alike": figure(linking.alike_tips, writes=True, no_store=True),
    },
)
DESKS = Resource(
    TIP_DESK,
    "tip-desks",
    many="List how units take tips, where that is said; the others take them as usual.",
    one="Read how one unit takes tips.",
    create=Operation(desks.set_tip_desk),
)
RETENTION_RULES = Resource(
    RETENTION_RULE,
    "retention-rules",
    many="List the rules on how long tips are kept, every edition, newest first.",
    one="Read one rule on how long tips are kept.",
    create=keeping.add_retention_rule,
)
HOLDS = Resource(
    TIP_HOLD,
    "tip-holds",
    many="List what holds tips of your unit, or has held them, newest first.",
    one="Read one hold on a tip of your unit.",
    create=keeping.hold_tip,
    create_at="tips/{id}/hold",
)
IDENTITY_REQUESTS = Resource(
    IDENTITY_REQUEST,
    "identity-requests",
    many="List the requests to know informants of your units, newest first.",
    one="Read one request to know an informant.",
    create=identities.request_identity,
    create_at="tips/{id}/identity-requests",
    transition=identities.move_request,
    # told and not kept: a key would keep it
    actions={"open": Operation(opening.open_identity, idempotent=False, no_store=True)},
)
TRANSFERS = Resource(
    TIP_TRANSFER,
    "tip-transfers",
    many="List the tips that are offered to your units or by them, newest first.",
    one="Read one offer of a tip to your units or by them.",
    create=transferring.offer_tip,
    create_at="tips/{id}/transfers",
    transition=transferring.move_transfer,
)
STUBS = Resource(
    TIP_STUB,
    "tip-stubs",
    many="List what your units keep of tips that they have handed over, newest first.",
    one="Read what a unit keeps of one tip that it has handed over.",
)

RESOURCES = (TIPS, DESKS, RETENTION_RULES, HOLDS, IDENTITY_REQUESTS, TRANSFERS, STUBS)
OPERATIONS = (
    Operation(keeping.release_tip, "tips/{id}/hold/release", tag="tip-holds", shape=TIP_HOLD),
    figure(service_level.tip_service_level, "tip-service-level", tag="tip-service-level"),
)
