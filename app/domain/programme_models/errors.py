"""Errors of programme models."""

from app.db.tables.model_records import ModelRecognition
from app.db.tables.programme_models import ModelType, ProgrammeModel
from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, InvalidFields, NotFound
from app.domain.records.errors import derive_not_found

derive_not_found(ProgrammeModel, "model", "mô hình")
derive_not_found(ModelType, "model type", "loại mô hình", where=("", ""), named=True)
derive_not_found(ModelRecognition, "recognition", "việc công nhận", code="recognition_not_found")


class SourceModelNotFound(NotFound):
    code = "source_model_not_found"
    en = "There is no model {wanted} to be replicated."
    vi = "Không có mô hình {wanted} để nhân rộng."


class MemberNotFound(NotFound):
    code = "member_not_found"
    en = "This model has no member entry {wanted}."
    vi = "Mô hình này không có mục thành viên {wanted}."


class ModelTypeExists(Conflict):
    """Another type has that name; names that type."""

    code = "model_type_exists"
    en = "{wanted} names a model type already: {model_type}."
    vi = "{wanted} đã là tên của loại mô hình {model_type}."


class AlreadyRecorded(Conflict):
    code = "already_recorded"
    en = "You have recorded a model under the reference {reference} already."
    vi = "Bạn đã ghi nhận một mô hình với số tham chiếu {reference}."


class MemberHasLeft(Conflict):
    code = "member_has_left"
    en = "This member entry has ended already, on {left_on}."
    vi = "Mục thành viên này đã kết thúc từ ngày {left_on}."


class GroupsAreCounted(Conflict):
    code = "groups_are_counted"
    en = "The groups of this model are counted by its members then; end those first."
    vi = "Số tổ của mô hình này đang tính theo thành viên; hãy kết thúc các mục đó trước."


class GroupsAreStated(Conflict):
    code = "groups_are_stated"
    en = "The groups of this model are a stated number then; set groups to null first."
    vi = "Số tổ của mô hình này đang là số đã nêu; hãy đặt groups thành null trước."


class RuleNotLater(Conflict):
    code = "rule_not_later"
    en = "A rule stands since {since}; the next one begins after that day."
    vi = "Đã có quy tắc từ ngày {since}; quy tắc tiếp theo phải bắt đầu sau ngày đó."


class NotYet(Invalid):
    code = "not_in_the_future"
    en = "What has not happened yet is not recorded: {day}."
    vi = "Không ghi nhận việc của một ngày chưa đến: {day}."


class BeforeTheLastStep(Invalid):
    """A step on a day before that of the step it follows."""

    code = "before_the_last_step"
    en = "The step before took effect on {last}; this one cannot on {day}."
    vi = "Bước trước có hiệu lực từ {last}; bước này không thể có hiệu lực từ {day}."


class BeforeItsSource(Invalid):
    code = "before_its_source"
    en = "A model is not replicated before it was launched, on {launched_on}, and in its own type."
    vi = "Chỉ nhân rộng mô hình cùng loại và sau ngày ra mắt của nó: {launched_on}."


class NotLaunched(Conflict):
    code = "not_launched"
    en = "The model is {state}, never launched; its day comes with the action launch."
    vi = "Mô hình đang ở trạng thái {state}, chưa ra mắt; ngày ra mắt được ghi khi ra mắt (launch)."


class DayInAnotherYear(Invalid):
    code = "day_in_another_year"
    en = "recognised_on, {day}, does not lie in the year {year}; correct both together."
    vi = "recognised_on ({day}) không thuộc năm {year}; hãy sửa cả hai cùng lúc."


class NotATermOfMembers(Invalid):
    code = "not_a_term"
    en = "Members leave on or after the day on which they joined: {joined_on}."
    vi = "Ngày rời không được trước ngày tham gia: {joined_on}."


class NotAGroup(Invalid):
    code = "not_a_group"
    en = "Only groups of the same model that are still there merge into a group."
    vi = "Chỉ các tổ còn hoạt động của cùng mô hình mới được sáp nhập thành một tổ."


class NotOfYourLevel(Forbidden):
    code = "not_of_your_level"
    en = "A recognition by the {level} is recorded from that level or above."
    vi = "Việc công nhận của cấp {level} phải do cấp đó hoặc cấp trên ghi nhận."


class ApprovalNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "launch needs the document that approves the model, unless its approval had one."
        vi = "Ra mắt cần văn bản phê duyệt mô hình, nếu bước phê duyệt chưa có."
        super().__init__(FieldError("/document_id", "document_needed", en, vi))


class ModelsRefused(InvalidFields):
    """Lists each fault with its row; nothing was recorded."""

    code = "models_refused"
    en = "Some of the models cannot be recorded, so none was; see errors."
    vi = "Có mô hình không ghi nhận được nên chưa ghi mô hình nào; xem errors."
