"""The terms of activities: their kinds, states and parts."""

from enum import StrEnum


class ActivityKind(StrEnum):
    """Kind of an activity."""

    MOBILISATION = "mobilisation"
    MODEL_LAUNCH = "model_launch"
    PLEDGE = "pledge"
    TRAINING = "training"
    OUTREACH = "outreach"
    VILLAGE_MEETING = "village_meeting"
    PATROL = "patrol"
    MEDIATION = "mediation"
    DOMESTIC_VIOLENCE_SUPPORT = "domestic_violence_support"
    WEAPON_COLLECTION = "weapon_collection"
    FOOTAGE_EXTRACTION = "footage_extraction"
    INSPECTION = "inspection"
    RESIDENCE_DECLARATION = "residence_declaration"
    DRILL = "drill"
    FUGITIVE_ARREST = "fugitive_arrest"
    SOCIAL_SUPPORT = "social_support"
    REINTEGRATION_SUPPORT = "reintegration_support"
    REVIEW_CONFERENCE = "review_conference"


class ActivityState(StrEnum):
    """State of an activity."""

    PLANNED = "planned"
    APPROVED = "approved"
    HELD = "held"
    REPORTED = "reported"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class ForceKind(StrEnum):
    """Kind of a force that takes part in an activity."""

    POLICE = "police"
    MILITARY = "military"
    MILITIA = "militia"
    BORDER_GUARD = "border_guard"
    FOREST_RANGERS = "forest_rangers"
    PROTECTION_TEAM = "protection_team"
    CIVIL_DEFENCE = "civil_defence"
    FATHERLAND_FRONT = "fatherland_front"
    MASS_ORGANISATIONS = "mass_organisations"
    HEALTH = "health"
    OTHER = "other"


class PartResource(StrEnum):
    """Kind of a record that takes part in an activity."""

    MODEL = "model"
    TEAM = "team"
    ORGANISATION = "organisation"


class DisputeKind(StrEnum):
    """Subject of a dispute that is mediated."""

    LAND = "land"
    NEIGHBOURS = "neighbours"
    FAMILY = "family"
    INHERITANCE = "inheritance"
    DEBT = "debt"
    LIVESTOCK = "livestock"
    ENVIRONMENT = "environment"
    OTHER = "other"


class FacilityKind(StrEnum):
    """Subject of an inspection."""

    CONDITIONAL_BUSINESS = "conditional_business"
    LODGING = "lodging"
    KARAOKE = "karaoke"
    FIRE_SAFETY = "fire_safety"
    URBAN_ORDER = "urban_order"
    RESOURCES = "resources"
    OTHER = "other"


class DrillKind(StrEnum):
    """Subject of a drill."""

    FIRE = "fire"
    EPIDEMIC = "epidemic"
    PUBLIC_ORDER = "public_order"
    NATURAL_DISASTER = "natural_disaster"
    OTHER = "other"
