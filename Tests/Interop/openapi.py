"""The server's own description of its interface, judged by validators of others.

    pip install openapi-spec-validator==0.9.0 ogcapi-registry==0.4.0
    python Tests/Interop/openapi.py http://127.0.0.1:8080
"""

import json
import sys
import urllib.request

from ogcapi_registry import validate_ogc_api
from openapi_spec_validator import OpenAPIV30SpecValidator

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def fetch(url, accept):
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request) as answer:
        return answer.headers["Content-Type"], json.load(answer)


def references(value):
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "$ref":
                yield member
            else:
                yield from references(member)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def check(document, classes):
    assert document["openapi"].startswith("3.0."), document["openapi"]
    problems = list(OpenAPIV30SpecValidator(document).iter_errors())
    assert not problems, problems[:5]
    remote = [name for name in references(document) if not name.startswith("#/")]
    assert not remote, remote[:5]
    result = validate_ogc_api(document, classes)
    assert result.is_valid, result.errors
    # Of severity info: it would like a filter on single features too.
    warnings = [warning for warning in result.warnings if warning["severity"] != "info"]
    assert not warnings, warnings
    operations = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
    ]
    assert len(operations) == len(set(operations)), "operationIds repeat"
    return len(document["paths"]), len(operations)


def main(base):
    kind, document = fetch(base + "/api?f=json", OPENAPI)
    assert kind.startswith("application/vnd.oai.openapi+json"), kind
    _, conformance = fetch(base + "/conformance?f=json", "application/json")
    _, collections = fetch(base + "/collections?f=json", "application/json")
    paths, operations = check(document, conformance["conformsTo"])
    for collection in collections["collections"]:
        path = "/collections/%s/items" % collection["id"]
        assert path in document["paths"], path
    print("%d paths, %d operations: valid" % (paths, operations))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
