"""GDAL's OAPIF driver of Debian, through ogrinfo and ogr2ogr: counts, ids, boxes, filters, paging.

Usage: gdal_oapif.py URL
"""

import json
import re
import subprocess
import sys
import tempfile

from checks import Checks, boxes_meet, everything

base = sys.argv[1]
source = f"OAPIF:{base}"
checks = Checks()


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=300)
    checks.that(f"{' '.join(arguments[:6])} is quiet",
                done.returncode == 0 and not done.stderr.strip(), done.stderr)
    return done.stdout


def count(layer, *options):
    found = re.search(r"Feature Count: (\d+)", run("ogrinfo", "-ro", "-so", *options, source, layer))
    return int(found[1]) if found else None


def features(layer, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/out.geojson"
        run("ogr2ogr", "-f", "GeoJSON", "-preserve_fid", *options, path, source, layer)
        with open(path) as file:
            return json.load(file)["features"]


listing = run("ogrinfo", "-ro", source)
for layer in ["desa", "kecamatan", "kepadatan", "kabupaten"]:
    checks.that(f"{layer} is listed", re.search(rf"^\d+: {layer}\b", listing, re.M))
    truth = everything(base, layer)
    ids = sorted(feature["id"] for feature in truth)
    checks.equal(f"{layer}: count", count(layer), len(truth))
    # A page size that does not divide the count: every page is needed, none twice.
    for size in ["7", "1000"]:
        if len(truth) > 1000 and size == "7":
            continue
        paged = features(layer, "-oo", f"PAGE_SIZE={size}")
        checks.equal(f"{layer}: ids by pages of {size}", sorted(f["id"] for f in paged), ids)

truth = everything(base, "desa")
box = [113.2, -7.9, 113.3, -7.8]
inside = sorted(f["id"] for f in truth if boxes_meet(f["geometry"], box))
found = sorted(f["id"] for f in features("desa", "-spat", *map(str, box)))
checks.that("a box gives a part", 0 < len(found) < len(truth))
checks.that("what lies in the box lies in its meeting boxes", set(found) <= set(inside),
            f"{len(found)} of {len(inside)}")

some = truth[len(truth) // 3]
wanted = some["properties"]
by_id = run("ogrinfo", "-ro", "-fid", str(some["id"]), source, "desa")
checks.that("one feature by its id", f"kode_desa (String) = {wanted['kode_desa']}" in by_id, by_id)

expected = {
    f"kode_desa = '{wanted['kode_desa']}'": lambda p: p["kode_desa"] == wanted["kode_desa"],
    "kode_kecamatan = '35.13.01' AND jenis = 'desa'":
        lambda p: p["kode_kecamatan"] == "35.13.01" and p["jenis"] == "desa",
    f"keluarga = {wanted['keluarga']}": lambda p: p["keluarga"] == wanted["keluarga"],
    "tepi = 1": lambda p: p["tepi"],
    "keluarga > 1000 AND tertutup = 0": lambda p: p["keluarga"] > 1000 and not p["tertutup"],
    f"tanggal_data = '{wanted['tanggal_data'].replace('-', '/')}'": lambda p: True,
}
for clause, holds in expected.items():
    checks.equal(f"where {clause}", count("desa", "-where", clause),
                 sum(bool(holds(f["properties"])) for f in truth))

utm = features("kabupaten", "-t_srs", "EPSG:32749")
number = json.dumps(utm[0]["geometry"])
first = [float(text) for text in re.findall(r"-?\d+\.?\d*", number)[:2]]
checks.that("reprojected to UTM 49S", 700_000 < first[0] < 810_000 and 9.0e6 < first[1] < 9.2e6,
            first)
checks.end()
