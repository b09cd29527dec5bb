"""Errors about verifications of the audit."""

from app.domain.errors import Forbidden, Invalid


class NationalOnly(Forbidden):
    code = "national_only"
    en = "The chain of the whole country is verified by an auditor of the whole country."
    vi = "Chỉ kiểm toán viên cấp trung ương được xác minh chuỗi nhật ký của cả nước."


class NotARange(Invalid):
    code = "not_a_range"
    en = "to_position ({to_position}) does not come before from_position ({from_position})."
    vi = "to_position ({to_position}) không được nhỏ hơn from_position ({from_position})."


class ChainBroken(Exception):
    """The chain no longer ends where it was sealed, so the sealer adds nothing."""
