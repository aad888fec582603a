"""The forms of a page as a browser reads and sends them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """Where a form is sent, how, and the values that its fields have; a button counts where it is pressed."""

    action: str = ""
    method: str = "get"
    fields: list[tuple[str, str]] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, typed: dict[str, str], button: tuple[str, str] | None = None) -> dict[str, list[str]]:
        """What a browser sends of a form that was filled in: of a list without a choice, the first one is taken."""
        first = {
            name: next(filter(None, self.options[name]), "")
            for name, value in self.fields
            if name in self.options and not value
        }
        return self.sent(first | typed, button)

    def sent(self, typed: dict[str, str], button: tuple[str, str] | None = None) -> dict[str, list[str]]:
        """What a browser sends: all values, with what is typed in the place of them, and the button."""
        data: dict[str, list[str]] = {}
        for name, value in self.fields:
            if name not in typed:
                data.setdefault(name, []).append(value)
        data |= {name: [value] for name, value in typed.items() if name in {*dict(self.fields), *self.empty}}
        if button and button[0]:
            data.setdefault(button[0], []).append(button[1])
        return data


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: str | None = None
        self._first: str | None = None
        self._chosen = self._multiple = False
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in given}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
            if "id" in told:
                self._by_id[told["id"]] = self._form
        form = self._by_id.get(told.get("form", "")) or self._form
        if form is not None and "disabled" not in told:
            self._field(form, tag, told)

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text" if tag == "input" else "submit").lower()
        if tag == "button" or (tag == "input" and kind in ("submit", "image")):
            form.buttons.append((name, told.get("value", "")))
        elif tag == "input" and name:
            self._input(form, name, kind, told)
        elif tag == "textarea" and name:
            self._area = (name, [])
        elif tag == "select" and name:
            self._select, self._first, self._chosen, self._multiple = name, None, False, "multiple" in told
        elif tag == "option" and self._select:
            self._option(form, self._select, told)

    @staticmethod
    def _input(form: Form, name: str, kind: str, told: dict[str, str]) -> None:
        if kind in ("checkbox", "radio") and "checked" not in told:
            form.empty.append(name)
        elif kind in ("checkbox", "radio"):
            form.fields.append((name, told.get("value", "on")))
        elif kind not in ("button", "reset", "file"):
            form.fields.append((name, told.get("value", "")))

    def _option(self, form: Form, name: str, told: dict[str, str]) -> None:
        value = told.get("value", "")
        if "selected" in told:
            form.fields.append((name, value))
            self._chosen = True
        self._first = value if self._first is None else self._first
        form.options.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area and self._form:
            text = "".join(self._area[1])
            self._form.fields.append((self._area[0], text.removeprefix("\r\n" if text[:2] == "\r\n" else "\n")))
            self._area = None
        if tag == "select" and self._select and self._form:
            if not self._chosen and not self._multiple and self._first is not None:
                self._form.fields.append((self._select, self._first))
            elif not self._chosen:
                self._form.empty.append(self._select)
            self._select = None
        if tag == "form":
            self._form = None


def forms_of(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def links_of(page: str) -> list[str]:
    """Where the links of a page lead."""
    reader = _Reader()
    reader.feed(page)
    return reader.links
