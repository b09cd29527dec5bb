"""API declaration of criteria sets, rounds and evaluations."""

from app.domain.criteria import (
    answers_entry,
    evidence,
    mass_registration,
    registration,
    rounds,
    set_reads,
    sets,
    transitions,
)
from app.domain.criteria.shape import CRITERIA_SET, EVALUATION, ROUND
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

CRITERIA_SETS = Resource(
    CRITERIA_SET,
    "criteria-sets",
    many="List the criteria sets, newest first; drafts are for their units and those above.",
    one="Read one criteria set; its criteria are at `definition`.",
    create=sets.create_criteria_set,
    update=sets.change_criteria_set,
    transition=sets.transition_criteria_set,
    actions={
        "try": Operation(set_reads.try_criteria_set, writes=False, idempotent=False, cost=100),
    },
)
ROUNDS = Resource(
    ROUND,
    "evaluation-rounds",
    many="List the rounds of evaluations of your units and of those above, newest first.",
    one="Read one round of evaluations.",
    create=rounds.create_evaluation_round,
    update=rounds.change_evaluation_round,
    transition=rounds.transition_evaluation_round,
    actions={
        "registrations": Operation(mass_registration.register_units, cost=500),
        "steps": Operation(transitions.step_evaluations, cost=100),
    },
)
EVALUATIONS = Resource(
    EVALUATION,
    "evaluations",
    many="List the evaluations of your units, newest first.",
    one="Read one evaluation; `expand=answers` adds its answers.",
    create=registration.create_evaluation,
    transition=transitions.transition_evaluation,
    actions={"answers": answers_entry.enter_answers, "evidence": evidence.cite_evidence},
)

RESOURCES = (CRITERIA_SETS, ROUNDS, EVALUATIONS)
OPERATIONS: tuple[Operation, ...] = (
    figure(set_reads.criteria_definition, "criteria-sets/{id}/definition", tag="criteria-sets"),
    figure(
        rounds.round_completeness, "evaluation-rounds/{id}/completeness", tag="evaluation-rounds"
    ),
    figure(answers_entry.evaluation_calculation, "evaluations/{id}/calculation", tag="evaluations"),
    figure(evidence.evaluation_evidence, "evaluations/{id}/evidence", tag="evaluations"),
)
