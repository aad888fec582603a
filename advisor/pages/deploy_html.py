"""The part of the page of an advice with the files to deploy it with, in HTML, as `sheet_html` writes the rest."""

from __future__ import annotations

from html import escape

from advisor.pages.deployables import SITE_PARAMETER, Choosing, FileLink, Section, said


def deploy_html(section: Section) -> str:
    """A heading with the links, the ways to have VNets, and for each site the files of its device; or why there are
    none.
    """
    return f"""<section class="deploy screen-only" id="deploy" aria-labelledby="deploy-title">
<h3 id="deploy-title">{escape(said(section.language, "heading"))}</h3>
{_refused(section) if section.refused else _files(section)}</section>"""


def _refused(section: Section) -> str:
    edition = ""
    if section.other_edition:
        code, link = section.other_edition
        words = said(section.language, "other-edition", edition=code)
        edition = f' <a href="{escape(link)}">{escape(words)}</a>'
    return f"<p>{escape(section.refused)}{edition}</p>"


def _files(section: Section) -> str:
    language = section.language
    copied, failed = escape(said(language, "copied")), escape(said(language, "not-copied"))
    of_sites = "".join(_of_site(name, files, language) for name, files in section.of_sites)
    choosing = _choosing(section.choosing, language) if section.choosing else ""
    return f"""<p class="hint">{escape(said(language, "introduction"))}</p>
<div class="copy" data-copied="{copied}" data-failed="{failed}">
{_vnets(section)}
{_listed(section.files, language)}{of_sites}
<p role="status"></p></div>{choosing}"""


def _vnets(section: Section) -> str:
    """Whether the VNets are made as well: the one that is shown, and a link to the other."""
    ways = []
    for way, link in section.vnets:
        words = escape(said(section.language, f"vnets-{way}"))
        ways.append(f'<a href="{escape(link)}">{words}</a>' if link else f'<b aria-current="true">{words}</b>')
    return f'<p class="ways-to-have">{escape(said(section.language, "vnets"))} {" ".join(ways)}</p>'


def _of_site(name: str, files: tuple[FileLink, ...], language: str) -> str:
    return f"<p>{escape(said(language, 'of-site', site=name))}</p>{_listed(files, language)}"


def _listed(files: tuple[FileLink, ...], language: str) -> str:
    return f'<ul class="files">{"".join(_file(one, language) for one in files)}</ul>' if files else ""


def _file(one: FileLink, language: str) -> str:
    name, told = escape(one.name), escape(one.told)
    if not one.href:
        return f"<li><b>{name}</b> <span>{told}</span></li>"
    href, copy = escape(one.href), escape(said(language, "copy"))
    hidden = f'<span class="unseen"> {name}</span>'
    return f"""<li><a href="{href}" download="{name}">{name}</a> <span>{told}</span>
<a class="quiet" href="{href}" data-copy="text">{copy}{hidden}</a></li>"""


def _choosing(choosing: Choosing, language: str) -> str:
    """A form that works without scripts: the button says which file, the list of which site."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in choosing.hidden
    )
    options = "".join(f"<option>{escape(name)}</option>" for name in choosing.sites)
    buttons = "".join(
        f'<button class="quiet" formaction="{escape(one.href)}">{escape(one.name)}</button> ' for one in choosing.files
    )
    told = "".join(f"<li><b>{escape(one.name)}</b> <span>{escape(one.told)}</span></li>" for one in choosing.files)
    return f"""<form class="of-a-site" method="get" action="{escape(choosing.files[0].href)}">{hidden}
<label>{escape(said(language, "choose-site"))} <select name="{SITE_PARAMETER}">{options}</select></label>
{buttons}</form><ul class="files">{told}</ul>"""
