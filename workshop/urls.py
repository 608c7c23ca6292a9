"""Addresses: the public site in two languages, the desk, and health."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter

from workshop.admin import shared
from workshop.common.converters import AnySlug
from workshop.views import corrections, documents, editions, health, pages, search, tags, talks, themes

register_converter(AnySlug, "any_slug")

handler404 = "workshop.views.errors.not_found"
handler403 = "workshop.views.errors.forbidden"
handler500 = "workshop.views.errors.server_error"

urlpatterns = [
    path("admin/writing/", include("workshop.admin.writing")),
    path("admin/", admin.site.urls),
    path("media/", include("workshop.images.urls")),
    path("preview/<str:token>/", shared.shared_preview, name="shared-preview"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", pages.robots, name="robots"),
    path("favicon.ico", pages.favicon),
]

urlpatterns += i18n_patterns(
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("corrections/", corrections.CorrectionList.as_view(), name="corrections"),
    path("search/", search.search_page, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("workshops/", editions.WorkshopList.as_view(), name="workshop-list"),
    path("workshops/<any_slug:slug>/", editions.WorkshopDetail.as_view(), name="workshop-detail"),
    path("series/", editions.SeriesList.as_view(), name="series-list"),
    path("series/<any_slug:slug>/", editions.SeriesDetail.as_view(), name="series-detail"),
    path("talks/", talks.TalkList.as_view(), name="talk-list"),
    path("talks/<any_slug:slug>/", talks.TalkDetail.as_view(), name="talk-detail"),
    path("themes/", themes.ThemeList.as_view(), name="theme-list"),
    path("themes/<any_slug:slug>/", themes.ThemeDetail.as_view(), name="theme-detail"),
    path("documents/", documents.DocumentList.as_view(), name="document-list"),
    path("documents/<any_slug:slug>/", documents.DocumentDetail.as_view(), name="document-detail"),
    path("tags/", tags.tag_list, name="tag-list"),
    path("tags/<any_slug:slug>/", tags.tag_detail, name="tag-detail"),
    path("", include("speakers.urls")),
    path("", include("recommendations.urls")),
    prefix_default_language=False,
)
