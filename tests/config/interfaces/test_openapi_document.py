"""The OpenAPI document: valid by a strict validator, and with what the generators of clients need of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from advisor.wording import sentences
from config.interfaces.openapi_document import COMPONENTS, finished

pytestmark = pytest.mark.django_db

IDS = {
    "search",
    "search_text",
    "suggest",
    "entries",
    "entry",
    "sections",
    "editions",
    "limits",
    "changes",
    "advise",
    "deployable",
    "read_setup",
}


def deployable_reasons() -> set[str]:
    """Every code that says why there is no file."""
    texts = Path(sentences.__file__).parent / "texts" / "deployables.toml"
    return set(tomllib.loads(texts.read_text(encoding="utf-8"))["refused"])


@pytest.fixture
def document(client: Client) -> Any:
    return client.get("/api/v1/openapi.json").json()


def operations(document: Any) -> Iterator[Any]:
    for methods in document["paths"].values():
        yield from methods.values()


def parts(told: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object within, with where it stands."""
    if isinstance(told, list):
        for number, one in enumerate(told):
            yield from parts(one, f"{path}/{number}")
    elif isinstance(told, dict):
        yield path, told
        for key, one in told.items():
            yield from parts(one, f"{path}/{key}")


def test_a_strict_validator_finds_no_fault(document: Any) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    assert [str(fault) for fault in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_validator_would_find_what_was_wrong_before(document: Any) -> None:
    from openapi_spec_validator import OpenAPIV31SpecValidator

    document["paths"]["/api/v1/search"]["get"]["parameters"][0]["examples"] = ["bgp"]
    assert list(OpenAPIV31SpecValidator(document).iter_errors())


def test_each_operation_has_a_plain_name(document: Any) -> None:
    named = [operation["operationId"] for operation in operations(document)]
    assert (set(named), len(named)) == (IDS, len(IDS))


def test_an_example_of_a_parameter_stands_in_its_schema_alone(document: Any) -> None:
    parameters = [one for operation in operations(document) for one in operation.get("parameters", ())]
    assert any("examples" in one["schema"] for one in parameters)
    assert not any("examples" in one or "example" in one for one in parameters)


def test_the_design_and_the_advice_are_components(document: Any) -> None:
    operation = document["paths"]["/api/v1/advice"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    answered = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert (asked, answered) == ({"$ref": f"{COMPONENTS}Need"}, {"$ref": f"{COMPONENTS}Advice"})


def test_a_file_to_deploy_is_asked_for_with_a_design_and_tells_every_refusal(document: Any) -> None:
    operation = document["paths"]["/api/v1/deployables/{format}"]["post"]
    asked = operation["requestBody"]["content"]["application/json"]["schema"]
    assert asked == {"$ref": f"{COMPONENTS}Need"}
    assert set(operation["responses"]) == {"200", "400", "404", "409", "414", "422", "429"}
    refused = operation["responses"]["409"]["content"]["application/problem+json"]["schema"]
    assert refused == {"$ref": f"{COMPONENTS}NotDeployableOut"}
    told = document["components"]["schemas"]["NotDeployableOut"]["properties"]
    assert {"reason", "detail", "findings"} <= set(told)
    assert all(f"`{reason}`" in told["reason"]["description"] for reason in deployable_reasons())


def test_no_object_with_fields_stands_within_another(document: Any) -> None:
    components = {f"/components/schemas/{name}" for name in document["components"]["schemas"]}
    inline = {path for path, one in parts(document) if one.get("type") == "object" and "properties" in one}
    assert inline - components == set()
    assert {"Need", "VNet", "Site", "Clients", "Advice", "Connection", "Gateway", "Finding"} <= set(
        document["components"]["schemas"]
    )


def test_every_component_is_used_and_every_reference_leads_to_one(document: Any) -> None:
    names = {one["$ref"].removeprefix(COMPONENTS) for _, one in parts(document) if isinstance(one.get("$ref"), str)}
    assert names == set(document["components"]["schemas"])


def test_every_content_has_a_schema(document: Any) -> None:
    for path, one in parts(document):
        if path.endswith("/content"):
            assert all("schema" in content for content in one.values()), path


def test_two_schemas_with_one_name_are_refused() -> None:
    def of(kind: str) -> dict[str, Any]:
        return {"type": "object", "title": "Same", "properties": {"field": {"type": kind}}}

    advice = {"post": {"responses": {"200": {"x": of("string")}, "400": {"content": {"application/json": {}}}}}}
    told = {"paths": {"/api/v1/advice": advice}, "components": {"schemas": {}}}
    with pytest.raises(ValueError, match="Same"):
        finished(told, {}, of("integer"))
