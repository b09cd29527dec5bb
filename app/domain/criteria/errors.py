"""Errors of criteria sets, rounds and evaluations."""

from app.db.tables.criteria import CriteriaSet, Evaluation, EvaluationRound
from app.domain.errors import Conflict, FieldError, Forbidden, Invalid, InvalidFields
from app.domain.records.errors import derive_not_found

derive_not_found(CriteriaSet, "criteria set", "bộ tiêu chí")
derive_not_found(EvaluationRound, "evaluation round", "đợt xét")
derive_not_found(Evaluation, "evaluation", "hồ sơ xét")


class SetPublished(Conflict):
    code = "set_published"
    en = "The criteria set is {state}: only a draft is changed. Draft its next edition."
    vi = "Bộ tiêu chí đang ở trạng thái {state}: chỉ sửa được bản dự thảo. Hãy soạn bản tiếp theo."


class SetNotReady(Conflict):
    code = "set_not_ready"
    en = "The threshold of these grades is unknown: {_grades}. State least_percent of each."
    vi = "Chưa có mức điểm của các loại: {_grades}. Hãy nêu least_percent của từng loại."

    def __init__(self, grades: list[str]) -> None:
        super().__init__(grades=grades, _grades=", ".join(grades))


class SetNotInForce(Conflict):
    code = "set_not_in_force"
    en = "The criteria set is {state}; a round takes one that is published."
    vi = "Bộ tiêu chí đang ở trạng thái {state}; đợt xét chỉ dùng bộ đã công bố."


class EditionTaken(Conflict):
    code = "edition_taken"
    en = "Edition {edition} of {set} is there already; state the next one."
    vi = "Đã có bản {edition} của {set}; hãy nêu số bản tiếp theo."


class HoldsNoTime(InvalidFields):
    def __init__(self, since: str) -> None:
        en, vi = f"valid_to is later than {since}.", f"valid_to phải sau ngày {since}."
        super().__init__(FieldError("/valid_to", "ends_before_beginning", en, vi, after=since))


class NoteNeeded(InvalidFields):
    def __init__(self) -> None:
        en = "A later edition says in change_note what has changed."
        vi = "Bản sau phải nêu nội dung thay đổi trong change_note."
        super().__init__(FieldError("/change_note", "change_note_needed", en, vi))


class WrongExtension(Invalid):
    code = "wrong_extension"
    en = "A province adds to a published national set of the same kind of subject; this is {why}."
    vi = "Tỉnh chỉ bổ sung vào bộ quốc gia đã công bố của cùng loại đối tượng; bộ này: {why}."


class ForProvincesAndTheCountry(Forbidden):
    code = "for_provinces_and_the_country"
    en = "Only the country and provinces write criteria sets; you work in a {level}."
    vi = "Chỉ cấp quốc gia và cấp tỉnh soạn bộ tiêu chí; bạn thuộc cấp {level}."


class DaysDisagree(Invalid):
    code = "days_disagree"
    en = "Registration ends by {register_by}, after the decision by {decide_by}."
    vi = "Hạn đăng ký {register_by} sau hạn quyết định {decide_by}."


class WrongWindow(Invalid):
    code = "wrong_window"
    en = "The criteria set is for windows of {wanted}; {given} is of another kind."
    vi = "Bộ tiêu chí dùng kỳ {wanted}; {given} thuộc loại khác."


class NotDelegable(Invalid):
    code = "not_delegable"
    en = "Only the country and provinces delegate, one level down, with delegation_basis."
    vi = "Chỉ cấp quốc gia và tỉnh được ủy quyền, xuống một cấp, có delegation_basis."


class RoundHeld(Conflict):
    code = "round_exists"
    en = "There is a round of this set for {window} in this unit already."
    vi = "Đơn vị này đã có đợt xét của bộ tiêu chí cho kỳ {window}."


class RoundClosed(Conflict):
    code = "round_closed"
    en = "The round is closed; nobody is registered in it any more."
    vi = "Đợt xét đã đóng; không đăng ký thêm."


class RegistersLate(InvalidFields):
    """Refuse a late registration without a reason."""

    def __init__(self, day: str) -> None:
        en = f"Registration ended on {day}; late_reason says why this one is late."
        vi = f"Hạn đăng ký là {day}; late_reason nêu lý do đăng ký muộn."
        super().__init__(FieldError("/late_reason", "late_reason_needed", en, vi))


class WrongSubject(Invalid):
    code = "wrong_subject"
    en = "The round evaluates a subject of kind {kind}: name {field}, of that kind."
    vi = "Đợt xét dành cho đối tượng loại {kind}: hãy nêu {field} đúng loại."


class AlreadyRegistered(Conflict):
    code = "already_registered"
    en = "This subject is registered in the round already."
    vi = "Đối tượng này đã được đăng ký trong đợt xét."


class SubjectEnded(Conflict):
    code = "subject_ended"
    en = "The unit ended within the window of the round; register the unit that came after it."
    vi = "Đơn vị đã kết thúc trong kỳ xét; hãy đăng ký đơn vị kế thừa."


class OutsideTheRound(Invalid):
    code = "outside_the_round"
    en = "The subject does not lie in the unit of the round."
    vi = "Đối tượng không thuộc đơn vị của đợt xét."


class NotWritable(Conflict):
    code = "answers_closed"
    en = "Answers change before submission or after a return; the evaluation is {state}."
    vi = "Chỉ sửa câu trả lời trước khi nộp hoặc khi bị trả lại; hồ sơ đang {state}."


class NotReopened(Conflict):
    code = "criterion_not_reopened"
    en = "Only the criteria of the return are open again; {criterion} is not one of them."
    vi = "Chỉ các tiêu chí bị trả lại được sửa; {criterion} không nằm trong số đó."


class UnknownCriterion(Invalid):
    code = "unknown_criterion"
    en = "The criteria set has no criterion {given}. Known: {_known}."
    vi = "Bộ tiêu chí không có tiêu chí {given}. Các tiêu chí: {_known}."

    def __init__(self, given: str, known: list[str]) -> None:
        super().__init__(given=given, known=known, _known=", ".join(known))


class WrongAnswer(Invalid):
    code = "wrong_answer"
    en = "{criterion} takes {takes}."
    vi = "{criterion} nhận {takes}."


class BodyNotInCharge(Forbidden):
    code = "body_not_in_charge"
    en = "In this round, {action} is up to the level {level}; you work in a {own}."
    vi = "Trong đợt xét này, {action} thuộc thẩm quyền cấp {level}; bạn thuộc cấp {own}."


class NoCommittee(Conflict):
    code = "no_deciding_committee"
    en = "Your unit has no committee ({scope}) on {day}; in this round that committee decides."
    vi = "Đơn vị bạn không có ban chỉ đạo ({scope}) vào {day}; đợt xét này do ban đó quyết định."


class UnknownPosition(InvalidFields):
    def __init__(self, known: list[str]) -> None:
        listed = ", ".join(known)
        en = f"position names one of the committee that decides: {listed}."
        vi = f"position phải là một chức danh của ban quyết định: {listed}."
        super().__init__(FieldError("/position", "unknown_position", en, vi, allowed=known))


class PositionNotTaken(InvalidFields):
    def __init__(self, action: str) -> None:
        en = f"position is for a decision by a committee; {action} takes none here."
        vi = f"position chỉ dùng khi ban chỉ đạo quyết định; {action} ở đây không nhận."
        super().__init__(FieldError("/position", "out_of_place", en, vi))


class StillUndecided(Conflict):
    code = "still_undecided"
    en = "These criteria cannot be decided yet: {_criteria}. Answer them, or return the evaluation."
    vi = "Chưa thể kết luận các tiêu chí: {_criteria}. Hãy trả lời hoặc trả lại hồ sơ."

    def __init__(self, criteria: list[str]) -> None:
        super().__init__(criteria=criteria, _criteria=", ".join(criteria))


class EvidenceStale(Conflict):
    code = "evidence_stale"
    en = "Figures that were cited are different now: {_criteria}. Return the evaluation for these."
    vi = "Số liệu đã trích dẫn nay khác: {_criteria}. Hãy trả lại hồ sơ để rà soát."

    def __init__(self, criteria: list[str]) -> None:
        super().__init__(criteria=criteria, _criteria=", ".join(criteria))


class OverQuota(Conflict):
    code = "over_quota"
    en = "{number} with the grade {grade} are more than {most} % of the {whole} with {of}."
    vi = "{number} đối tượng loại {grade} vượt {most} % của {whole} đối tượng loại {of}."


class DayToCome(Invalid):
    code = "day_to_come"
    en = "The day {day} is still to come."
    vi = "Ngày {day} chưa đến."


class UnitsOrAll(InvalidFields):
    """Refuse a registration that names neither units nor all of them, or both."""

    def __init__(self) -> None:
        en = "Name the units, or set all_expected for all that the round still expects."
        vi = "Hãy nêu các đơn vị, hoặc đặt all_expected để đăng ký mọi đơn vị còn thiếu của đợt."
        super().__init__(FieldError("/units", "units_or_all", en, vi))


class CriteriaNeeded(InvalidFields):
    def __init__(self, action: str) -> None:
        en = f"{action} names the criteria that are open again, each with its reason."
        vi = f"{action} phải nêu các tiêu chí cần rà soát, kèm lý do từng tiêu chí."
        super().__init__(FieldError("/criteria", "criteria_needed", en, vi))
