"""The site for a WSGI server (gunicorn)."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
site = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- only now are they there

from config.databases import file_of  # noqa: E402
from config.serving_lock import serve_from  # noqa: E402
from web.chunked_bodies import with_length  # noqa: E402 -- it needs the settings
from web.request_intake import in_utf8  # noqa: E402 -- likewise

serve_from(file_of(settings.DATABASES["default"]))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, which is in UTF-8 whatever it says, and whose body has a length."""
    in_utf8(environ)
    with_length(environ)
    return site(environ, start_response)
