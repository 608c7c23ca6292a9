"""Files of public records, for everybody."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from workshop.images import serving

# Everybody may keep it and has to ask again: what is withdrawn is gone at once.
FOR_EVERYBODY = "public, no-cache"


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture or a recording that belongs to something public; else 404, whatever the reason."""
    if not serving.may_serve(name):
        raise Http404
    try:
        return serving.send(request, name, FOR_EVERYBODY)
    except FileNotFoundError as error:
        raise Http404 from error
