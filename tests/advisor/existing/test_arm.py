"""Templates to resources: names, places, loops, conditions, children, nested and linked templates, parameters files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from advisor.existing.arm import MOST_FAULTS, Templates, read_templates
from advisor.existing.documents import Document
from advisor.existing.report import SetupRefused
from advisor.existing.resources import Unknown

VNETS = "Microsoft.Network/virtualNetworks"
DEPLOYMENTS = "Microsoft.Resources/deployments"


def template(*resources: object, **parts: object) -> dict[str, object]:
    """A template with these resources."""
    return {"resources": list(resources), **parts}


def vnet(name: str = "hub", **parts: object) -> dict[str, object]:
    """A VNet of a template."""
    return {"type": VNETS, "name": name, **parts}


def read(told: Mapping[str, object], *parameters: Mapping[str, object], file: str = "main.json") -> Templates:
    """A template, with parameters files."""
    files = [Document(f"{number}.json", "arm-parameters", {"parameters": one}) for number, one in enumerate(parameters)]
    return read_templates([Document(file, "arm-template", told), *files])


def names(told: Mapping[str, object], *parameters: Mapping[str, object]) -> list[object]:
    """The names of the resources of a template."""
    return [one.body["name"] for one in read(told, *parameters).resources]


def left_out(told: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """What of a template is ignored."""
    return [(item.code, item.path, item.subject) for item in read(told).ignored]


def nested(inside: Mapping[str, object], **properties: object) -> dict[str, object]:
    """A deployment with a template in it."""
    return {"type": DEPLOYMENTS, "name": "inside", "properties": {"template": inside, **properties}}


INNER = {"expressionEvaluationOptions": {"scope": "Inner"}}


def test_a_resource_has_its_type_place_and_values() -> None:
    properties = {"addressSpace": {"addressPrefixes": ["[parameters('prefix')]"]}, "sharedKey": "secret"}
    told = template(
        vnet(location="[resourceGroup().location]", properties=properties, tags={"a": "b"}, dependsOn=["x"]),
        {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "properties": {"a": "b"}},
        {"Type": "Microsoft.Network/virtualHubs", "NAME": "rs", "Kind": "RouteServer", "properties": {}},
        parameters={"prefix": {"defaultValue": "10.0.0.0/8"}},
    )
    one, vm, hub = read(told).resources
    assert (one.file, one.path, one.type) == ("main.json", "resources[0]", VNETS.lower())
    assert one.body == {
        "name": "hub",
        "location": Unknown("location"),
        "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}},
    }
    assert (vm.path, vm.type, vm.body) == ("resources[1]", "microsoft.compute/virtualmachines", {"name": "vm"})
    assert hub.body == {"name": "rs", "kind": "RouteServer"}


def test_resources_may_have_symbolic_names() -> None:
    told = {"resources": {"a": vnet("one"), "b": vnet("two", existing=True)}}
    assert [(one.path, one.body["name"]) for one in read(told).resources] == [("resources.a", "one")]


@pytest.mark.parametrize("resource", [None, 1, "x", [], {}, {"type": 1}, {"type": ""}])
def test_what_is_no_resource_is_skipped(resource: object) -> None:
    assert names(template(resource, vnet())) == ["hub"]


def test_a_name_that_cannot_be_known_has_a_word() -> None:
    assert names(template(vnet("[parameters('vnetName')]"), vnet("[concat('a', uniqueString('x'))]"))) == [
        Unknown("vnetName"),
        Unknown("auniqueString"),
    ]
    assert names(template({"type": VNETS}, {"type": VNETS, "name": ["x"]})) == [Unknown(""), Unknown("")]


@pytest.mark.parametrize(
    ("condition", "is_read"),
    [
        (True, True),
        (False, False),
        ("[equals(1, 2)]", False),
        ("[equals(1, 1)]", True),
        ("[parameters('open')]", True),
        ("false", False),
        ("[not(true())]", False),
    ],
)
def test_a_condition_that_is_false_leaves_a_resource_out_with_what_is_in_it(condition: object, is_read: bool) -> None:
    subnet = {"type": "subnets", "name": "one"}
    told = template(vnet(condition=condition, resources=[subnet]))
    assert len(read(told).resources) == (2 if is_read else 0)
    assert left_out(told) == ([] if is_read else [("condition-false", "resources[0]", "hub")])


def test_a_child_has_the_type_and_name_of_its_parents() -> None:
    subnet = {"type": "subnets", "name": "one"}
    whole = {"type": f"{VNETS}/subnets", "name": "hub/two"}
    inside = {"type": f"{VNETS}/subnets", "name": "hub/three"}
    told = template(vnet(resources=[subnet, inside]), whole, vnet("[parameters('open')]", resources=[subnet]))
    found = [(one.path, one.type, one.body["name"]) for one in read(told).resources if one.type != VNETS.lower()]
    type_ = f"{VNETS}/subnets".lower()
    assert found == [
        ("resources[0].resources[0]", type_, "hub/one"),
        ("resources[0].resources[1]", type_, "hub/three"),
        ("resources[1]", type_, "hub/two"),
        ("resources[2].resources[0]", type_, Unknown("open/one")),
    ]


def test_a_child_of_another_provider_keeps_its_type() -> None:
    told = template(vnet(resources=[{"type": "Microsoft.Authorization/locks", "name": "no"}]))
    assert read(told).resources[1].type == "microsoft.authorization/locks"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (3, ["v0", "v1", "v2"]),
        ("[length(parameters('list'))]", ["v0", "v1"]),
        ("2", ["v0", "v1"]),
        ("[parameters('open')]", [Unknown("vcopyIndex")]),
        (0, []),
        (-1, []),
    ],
)
def test_a_loop_is_unrolled(count: object, expected: list[object]) -> None:
    told = template(
        vnet("[concat('v', copyIndex())]", copy={"name": "loop", "count": count}),
        parameters={"list": {"defaultValue": [1, 2]}, "open": {}},
    )
    assert names(told) == expected
    assert {one.path for one in read(told).resources} <= {"resources[0]"}


def test_a_loop_of_what_is_not_read_is_not_unrolled() -> None:
    machines = {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "copy": {"name": "a", "count": 10_000}}
    assert names(template(*[machines] * 100)) == ["vm"] * 100


def test_a_loop_without_turns_is_told() -> None:
    assert left_out(template(vnet(copy={"name": "a", "count": 0}))) == [("condition-false", "resources[0]", "hub")]


def test_a_nested_template_sees_the_parameters_around_it() -> None:
    told = template(
        nested(template(vnet("[parameters('name')]"), vnet("[variables('v')]"), vnet("[parameters('own')]"))),
        parameters={"name": {"defaultValue": "outer"}},
        variables={"v": "outer-variable"},
    )
    assert names(told) == ["outer", "outer-variable", Unknown("own")]
    assert read(told).resources[0].path == "resources[0].properties.template.resources[0]"


def test_one_with_a_scope_of_its_own_sees_what_it_is_given() -> None:
    inside = template(
        vnet("[parameters('name')]"),
        vnet("[variables('v')]"),
        vnet("[parameters('other')]"),
        parameters={"name": {"type": "string"}, "other": {"defaultValue": "default"}},
        variables={"v": "[concat(parameters('name'), '-inner')]"},
    )
    told = template(
        nested(inside, **INNER, parameters={"name": {"value": "[concat(parameters('name'), '!')]"}}),
        parameters={"name": {"defaultValue": "outer"}, "other": {"defaultValue": "unseen"}},
        variables={"v": "unseen"},
    )
    assert names(told) == ["outer!", "outer!-inner", "default"]


def test_a_nested_template_in_a_loop_is_given_its_turn() -> None:
    inside = template(vnet("[parameters('name')]"), parameters={"name": {"type": "string"}})
    given = {"name": {"value": "[concat('v', copyIndex())]"}}
    one = nested(inside, **INNER, parameters=given) | {"copy": {"name": "loop", "count": 2}}
    assert names(template(one)) == ["v0", "v1"]


def test_nothing_that_is_secure_inside_is_looked_at() -> None:
    inside = template(vnet("[parameters('name')]"), parameters={"name": {"type": "securestring"}})
    told = template(nested(inside, **INNER, parameters={"name": {"value": "secret"}}))
    assert names(told) == [Unknown("name")]


@pytest.mark.parametrize(
    "properties", [{"templateLink": {"uri": "https://example.org/x.json"}}, {"templateLink": {"id": "/x"}}, {}]
)
def test_a_linked_template_is_left_out(properties: dict[str, object]) -> None:
    told = template({"type": DEPLOYMENTS, "name": "linked", "properties": properties})
    assert (names(told), left_out(told)) == ([], [("linked-template", "resources[0]", "linked")])


def test_parameters_files_go_before_defaults() -> None:
    told = template(
        vnet("[parameters('a')]"),
        vnet("[parameters('b')]"),
        vnet("[parameters('c')]"),
        parameters={"a": {"defaultValue": "one"}, "b": {"defaultValue": "two"}, "c": {}},
    )
    assert names(told) == ["one", "two", Unknown("c")]
    vault = {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}
    assert names(told, {"A": {"value": "x"}, "c": vault}, {"b": {"value": "y"}}) == ["x", "y", Unknown("c")]


def test_a_parameters_file_is_for_the_template_that_it_is_named_after() -> None:
    told = template(vnet("[parameters('a')]"), parameters={"a": {}})

    def document(file: str, **value: Any) -> Document:
        return Document(file, "arm-parameters" if "parameters" in file else "arm-template", value)

    documents = [
        document("hub.json", **told),
        document("spoke.json", **told),
        document("hub.parameters.json", parameters={"a": {"value": "for hub"}}),
        document("all-parameters.json", parameters={"a": {"value": "for all"}}),
    ]
    assert [one.body["name"] for one in read_templates(documents[:3]).resources] == ["for hub", Unknown("a")]
    assert [one.body["name"] for one in read_templates(documents).resources] == ["for all", "for all"]


@pytest.mark.parametrize(
    ("resource", "path", "reason"),
    [
        (vnet("[" + "f(" * 40 + ")" * 40 + "]"), "main.json: resources[0]", "too-deep"),
        (vnet("[" + "f(), " * 5_000 + "]"), "main.json: resources[0]", "too-large"),
        (vnet(copy={"name": "a", "count": 10_001}), "main.json: resources[0]", "too-large"),
        (nested(template(vnet("[" + "f(" * 40 + "]"))), "main.json: resources[0].properties.template.resources[0]", ""),
    ],
)
def test_what_asks_for_too_much_is_refused_with_its_place(resource: object, path: str, reason: str) -> None:
    with pytest.raises(SetupRefused) as raised:
        read(template(resource))
    (error,) = raised.value.errors
    assert (error.path, error.value) == (path, None)
    assert error.reason == (reason or "too-deep")


def test_every_fault_is_told_up_to_a_number() -> None:
    deep = vnet("[" + "f(" * 40 + ")" * 40 + "]")
    with pytest.raises(SetupRefused) as raised:
        read(template(deep, vnet(), deep))
    assert [error.path for error in raised.value.errors] == ["main.json: resources[0]", "main.json: resources[2]"]
    with pytest.raises(SetupRefused) as raised:
        read(template(*[deep] * 1_000))
    assert len(raised.value.errors) == MOST_FAULTS


def test_what_takes_too_much_work_is_refused_once() -> None:
    big = vnet(copy={"name": "a", "count": 10_000}, properties={"a": list(range(100))})
    with pytest.raises(SetupRefused) as raised:
        read(template(big, big, big))
    assert [(error.path, error.reason) for error in raised.value.errors] == [("main.json: resources[0]", "too-large")]
