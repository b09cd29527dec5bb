"""API declaration of programme models, types, recognitions and reviews."""

from app.domain.importables import Importable
from app.domain.operations import figure
from app.domain.programme_models import (
    changes,
    coverage,
    lineage,
    membership,
    recognitions,
    reviews,
    service,
    tally,
    types,
    voids,
)
from app.domain.programme_models.shape import MODEL
from app.domain.programme_models.type_shapes import MODEL_TYPE, RECOGNITION, REVIEW_RULE
from app.domain.resources import Resource

MODEL_TYPES = Resource(
    MODEL_TYPE,
    "model-types",
    many="List the types of programme models.",
    one="Read one type of programme model, by id or by code.",
    create=types.create_model_type,
    update=types.change_model_type,
    figures={"{id}/coverage": figure(coverage.coverage, name="model_coverage")},
)
RECOGNITIONS = Resource(
    RECOGNITION,
    "model-recognitions",
    many="List the recognitions of types and models, newest first.",
    one="Read one recognition of a type or a model.",
    create=recognitions.create_recognition,
    update=recognitions.change_recognition,
    transition=recognitions.transition_recognition,
    void=voids.void_recognition,
)
REVIEW_RULES = Resource(
    REVIEW_RULE,
    "model-review-rules",
    many="List the rules that say when models are due for review, newest first.",
    one="Read one rule that says when models are due for review.",
    create=reviews.add_model_review_rule,
    offline=False,
)
MODELS = Resource(
    MODEL,
    "models",
    many="List the models at work in your units, newest first.",
    one="Read one model at work in your units.",
    create=service.create_model,
    bulk=service.create_models,
    update=changes.change_model,
    transition=changes.transition_model,
    void=voids.void_model,
    actions={
        "members": membership.add_model_members,
        "members/{member}/end": membership.end_model_members,
        "reviews": reviews.add_model_review,
    },
    figures={"{id}/genealogy": lineage.model_genealogy, "{id}/members": membership.model_members},
    importable=Importable(
        {
            "type": ("Loại mô hình", "Mã loại mô hình", "Mã loại"),
            "units": ("Mã đơn vị", "Đơn vị", "Địa bàn", "Nơi thực hiện"),
            "name": ("Tên mô hình", "Mô hình", "Tên"),
            "pilot": ("Điểm", "Mô hình điểm", "Làm điểm"),
            "households": ("Số hộ", "Hộ"),
            "residents": ("Số nhân khẩu", "Nhân khẩu"),
            "groups": ("Số tổ", "Số nhóm", "Tổ"),
            "host_organisation": ("Tổ chức chủ trì", "Mã tổ chức"),
            "launched_on": ("Ngày ra mắt", "Ra mắt ngày", "Ngày thành lập"),
            "pledged_on": ("Ngày đăng ký", "Đăng ký ngày"),
            "replicated_from": ("Nhân rộng từ", "Mã mô hình gốc"),
            "reference": ("Số tham chiếu", "Mã tham chiếu", "Số hiệu"),
        },
        keys=[("reference",)],
        create_many=service.record_models,
    ),
)

RESOURCES = (MODEL_TYPES, RECOGNITIONS, REVIEW_RULES, MODELS)
OPERATIONS = (figure(tally.model_tally, "model-tally", tag="models"),)
