"""One security scheme, OAuth 2, with the permission of each operation as its scope."""

from app.api.descriptions import describe_permission
from app.api.rest.contract.document import Document
from app.domain.actor import Permission

SCHEME = "oauth2"


def secure(document: Document) -> None:
    """Set the scope of each operation; open ones need none."""
    scopes = {str(permission): describe_permission(permission) for permission in Permission}
    document.content["components"]["securitySchemes"] = {
        SCHEME: {
            "type": "oauth2",
            "description": "Access tokens live for minutes. A scope never widens what roles grant.",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": "/oauth/authorize",
                    "tokenUrl": "/oauth/token",
                    "refreshUrl": "/oauth/token",
                    "scopes": scopes,
                },
                "clientCredentials": {"tokenUrl": "/oauth/token", "scopes": scopes},
            },
        }
    }
    for operation in document.operations:
        needs = operation.permission
        operation.content["security"] = [{SCHEME: [str(needs)]}] if needs else []
