"""A company's own look in templates: the name of the site, its logo, its icon, and its color."""

from __future__ import annotations

from django import template

from faq.formats.opensearch import search_engine_name
from web.own_look import COLORS, OwnFile, icon, logo_within, own_file, site_name

register = template.Library()
register.simple_tag(site_name)
register.simple_tag(logo_within)
register.simple_tag(search_engine_name)
register.simple_tag(icon, name="own_icon")


@register.simple_tag
def own_colors() -> OwnFile | None:
    """The style sheet with the color of the site, where one is set."""
    return own_file(COLORS)
