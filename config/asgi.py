"""The site for a server that speaks ASGI (uvicorn): Django's WSGI application behind the front of `web.serving`."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
site = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- only now are they there

from config.access_log import finished  # noqa: E402 -- this and what follows needs the settings
from config.databases import file_of  # noqa: E402
from config.request_kinds import BOUNDS, kind_of  # noqa: E402
from config.serving_lock import serve_from  # noqa: E402
from config.surplus import surplus  # noqa: E402
from config.warm_up import warm_up  # noqa: E402
from web.request_id import current  # noqa: E402
from web.request_intake import in_utf8, most_bytes  # noqa: E402
from web.serving.door import Door  # noqa: E402
from web.serving.front import REQUEST_ID, Front, Plan  # noqa: E402

SWITCH_SECONDS = 0.001
"""How long a thread that computes keeps the others waiting: a search does not hold up a page that is kept."""

WATCHED_PATHS = ("/readyz", "/metrics")
"""What load balancers and monitors ask for, by the address of the machine: these paths mean the same on every host."""

sys.setswitchinterval(SWITCH_SECONDS)
serve_from(file_of(settings.DATABASES["default"]))


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request, which is in UTF-8 whatever it says."""
    current.set(environ.get(REQUEST_ID, ""))
    if environ["PATH_INFO"] in WATCHED_PATHS:
        environ["HTTP_HOST"] = settings.HOST
    in_utf8(environ)
    return site(environ, start_response)


application = Front(wsgi, Plan(kind_of, BOUNDS, most_bytes, surplus, lambda: warm_up(wsgi), finished))
Door.turned_away = application.turned_away_at_the_door
