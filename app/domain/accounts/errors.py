"""Errors of accounts, clients and grants."""

from app.db.tables.auth import Account, Client, Grant
from app.domain.errors import Conflict, Forbidden, Invalid
from app.domain.records.errors import derive_not_found

derive_not_found(Account, "account", "tài khoản")
derive_not_found(Client, "client", "ứng dụng")
derive_not_found(Grant, "grant", "quyền được cấp")


class LoginTaken(Conflict):
    code = "login_taken"
    en = "Another account signs in as {login}."
    vi = "Tên đăng nhập {login} đã có người dùng."


class IdentityTaken(Conflict):
    code = "identity_taken"
    en = "Another account is linked to this identity."
    vi = "Danh tính này đã gắn với một tài khoản khác."


class ClientExists(Conflict):
    code = "client_exists"
    en = "A client {client_id} exists already."
    vi = "Đã có ứng dụng {client_id}."


class NoSecret(Conflict):
    code = "client_has_no_secret"
    en = "This client comes by {instead}; it has no secret."
    vi = "Ứng dụng này xác thực bằng {instead} nên không có khóa bí mật."


class KindDoesNotFit(Invalid):
    code = "kind_does_not_fit"
    en = "A public client has a redirect URI and no key; what it does it does for a person."
    vi = "Ứng dụng công khai cần redirect URI và không có khóa; nó luôn thay mặt một người."


class GrantExists(Conflict):
    code = "grant_exists"
    en = "This role is granted for this unit already; revoke that grant to change it."
    vi = "Vai trò này đã được cấp tại đơn vị này; hãy thu hồi trước khi cấp lại."


class HolderDisabled(Conflict):
    code = "holder_disabled"
    en = "A disabled account or client is granted nothing."
    vi = "Không cấp quyền cho tài khoản hay ứng dụng đã bị khóa."


class RolesConflict(Conflict):
    """Names the held role that conflicts."""

    code = "roles_conflict"
    en = "Nobody holds {role} together with {held}."
    vi = "Không ai được giữ vai trò {role} cùng với {held}."


class LastAdministrator(Conflict):
    code = "last_administrator"
    en = "This is the last lasting administrator of the country; appoint another first."
    vi = "Đây là quản trị viên toàn quốc cuối cùng; hãy bổ nhiệm người khác trước."


class NotForMachines(Invalid):
    code = "not_for_machines"
    en = "{role} answers for its acts in person; a client cannot hold it. Allowed: {_allowed}."
    vi = "Vai trò {role} phải do người chịu trách nhiệm; ứng dụng chỉ giữ được: {_allowed}."


class ActsForPeople(Conflict):
    code = "acts_for_people"
    en = "A public client acts for the person in front of it; it is granted nothing itself."
    vi = "Ứng dụng công khai thay mặt người dùng nên không được cấp quyền riêng."


class NotAtThisLevel(Invalid):
    code = "not_at_this_level"
    en = "{role} is not held at the level {level}. Allowed: {_allowed}."
    vi = "Vai trò {role} không có ở cấp {level}. Cho phép: {_allowed}."


class AlreadyOver(Invalid):
    code = "already_over"
    en = "A grant does not end before it begins: {day}."
    vi = "Thời hạn của quyền không thể ở quá khứ: {day}."


class OnOneself(Forbidden):
    code = "on_oneself"
    en = "Nobody decides on their own account or their own rights."
    vi = "Không ai được quyết định về tài khoản hay quyền của chính mình."


class BeyondYou(Forbidden):
    code = "beyond_you"
    en = "Decisions on {role} here lie with an administrator of a higher unit."
    vi = "Quyết định về vai trò {role} ở đây thuộc quản trị viên đơn vị cấp trên."


class NotASuperior(Forbidden):
    code = "not_a_superior"
    en = (
        "A client of the level {level} is opened by an administrator of a higher unit; one of the "
        "country by another administrator than the one who registered it."
    )
    vi = (
        "Ứng dụng cấp {level} phải do quản trị viên cấp trên mở; ứng dụng cấp quốc gia phải do "
        "quản trị viên khác người đăng ký mở."
    )


class NeedsASecondPerson(Forbidden):
    code = "needs_a_second_person"
    en = "{role} is granted by another than who made or last changed the account."
    vi = "Vai trò {role} phải do người khác cấp, không phải người lập hay sửa tài khoản."


class NeedsAnotherToConfirm(Forbidden):
    code = "needs_another_to_confirm"
    en = "{role} takes two: another administrator than the one who proposed it confirms the grant."
    vi = "Vai trò {role} cần hai người: quản trị viên khác người đề xuất phải xác nhận."
