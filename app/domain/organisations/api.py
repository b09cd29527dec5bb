"""API declaration of organisations."""

from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.organisations import service, voids
from app.domain.organisations.shape import ORGANISATION
from app.domain.resources import Resource

ORGANISATIONS = Resource(
    ORGANISATION,
    "organisations",
    many="List the organisations of your units, and of the units above, newest first.",
    one="Read one organisation; `expand=identifiers` adds its identifiers.",
    create=service.create_organisation,
    update=service.change_organisation,
    transition=service.transition_organisation,
    void=voids.void_organisation,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "unit_on": ("Đơn vị tại ngày",),
            "kind": ("Loại tổ chức", "Loại", "Loại hình"),
            "name": ("Tên tổ chức", "Tên", "Tên cơ quan, tổ chức"),
            "active_from": ("Ngày thành lập", "Hoạt động từ ngày"),
            "source": ("Nguồn", "Nguồn số liệu"),
        },
    ),
    actions={
        "identifiers": service.add_organisation_identifier,
        "identifiers/{identifier}/end": service.end_organisation_identifier,
    },
)

RESOURCES = (ORGANISATIONS,)
OPERATIONS: tuple[Operation, ...] = ()
