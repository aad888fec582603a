"""Reading a setup over the API: what is taken in which form, what comes back, and what never does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from advisor.api.setups import BODY
from advisor.existing.report import IGNORED, MISSING, UNDERSTOOD
from config.interfaces.api import document
from tests.advisor.existing_files import FILES, PASTED, SECRETS

pytestmark = pytest.mark.django_db

NEED = "/api/v1/need?edition=2026"


def form(**files: bytes) -> dict[str, Any]:
    """Files in a form; `a_json` is called `a.json`."""
    return {"file": [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]}


def sent(client: Client, **query: str) -> Any:
    """The setup, sent as files."""
    more = "".join(f"&{name}={value}" for name, value in query.items())
    given = {"file": [SimpleUploadedFile(name, content) for name, content in FILES.items()]}
    return client.post(NEED + more, given)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_files_become_a_need_and_a_report(client: Client, lang: str) -> None:
    answer = sent(client, lang=lang)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert list(told) == ["need", "understood", "ignored", "missing"]
    assert (told["need"]["edition"], told["need"]["clients"]["count"]) == ("2026", None)
    assert [one["name"] for one in told["need"]["sites"]] == ["lgw-rijswijk"]
    lines = [line for part in ("understood", "ignored", "missing") for line in told[part]]
    assert all(list(line) == ["code", "file", "path", "subject", "text"] and line["text"] for line in lines)
    assert {line["code"] for line in told["understood"]} == {"vnet", "gateway", "site", "connection", "clients"}
    assert {line["file"] for line in told["understood"]} == set(FILES)
    advice = client.post("/api/v1/advice", json.dumps(told["need"]), content_type="application/json")
    assert "client-count-unknown" in {one["code"] for one in advice.json()["findings"]}


def test_only_the_texts_differ_between_languages(client: Client) -> None:
    dutch, english = (sent(client, lang=lang).json() for lang in ("nl", "en"))
    texts = [
        [line.pop("text") for part in ("understood", "ignored", "missing") for line in told[part]]
        for told in (dutch, english)
    ]
    assert dutch == english
    assert all(one != other for one, other in zip(*texts, strict=True))


@pytest.mark.parametrize("kind", ["text/plain", "application/json"])
def test_a_body_is_one_file_whatever_it_is_called(client: Client, kind: str) -> None:
    told = client.post(NEED, PASTED, content_type=kind).json()
    assert told["need"] == sent(client).json()["need"]
    assert {line["file"] for line in told["understood"]} == {BODY}


def test_a_text_in_the_field_of_files_is_a_file(client: Client) -> None:
    assert client.post(NEED, {"file": PASTED}).json()["need"] == sent(client).json()["need"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        (form(list_json=b'[{"sharedKey": "GEHEIM'), "list.json"),
        (form(main_tf=b'resource "x" "y" { shared_key = "GEHEIM" }'), "main.tf"),
        (form(a_json=b'{"psk": "GEHEIM"}', b_json=FILES["vnets.json"]), "a.json"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_file_without_its_values(client: Client, given: Any, place: str) -> None:
    answer = client.post(NEED, given)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    errors = answer.json()["errors"]
    assert {error["path"].partition(":")[0] for error in errors} == {place}
    assert all((error["value"], error["suggestion"]) == (None, None) and error["reason"] for error in errors)
    assert "GEHEIM" not in answer.content.decode()


def test_another_field_is_refused_without_its_value(client: Client) -> None:
    answer = client.post(NEED, {"files": "GEHEIM", "psk": "GEHEIM", **form(a_json=FILES["vnets.json"])})
    assert answer.status_code == 400
    assert [(one["path"], one["suggestion"]) for one in answer.json()["errors"]] == [("files", "file"), ("psk", None)]
    assert "GEHEIM" not in answer.content.decode()


@pytest.mark.parametrize("query", ["edition=1999", "lang=de", "langauge=nl"])
def test_another_parameter_is_refused(client: Client, query: str) -> None:
    answer = client.post(f"/api/v1/need?{query}", PASTED, content_type="text/plain")
    assert answer.status_code == 400
    assert "10.60." not in answer.content.decode()


def test_who_asks_too_often_waits(client: Client, settings: Any) -> None:
    settings.POSTS_PER_MINUTE = 2
    answers = [client.post(NEED, "[", content_type="text/plain") for _ in range(3)]
    assert [one.status_code for one in answers] == [422, 422, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_no_secret_comes_back(client: Client) -> None:
    for answer in (sent(client), client.post(NEED, PASTED, content_type="application/json")):
        assert [secret for secret in SECRETS if secret in answer.content.decode()] == []


def test_the_document_says_what_is_taken_and_all_that_is_answered() -> None:
    told = document()
    operation = told["paths"]["/api/v1/need"]["post"]
    assert set(operation["requestBody"]["content"]) == {"multipart/form-data", "application/json", "text/plain"}
    assert set(operation["responses"]) == {"200", "400", "413", "414", "422", "429"}
    schemas = told["components"]["schemas"]
    assert schemas["Setup"]["properties"]["need"] == {"$ref": "#/components/schemas/Need"}
    for part, codes in {"Understood": UNDERSTOOD, "Ignored": IGNORED, "Missing": MISSING}.items():
        assert schemas[f"{part}Line"]["properties"]["code"]["enum"] == list(codes)
