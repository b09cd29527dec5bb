"""API declaration of incidents."""

from app.domain.incidents import links, service
from app.domain.incidents.shape import INCIDENT
from app.domain.operations import Operation
from app.domain.resources import Resource

INCIDENTS = Resource(
    INCIDENT,
    "incidents",
    many="List the incidents of your units, newest first.",
    one="Read one incident of your units.",
    create=service.create_incident,
    bulk=Operation(service.create_incidents),
    update=service.change_incident,
    transition=service.transition_incident,
    void=service.void_incident,
    actions={"links": links.link_incident, "links/remove": links.unlink_incident},
)

RESOURCES = (INCIDENTS,)
OPERATIONS = (Operation(service.transition_incidents, "incidents/transitions", tag="incidents"),)
