"""API declaration of incidents."""

from app.domain.importables import Importable
from app.domain.incidents import links, service
from app.domain.incidents.shape import INCIDENT
from app.domain.operations import Operation
from app.domain.resources import Resource

INCIDENTS = Resource(
    INCIDENT,
    "incidents",
    many="List the incidents of your units, newest first.",
    one="Read one incident of your units.",
    create=service.create_incident,
    bulk=Operation(service.create_incidents),
    update=service.change_incident,
    transition=service.transition_incident,
    void=service.void_incident,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "form": ("Hình thức ghi", "Dạng"),
            "category": ("Loại vụ việc", "Mã loại vụ việc", "Phân loại"),
            "title": ("Nội dung", "Tên vụ việc"),
            "spot": ("Địa điểm", "Nơi xảy ra"),
            "incident_count": ("Số vụ",),
            "incident_qualifier": ("Mức của số vụ",),
            "involved_count": ("Số đối tượng", "Số người liên quan"),
            "involved_qualifier": ("Mức của số đối tượng",),
            "deaths": ("Số người chết", "Chết"),
            "injured": ("Số người bị thương", "Bị thương"),
            "damage": ("Thiệt hại", "Thiệt hại (đồng)"),
            "precision": ("Độ chính xác", "Kỳ"),
            "period_from": ("Từ ngày", "Ngày", "Kỳ từ"),
            "period_to": ("Đến ngày", "Kỳ đến"),
            "period_text": ("Thời gian", "Kỳ (bằng lời)"),
            "compared_from": ("So với từ ngày",),
            "compared_to": ("So với đến ngày",),
            "reported_on": ("Ngày báo cáo",),
            "source": ("Nguồn", "Nguồn số liệu"),
            "reference": ("Số tham chiếu", "Mã tham chiếu", "Số hiệu"),
        },
        keys=[("reference",)],
    ),
    actions={"links": links.link_incident, "links/remove": links.unlink_incident},
)

RESOURCES = (INCIDENTS,)
OPERATIONS = (Operation(service.transition_incidents, "incidents/transitions", tag="incidents"),)
