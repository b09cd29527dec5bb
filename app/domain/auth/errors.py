"""What can be refused when a client is registered."""

from app.domain.errors import Conflict


class ClientExists(Conflict):
    code = "client_exists"
    en = "A client {client_id} exists already."
    vi = "Đã có ứng dụng {client_id}."
