"""Addresses of recommendations."""

from django.urls import path

from recommendations import views

urlpatterns = [
    path("recommendations/", views.recommendation_list, name="recommendation-list"),
    path("recommendations/<any_slug:code>/", views.RecommendationDetail.as_view(), name="recommendation-detail"),
]
