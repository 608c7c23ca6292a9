"""Addresses of people and organisations."""

from django.urls import path

from speakers import views

urlpatterns = [
    path("speakers/", views.SpeakerList.as_view(), name="speaker-list"),
    path("speakers/<any_slug:slug>/", views.SpeakerDetail.as_view(), name="speaker-detail"),
    path("organisations/", views.OrganisationList.as_view(), name="organisation-list"),
    path("organisations/<any_slug:slug>/", views.OrganisationDetail.as_view(), name="organisation-detail"),
]
