"""The choices about needs, plans, contacts, support and consents: counted, and never sealed."""

from enum import StrEnum


class CasePathway(StrEnum):
    """A field in which a person may need help."""

    RESIDENCE_PAPERS = "residence_papers"
    WORK = "work"
    TRAINING = "training"
    LOAN = "loan"
    FAMILY = "family"
    HEALTH_AND_DRUGS = "health_and_drugs"
    LEGAL = "legal"
    STIGMA = "stigma"


class NeedStatus(StrEnum):
    """Status of a need; `none_identified` is an answer, and no need."""

    NONE_IDENTIFIED = "none_identified"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    MET = "met"
    DECLINED = "declined"  # by the person, which is no failure


class ActionOutcome(StrEnum):
    """Outcome of an action of a plan."""

    ACHIEVED = "achieved"
    PARTLY_ACHIEVED = "partly_achieved"
    NOT_ACHIEVED = "not_achieved"


class ContactWay(StrEnum):
    """Way of a contact with the person."""

    VISIT = "visit"
    MEETING = "meeting"
    CALL = "call"
    REPORT = "report"  # of the helper, for a quarter (HCD-08)


class Attendance(StrEnum):
    """Attendance of the person at a contact."""

    ATTENDED = "attended"
    EXCUSED = "excused"
    ABSENT = "absent"


class SupportKind(StrEnum):
    """Kind of support that a person gets."""

    JOB = "job"
    TRAINING = "training"
    LOAN = "loan"
    HOUSING = "housing"
    COUNSELLING = "counselling"


class SupportState(StrEnum):
    """State of a line of support; the ledger of a loan is the bank's."""

    ARRANGED = "arranged"
    GRANTED = "granted"
    REPAID = "repaid"
    OVERDUE = "overdue"
    ENDED = "ended"


class LoanPurpose(StrEnum):
    """Purpose of a loan of the programme (QĐ 22/2023/QĐ-TTg)."""

    PRODUCTION = "production"
    TRAINING = "training"


class ConsentScope(StrEnum):
    """Scope of a consent."""

    SHARE_WITH_BANK = "share_with_bank"
    SHARE_WITH_EMPLOYER = "share_with_employer"
    SHARE_WITH_TRAINER = "share_with_trainer"
    SHARE_WITH_ORGANISATION = "share_with_organisation"
    HOME_VISITS = "home_visits"
