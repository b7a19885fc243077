"""From a YAML file to a definition, or to a sentence that says what to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from instruments.errors import SENTENCES, DefinitionError

Kind = TypeVar("Kind", bound=BaseModel)
_SURPRISES = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")


class _PlainYaml(yaml.CSafeLoader):
    """YAML without its surprises: a key stands once, "no" and "on" are words, and a day is text.

    The reader in C: the whole library is read at the start, and at each look through a school's own wording.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise DefinitionError("", f"line {key_node.start_mark.line + 1}", "duplicate_key", key=key)
            seen.add(key)
        return super().construct_mapping(node, deep)


_PlainYaml.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _SURPRISES]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainYaml.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_yaml(file: Path) -> Any:
    try:
        return _PlainYaml(file.read_text(encoding="utf-8")).get_single_data()
    except DefinitionError as error:
        raise DefinitionError(file, error.item, error.code, **error.values) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).replace(f'in "{file}"', "").split())
        raise DefinitionError(file, None, "unreadable", reason=reason) from error


def understand(kind: type[Kind], content: Any, file: Path) -> Kind:
    """The first thing that is wrong becomes a DefinitionError; nothing is converted on the quiet."""
    try:
        return kind.model_validate_json(json.dumps(content, default=str), strict=True)
    except ValidationError as error:
        raise _as_definition_error(error.errors()[0], content, file) from error


def _as_definition_error(found: ErrorDetails, content: Any, file: Path) -> DefinitionError:
    names, item = _follow(found["loc"], content)
    field = names[-1] if names else "the file"
    values: dict[str, object] = dict(found.get("ctx", {}))
    match found["type"]:
        case "missing" if field in ("sv", "en"):
            return DefinitionError(file, item, "missing_language", field=".".join(names[-2:-1]), language=field)
        case "missing" | "union_tag_not_found":
            return DefinitionError(file, item, "missing_field", field="kind" if "union" in found["type"] else field)
        case "extra_forbidden":
            return DefinitionError(file, item, "unknown_field", field=field)
        case "union_tag_invalid":
            kinds = str(values["expected_tags"]).replace("'", "")
            return DefinitionError(file, item, "unknown_kind", kind=values["tag"], kinds=kinds)
        case code if code in SENTENCES:
            return DefinitionError(file, item, code, **{"field": ".".join(names[-2:]), **values})
        case _:
            return DefinitionError(file, item, "wrong_value", field=field, reason=found["msg"])


def _follow(loc: tuple[int | str, ...], content: Any) -> tuple[list[str], str | None]:
    """The names of the fields on the way, and the id of the innermost part that has one.

    pydantic puts an item's kind into the way as if it were a field; what is not there is passed over,
    except the last step, which may be the very field that is missing.
    """
    names: list[str] = []
    item: str | None = None
    here = content
    for number, step in enumerate(loc):
        item = _id_of(here) or item
        known = step in here if isinstance(here, Mapping) else isinstance(here, list) and isinstance(step, int)
        if isinstance(step, str) and (known or number == len(loc) - 1):
            names.append(step)
        here = here[step] if known else here
    return names, _id_of(here) or item


def _id_of(part: Any) -> str | None:
    return str(part["id"]) if isinstance(part, Mapping) and "id" in part else None
