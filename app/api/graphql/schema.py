"""The GraphQL schema: one Query and one Mutation, stacked from the features."""

import strawberry
import structlog
from graphql import GraphQLError
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from app.api.errors import Masked, is_of_the_query, known
from app.api.graphql.accounts import AccountMutation, AccountQuery
from app.api.graphql.attachments import AttachmentMutation, AttachmentQuery
from app.api.graphql.audit import AuditMutation, AuditQuery
from app.api.graphql.clients import ClientMutation, ClientQuery
from app.api.graphql.commendations import CommendationMutation, CommendationQuery
from app.api.graphql.deadlines import DeadlineMutation, DeadlineQuery
from app.api.graphql.documents import DocumentMutation, DocumentQuery
from app.api.graphql.grants import GrantMutation, GrantQuery
from app.api.graphql.me import MeMutation, MeQuery
from app.api.graphql.model_figures import ModelFigureQuery
from app.api.graphql.model_types import ModelTypeMutation, ModelTypeQuery
from app.api.graphql.operations import mutation_fields, query_fields
from app.api.graphql.programme_models import ModelMutation, ModelQuery
from app.api.graphql.reorganisations import ReorganisationMutation, ReorganisationQuery
from app.api.graphql.tallies import TallyMutation, TallyQuery
from app.api.graphql.tip_content import TipContentMutation, TipContentQuery
from app.api.graphql.tip_handling import TipHandlingMutation
from app.api.graphql.tip_identities import TipIdentityMutation, TipIdentityQuery
from app.api.graphql.tip_keeping import TipKeepingMutation, TipKeepingQuery
from app.api.graphql.tip_service_level import TipServiceLevelQuery
from app.api.graphql.tip_transfers import TipTransferMutation, TipTransferQuery
from app.api.graphql.tips import TipMutation, TipQuery
from app.api.graphql.tips_at_the_counter import CounterMutation
from app.api.graphql.types import NODES, SCALARS, resolve_by_key
from app.api.graphql.units import UnitMutation, UnitQuery

LOG = structlog.get_logger()


FeatureQuery = strawberry.type(type("FeatureQuery", (), query_fields()))
FeatureMutation = strawberry.type(type("FeatureMutation", (), mutation_fields()))


@strawberry.type(description="Everything that can be read.")
class Query(
    MeQuery, UnitQuery, ReorganisationQuery, ModelQuery, ModelTypeQuery, ModelFigureQuery,
    DeadlineQuery, DocumentQuery, AttachmentQuery, CommendationQuery, TallyQuery,
    AccountQuery, ClientQuery, GrantQuery, AuditQuery,
    FeatureQuery,
    TipQuery, TipContentQuery,
    TipKeepingQuery, TipServiceLevelQuery,
    TipIdentityQuery, TipTransferQuery,
):  # fmt: skip
    pass


@strawberry.type(description="Everything that can be changed.")
class Mutation(
    UnitMutation, ReorganisationMutation, ModelMutation, ModelTypeMutation, DeadlineMutation,
    DocumentMutation, AttachmentMutation, CommendationMutation, TallyMutation,
    AccountMutation, ClientMutation, GrantMutation, MeMutation, AuditMutation,
    FeatureMutation,
    TipMutation, TipHandlingMutation, TipContentMutation,
    TipKeepingMutation,
    TipIdentityMutation, TipTransferMutation,
    CounterMutation,
):  # fmt: skip
    pass


class Schema(strawberry.Schema):
    """Logs what nobody expected, and nothing that a caller was simply refused."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        for error in errors:
            cause = error.original_error
            if not is_of_the_query(error) and known(cause) is None:
                LOG.error("graphql_field_failed", path=error.path, exc_info=cause)


def build_schema() -> Schema:
    schema = Schema(
        Query,
        Mutation,
        types=list(NODES.values()),
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[Masked, lambda: ParserCache(1000), lambda: ValidationCache(1000)],
    )
    resolve_by_key(schema._schema)
    return schema
