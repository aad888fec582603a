"""Values of a template: what its expressions say, as far as the parameters, variables and loops tell.

What cannot be known is an `Unknown`. Its word is the last one of what was asked for: `vnetName` for
`parameters('vnetName')`, `location` for `resourceGroup().location`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from advisor.core.parameters import Count
from advisor.core.refusals import Wrong
from advisor.existing.arm_budget import Budget
from advisor.existing.arm_functions import FUNCTIONS, MOST_COPIES, DoesNotFitError, word_of
from advisor.existing.arm_syntax import Call, Literal, Member, Node, is_expression, last_word, parse
from advisor.existing.resources import Unknown
from advisor.existing.secret_names import is_secret

Loops = Mapping[str, object]
"""Where the loops around a value are, by their names in lower case; the innermost has the name `""` as well."""

NO_LOOPS: Loops = {}

CHARACTERS_OF_A_STEP = 8
"""Of an expression that is parsed."""

_SCOPES = ("resourcegroup", "subscription", "tenant", "managementgroup", "deployment")
_COPY = "copy"
_SECURE = ("securestring", "secureobject")


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a parameter: as it is, or to be evaluated where the template was called (`scope`, `loops`)."""

    value: object
    scope: Scope | None = None
    loops: Loops = field(default_factory=dict)


class Scope:
    """The parameters and variables that expressions of a template see. `around` is the template that this one stands
    in, where expressions see that one's first.
    """

    def __init__(self, template: Mapping[str, object], given: Mapping[str, Given], around: Scope | None = None) -> None:
        self.parameters = lowered(template.get("parameters"))
        self.given = {name.lower(): value for name, value in given.items()}
        self.variables = lowered(template.get("variables"))
        self.around = around
        self.known: dict[tuple[str, str], object] = {}

    def holder(self, kind: str, name: str) -> Scope | None:
        """The scope that has a parameter or variable of this name."""
        outer = self.around.holder(kind, name) if self.around else None
        own = self.variables if kind == "variables" else self.parameters
        return outer or (self if name in own or (kind == "variables" and _COPY in own) else None)


class Evaluator:
    """Evaluates the values of all templates of one reading, within one budget."""

    def __init__(self) -> None:
        self.budget = Budget()
        self._trees: dict[str, Node | None] = {}

    def value(self, raw: object, scope: Scope, loops: Loops = NO_LOOPS) -> object:
        """A value of a template with its expressions evaluated. Raises `Wrong` (`too-deep`, `too-large`)."""
        self.budget.spend()
        if isinstance(raw, str):
            return self._text(raw, scope, loops)
        if isinstance(raw, list):
            with self.budget.deeper:
                return [self.value(member, scope, loops) for member in raw]
        if isinstance(raw, Mapping):
            with self.budget.deeper:
                return self._object(raw, scope, loops)
        return raw

    def count(self, raw: object, scope: Scope, loops: Loops) -> int | None:
        """How often something is repeated; None where that cannot be known. Raises `Wrong` where it is too often."""
        number = self.value(raw, scope, loops)
        if isinstance(number, str) and number.isascii() and number.isdecimal() and len(number) < len(str(1 << 63)):
            number = int(number)
        if isinstance(number, bool) or not isinstance(number, int):
            return None
        if number > MOST_COPIES:
            raise Wrong("too-large", allowed=Count(MOST_COPIES, "copy"))
        return max(0, number)

    def _text(self, text: str, scope: Scope, loops: Loops) -> object:
        if not is_expression(text):
            return text[1:] if text.startswith("[[") else text
        if text not in self._trees:
            self.budget.spend(len(text) // CHARACTERS_OF_A_STEP)
            self._trees[text] = parse(text)
        tree = self._trees[text]
        if tree is None:
            return Unknown(last_word(text))
        with self.budget.deeper:
            return self._node(tree, scope, loops)

    def _object(self, raw: Mapping[str, object], scope: Scope, loops: Loops) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in raw.items():
            if is_secret(name):
                continue
            if name.lower() == _COPY and isinstance(value, list):
                for loop in value:
                    found |= self.repeated(loop, scope, loops)
            else:
                found[name] = self.value(value, scope, loops)
        return found

    def repeated(self, loop: object, scope: Scope, loops: Loops) -> dict[str, object]:
        """The property that a loop in an object makes, with its name; nothing where it is malformed."""
        parts = lowered(loop)
        name = parts.get("name")
        if not isinstance(name, str) or "input" not in parts:
            return {}
        count = self.count(parts.get("count"), scope, loops)
        if count is None:
            return {name: Unknown(name)}
        with self.budget.deeper:
            return {name: [self.value(parts["input"], scope, turn(loops, name, place)) for place in range(count)]}

    def _node(self, node: Node, scope: Scope, loops: Loops) -> object:
        self.budget.spend()
        if isinstance(node, Literal):
            return node.value
        with self.budget.deeper:
            if isinstance(node, Member):
                return self._member(node, scope, loops)
            return self._call(node, scope, loops)

    def _member(self, node: Member, scope: Scope, loops: Loops) -> object:
        of = self._node(node.of, scope, loops)
        key = self._node(node.key, scope, loops)
        if isinstance(key, str) and is_secret(key):
            return Unknown(key)
        if isinstance(of, list) and isinstance(key, int) and not isinstance(key, bool) and -1 < key < len(of):
            return of[key]
        if isinstance(of, Mapping) and isinstance(key, str):
            self.budget.spend(len(of))
            found = [value for name, value in of.items() if str(name).lower() == key.lower()]
            if found:
                return found[-1]
            return None if node.is_optional else Unknown(key)
        if isinstance(of, Unknown) and not isinstance(key, str):
            return of
        if isinstance(node.of, Call) and node.of.name in _SCOPES and key == "id":
            return Unknown("")  # what follows it in a text is an id that begins with `/providers`
        return Unknown(word_of(key)) if isinstance(key, str | Unknown) else Unknown("")

    def _call(self, call: Call, scope: Scope, loops: Loops) -> object:
        lazy = _LAZY.get(call.name)
        function = FUNCTIONS.get(call.name)
        own_word = Unknown(call.called.rpartition(".")[2])
        try:
            if lazy:
                return lazy(self, call, scope, loops)
            if function:
                return function(self.budget, [self._node(one, scope, loops) for one in call.arguments])
        except DoesNotFitError:
            pass
        return own_word

    def _named(self, call: Call, scope: Scope, loops: Loops) -> object:
        """A parameter or variable."""
        if len(call.arguments) != 1:
            raise DoesNotFitError
        name = self._node(call.arguments[0], scope, loops)
        if not isinstance(name, str):
            return Unknown(word_of(name))
        holder = scope.holder(call.name, name.lower())
        if holder is None or is_secret(name):
            return Unknown(name)
        place = (call.name, name.lower())
        if place not in holder.known:
            holder.known[place] = Unknown(name)  # which it remains where it refers to itself
            read = self._variable if call.name == "variables" else self._parameter
            holder.known[place] = read(name, holder)
        return holder.known[place]

    def _parameter(self, name: str, scope: Scope) -> object:
        told = lowered(scope.parameters[name.lower()])
        if str(told.get("type", "")).lower() in _SECURE:
            return Unknown(name)
        given = scope.given.get(name.lower())
        if given:
            if given.scope:
                return self.value(given.value, given.scope, given.loops)
            self.budget.look_at(given.value)
            return _without_secrets(given.value)
        return self.value(told["defaultvalue"], scope) if "defaultvalue" in told else Unknown(name)

    def _variable(self, name: str, scope: Scope) -> object:
        if name.lower() in scope.variables:
            return self.value(scope.variables[name.lower()], scope)
        loops = scope.variables.get(_COPY)
        for loop in loops if isinstance(loops, list) else ():
            if str(lowered(loop).get("name", "")).lower() == name.lower():
                return self.repeated(loop, scope, NO_LOOPS)[str(lowered(loop)["name"])]
        return Unknown(name)

    def _if(self, call: Call, scope: Scope, loops: Loops) -> object:
        if len(call.arguments) != 3:
            raise DoesNotFitError
        condition = truth(self._node(call.arguments[0], scope, loops))
        if condition is not None:
            return self._node(call.arguments[1 if condition else 2], scope, loops)
        either = [self._node(one, scope, loops) for one in call.arguments[1:]]
        if all(isinstance(value, str | int | bool | None) for value in either) and either[0] == either[1]:
            return either[0]
        return Unknown(next((word_of(value) for value in either if isinstance(value, str | Unknown)), "if"))

    def _and(self, call: Call, scope: Scope, loops: Loops) -> object:
        return self._until(call, scope, loops, ends=False)

    def _or(self, call: Call, scope: Scope, loops: Loops) -> object:
        return self._until(call, scope, loops, ends=True)

    def _until(self, call: Call, scope: Scope, loops: Loops, *, ends: bool) -> object:
        """Whether all of something is true, or any: what `ends` it need not wait for what is not known."""
        found = [truth(self._node(one, scope, loops)) for one in call.arguments]
        if ends in found:
            return ends
        return Unknown(call.called) if None in found else not ends

    def _coalesce(self, call: Call, scope: Scope, loops: Loops) -> object:
        values = (self._node(one, scope, loops) for one in call.arguments)
        return next((value for value in values if value is not None), None)

    def _copy_index(self, call: Call, scope: Scope, loops: Loops) -> object:
        given = [self._node(one, scope, loops) for one in call.arguments]
        name = next((value.lower() for value in given if isinstance(value, str)), "")
        offset = next((value for value in given if isinstance(value, int) and not isinstance(value, bool)), 0)
        place = loops.get(name, Unknown(call.called))
        return place + offset if isinstance(place, int) else place


_LAZY = {
    "parameters": Evaluator._named,
    "variables": Evaluator._named,
    "if": Evaluator._if,
    "and": Evaluator._and,
    "or": Evaluator._or,
    "coalesce": Evaluator._coalesce,
    "copyindex": Evaluator._copy_index,
}
"""Functions that need to know where they stand, or do not need all that they are given."""


def truth(value: object) -> bool | None:
    """Whether a condition holds; None where that cannot be known. Templates write yes and no as texts too."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in ("true", "false"):
        return value.strip().lower() == "true"
    return None


def turn(loops: Loops, name: str, place: object) -> Loops:
    """The loops inside one that is at this place."""
    return {**loops, name.lower(): place, "": place}


def lowered(raw: object) -> dict[str, object]:
    """An object with its names in lower case; an empty one where there is none."""
    return {name.lower(): value for name, value in raw.items()} if isinstance(raw, Mapping) else {}


def _without_secrets(raw: object) -> object:
    """A value that is not evaluated, without what is never read."""
    if isinstance(raw, Mapping):
        return {name: _without_secrets(value) for name, value in raw.items() if not is_secret(name)}
    return [_without_secrets(value) for value in raw] if isinstance(raw, list) else raw
