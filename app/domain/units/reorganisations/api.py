"""Resources and operations on changes of the map."""

from app.domain.operations import Operation
from app.domain.resources import Resource
from app.domain.units.reorganisations import drafts, service, transitions
from app.domain.units.reorganisations.shape import REORGANISATION

REORGANISATIONS = Resource(
    REORGANISATION,
    "unit-reorganisations",
    many="List the changes of the map, newest first.",
    one="Read one change of the map.",
    create=drafts.draft_reorganisation,
    update=drafts.change_reorganisation,
    transition=transitions.transition_reorganisation,
    actions={"dry-run": Operation(service.dry_run, name="dry_run_reorganisation")},
    offline=False,
)

RESOURCES = (REORGANISATIONS,)
OPERATIONS = (
    Operation(
        transitions.draft_corrections, "unit-reorganisations/import", status=201,
        tag="unit-reorganisations",
    ),
)  # fmt: skip
