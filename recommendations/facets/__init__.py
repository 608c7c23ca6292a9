"""The facets of recommendations, in the order in which they stand in addresses."""

from recommendations.facets.asked import AddresseeFacet, ResponseFacet
from recommendations.facets.kinds import FacetKind
from recommendations.facets.nature import ActionFacet, ModalityFacet, OriginFacet, StatusFacet, YearFacet
from recommendations.facets.people import ProposerFacet, SpeakerFacet, StanceFacet
from recommendations.facets.subjects import AffectedFacet, TagFacet, ThemeFacet, WorkshopFacet

FACETS: tuple[FacetKind, ...] = (
    SpeakerFacet(),
    ProposerFacet(),
    AddresseeFacet(),
    ThemeFacet(),
    AffectedFacet(),
    WorkshopFacet(),
    OriginFacet(),
    StatusFacet(),
    ResponseFacet(),
    StanceFacet(),
    ActionFacet(),
    ModalityFacet(),
    YearFacet(),
    TagFacet(),
)
NAMES = tuple(facet.name for facet in FACETS)
