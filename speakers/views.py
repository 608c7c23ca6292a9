"""Pages of people and organisations."""

from speakers.models import Organisation, Speaker
from workshop.views.public import PublicDetail, PublicList


class SpeakerList(PublicList):
    """All experts."""

    model = Speaker


class SpeakerDetail(PublicDetail):
    """One expert."""

    model = Speaker


class OrganisationList(PublicList):
    """All organisations."""

    model = Organisation


class OrganisationDetail(PublicDetail):
    """One organisation."""

    model = Organisation
