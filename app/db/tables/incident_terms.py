"""The terms of incidents: their forms, states, results and links."""

from enum import StrEnum


class IncidentForm(StrEnum):
    """Form of a record of incidents."""

    SINGLE = "single"  # one incident (một vụ)
    SUMMARY = "summary"  # the incidents of a period, of which only the numbers are known
    CHANGE = "change"  # a change against an earlier period; no level is known, which is not 0


class IncidentState(StrEnum):
    """State of an incident."""

    REPORTED = "reported"
    VERIFYING = "verifying"
    CONFIRMED = "confirmed"
    UNFOUNDED = "unfounded"
    RESOLVED = "resolved"
    CLOSED = "closed"


class IncidentResult(StrEnum):
    """Reason for which an incident is resolved."""

    HANDED_OVER = "handed_over"  # to the investigating agency
    PROSECUTED = "prosecuted"
    FINED = "fined"
    REMINDED = "reminded"
    MEDIATED = "mediated"
    REPAIRED = "repaired"
    NO_FAULT = "no_fault"
    OTHER = "other"


class IncidentRelation(StrEnum):
    """Relation of another record to an incident."""

    CAUSED_BY = "caused_by"
    SAME_AS = "same_as"
    FOLLOWS = "follows"
    REPORTED_BY = "reported_by"  # a tip
    MEDIATED_BY = "mediated_by"  # an activity
    CLARIFIED_BY = "clarified_by"  # an activity: footage


class LinkedResource(StrEnum):
    """Kind of a record that an incident is linked to."""

    INCIDENT = "incident"
    TIP = "tip"
    ACTIVITY = "activity"
