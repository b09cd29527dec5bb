"""API declaration of commendations and exemplars."""

from app.domain.commendations import exemplars, service, voids
from app.domain.commendations.shape import COMMENDATION, EXEMPLAR
from app.domain.documents import tallies
from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.resources import Resource

COMMENDATIONS = Resource(
    COMMENDATION,
    "commendations",
    many="List the commendations of your units, nominated, decided and awarded.",
    one="Read one commendation.",
    create=service.create_commendation,
    update=service.change_commendation,
    transition=service.transition_commendation,
    void=voids.void_commendation,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "recipient_kind": ("Đối tượng khen", "Loại đối tượng"),
            "recipient_name": ("Tên tập thể", "Tập thể"),
            "recipient_label": ("Cá nhân", "Người được khen"),
            "form": ("Hình thức khen thưởng", "Hình thức"),
            "authority": ("Cấp khen", "Thẩm quyền"),
            "level": ("Cấp",),
            "achievement": ("Thành tích",),
            "document_id": ("Mã văn bản",),
        },
    ),
    figures={"tally": tallies.commendation_tally},
)
EXEMPLARS = Resource(
    EXEMPLAR,
    "exemplars",
    many="List the exemplars of your units.",
    one="Read one exemplar.",
    create=exemplars.create_exemplar,
    update=exemplars.change_exemplar,
    void=voids.void_exemplar,
)

RESOURCES = (COMMENDATIONS, EXEMPLARS)
OPERATIONS: tuple[Operation, ...] = ()
