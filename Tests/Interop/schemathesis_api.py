"""schemathesis over the whole OpenAPI document: examples, every parameter's edges, random data that
fits the schema and that does not, and chains of requests. Seeded, about a minute.

No 5xx, no status, type, header or body that the document does not tell, nothing wrong accepted, and
in a second run nothing right refused. What the runs take out of the document, and why:

- `maximum` of `limit`: it is said, as Features Part 1 asks (/req/core/fc-limit-definition), but a
  larger limit has to be taken as the largest, not refused (/req/core/fc-limit-response-1).
- In the second run the parameters whose values only make sense together or by a grammar that no
  schema can say: `cursor` (from links of this server only), `filter` and its two companions (CQL2),
  `datetime` (RFC 3339 intervals), `bbox` (smaller before larger), the forms fgb and gpkg (in degrees
  only, so not with every `crs`), and all of `/geocode` (a place is lon with lat, a desa or a code; a
  table has to have a head). The first run has them all. A release that is no longer kept is 410.

Usage: schemathesis_api.py URL [SEED]
"""

import json
import os
import re
import subprocess
import sys
import tempfile

from checks import Checks, document

UNSAID = {"cursor", "filter", "filter-lang", "filter-crs", "datetime", "bbox"}
# What schemathesis takes for a right question well answered, and 410.
SETTINGS = """[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "410", "5xx"]
"""
checks = Checks()
base = sys.argv[1].rstrip("/")
seed = sys.argv[2] if len(sys.argv) > 2 else "1"
print(f"  seed {seed}")
tool = os.path.join(os.path.dirname(sys.executable), "schemathesis")


def without_unsaid(api):
    """The document for the second run."""
    api = json.loads(json.dumps(api))
    del api["paths"]["/geocode"]
    forms = api["components"]["parameters"]["f-items"]["schema"]
    forms["enum"] = [form for form in forms["enum"] if form not in ("fgb", "gpkg")]
    for path in api["paths"].values():
        for operation in path.values():
            operation["parameters"] = [
                parameter for parameter in operation.get("parameters", [])
                if (parameter.get("name") or parameter["$ref"].split("/")[-1]) not in UNSAID]
    return api


def run(name, api, *options):
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "api.json"), "w") as file:
            json.dump(api, file)
        with open(os.path.join(folder, "schemathesis.toml"), "w") as file:
            file.write(SETTINGS)
        done = subprocess.run(
            [tool, "run", "api.json", "--url", base, "--no-color", "--seed", seed,
             "--generation-database", "none", "--continue-on-failure", *options],
            capture_output=True, text=True, timeout=400, cwd=folder)
    tested = re.search(r"Tested: (\d+)", done.stdout)
    tested = int(tested[1]) if tested else 0
    cases = re.search(r"(\d+) generated", done.stdout)
    cases = int(cases[1]) if cases else 0
    took = re.search(r"in ([\d.]+)s =", done.stdout)
    print(f"  {name}: {tested} operations, {cases} cases in {took[1] if took else '?'} s")
    operations = sum(len(path) for path in api["paths"].values())
    checks.equal(f"{name}: every operation was tested", tested, operations)
    checks.that(f"{name}: there were cases enough", cases > 50 * operations, cases)
    failures = "\n".join(re.split(r"^\d+\. Test Case ID", done.stdout, flags=re.M)[1:])
    checks.that(f"{name}: no failure", done.returncode == 0,
                failures[:1400] or (done.stdout + done.stderr)[-800:])


def with_features(api):
    """The document with a feature of each collection as example, which only the data can say."""
    for path, operations in api["paths"].items():
        items, end, _ = path.partition("/{featureId}")
        if not end:
            continue
        number = document(base + items, {"limit": 1})["features"][0]["id"]
        parameters = operations["get"]["parameters"]
        for index, parameter in enumerate(parameters):
            if (parameter.get("name") or parameter["$ref"].split("/")[-1]) == "featureId":
                parameters[index] = {
                    "name": "featureId", "in": "path", "required": True, "example": number,
                    "schema": {"type": "integer", "format": "int64"}}
    return api


served = with_features(document(f"{base}/api", {"f": "json"}))
del served["components"]["parameters"]["limit"]["schema"]["maximum"]
run("as served", served, "--phases", "examples,coverage,fuzzing,stateful",
    "--checks", "all", "--exclude-checks", "positive_data_acceptance", "--max-examples", "60")
run("what fits", without_unsaid(served), "--phases", "examples,coverage,fuzzing,stateful",
    "--mode", "positive", "--checks", "positive_data_acceptance,not_a_server_error",
    "--max-examples", "60")
checks.end()
