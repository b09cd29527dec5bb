"""Where the published schema differs from what is derived; this file goes once it may change."""

from pydantic import BaseModel

from app.api.published_order import Moved
from app.domain.forces.schemas import Tally as TeamTally
from app.domain.tips.intake.schemas import Contact
from app.domain.tips.service_level.schemas import ServiceLevel

TYPE_NAMES: dict[type[BaseModel], str] = {
    Contact: "TipContact",
    ServiceLevel: "TipServiceLevel",
    TeamTally: "TeamTally",
}
FIELD_NAMES = {
    "attach": "add_attachment",
    "dry_run": "dry_run_reorganisation",
    "move_request": "move_identity_request",
}
ARGUMENT_NAMES = {
    ("add_member", "id"): "teamId",
    ("tip_service_level", "since"): "from",
    ("tip_service_level", "until"): "to",
}
NEVER_NULL = {"team_tally", "model_coverage", "document_tally", "commendation_tally"}
NODES = (
    "Unit", "Model", "ModelType", "ModelRecognition", "ModelReviewRule", "UnitReorganisation",
    "Deadline", "DeadlineRule", "Calendar", "Account", "Client", "Grant",
)  # fmt: skip
QUERIES_MOVED: Moved = {
    "node": ("me",),
    "unit_reorganisations": ("model", "models"),
    "model_review_rules": ("model_coverage", "model_tally"),
    "calendars": ("deadline", "deadlines"),
    "exemplars": ("stated_tally", "stated_tallies", "document_tally", "commendation_tally"),
    "grants": ("audit_entry", "audit_entries", "audit_heads"),
    "tips": ("tip_desk", "tip_desks"),
    "tip_holds": ("tip_service_level",),
}
MUTATIONS_MOVED: Moved = {
    "draft_reorganisation": ("draft_corrections", "dry_run_reorganisation"),
    "create_models": ("move_model",),
    "add_model_review": (
        "create_model_type", "change_model_type", "create_recognition", "move_recognition",
        "add_model_review_rule",
    ),
    "change_exemplar": ("state_tally",),
    "register_client": ("rotate_secret",),
    "confirm_totp": ("verify_audit",),
    "extend_tip": ("set_tip_desk",),
    "hold_tip": ("release_tip",),
    "move_transfer": ("create_tip",),
}  # fmt: skip
DESCRIPTIONS = {
    "unit": "One unit by its id, or by the code it had on the day.",
    "units": "The units that stood on the day, a page at a time.",
    "unit_reorganisations": "Changes of the map, newest first.",
    "models": "The models at work in your units, a page at a time.",
    "model_type": "One kind of model, by id or by code.",
    "model_types": "The kinds of models, a page at a time.",
    "model_recognition": "One recognition of a type or a model.",
    "model_recognitions": "The recognitions of types and models.",
    "model_review_rule": "One rule by which models are due for review.",
    "model_review_rules": "The rules by which models are due for review.",
    "calendar": "One calendar of days off, by id or by code.",
    "document": "One document of your units, or issued by a unit above.",
    "documents": "The documents you may read, a page at a time.",
    "attachments": "The files of documents you may read, a page at a time.",
    "commendation": "One commendation of your units.",
    "commendations": "The commendations of your units, a page at a time.",
    "exemplar": "One exemplar of your units.",
    "exemplars": "The exemplars of your units, a page at a time.",
    "stated_tallies": "Numbers as sources state them, a page at a time.",
    "accounts": "The accounts of people of your units, a page at a time.",
    "clients": "The applications and systems of your units, a page at a time.",
    "grants": "What is granted for your units, a page at a time.",
    "audit_entries": "Who did or read what for your units, newest first.",
    "teams": "The teams and groups of your units, a page at a time.",
    "team_members": "Who is in the teams of your units, a page at a time.",
    "team_size_rules": "The rules on the size of teams, a page at a time.",
    "committees": "The steering committees of your units, a page at a time.",
    "tip": "Where a tip stands; what it says is read apart.",
    "tips": "The tips that units of yours hold, a page at a time.",
    "tip_desks": "How units take tips, where that is said.",
    "retention_rules": "The rules on how long tips are kept.",
    "tip_holds": "What holds tips of your unit, or has held them.",
    "identity_requests": "The requests to know informants of your units, a page at a time.",
    "tip_transfers": "The tips that are offered to your units or by them, a page at a time.",
    "tip_stubs": "What your units keep of tips that they have handed over, a page at a time.",
    "CommendationChange": "What is said otherwise of a nomination; what is left out stays.",
    "DocumentChange": "What is said otherwise of a document; what is left out stays.",
    "ExemplarChange": "What is said otherwise of an exemplar; what is left out stays.",
    "ModelChange": "What is said otherwise of a model; what is left out stays.",
    "ModelTypeChange": "What is said otherwise of a model type; what is left out stays.",
}
