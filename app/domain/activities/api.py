"""API declaration of activities, campaigns and tasks."""

from app.domain.activities import plans, service
from app.domain.activities.shape import ACTIVITY, CAMPAIGN, TASK
from app.domain.importables import Importable
from app.domain.operations import Operation
from app.domain.resources import Resource

ACTIVITIES = Resource(
    ACTIVITY,
    "activities",
    many="List the activities of your units, newest first.",
    one="Read one activity of your units.",
    create=service.create_activity,
    bulk=Operation(service.create_activities),
    update=service.change_activity,
    transition=service.transition_activity,
    void=service.void_activity,
    importable=Importable(
        {
            "unit": ("Mã đơn vị", "Đơn vị", "Mã xã", "Xã", "Địa bàn"),
            "units": ("Các đơn vị tham gia",),
            "kind": ("Loại hoạt động", "Loại"),
            "title": ("Nội dung", "Tên hoạt động"),
            "precision": ("Độ chính xác", "Kỳ"),
            "starts_on": ("Ngày", "Từ ngày", "Ngày bắt đầu"),
            "ends_on": ("Đến ngày", "Ngày kết thúc"),
            "period_text": ("Thời gian",),
            "topic": ("Chủ đề", "Chuyên đề"),
            "is_night": ("Ban đêm",),
            "minutes_number": ("Số biên bản",),
            "purpose": ("Mục đích",),
            "source": ("Nguồn", "Nguồn số liệu"),
            "reference": ("Số tham chiếu", "Mã tham chiếu", "Số hiệu"),
        },
        keys=[("reference",)],
    ),
    actions={"supersede": Operation(service.supersede_activity, status=201)},
)
CAMPAIGNS = Resource(
    CAMPAIGN,
    "campaigns",
    many="List the campaigns of your units, newest first.",
    one="Read one campaign of your units.",
    create=plans.create_campaign,
    update=plans.change_campaign,
    void=plans.void_campaign,
)
TASKS = Resource(
    TASK,
    "tasks",
    many="List the tasks of your units, newest first.",
    one="Read one task of your units.",
    create=plans.create_task,
    update=plans.change_task,
    transition=plans.transition_task,
    void=plans.void_task,
)

RESOURCES = (ACTIVITIES, CAMPAIGNS, TASKS)
OPERATIONS = (Operation(service.transition_activities, "activities/transitions", tag="activities"),)
