"""API declaration of stated figures."""

from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.resources import Resource
from app.domain.stated_figures import service
from app.domain.stated_figures.shape import STATED_FIGURE

STATED_FIGURES = Resource(
    STATED_FIGURE,
    "stated-figures",
    many="List the figures that sources state; voided ones with `voided=include`.",
    one="Read one figure that a source states.",
    create=service.create_stated_figure,
    update=service.change_stated_figure,
    void=service.void_stated_figure,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "unit_on": ("Đơn vị tại ngày",),
            "measure": ("Chỉ số", "Mã chỉ số"),
            "counting_unit": ("Đơn vị tính", "Mã đơn vị tính"),
            "category": ("Phân loại", "Mã phân loại"),
            "level": ("Cấp",),
            "label": ("Tên số liệu", "Nội dung"),
            "value": ("Giá trị", "Số liệu"),
            "qualifier": ("Mức", "Mức chính xác"),
            "delta_only": ("Chỉ là mức tăng giảm",),
            "precision": ("Độ chính xác", "Kỳ"),
            "period_from": ("Từ ngày", "Ngày", "Kỳ từ"),
            "period_to": ("Đến ngày", "Kỳ đến"),
            "period_text": ("Thời gian", "Kỳ (bằng lời)"),
            "compared_from": ("So với từ ngày",),
            "compared_to": ("So với đến ngày",),
            "document_id": ("Mã văn bản",),
            "source": ("Nguồn", "Nguồn số liệu"),
            "quote": ("Nguyên văn", "Trích dẫn"),
            "reference": ("Số tham chiếu", "Mã tham chiếu", "Số hiệu"),
            "value_text": ("Giá trị bằng chữ",),
            "counting_unit_text": ("Đơn vị tính bằng chữ",),
            "place_text": ("Địa điểm",),
        },
    ),
)

RESOURCES = (STATED_FIGURES,)
OPERATIONS: tuple[Operation, ...] = ()
