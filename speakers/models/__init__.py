"""People and organisations: they exist without any talk."""

from speakers.models.affiliation import Affiliation
from speakers.models.organisation import Organisation, OrganisationKind
from speakers.models.speaker import Speaker

__all__ = ["Affiliation", "Organisation", "OrganisationKind", "Speaker"]
