"""API declaration of targets."""

from app.domain.operations import Operation, figure
from app.domain.resources import Resource
from app.domain.targets import cascade, progress, service
from app.domain.targets.shape import TARGET

TARGETS = Resource(
    TARGET,
    "targets",
    many="List the targets of your units; voided ones with `voided=include`.",
    one="Read one target; its values of earlier days are with `expand=values`.",
    create=service.create_target,
    update=service.change_target,
    void=service.void_target,
    actions={"revise": service.revise_target, "cascade": cascade.cascade_target},
)

RESOURCES = (TARGETS,)
OPERATIONS: tuple[Operation, ...] = (
    figure(progress.target_progress, "targets/{id}/progress", tag="targets", cost=300),
)
