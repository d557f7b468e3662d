"""All that the client asks of the API is in the API's own schema."""

from __future__ import annotations

import re
from io import StringIO
from types import ModuleType
from typing import Any

import pytest
import yaml
from django.core.management import call_command


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    out = StringIO()
    call_command("spectacular", stdout=out)
    return yaml.safe_load(out.getvalue())


def unnamed(path: str) -> str:
    """*path* without the names of what varies in it."""
    return re.sub(r"{\w+}", "{}", path)


def fields_of(schema: dict[str, Any], operation: dict[str, Any]) -> set[str]:
    """Every field that a body of the operation may have, in whatever form it comes."""
    forms = operation.get("requestBody", {}).get("content", {}).values()
    names: set[str] = set()
    for form in forms:
        shape = form["schema"]
        if "$ref" in shape:
            shape = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        names |= set(shape.get("properties", ()))
    return names


def test_it_is_in_the_schema(ocrsite: ModuleType, schema: dict[str, Any]) -> None:
    offered = {
        (method.upper(), unnamed(path)): operation
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    }
    unknown = []
    for name, call in ocrsite.CALLS.items():
        operation = offered.get((call.method, unnamed(ocrsite.API + call.path)))
        if operation is None:
            unknown.append(f"{name}: {call.method} {call.path}")
            continue
        query = {one["name"] for one in operation.get("parameters", ())}
        unknown += [f"{name}: ?{word}" for word in call.query if word not in query]
        body = fields_of(schema, operation)
        unknown += [f"{name}: {word}" for word in call.body if word not in body]
    assert unknown == []


def test_it_asks_nothing_else(ocrsite: ModuleType) -> None:
    client = ocrsite.Client("http://127.0.0.1:9", "key", retries=0)
    with pytest.raises(TypeError, match=r"^documents\(\) takes no colour$"):
        next(client.documents(colour="red"))
    with pytest.raises(TypeError, match=r"^create_job\(\) takes no speed$"):
        client.create_job("1", speed=9)
