"""The description of the API as a page of our own: no script, no asset from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from assistent import texts_api as texts
from assistent.exchange.replies import ProblemReply
from assistent.web.answer_streams import RETRY_SECONDS
from assistent.web.api.bodies import LIMIT_KILOBYTES
from assistent.web.api.description import Schema, referred
from assistent.web.api.place import api_root, page_root
from assistent.web.rendering import render


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field or parameter. ``type`` is the name of the type that ``kind`` ends with, or ""."""

    name: str
    kind: str
    type: str
    limits: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownType:
    """A type with its fields."""

    name: str
    meaning: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True, slots=True)
class ShownOperation:
    """An address with what it takes and gives; ``body`` and ``answer`` are names of types."""

    identity: str
    method: str
    path: str
    summary: str
    meaning: str
    parameters: tuple[ShownField, ...]
    body: str
    example: str
    answer: str


def description_page(request: Request, description: Schema) -> HTMLResponse:
    """Return the page for an OpenAPI description."""
    return render(
        "api.html",
        root=page_root(request),
        api=api_root(request),
        x=texts,
        info=description["info"],
        operations=list(_operations(description)),
        types=[_type(name, each) for name, each in description["components"]["schemas"].items()],
        problem=ProblemReply.__name__,
        problems=[
            (code, status, title, detail.format(limit=LIMIT_KILOBYTES, seconds=RETRY_SECONDS))
            for code, (status, title, detail) in texts.PROBLEMS.items()
        ],
    )


def _operations(description: Schema) -> Iterator[ShownOperation]:
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
            example = body.get("example")
            yield ShownOperation(
                identity=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                meaning=operation["description"],
                parameters=tuple(_parameter(each) for each in operation.get("parameters", ())),
                body=referred(body.get("schema", {})),
                example=json.dumps(example, ensure_ascii=False, indent=2) if example else "",
                answer=referred(answer),
            )


def _parameter(parameter: Schema) -> ShownField:
    schema = {**parameter["schema"], "description": parameter["description"]}
    return _field(parameter["name"], schema, required=parameter["required"])


def _type(name: str, schema: Schema) -> ShownType:
    return ShownType(name, schema["description"], tuple(_fields("", schema)))


def _fields(prefix: str, schema: Schema) -> Iterator[ShownField]:
    """Yield the fields of an object; those of an object inside it are named «outer.inner»."""
    # Only what is sent is closed, and only there does it matter what must not be left out.
    required = schema.get("required", ()) if "additionalProperties" in schema else ()
    for name, field in schema.get("properties", {}).items():
        yield _field(f"{prefix}{name}", field, required=name in required)
        yield from _fields(f"{prefix}{name}.", field)


def _field(name: str, schema: Schema, *, required: bool) -> ShownField:
    kind, type_ = _kind(schema)
    limits = [texts.DOCS_REQUIRED] if required else []
    limits += [
        said.format(limit=json.dumps(schema[limit], ensure_ascii=False))
        for limit, said in texts.DOCS_LIMITS.items()
        if limit in schema
    ]
    return ShownField(name, kind, type_, tuple(limits), schema["description"])


def _kind(schema: Schema) -> tuple[str, str]:
    """Return what a schema takes, in words, and the name of the type that the words lead to."""
    if name := referred(schema):
        return "", name
    if "enum" in schema:
        return f"{texts.DOCS_ONE_OF} {', '.join(f'«{each}»' for each in schema['enum'])}", ""
    if "anyOf" in schema:
        kinds = [_kind(each)[0] for each in schema["anyOf"]]
        return f" {texts.DOCS_OR} ".join(kinds), ""
    if schema["type"] == "array":
        kind, name = _kind(schema["items"])
        return f"{texts.DOCS_LIST} {kind}".strip(), name
    kind = schema["format"] if "format" in schema else schema["type"]
    return texts.DOCS_KINDS[kind], ""
