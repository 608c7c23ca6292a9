"""Addresses of pictures and recordings."""

from django.urls import path

from workshop.images import views

urlpatterns = [
    path("<path:name>", views.media, name="media"),
]
