"""Every feature of the product: one line makes a new one known to both API layers."""

from collections.abc import Iterator
from typing import Any

from app.domain.accounts import api as accounts
from app.domain.activities import api as activities
from app.domain.activities import measures as activity_measures
from app.domain.activities import worklist as activity_worklist
from app.domain.attachments import api as attachments
from app.domain.audit import api as audit
from app.domain.commendations import api as commendations
from app.domain.commendations import measures as commendation_measures
from app.domain.commendations import worklist as commendation_worklist
from app.domain.criteria import api as criteria
from app.domain.deadlines import api as deadlines
from app.domain.documents import api as documents
from app.domain.documents import measures as document_measures
from app.domain.documents import worklist as document_worklist
from app.domain.exchange.changes.feature import ChangesFeature
from app.domain.exchange.exports import api as exports
from app.domain.exchange.imports import api as imports
from app.domain.exchange.sync import api as sync
from app.domain.exchange.webhooks import api as webhooks
from app.domain.figures import api as figures
from app.domain.forces import api as forces
from app.domain.forces import measures as force_measures
from app.domain.forces import worklist as force_worklist
from app.domain.incidents import api as incidents
from app.domain.incidents import measures as incident_measures
from app.domain.incidents import worklist as incident_worklist
from app.domain.login import api as login
from app.domain.operations import Operation
from app.domain.organisations import api as organisations
from app.domain.programme_models import api as programme_models
from app.domain.programme_models import measures as model_measures
from app.domain.programme_models import worklist as model_worklist
from app.domain.records import api as records
from app.domain.records.actions import state_machine
from app.domain.records.measures import Measure
from app.domain.records.state_machine import StateMachine
from app.domain.reintegration import api as reintegration
from app.domain.reintegration import measures as reintegration_measures
from app.domain.reintegration import worklist as reintegration_worklist
from app.domain.resources import Feature, Resource
from app.domain.stated_figures import api as stated_figures
from app.domain.targets import api as targets
from app.domain.tips import api as tips
from app.domain.tips import measures as tip_measures
from app.domain.units import api as units
from app.domain.units import measures as unit_measures
from app.domain.units.reorganisations import api as reorganisations
from app.domain.worklists import WorklistFeature

# What waits for people: a feature that has a worklist.py stands here too.
WORKLIST = WorklistFeature((
    *activity_worklist.WAITING,
    *incident_worklist.WAITING,
    *document_worklist.WAITING,
    *model_worklist.WAITING,
    *force_worklist.WAITING,
    *commendation_worklist.WAITING,
    *reintegration_worklist.WAITING,
))  # fmt: skip
RECORDED: tuple[Feature, ...] = (
    units,
    reorganisations,
    programme_models,
    deadlines,
    incidents,
    activities,
    WORKLIST,
    documents,
    attachments,
    commendations,
    audit,
    accounts,
    login,
    forces,
    tips,
    reintegration,
    organisations,
    criteria,
    imports,
    targets,
    stated_figures,
    figures,
    exports,
    sync,
    webhooks,
    records,
)
# What is built on the records of all other features.
CHANGES = ChangesFeature(one for feature in RECORDED for one in feature.RESOURCES)
FEATURES: tuple[Feature, ...] = (*RECORDED, CHANGES)
# What can be counted: a feature that has a measures.py stands here too.
MEASURES: tuple[Measure, ...] = (
    *unit_measures.MEASURES,
    *model_measures.MEASURES,
    *document_measures.MEASURES,
    *commendation_measures.MEASURES,
    *force_measures.MEASURES,
    *tip_measures.MEASURES,
    *incident_measures.MEASURES,
    *activity_measures.MEASURES,
    *reintegration_measures.MEASURES,
)


def resources() -> Iterator[Resource]:
    """Everything that can be listed and read."""
    for feature in FEATURES:
        yield from feature.RESOURCES


def resource_paths() -> dict[str, str]:
    """Return the path of the records of each shape, by its name."""
    return {one.shape.name: one.path for one in resources()}


def operations() -> Iterator[Operation]:
    """Everything that can be done or counted, beside lists and reads."""
    for feature in FEATURES:
        for resource in feature.RESOURCES:
            yield from resource.operations
        yield from feature.OPERATIONS


def state_machines() -> Iterator[tuple[str, StateMachine[Any]]]:
    """Every path whose records take transitions, and the state machine that its shape declares."""
    for resource in resources():
        if resource.transition:
            machine = state_machine(resource.shape)
            assert machine, f"{resource.shape.name} has transitions, but no allowed_actions()"
            yield resource.path, machine
