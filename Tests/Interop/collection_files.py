"""Whole collections as FlatGeobuf and GeoPackage, read by the newer GDAL of pyogrio and by ogrinfo.

Made-up layers of every geometry type, of several and of none are added beside those of the release;
ids, attributes and shapes must be those of the GeoJSON, days and instants must be such for GDAL.

Usage: collection_files.py URL PETA DATABASE
"""

import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time

import pyogrio
import shapely

from checks import Checks, document, everything, get

base, peta, database = sys.argv[1:4]
checks = Checks()
a, b, c, d = [113.25, -7.75], [113.5, -7.75], [113.5, -7.5], [113.25, -7.5]
hole = [[113.3, -7.7], [113.3, -7.6], [113.4, -7.6], [113.3, -7.7]]
area, other = [[a, b, c, d, a], hole], [[[114, -8], [114.1, -8], [114, -7.9], [114, -8]]]


def shape(kind, coordinates):
    return {"type": kind, "coordinates": coordinates}


mixed = [
    shape("Point", a), shape("LineString", [a, c]), shape("Polygon", area), None,
    shape("MultiPoint", [a, b]), shape("MultiLineString", [[a, b], [c, d, a]]),
    shape("MultiPolygon", [area, other]),
    {"type": "GeometryCollection", "geometries": [shape("Point", b), shape("LineString", [a, b])]},
]
LAYERS = {
    "uji-titik": [shape("Point", a), shape("Point", c)],
    "uji-titik-kosong": [shape("Point", a), None],
    "uji-garis": [shape("LineString", [a, b, c]), shape("LineString", [d, a])],
    "uji-bidang": [shape("Polygon", area), shape("Polygon", other)],
    "uji-banyak-titik": [shape("MultiPoint", [a, b]), shape("MultiPoint", [c])],
    "uji-banyak-garis": [shape("MultiLineString", [[a, b], [c, d, a]])],
    "uji-banyak-bidang": [shape("MultiPolygon", [area, other])],
    "uji-campur": mixed,
    "uji-tanpa": [None, None, None],
}


def add(name, shapes, folder):
    features = [
        {"type": "Feature", "id": 501 + number, "geometry": geometry, "properties": {
            "nama": f"Ngabulé {number}", "nilai": number * 5_000_000_000, "luas": number + 0.25,
            "tepi": number % 2 == 0, "hari": f"2026-02-{10 + number:02}",
            "saat": f"2026-02-28T{10 + number:02}:30:00Z", "kosong": None if number else "isi"}}
        for number, geometry in enumerate(shapes)]
    path = f"{folder}/{name}.geojson"
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "name": name, "features": features}, file)
    done = subprocess.run(
        [peta, "collections", "add", path, "--id", name, "--database", database],
        capture_output=True, text=True, timeout=120)
    checks.that(f"{name} is added", done.returncode == 0, done.stdout + done.stderr)


def plain(value, kind):
    """A value as GeoJSON has it."""
    if value is None or value != value:
        return None
    if kind == "boolean":
        return bool(value)
    return value.item() if hasattr(value, "item") and kind != "date" else value


def is_instant(found, expected):
    """Whether GDAL's instant is the one that the GeoJSON tells."""
    wanted = datetime.datetime.fromisoformat(expected.replace("Z", "+00:00"))
    found = datetime.datetime.fromisoformat(str(found).replace("Z", "+00:00"))
    return found.replace(tzinfo=found.tzinfo or datetime.timezone.utc) == wanted


def compare(name, form, path, truth, kinds):
    meta, fids, shapes, columns = pyogrio.raw.read(path, return_fids=True, datetime_as_string=True)
    fields = dict(zip(meta["fields"], columns))
    key = "id_fitur" if "id" in kinds else "id"
    ids = fields[key].tolist()
    label = f"{name} as {form}"
    checks.equal(f"{label}: ids", sorted(ids), sorted(f["id"] for f in truth))
    checks.equal(f"{label}: fields", sorted(fields), sorted([key, *kinds]))
    if form == "gpkg":
        checks.equal(f"{label}: the key is the id", fids.tolist(), ids)
    types = dict(zip(meta["fields"], meta["ogr_types"]))
    for field, kind in kinds.items():
        expected = {
            "string": "OFTString", "integer": "OFTInteger64", "number": "OFTReal",
            "boolean": "OFTInteger", "date": "OFTDate" if form == "gpkg" else "OFTDateTime",
            "date-time": "OFTDateTime"}[kind]
        found = types[field]
        # A short whole number is one as well.
        if expected == "OFTInteger64" and found == "OFTInteger":
            found = expected
        checks.equal(f"{label}: type of {field}", found, expected)
    by_id = {f["id"]: f for f in truth}
    for row, feature_id in enumerate(ids):
        feature = by_id.get(feature_id)
        if feature is None:
            continue
        found = shapely.from_wkb(shapes[row]) if shapes is not None else None
        expected = feature["geometry"] and shapely.geometry.shape(feature["geometry"])
        same = found is None if expected is None else found is not None and (
            found.geom_type == expected.geom_type and found.equals_exact(expected, 1e-6))
        checks.that(f"{label}: shape of {feature_id}", same, f"{found} for {expected}"[:400])
        for field, kind in kinds.items():
            value, wanted = plain(fields[field][row], kind), feature["properties"][field]
            if kind in ("date", "date-time") and value is not None and wanted is not None:
                text = str(value)
                same = text[:10] == wanted if kind == "date" else is_instant(text, wanted)
            else:
                same = value == wanted
            checks.that(f"{label}: {field} of {feature_id}", same, f"{value!r} for {wanted!r}")
    return meta["geometry_type"]


with tempfile.TemporaryDirectory() as folder:
    for name, shapes in LAYERS.items():
        add(name, shapes, folder)
    # The server looks for new collections by itself.
    for _ in range(100):
        if set(LAYERS) <= {c["id"] for c in document(f"{base}/collections")["collections"]}:
            break
        time.sleep(0.1)
    for name in [*LAYERS, "desa", "kecamatan", "kabupaten", "kepadatan", "titik-panas"]:
        truth = everything(base, name)
        schema = document(f"{base}/collections/{name}/queryables")["properties"]
        kinds = {key: value.get("format") if value.get("format", "").startswith("date")
                 else value["type"] for key, value in schema.items() if "type" in value}
        found = set()
        for form in ["fgb", "gpkg"]:
            status, headers, body = get(f"{base}/collections/{name}/items", {"f": form})
            checks.equal(f"{name} as {form}: status", status, 200)
            checks.that(f"{name} as {form}: name of the file",
                        f"{name}.{form}" in headers.get("Content-Disposition", ""))
            path = os.path.join(folder, f"{name}.{form}")
            with open(path, "wb") as file:
                file.write(body)
            found.add(compare(name, form, path, truth, kinds))
            # Debian's GDAL reads it too and has nothing to complain of.
            done = subprocess.run(["ogrinfo", "-ro", "-so", "-al", path],
                                  capture_output=True, text=True, timeout=120)
            count = re.search(r"Feature Count: (\d+)", done.stdout)
            checks.that(f"{name} as {form}: ogrinfo",
                        done.returncode == 0 and not done.stderr.strip() and count
                        and int(count[1]) == len(truth), done.stdout[-300:] + done.stderr)
            if form == "gpkg" and name in LAYERS:
                checks.that(f"{name}: Date and DateTime for ogrinfo",
                            "hari: Date " in done.stdout and "saat: DateTime " in done.stdout,
                            done.stdout[-500:])
        checks.equal(f"{name}: both files are of one type", len(found), 1)
    for name in LAYERS:
        subprocess.run([peta, "collections", "remove", name, "--database", database],
                       capture_output=True, timeout=120)
checks.end()
