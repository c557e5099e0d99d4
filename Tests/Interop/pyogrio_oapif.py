"""The newer GDAL of pyogrio reads the collections as OAPIF: it asks with crs, and pages by 1,000.

Usage: pyogrio_oapif.py URL
"""

import sys

import pyogrio
import shapely

from checks import Checks, everything

base = sys.argv[1]
source = f"OAPIF:{base}"
checks = Checks()
print("  GDAL", pyogrio.__gdal_version_string__)


def read(layer, **options):
    meta, fids, shapes, columns = pyogrio.raw.read(
        source, layer=layer, return_fids=True, **options)
    return meta, fids, shapely.from_wkb(shapes), dict(zip(meta["fields"], columns))


names = {name for name, _ in pyogrio.list_layers(source)}
for layer in ["desa", "kecamatan", "kepadatan", "kabupaten", "titik-panas"]:
    checks.that(f"{layer} is listed", layer in names)
    truth = everything(base, layer)
    meta, fids, shapes, columns = read(layer)
    checks.equal(f"{layer}: count", pyogrio.read_info(source, layer=layer)["features"], len(truth))
    checks.equal(f"{layer}: ids", sorted(fids.tolist()), sorted(f["id"] for f in truth))
    by_id = {f["id"]: shapely.geometry.shape(f["geometry"]) for f in truth}
    checks.that(f"{layer}: shapes", all(
        # The storage CRS may be asked for with latitude first; the shape must not be swapped.
        shape.equals_exact(by_id[fid], 1e-6) for fid, shape in zip(fids.tolist(), shapes)))
    checks.that(f"{layer}: valid", shapely.is_valid(shapes).all())
    checks.that(f"{layer}: names of fields", set(truth[0]["properties"]) <= set(columns))

truth = everything(base, "desa")
by_id = {f["id"]: f for f in truth}
box = (113.2, -7.9, 113.3, -7.8)
_, fids, _, _ = read("desa", bbox=box)
meeting = {
    i for i, f in by_id.items() if shapely.geometry.shape(f["geometry"]).intersects(shapely.box(*box))
}
checks.equal("a box", set(fids.tolist()), meeting)
_, fids, _, _ = read("desa", where="kode_kecamatan = '35.13.01'")
checks.equal("where on text", set(fids.tolist()), {
    i for i, f in by_id.items() if f["properties"]["kode_kecamatan"] == "35.13.01"})
_, fids, _, _ = read("desa", where="keluarga > 1000 AND jenis = 'desa'")
checks.equal("where on numbers", set(fids.tolist()), {
    i for i, f in by_id.items()
    if f["properties"]["keluarga"] > 1000 and f["properties"]["jenis"] == "desa"})
for zoom, column, row in [(10, 833, 534), (6, 52, 33)]:
    tile = f"MVT:/vsicurl/{base}/tiles/desa/{zoom}/{column}/{row}.mvt"
    _, _, shapes, _ = pyogrio.raw.read(tile)
    checks.that(f"MVT {zoom}/{column}/{row}", len(shapes) > 0)
checks.end()
