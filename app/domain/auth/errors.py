"""What can be refused to a client that wants a token."""

from app.domain.errors import Unauthenticated, UnknownName


class InvalidClient(Unauthenticated):
    code = "invalid_client"
    en = "This client and secret do not go together, or the client is disabled."
    vi = "Mã ứng dụng và khóa bí mật không khớp, hoặc ứng dụng đã bị khóa."


class UnsupportedGrant(UnknownName):
    code = "unsupported_grant_type"
    en = "The grant type {name} is not supported. Allowed: {_allowed}."
    vi = "Không hỗ trợ grant type {name}. Cho phép: {_allowed}."
