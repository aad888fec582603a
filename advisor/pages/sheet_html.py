"""The sheet of an advice in HTML. In Python, not in a template: with a template for each part, writing the page took
more than half of its time. Everything in it is escaped; the words are those of the active language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisor.formats.report import check_words
from advisor.formats.sheet import amounts_of, source_name
from advisor.wording.labels import amount, named_as
from faq.pages.labels import day, type_name

Row = Mapping[str, Any]
"""A part of an advice as JSON."""

LONGEST_ON_PAPER = 200
"""Characters of a link that is printed; nobody copies a longer one from paper."""

Link = Callable[[str], str]
"""The address of an entry, by its slug; or a whole link to it, in HTML."""


def head_html(sheet: Row, title_block: Sequence[tuple[str, str]], link: str) -> str:
    """What stands first: the title block with the link to the advice, the verdict, what was assumed, the gateways, and
    the tightest limits.
    """
    at_a_glance = gateways_html(sheet["advice"], sheet["gateway_subnet"]) + _tightest(sheet["tightest"])
    return f"""{_title_block(title_block, link)}
{_verdict(sheet["verdict"])}
{_assumed(sheet["assumed"])}
<div class="at-a-glance">{at_a_glance}</div>"""


def body_html(sheet: Row, entry_link: Link, entry_url: Link, *, in_frame: bool = False, after_steps: str = "") -> str:
    """All below that: findings, drawing, the design as entered, the limits with their sources, the reasons for and
    against each connection, and the next steps, with what is written `after_steps`. In a check, the findings are in
    its order, and the next steps among them. `entry_link` writes a link to an entry and `entry_url` its address; in a
    portal's frame, links to other sites open a window of their own.
    """
    advice, check = sheet["advice"], sheet.get("check")
    return "\n".join(
        [
            _check(check, advice, entry_link) if check else _findings(advice["findings"], entry_link),
            _drawing(sheet),
            _as_entered(sheet["entered"]),
            _limits(sheet["limits"], entry_url, in_frame=in_frame),
            connections_html(advice),
            _alternatives(advice["alternatives"], entry_link),
            "" if check else _heading(_("Next steps"), ' id="next-steps"') + _steps(advice),
            after_steps,
            _read_on(advice["entries"], entry_link),
        ]
    )


def gateways_html(advice: Row, gateway_subnet: str | None) -> str:
    """The connections, and the gateways with their subnet and the addresses of clients; nothing to connect is empty."""
    if not advice["connections"]:
        return ""
    return f'<dl class="facts">{"".join(_facts(advice, gateway_subnet))}</dl>'


def connections_html(advice: Row) -> str:
    """Each connection with its members and tunnels, and why it is advised."""
    if not advice["connections"]:
        return ""
    listed = "".join(map(_connection, advice["connections"]))
    return _heading(_("Why these connections")) + f'\n<ul class="connections">{listed}</ul>'


def ways_out_html(url: Callable[..., str], address: str, case: str) -> str:
    """Links to the other forms of an advice. `url` gives the path of a page of the advisor; `case` is the code under
    which it was saved, empty where it was not.
    """
    in_pdf = url("case-download", case, "pdf") if case else f"{url('download', 'pdf')}?{address}"
    forms = [(form.upper(), form) for form in ("json", "svg", "png")]
    links = [
        (_("Link to this advice"), f"{url('result')}?{address}"),
        *((name, f"{url('download', form)}?{address}") for name, form in [("Markdown", "markdown"), *forms]),
        (_("The design as JSON"), f"{url('download', 'design')}?{address}"),
    ]
    listed = "\n".join(f'<a href="{escape(at)}">{escape(name)}</a>' for name, at in links)
    return f"""<p class="out screen-only"><a href="{escape(in_pdf)}" type="application/pdf">PDF</a>
{listed}</p>"""


def _title_block(parts: Sequence[tuple[str, str]], link: str) -> str:
    """Its parts: the name of the design, its edition, its date, and its code where it has one."""
    (named, name), *dated = parts[:3]
    shown = f'<div class="name"><dt>{escape(named)}</dt><dd>{escape(name)}</dd></div>\n'
    shown += "".join(_fact(said, escape(value)) for said, value in dated)
    shown += "".join(_fact(said, f'<code class="one-press">{escape(code)}</code>') for said, code in parts[3:])
    if link:
        on_paper = link if len(link) <= LONGEST_ON_PAPER else _("save it under a code for a short link")
        named, words = _("Link"), _("to this advice")
        leads = f'<a href="{escape(link)}">{escape(words)}</a> <span class="paper-only">{escape(on_paper)}</span>'
        shown += f'<div class="link"><dt>{escape(named)}</dt><dd>{leads}</dd></div>'
    return f'<dl class="title-block">{shown}</dl>'


def _verdict(verdict: Row) -> str:
    reason = f'<p class="reason">{escape(verdict["reason"])}</p>' if verdict["reason"] else ""
    remedy = f"<p>{escape(verdict['remedy'])}</p>" if verdict["remedy"] else ""
    more = ""
    if count := verdict["more"]:
        told = ngettext("And %(counter)s more error", "And %(counter)s more errors", count) % {"counter": count}
        more = f'<p><a href="#findings">{escape(told)}</a></p>'
    return f"""<div class="verdict {verdict["code"]}">
<h2>{escape(verdict["outcome"])}</h2>{reason}{remedy}{more}</div>"""


def _assumed(assumptions: Iterable[str]) -> str:
    listed, heading = _items(assumptions), _("Assumed")
    return f'<section class="assumed">{_heading(heading)}<ul>{listed}</ul></section>' if listed else ""


def _facts(advice: Row, gateway_subnet: str | None) -> Iterator[str]:
    types = ", ".join(type_name(one["type"]) for one in advice["connections"])
    yield _fact(_("Connections"), escape(types))
    gateway, expressroute = advice["gateway"], advice["expressroute"]
    if gateway:
        routing, throughput = named_as(gateway["routing"], "routing"), amount(gateway["throughput_mbps"], "Mbps")
        yield _fact(_("VPN gateway"), escape(f"{gateway['sku']}, {routing}, {throughput}"))
    if expressroute:
        throughput = amount(expressroute["throughput_mbps"], "Mbps")
        yield _fact(_("ExpressRoute gateway"), escape(f"{expressroute['gateway_sku']}, {throughput}"))
        if expressroute["circuit_mbps"]:
            yield _fact(_("Circuit"), escape(amount(expressroute["circuit_mbps"], "Mbps")))
    if (gateway or expressroute) and gateway_subnet:
        yield _fact("GatewaySubnet", f"<code>{escape(gateway_subnet)}</code>")
    elif gateway or expressroute:
        told = escape(_("enter the hub's prefixes to get a proposal"))
        yield f'<div><dt>GatewaySubnet</dt><dd class="hint">{told}</dd></div>'
    if advice["client_pool"]:
        yield _fact(_("Proposed client pool"), f"<code>{escape(advice['client_pool'])}</code>")


def _fact(name: str, html: str) -> str:
    return f"<div><dt>{escape(name)}</dt><dd>{html}</dd></div>\n"


def _tightest(rows: Iterable[Row]) -> str:
    listed = "".join(map(_tight, rows))
    return f'<dl class="tightest">{listed}</dl>' if listed else ""


def _tight(row: Row) -> str:
    told = _("%(requested)s of %(allowed)s") % amounts_of(row)
    status = f", <strong>{escape(named_as(row['status'], 'status'))}</strong>" if row["status"] != "ok" else ""
    return f"""<div class="{row["status"]}"><dt>{escape(named_as(row["key"], "limit"))}</dt>
<dd>{_meter(row)} {escape(told)}{status}</dd></div>"""


def _meter(row: Row) -> str:
    highest = row["requested"] if row["status"] == "exceeded" else row["allowed"]
    return f'<meter min="0" max="{highest}" value="{row["requested"]}" aria-hidden="true"></meter>'


def _findings(findings: Iterable[Row], entry_link: Link) -> str:
    listed = "".join(_finding(one, entry_link) for one in findings)
    return _heading(_("What to know"), ' id="findings"') + f'\n<ul class="findings">{listed}</ul>' if listed else ""


def _check(check: Row, advice: Row, entry_link: Link) -> str:
    """The parts of a check, each under its heading; what is not the matter is said as well."""
    words = check_words(check)
    errors, others = ([_finding(one, entry_link) for one in check[part]] for part in ("errors", "others"))
    ending = [_ending(one, entry_link) for one in check["ending"]]
    near = [_near(row) for row in check["near"]]
    parts = [
        _heading(words["errors"], ' id="findings"') + _list_or(errors, words["no-errors"]),
        _heading(words["ending"]) + _list_or(ending, words["none-ending"]) if check["until"] else "",
        _heading(words["near"]) + _list_or(near, words["none-near"]),
        _heading(words["first"], ' id="next-steps"') + _steps(advice),
        _heading(words["others"]) + _list_or(others, "") if others else "",
    ]
    return "\n".join(parts)


def _list_or(listed: Sequence[str], none: str) -> str:
    """Findings as a list, or the sentence that says that there are none."""
    return f'<ul class="findings">{"".join(listed)}</ul>' if listed else f"<p>{escape(none)}</p>"


def _ending(one: Row, entry_link: Link) -> str:
    when = f'<strong><time datetime="{escape(one["day"])}">{escape(day(one["day"]))}</time></strong>'
    return f'<li class="{one["severity"]}">{when} {escape(one["text"])} {_linked(one["entry"], entry_link)}</li>'


def _near(row: Row) -> str:
    told = _("%(requested)s of %(allowed)s") % amounts_of(row)
    name = escape(named_as(row["key"], "limit"))
    return f'<li class="warning"><strong>{name}</strong> {_meter(row)} {escape(told)}</li>'


def _steps(advice: Row) -> str:
    return f'<ol class="next-steps">{_items(step["text"] for step in advice["next_steps"])}</ol>'


def _finding(one: Row, entry_link: Link) -> str:
    severity = escape(named_as(one["severity"], "severity"))
    told = f"<strong>{severity}</strong> {escape(one['text'])} {_linked(one['entry'], entry_link)}"
    return f'<li class="{one["severity"]}">{told}</li>'


def _linked(slug: str | None, entry_link: Link) -> str:
    return entry_link(slug) if slug else ""


def _drawing(sheet: Row) -> str:
    """The drawing in each layout, which escaped all that was typed, and in words; in a sheet that was kept before there
    were layouts, the one drawing of then.
    """
    layouts = "".join(f'<div class="from-{one["step"]}">{one["svg"]}</div>' for one in sheet.get("drawings", ()))
    if drawing := sheet.get("drawing"):
        layouts += f"<div>{drawing}</div>"
    heading, in_words = _heading(_("Drawing"), ' class="screen-only"'), _("The drawing in words")
    return f"""{heading}
<figure class="drawing">{layouts}
<figcaption class="screen-only"><details><summary>{escape(in_words)}</summary>
<ul>{_items(sheet.get("told", ()))}</ul></details></figcaption></figure>"""


def _as_entered(entered: Row) -> str:
    listed = entered_html(entered)
    return _heading(_("As entered")) + f"\n{listed}" if listed else ""


def entered_html(entered: Row) -> str:
    """The tables of a design, and its other answers."""
    tables = "".join(map(_table, entered["tables"]))
    answers = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in entered["answers"])
    listed = f'<dl class="facts">{answers}</dl>' if answers else ""
    return f"{tables}{listed}"


def _table(table: Row) -> str:
    title = escape(table["title"])
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table["columns"])
    rows = "\n".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(text)}</td>" for text in texts)}</tr>'
        for name, *texts in table["rows"]
    )
    return f"""<div class="scroll" role="region" tabindex="0" aria-label="{title}">
<table class="entered"><caption>{title}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>{rows}</tbody></table></div>"""


def _limits(rows: Iterable[Row], entry_url: Link, *, in_frame: bool) -> str:
    """The roles stay where a narrow page shows rows as blocks."""
    listed = "\n".join(_limit(row, entry_url, in_frame=in_frame) for row in rows)
    if not listed:
        return ""
    title = escape(_("Limits"))
    heads = (escape(_("Limit")), escape(_("Asked")), escape(_("Allowed")), escape(_("Used")))
    return f"""<h3>{title}</h3>
<div class="scroll" role="region" tabindex="0" aria-label="{title}"><table class="asked" role="table">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{heads[0]}</th>
<th scope="col" role="columnheader" class="number">{heads[1]}</th>
<th scope="col" role="columnheader" class="number">{heads[2]}</th>
<th scope="col" role="columnheader"><span class="unseen">{heads[3]}</span></th></tr></thead>
<tbody role="rowgroup">{listed}</tbody></table></div>"""


def _limit(row: Row, entry_url: Link, *, in_frame: bool) -> str:
    name = escape(named_as(row["key"], "limit"))
    linked = f'<a href="{escape(entry_url(row["entry"]))}">{name}</a>' if row["entry"] else name
    note = f"<small>{escape(row['note'])}</small>" if row.get("note") else ""
    source = f"<small>{_source(row['source'], in_frame=in_frame)}</small>" if row["source"] else ""
    amounts = amounts_of(row)
    return f"""<tr class="{row["status"]}" role="row"><th scope="row" role="rowheader">{linked} {note}{source}</th>
<td class="number" role="cell">{escape(amounts["requested"])}</td>
<td class="number" role="cell">{escape(amounts["allowed"])}</td>
<td role="cell">{_meter(row)} {escape(named_as(row["status"], "status"))}</td></tr>"""


def _source(source: Row, *, in_frame: bool) -> str:
    name, window = escape(source_name(source)), ' target="_blank" rel="noopener"' if in_frame else ""
    named = f'<a href="{escape(source["url"])}"{window}>{name}</a>' if source.get("url") else name
    return f'<cite>{named}</cite>, <span class="day">{escape(day(source["date"]))}</span>'


def _connection(one: Row) -> str:
    members = f": {escape(', '.join(one['members']))}" if one["members"] else ""
    tunnels = ""
    if count := one["tunnels"]:
        told = ngettext("%(counter)s tunnel", "%(counter)s tunnels", count) % {"counter": count}
        tunnels = f' <span class="count">({escape(told)})</span>'
    reasons = "".join(f"<p>{escape(reason['text'])}</p>" for reason in one["reasons"])
    return f"<li><b>{escape(type_name(one['type']))}</b>{members}{tunnels}{reasons}</li>"


def _alternatives(alternatives: Iterable[Row], entry_link: Link) -> str:
    folded = "".join(
        f"<details><summary>{escape(type_name(one['type']))}</summary>{_reasons(one['reasons'], entry_link)}</details>"
        for one in alternatives
        if not one["chosen"]
    )
    return _heading(_("Why not the others")) + f'\n<div class="why-not">{folded}</div>'


def _reasons(reasons: Iterable[Row], entry_link: Link) -> str:
    return "".join(f"<p>{escape(one['text'])} {_linked(one['entry'], entry_link)}</p>" for one in reasons)


def _read_on(slugs: Iterable[str], entry_link: Link) -> str:
    listed = "".join(f"<li>{entry_link(slug)}</li>" for slug in slugs)
    heading = _heading(_("Read on"))
    return f'<div class="screen-only">{heading}\n<ul>{listed}</ul></div>' if listed else ""


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{escape(text)}</li>" for text in texts)


def _heading(words: str, attributes: str = "") -> str:
    return f"<h3{attributes}>{escape(words)}</h3>"
