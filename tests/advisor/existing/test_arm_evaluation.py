"""What expressions of templates say: each function, what cannot be known, loops, scopes, and the budget."""

from __future__ import annotations

import pytest

from advisor.core.refusals import Wrong
from advisor.existing.arm_budget import MOST_STEPS, MOST_TEXT
from advisor.existing.arm_evaluation import Evaluator, Given, Scope, turn
from advisor.existing.resources import Unknown

TEMPLATE = {
    "parameters": {
        "name": {"type": "string", "defaultValue": "hub"},
        "open": {"type": "string"},
        "vnetId": {"type": "string"},
        "number": {"type": "int", "defaultValue": 3},
        "list": {"type": "array", "defaultValue": ["a", "b", "c"]},
        "object": {
            "type": "object",
            "defaultValue": {"Prefix": "10.0.0.0/8", "sharedKey": "secret-1", "inner": {"a": 1}},
        },
        "location": {"type": "string", "defaultValue": "[resourceGroup().location]"},
        "key": {"type": "secureString", "defaultValue": "secret-2"},
        "settings": {"type": "SecureObject", "defaultValue": {"a": "secret-3"}},
        "adminPassword": {"type": "string", "defaultValue": "secret-4"},
        "itself": {"type": "string", "defaultValue": "[parameters('itself')]"},
    },
    "variables": {
        "Vnet": "[concat('vnet-', parameters('location'), '-hub')]",
        "one": "[variables('two')]",
        "two": "[variables('one')]",
        "copy": [{"name": "subnets", "count": 2, "input": "[concat('s', copyIndex('subnets', 1))]"}],
        "presharedKey": "secret-5",
    },
}


def value(raw: object, **given: object) -> object:
    """What a value of the template says, with these values for its parameters."""
    scope = Scope(TEMPLATE, {name: Given(one) for name, one in given.items()})
    return Evaluator().value(raw, scope)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("parameters('NAME')", "hub"),
        ("variables('subnets')", ["s1", "s2"]),
        ("variables('subnets')[1]", "s2"),
        ("concat('a', 1, true())", "a1True"),
        ("concat(createArray(1), parameters('list'))", [1, "a", "b", "c"]),
        ("format('{0}-{1}-{0}', 'a', 2)", "a-2-a"),
        ("format('{{{0:D3}}}', 7)", "{007}"),
        ("format('{0:00}', 7)", "07"),
        ("resourceId('Microsoft.Network/virtualNetworks', 'a')", "/providers/Microsoft.Network/virtualNetworks/a"),
        (
            "resourceId('Microsoft.Network/virtualNetworks/subnets/', 'a', 'b')",
            "/providers/Microsoft.Network/virtualNetworks/a/subnets/b",
        ),
        (
            "resourceId('Microsoft.Network/virtualNetworks/subnets', 'a/b')",
            "/providers/Microsoft.Network/virtualNetworks/a/subnets/b",
        ),
        ("resourceId('rg', 'A.B/c', 'd')", "/resourceGroups/rg/providers/A.B/c/d"),
        ("resourceId('sub', 'rg', 'A.B/c', 'd')", "/subscriptions/sub/resourceGroups/rg/providers/A.B/c/d"),
        ("resourceId(subscription().subscriptionId, resourceGroup().name, 'A.B/c', 'd')", "/providers/A.B/c/d"),
        ("subscriptionResourceId('A.B/c', 'd')", "/providers/A.B/c/d"),
        ("extensionResourceId(resourceId('A.B/c', 'd'), 'E.F/g', 'h')", "/providers/A.B/c/d/providers/E.F/g/h"),
        ("if(equals(parameters('name'), 'hub'), 'yes', 'no')", "yes"),
        ("if(false(), variables('one'), 'no')", "no"),
        ("equals(createArray(1, createObject('a', 2)), createArray(1, createObject('a', 2)))", True),
        ("equals(1, '1')", False),
        ("equals(1, true())", False),
        ("not(equals('a', 'A'))", True),
        ("and(true(), true())", True),
        ("and(true(), equals(parameters('open'), 1), false())", False),
        ("or(false(), false())", False),
        ("or(equals(parameters('open'), 1), true())", True),
        ("empty('')", True),
        ("empty(null())", True),
        ("empty(parameters('list'))", False),
        ("length(parameters('list'))", 3),
        ("length('abcd')", 4),
        ("first(parameters('list'))", "a"),
        ("last(parameters('list'))", "c"),
        ("first('abc')", "a"),
        ("split('a/b/c', '/')", ["a", "b", "c"]),
        ("split('a/b;c', createArray('/', ';'))", ["a", "b", "c"]),
        ("last(split('/x/subnets/GatewaySubnet', '/'))", "GatewaySubnet"),
        ("toLower('AbC')", "abc"),
        ("toUpper('AbC')", "ABC"),
        ("trim('  a ')", "a"),
        ("string(12)", "12"),
        ("string(createObject('a', createArray(1, null())))", '{"a":[1,null]}'),
        ("bool('TRUE')", True),
        ("bool(0)", False),
        ("int('12')", 12),
        ("createArray(1, 'a')", [1, "a"]),
        ("createObject('a', 1, 'b', 'c')", {"a": 1, "b": "c"}),
        ("union(createArray(1, 2), createArray(2, 3))", [1, 2, 3]),
        (
            "union(createObject('a', createObject('b', 1)), createObject('a', createObject('c', 2)))",
            {"a": {"b": 1, "c": 2}},
        ),
        ("coalesce(null(), 'a', 'b')", "a"),
        ("contains('abc', 'b')", True),
        ("contains(parameters('list'), 'd')", False),
        ("contains(parameters('object'), 'PREFIX')", True),
        ("replace('a-b-c', '-', '')", "abc"),
        ("range(2, 3)", [2, 3, 4]),
        ("parameters('object').prefix", "10.0.0.0/8"),
        ("parameters('object')['inner'].a", 1),
        ("parameters('object').?nothing", None),
        ("take(parameters('list'), 2)", ["a", "b"]),
        ("skip('abcd', 2)", "cd"),
        ("substring('abcd', 1, 2)", "bc"),
        ("join(parameters('list'), '-')", "a-b-c"),
        ("array('a')", ["a"]),
        ("items(createObject('b', 1, 'a', 2))", [{"key": "a", "value": 2}, {"key": "b", "value": 1}]),
        ("json('null')", None),
        ("startsWith('abc', 'AB')", True),
        ("endsWith('abc', 'd')", False),
        ("add(sub(5, 2), mul(2, 3))", 9),
        ("div(-7, 2)", -3),
        ("mod(-7, 2)", -1),
        ("max(1, 2)", 2),
        ("min(1, 2)", 1),
        ("greaterOrEquals(2, 2)", True),
        ("less(2, 2)", False),
    ],
)
def test_a_function_gives_what_azure_says(expression: str, expected: object) -> None:
    found = value(f"[{expression}]")
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("parameters('open')", "open"),
        ("parameters('nothing')", "nothing"),
        ("variables('nothing')", "nothing"),
        ("parameters('itself')", "itself"),
        ("resourceGroup().location", "location"),
        ("parameters('location')", "location"),
        ("variables('vnet')", "vnet-location-hub"),
        ("concat(parameters('open'), '-vnet')", "open-vnet"),
        ("format('{0}-{1}', parameters('open'), 1)", "open-1"),
        ("toUpper(parameters('open'))", "OPEN"),
        ("replace(parameters('open'), 'o', '0')", "0pen"),
        ("take(parameters('open'), 2)", "op"),
        ("last(split(parameters('vnetId'), '/'))", "vnetId"),
        ("uniqueString(resourceGroup().id)", "uniqueString"),
        ("contoso.vnetName('x')", "vnetName"),
        ("reference('x', '2020-05-01').outputs.name.value", "value"),
        ("reference('x').vnets[0].hubName", "hubName"),
        ("parameters('open')[0]", "open"),
        ("resourceId('A.B/c', parameters('open'))", "/providers/A.B/c/open"),
        ("concat(resourceGroup().id, '/providers/A.B/c/d')", "/providers/A.B/c/d"),
        ("extensionResourceId(parameters('vnetId'), 'E.F/g', 'h')", "vnetId/providers/E.F/g/h"),
        ("if(equals(parameters('open'), 1), 'a', 'b')", "a"),
        ("equals(parameters('open'), 1)", "equals"),
        ("not(parameters('open'))", "not"),
        ("and(true(), parameters('open'))", "and"),
        ("length(parameters('open'))", "length"),
        ("add('a', 1)", "add"),
        ("div(1, 0)", "div"),
        ("mul(9223372036854775807, 2)", "mul"),
        ("int('x')", "int"),
        ("toLower()", "toLower"),
        ("length('a', 'b')", "length"),
        ("range(0, 10001)", "range"),
        ("format('{3}', 'a')", "format"),
        ("resourceId('A.B/c', 'd', 'e')", "resourceId"),
        ("createObject('a')", "createObject"),
        ("parameters('list')[7]", ""),
        ("parameters('object').nothing", "nothing"),
        ("copyIndex()", "copyIndex"),
        ("concat('broken", "broken"),
    ],
)
def test_what_cannot_be_known_has_a_word(expression: str, word: str) -> None:
    assert value(f"[{expression}]") == Unknown(word)


def test_a_circle_of_variables_ends() -> None:
    assert isinstance(value("[variables('one')]"), Unknown)


def test_a_condition_that_is_not_known_matters_not_where_both_ways_are_the_same() -> None:
    assert value("[if(parameters('open'), 'a', 'a')]") == "a"


def test_a_text_in_two_brackets_is_no_expression() -> None:
    assert value("[[parameters('name')]") == "[parameters('name')]"


def test_a_list_that_is_partly_known_keeps_what_is_known() -> None:
    assert value("[concat(createArray('a'), parameters('open'))]") == ["a", Unknown("open")]
    assert value(["a", "[parameters('open')]"]) == ["a", Unknown("open")]


def test_a_value_from_a_parameters_file_goes_before_the_default_and_is_no_expression() -> None:
    assert value("[parameters('name')]", NAME="[spoke]") == "[spoke]"
    assert value("[parameters('open')]", open=5) == 5


@pytest.mark.parametrize(
    "expression",
    [
        "parameters('key')",
        "parameters('settings')",
        "parameters('settings').a",
        "parameters('adminPassword')",
        "parameters('object')",
        "parameters('object').sharedKey",
        "parameters('object')['sharedKey']",
        "string(parameters('object'))",
        "items(parameters('object'))",
        "variables('presharedKey')",
        "concat('x', parameters('key'), variables('presharedKey'))",
    ],
)
def test_no_secret_is_looked_at(expression: str) -> None:
    given = {"key": "secret-6", "settings": {"a": "secret-7"}, "adminPassword": "secret-8"}
    for told in ({}, given):
        assert "secret-" not in repr(value({"a": f"[{expression}]", "sharedKey": "secret-9"}, **told))
    assert "secret-" not in repr(value("[parameters('object')]", object={"list": [{"sharedKey": "secret-6"}]}))


def test_a_loop_in_an_object_makes_a_property() -> None:
    raw = {"copy": [{"name": "subnets", "count": 2, "input": {"name": "[concat('s', copyIndex('subnets'))]"}}], "a": 1}
    assert value(raw) == {"subnets": [{"name": "s0"}, {"name": "s1"}], "a": 1}
    assert value({"copy": [{"name": "x", "count": "[parameters('open')]", "input": 1}]}) == {"x": Unknown("x")}
    assert value({"copy": [{"name": "x"}, 5, {"count": 2, "input": 1}]}) == {}


def test_the_innermost_loop_needs_no_name() -> None:
    loops = turn(turn({}, "outer", 4), "Inner", 7)
    scope = Scope(TEMPLATE, {})
    raw = ["[copyIndex()]", "[copyIndex('INNER')]", "[copyIndex('outer', 1)]", "[copyIndex(10)]"]
    assert Evaluator().value(raw, scope, loops) == [7, 7, 5, 17]


def doubled(function: str, times: int) -> dict[str, object]:
    """Variables of which each has the one before it twice."""
    made: dict[str, object] = {"v0": "x" * 100}
    for number in range(1, times):
        made[f"v{number}"] = f"[{function}(variables('v{number - 1}'), variables('v{number - 1}'))]"
    return made


@pytest.mark.parametrize(
    ("variables", "expression"),
    [
        (doubled("concat", 30), "variables('v29')"),
        (doubled("createArray", 30), "string(variables('v29'))"),
        (doubled("createArray", 30), "equals(variables('v29'), union(variables('v29'), variables('v29')))"),
        ({}, "string(range(0, 10000))"),
        ({}, "concat(" + ", ".join(["string(range(0, 9999))"] * 40) + ")"),
        ({}, "union(range(0, 9000), range(1, 9000))"),
        (
            {"v": "[" + "a" * 24_000},
            "replace(concat(variables('v'), 'a'), 'a', concat(variables('v'), variables('v')))",
        ),
    ],
)
def test_nothing_grows_without_bound(variables: dict[str, object], expression: str) -> None:
    evaluator, scope = Evaluator(), Scope({"variables": variables}, {})
    with pytest.raises(Wrong) as raised:
        evaluator.value([f"[{expression}]"] * 200, scope)
    assert raised.value.reason == "too-large"
    assert evaluator.budget.is_spent


def test_the_budget_is_that_of_the_whole_reading() -> None:
    evaluator, scope = Evaluator(), Scope({}, {})
    evaluator.value([0] * (MOST_STEPS - 1), scope)
    with pytest.raises(Wrong):
        evaluator.value([0], scope)
    assert MOST_TEXT > 1 << 20


def test_a_chain_of_variables_is_followed_so_far_and_no_further() -> None:
    chain: dict[str, object] = {f"v{number}": f"[variables('v{number + 1}')]" for number in range(5_000)}
    evaluator, scope = Evaluator(), Scope({"variables": chain | {"v5000": "end"}}, {})
    assert evaluator.value("[variables('v4990')]", scope) == "end"
    with pytest.raises(Wrong) as raised:
        evaluator.value("[variables('v0')]", scope)
    assert raised.value.reason == "too-deep"


def test_a_value_that_became_deep_step_by_step_is_not_walked_through() -> None:
    nested: dict[str, object] = {f"v{number}": [f"[variables('v{number - 1}')]"] for number in range(1, 400)}
    evaluator, scope = Evaluator(), Scope({"variables": nested | {"v0": "x"}}, {})
    for number in range(400):
        evaluator.value(f"[variables('v{number}')]", scope)
    for expression in ("string(variables('v399'))", "equals(variables('v399'), createArray(variables('v398')))"):
        with pytest.raises(Wrong) as raised:
            evaluator.value(f"[{expression}]", scope)
        assert raised.value.reason == "too-deep"
