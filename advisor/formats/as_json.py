"""An advice, or the refusal of a need, as others take it. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from advisor.core.addressing import Prefix
from advisor.core.advice import Advice, ExpressRoute, Finding, Gateway, LimitRow, Reason
from advisor.core.fields import Need, fields_of
from advisor.core.refusals import FieldError
from advisor.wording.sentences import Texts


def to_json(advice: Advice, texts: Texts, language: str) -> dict[str, Any]:
    """The advice as JSON, with the fields of the contract in its order and the texts in this language."""
    return {
        "edition": advice.edition,
        "verdict": advice.verdict,
        "connections": [
            {
                "type": connection.type,
                "members": list(connection.members),
                "tunnels": connection.tunnels,
                "reasons": [_reason(reason, texts, language) for reason in connection.reasons],
            }
            for connection in advice.connections
        ],
        "gateway": _gateway(advice.gateway) if advice.gateway else None,
        "expressroute": _expressroute(advice.expressroute) if advice.expressroute else None,
        "limits": [_limit(row) for row in advice.limits],
        "findings": [finding_to_json(finding, texts, language) for finding in advice.findings],
        "alternatives": [
            {
                "type": alternative.type,
                "chosen": alternative.chosen,
                "reasons": [_reason(reason, texts, language) for reason in alternative.reasons],
            }
            for alternative in advice.alternatives
        ],
        "entries": list(advice.entries),
        "client_pool": _block(advice.client_pool),
        "as_of": _plain(advice.as_of),
        "next_steps": [{"code": step.code, "text": texts.step(step, language)} for step in advice.next_steps],
    }


def need_to_json(need: Need) -> dict[str, Any]:
    """A need as JSON, with every field of the contract in its order; read again it is the same need."""
    return {field.name: _plain(getattr(need, field.name)) for field in fields_of(type(need))}


def errors_to_json(errors: Iterable[FieldError], texts: Texts, language: str) -> dict[str, Any]:
    """A refusal as JSON: every error with the reason in this language."""
    return {
        "errors": [
            {
                "path": error.path,
                "value": error.value,
                "reason": texts.refusal(error, language),
                "suggestion": error.suggestion,
            }
            for error in errors
        ]
    }


def _reason(reason: Reason, texts: Texts, language: str) -> dict[str, Any]:
    return {"rule": reason.rule, "text": texts.reason(reason, language), "entry": reason.entry}


def finding_to_json(finding: Finding, texts: Texts, language: str) -> dict[str, Any]:
    """A finding of an advice, with its text in this language."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "subjects": list(finding.subjects),
        "text": texts.finding(finding, language),
        "entry": finding.entry,
    }


def _gateway(gateway: Gateway) -> dict[str, Any]:
    return {
        "routing": gateway.routing,
        "sku": gateway.sku,
        "subnet": _block(gateway.subnet),
        "tunnels": gateway.tunnels,
        "throughput_mbps": gateway.throughput_mbps,
    }


def _expressroute(expressroute: ExpressRoute) -> dict[str, Any]:
    return {
        "gateway_sku": expressroute.gateway_sku,
        "throughput_mbps": expressroute.throughput_mbps,
        "circuit_mbps": expressroute.circuit_mbps,
        "subnet": _block(expressroute.subnet),
    }


def limit_facts(advice: Advice, language: str) -> list[dict[str, Any]]:
    """What the contract has no field for: per limit of an advice, in their order, the note of the catalogue and the
    source with its title and address.
    """
    return [
        {
            "note": row.note[language] if row.note else None,
            "source": row.source.as_json() if row.source else None,
        }
        for row in advice.limits
    ]


def _limit(row: LimitRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "requested": _number(row.requested),
        "allowed": row.allowed,
        "unit": row.unit,
        "status": row.status,
        "source": {"document": row.source.document, "date": row.source.date} if row.source else None,
        "entry": row.entry,
    }


def _block(prefix: Prefix | None) -> str | None:
    return str(prefix) if prefix else None


def _plain(value: Any) -> Any:
    """A value of a need as JSON has it."""
    if isinstance(value, Prefix):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields_of(type(value))}
    return value


def _number(amount: int | Decimal) -> int | float:
    """A whole number without decimals, any other as the nearest that JSON readers hold."""
    return int(amount) if amount == int(amount) else float(amount)
