"""Addresses of people and organisations."""

from django.urls import path

from speakers.views.organisations import OrganisationDetail, OrganisationList
from speakers.views.people import SpeakerDetail, SpeakerList

urlpatterns = [
    path("speakers/", SpeakerList.as_view(), name="speaker-list"),
    path("speakers/<any_slug:slug>/", SpeakerDetail.as_view(), name="speaker-detail"),
    path("organisations/", OrganisationList.as_view(), name="organisation-list"),
    path("organisations/<any_slug:slug>/", OrganisationDetail.as_view(), name="organisation-detail"),
]
