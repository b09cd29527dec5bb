"""API declaration of teams, members, size rules and committees."""

from app.domain.forces import (
    committee_successions,
    committees,
    members,
    service,
    service_years,
    size_rules,
    tally,
    voids,
)
from app.domain.forces.committee_shape import COMMITTEE
from app.domain.forces.shape import MEMBER, SIZE_RULE, TEAM
from app.domain.importables import Importable
from app.domain.operations import Operation, figure
from app.domain.resources import Resource

TEAMS = Resource(
    TEAM,
    "teams",
    many="List the teams and groups of your units, newest first.",
    one="Read one team of your units.",
    create=service.create_team,
    bulk=service.create_teams,
    update=service.change_team,
    transition=service.transition_team,
    void=voids.void_team,
    actions={"equipment": service.set_equipment},
    figures={"tally": figure(tally.tally, name="team_tally")},
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "kind": ("Loại tổ", "Loại", "Loại hình"),
            "name": ("Tên tổ", "Tên", "Tên tổ, đội"),
            "decision": ("Số quyết định", "Quyết định"),
            "established_on": ("Ngày thành lập", "Ngày quyết định"),
            "counted_size": ("Số thành viên", "Quân số"),
            "reference": ("Số tham chiếu", "Mã tham chiếu", "Số hiệu"),
        },
        keys=[("reference",), ("kind", "unit", "name")],
        create_many=service.record_teams,
    ),
)
MEMBERS = Resource(
    MEMBER,
    "team-members",
    many="List the members of the teams of your units, newest first.",
    one="Read one member of a team of your units.",
    create=members.add_member,
    create_at="teams/{id}/members",
    update=members.change_member,
    transition=members.transition_member,
    void=voids.void_team_member,
    actions={
        "roles": members.assign_role,
        "training": service_years.record_training,
        "ratings": service_years.rate_member,
    },
    importable=Importable(
        {
            "team": ("Mã tổ", "Tổ"),
            "name": ("Họ và tên", "Họ tên", "Tên"),
            "origin_force": ("Lực lượng trước đây", "Nguồn"),
        },
    ),
)
SIZE_RULES = Resource(
    SIZE_RULE,
    "team-size-rules",
    many="List the rules on the size of teams, every edition, newest first.",
    one="Read one rule on the size of teams.",
    create=size_rules.add_size_rule,
    update=size_rules.change_size_rule,
)
COMMITTEES = Resource(
    COMMITTEE,
    "committees",
    many="List the steering committees of your units, newest first.",
    one="Read one steering committee of your units.",
    create=committees.create_committee,
    update=committees.change_committee,
    transition=committees.transition_committee,
    void=voids.void_committee,
)

RESOURCES = (TEAMS, MEMBERS, SIZE_RULES, COMMITTEES)
OPERATIONS: tuple[Operation, ...] = (
    figure(
        committee_successions.committee_succession_plan, "committee-successions", tag="committees"
    ),
    Operation(committee_successions.follow_committees, "committee-successions", tag="committees"),
)
