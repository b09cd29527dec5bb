"""Refusals of HTTP requests before they reach the domain."""

from app.domain.errors import DomainError, Unavailable


class NoSuchPath(DomainError):
    code = "no_such_path"
    en = "There is nothing at this address."
    vi = "Không có gì ở địa chỉ này."


class MethodNotAllowed(DomainError):
    code = "method_not_allowed"
    en = "This address does not take that method."
    vi = "Địa chỉ này không nhận phương thức đó."


class TooLarge(DomainError):
    code = "too_large"
    en = "The request is larger than {most} bytes."
    vi = "Yêu cầu lớn hơn {most} byte."


class TooSlow(DomainError):
    code = "too_slow"
    en = "The request did not arrive within {seconds} seconds."
    vi = "Yêu cầu không đến đủ trong {seconds} giây."


class AddressTooLong(DomainError):
    code = "address_too_long"
    en = "The address with its query is longer than {most} bytes; POST /graphql takes more."
    vi = "Địa chỉ cùng tham số dài hơn {most} byte; POST /graphql nhận được nhiều hơn."


class HeadersTooLarge(DomainError):
    code = "headers_too_large"
    en = "The headers are larger than {most} bytes, or more than {count}."
    vi = "Phần đầu của yêu cầu lớn hơn {most} byte, hoặc nhiều hơn {count} mục."


class TooManyRequests(DomainError):
    code = "too_many_requests"
    en = "Too many requests for one {budget}; try again in {retry_after} seconds."
    vi = "Quá nhiều yêu cầu từ cùng một {_budget}; hãy thử lại sau {retry_after} giây."


class OverloadError(Unavailable):
    code = "overloaded"
    en = "Too many requests are being answered at this moment; try again shortly."
    vi = "Hệ thống đang phục vụ quá nhiều yêu cầu; hãy thử lại ngay sau đây."


class WrongMediaType(DomainError):
    code = "wrong_media_type"
    en = "This is not taken as {given}. Allowed: {_allowed}."
    vi = "Không nhận kiểu {given}. Cho phép: {_allowed}."


class BadRequest(DomainError):
    code = "bad_request"
    en = "The request cannot be read."
    vi = "Không đọc được yêu cầu."


class Unexpected(DomainError):
    code = "unexpected"
    en = "Something went wrong on our side; quote the request id when you report it."
    vi = "Hệ thống gặp lỗi; khi báo lỗi vui lòng nêu mã yêu cầu (request id)."
