"""The abstract tests of Features Part 2 and Part 3 that no ready client carries out.

(ogctests 0.1.15 reads the target of a Link header from a parameter `href` that RFC 8288 does not have.)

Usage: filtering.py URL
"""

import json
import re
import sys

from checks import Checks, document, everything, get

base = sys.argv[1]
checks = Checks()
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
CRS = "http://www.opengis.net/def/crs/"

for collection in document(f"{base}/collections")["collections"]:
    name = collection["id"]
    items = f"{base}/collections/{name}/items"
    _, headers, _ = get(items)
    found = re.findall(rf'<([^>]+)>; rel="{QUERYABLES}"', headers.get("Link", ""))
    checks.equal(f"{name}: one Link to the queryables", len(found), 1)
    status, headers, body = get(found[0], Accept="application/schema+json")
    schema = json.loads(body)
    checks.equal(f"{name}: type of the queryables", headers["Content-Type"],
                 "application/schema+json")
    checks.that(f"{name}: $schema", schema["$schema"] in [
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema"])
    checks.equal(f"{name}: $id", schema["$id"], found[0])
    checks.equal(f"{name}: type", schema["type"], "object")
    for key, value in schema["properties"].items():
        checks.that(f"{name}: {key} has a type",
                    "type" in value or value.get("format", "").startswith("geometry-"))
    shape = [k for k, v in schema["properties"].items()
             if v.get("format", "").startswith("geometry-")]
    checks.equal(f"{name}: one geometry", len(shape), 1)
    plain = next(k for k in schema["properties"] if k not in shape)
    total = document(items, {"limit": 1})["numberMatched"]

    def matched(**parameters):
        names = {key.replace("_", "-"): value for key, value in parameters.items()}
        return document(items, dict(names, limit=1))["numberMatched"]

    checks.equal(f"{name}: null or not null", total,
                 matched(filter=f"{plain} IS NULL") + matched(filter=f"{plain} IS NOT NULL"))
    checks.equal(f"{name}: the same as JSON", matched(filter=f"{plain} IS NULL"), matched(
        filter=json.dumps({"op": "isNull", "args": [{"property": plain}]}),
        filter_lang="cql2-json"))
    world = f"S_INTERSECTS({shape[0]},BBOX(-180,-90,180,90))"
    checks.equal(f"{name}: all intersect the world", matched(filter=world), total)
    swapped = f"S_INTERSECTS({shape[0]},BBOX(-90,-180,90,180))"
    checks.equal(f"{name}: and with latitude first", total, matched(
        filter=swapped, filter_crs=f"{CRS}EPSG/0/4326"))
    checks.equal(f"{name}: filter and bbox together", 0, matched(filter=world, bbox="0,0,1,1"))
    for wrong in [{"filter": "tidak_ada_sifat_ini = 1"}, {"filter": f"{plain} ="},
                  {"filter": "TRUE", "filter-lang": "sql"}, {"filter": world, "filter-crs": "x"},
                  {"tidak_ada": "1"}, {"crs": "EPSG:4326"}, {"bbox": "1,2,3"}, {"limit": "0"}]:
        checks.equal(f"{name}: {wrong} is refused", get(items, wrong)[0], 400)

    # Part 2: every listed system, named in the header, and the coordinates turned as it says.
    for uri in collection["crs"]:
        status, headers, body = get(items, {"limit": 1, "crs": uri})
        checks.equal(f"{name}: Content-Crs {uri}", headers.get("Content-Crs"), f"<{uri}>")
    if total:
        def corner(uri):
            value = document(items, {"limit": 1, "crs": uri})["features"][0]["geometry"]
            value = value["coordinates"]
            while isinstance(value[0], list):
                value = value[0]
            return value

        x, y = corner(f"{CRS}OGC/1.3/CRS84")[:2]
        checks.equal(f"{name}: EPSG:4326 begins with latitude", corner(f"{CRS}EPSG/0/4326")[:2],
                     [y, x])
        checks.equal(f"{name}: bbox-crs", matched(
            bbox="-90,-180,90,180", bbox_crs=f"{CRS}EPSG/0/4326"), total)

truth = everything(base, "desa")
cases = {
    "persen_ekstrem > 8 AND jenis = 'desa'":
        lambda p: p["persen_ekstrem"] is not None and p["persen_ekstrem"] > 8
        and p["jenis"] == "desa",
    "nama_desa LIKE 'S%' OR nama_desa LIKE 'K%'": lambda p: p["nama_desa"][0] in "SK",
    "CASEI(nama_kecamatan) = CASEI('SUKAPURA')": lambda p: p["nama_kecamatan"] == "Sukapura",
    "keluarga BETWEEN 500 AND 1000": lambda p: 500 <= p["keluarga"] <= 1000,
    "kelas IN ('panas_99','panas_95')": lambda p: p["kelas"] in ("panas_99", "panas_95"),
    "NOT (tepi = TRUE)": lambda p: not p["tepi"],
    "desil_1 > desil_2": lambda p: None not in (p["desil_1"], p["desil_2"])
        and p["desil_1"] > p["desil_2"],
    "T_BEFORE(tanggal_data, DATE('2000-01-01'))": lambda p: False,
}
for text, holds in cases.items():
    checks.equal(f"filter {text}",
                 document(f"{base}/collections/desa/items", {"filter": text, "limit": 1})
                 ["numberMatched"], sum(bool(holds(f["properties"])) for f in truth))
checks.end()
