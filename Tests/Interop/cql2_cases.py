"""The predicates of the CQL2 standard with their counts, asked over HTTP; and as JSON by `cql2`.

The data set is not part of this project: a folder with `ne110m4cql2.gpkg` and `predicates.csv` is
named by the environment variable CQL2_CASES.

Usage: cql2_cases.py URL PETA DATABASE
"""

import csv
import json
import os
import subprocess
import sys
import time

import cql2

from checks import Checks, document, get

base, peta, database = sys.argv[1:4]
checks = Checks()
# Where the table of the standard errs about its own data: Chengdu, Chicago and Chișinău begin with
# Ch, and only Chișinău with Chis.
CORRECTED = {
    "ACCENTI(name) LIKE accenti('Ch%')": 3,
    "ACCENTI(CASEI(name)) LIKE accenti(casei('Chiș%'))": 1,
    "ACCENTI(CASEI(name)) LIKE accenti(casei('cHis%'))": 1,
}
folder = os.environ.get("CQL2_CASES", "../shared/cases/cql2")
if not os.path.exists(f"{folder}/predicates.csv"):
    checks.skip("the predicates of CQL2", "no folder with them; see CQL2_CASES")
    checks.end()
with open(f"{folder}/predicates.csv", encoding="utf-8") as file:
    # Some brackets carry a backslash that belongs to the standard's own markup.
    rows = [dict(row, filter=row["filter"].replace("\\(", "(")) for row in csv.DictReader(file)]
for layer in sorted({row["collection"] for row in rows}):
    done = subprocess.run(
        [peta, "collections", "add", f"{folder}/ne110m4cql2.gpkg", "--layer", layer, "--id",
         layer.replace("_", "-"), "--database", database],
        capture_output=True, text=True, timeout=120)
    checks.that(f"{layer} is added", done.returncode == 0, done.stdout + done.stderr)
layers = {row["collection"].replace("_", "-") for row in rows}
# The server looks for new collections by itself, without a restart.
for _ in range(100):
    names = {c["id"] for c in document(f"{base}/collections")["collections"]}
    if layers <= names:
        break
    time.sleep(0.1)
as_json = 0
for row in rows:
    layer = row["collection"].replace("_", "-")
    if layer not in names:
        checks.that(f"{layer} is served without a restart", False, sorted(names))
        break
    items = f"{base}/collections/{layer}/items"
    expected = CORRECTED.get(row["filter"], int(row["expected_count"]))
    status, _, body = get(items, {"filter": row["filter"], "limit": 1})
    found = document(items, {"filter": row["filter"], "limit": 1})["numberMatched"] \
        if status == 200 else body[:200]
    checks.equal(f"{row['class']}: {row['filter']}", found, expected)
    try:
        text = cql2.parse_text(row["filter"]).to_json()
    except Exception:
        continue

    status, _, body = get(
        items, {"filter": json.dumps(text), "filter-lang": "cql2-json", "limit": 1})
    # What another parser makes of the text must mean the same.
    if status == 200:
        as_json += 1
        checks.equal(f"as JSON, {row['class']}: {row['filter']}",
                     json.loads(body)["numberMatched"], expected)
    else:
        checks.skip(f"as JSON {row['filter']}", body[:120].decode())
print(f"  {len(rows)} predicates, {as_json} also as JSON")
checks.end()
