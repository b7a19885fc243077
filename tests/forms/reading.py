"""Reads HTML as a browser without script would: fields, what they would post, labels, text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"input", "link", "meta", "br", "path", "circle"}


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str]] = []
        self.fields: list[dict[str, str]] = []
        self.texts: list[tuple[tuple[int, ...], str]] = []
        self.open: list[int] = []

    @classmethod
    def of(cls, html: str) -> Page:
        page = cls()
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value if value is not None else "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes.append(attributes)
        if tag in ("input", "textarea"):
            self.fields.append(attributes | {"": str(len(self.tags) - 1)})
        if tag == "select":
            self.fields.append(attributes | {"": str(len(self.tags) - 1), "type": "select", "value": ""})
        if tag == "option" and "selected" in attributes:
            self.fields[-1]["value"] = attributes["value"]
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in (self.tags[number] for number in self.open):
            while self.tags[self.open.pop()] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self.open), data))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.texts)

    def within(self, element: int) -> str:
        return "".join(text for around, text in self.texts if element in around)

    def inside(self, tag: str) -> list[str]:
        return [tidy(self.within(number)) for number, found in enumerate(self.tags) if found == tag]

    def by_id(self, name: str) -> str:
        return self.within(next(number for number, one in enumerate(self.attributes) if one.get("id") == name))

    def label_of(self, field: dict[str, str]) -> str:
        for number, tag in enumerate(self.tags):
            around = next((one for one, _ in self.texts if number in one), ())
            if tag == "label" and ("id" in field and self.attributes[number].get("for") == field["id"]):
                return tidy(self.within(number))
            if tag == "label" and "for" not in self.attributes[number] and number < int(field[""]) <= number + 3:
                return tidy(self.within(number)) if around else ""
        return ""

    def posted(self) -> dict[str, list[str]]:
        """What a browser would send if the form were posted now."""
        found: dict[str, list[str]] = {}
        for field in self.fields:
            if "name" not in field:
                continue
            kind = field.get("type", "textarea" if "value" not in field else "text")
            if kind in ("radio", "checkbox") and "checked" not in field:
                continue
            value = field.get("value", "")
            if "type" not in field:
                value = self.within(int(field[""])).removeprefix("\n")
            found.setdefault(field["name"], []).append(value)
        return found


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
