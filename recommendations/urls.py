"""Addresses of recommendations."""

from django.urls import path

from recommendations import views

urlpatterns = [
    path("recommendations/", views.recommendation_list, name="recommendation-list"),
    path("recommendations/values/<slug:name>/", views.recommendation_values, name="recommendation-values"),
    path("recommendations/<any_slug:code>/", views.RecommendationDetail.as_view(), name="recommendation-detail"),
]
