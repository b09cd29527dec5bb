"""API declaration of documents."""

from app.domain.documents import service, tallies, voids
from app.domain.documents.shape import DOCUMENT
from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.resources import Resource

DOCUMENTS = Resource(
    DOCUMENT,
    "documents",
    many="List the documents of your units, and those that units above have issued.",
    one="Read one document; `expand=attachments,supersedes,superseded_by` adds its links.",
    create=service.create_document,
    update=service.change_document,
    transition=service.transition_document,
    void=voids.void_document,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "unit_on": ("Đơn vị tại ngày",),
            "kind": ("Loại văn bản", "Loại"),
            "number": ("Số", "Số văn bản"),
            "symbol": ("Ký hiệu",),
            "title": ("Trích yếu", "Tên văn bản"),
            "issued_on": ("Ngày ban hành", "Ngày ký"),
            "in_force_on": ("Ngày có hiệu lực", "Hiệu lực từ ngày"),
            "issuer": ("Cơ quan ban hành",),
            "issuer_eid": ("Mã định danh cơ quan",),
            "signer_position": ("Chức vụ người ký",),
            "level": ("Cấp", "Cấp ban hành"),
            "period_from": ("Từ năm",),
            "period_to": ("Đến năm",),
            "source": ("Nguồn", "Nguồn số liệu"),
        },
    ),
    figures={"tally": tallies.document_tally},
)

RESOURCES = (DOCUMENTS,)
OPERATIONS: tuple[Operation, ...] = ()
