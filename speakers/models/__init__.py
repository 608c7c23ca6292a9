"""People and organisations: they exist without any talk."""

from speakers.models.affiliation import Affiliation
from speakers.models.organisation import Organisation, OrganisationKind
from speakers.models.speaker import NameKind, Speaker, SpeakerName

__all__ = ["Affiliation", "NameKind", "Organisation", "OrganisationKind", "Speaker", "SpeakerName"]
