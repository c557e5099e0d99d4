"""GDAL's MVT driver of Debian reads tiles through /vsicurl: layers, fields, place on the map.

Usage: gdal_mvt.py URL
"""

import json
import re
import subprocess
import sys

from checks import Checks, document

base = sys.argv[1]
checks = Checks()


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120)
    checks.that(f"{' '.join(arguments[:4])} is quiet",
                done.returncode == 0 and not done.stderr.strip(), done.stderr)
    return done.stdout


def mvt(path, **options):
    settings = [part for key, value in options.items() for part in ("-oo", f"{key}={value}")]
    return run("ogrinfo", "-ro", "-al", *settings, f"MVT:/vsicurl/{base}{path}")


zoom, column, row = 10, 833, 534
for address in [f"/tiles/desa/{zoom}/{column}/{row}.mvt", f"/tiles/desa/{zoom}/{column}/{row}.pbf"]:
    # Else GDAL leaves out what lies in the tile's margin alone.
    text = mvt(address, X=column, Y=row, Z=zoom, CLIP="NO")
    expected = document(f"{base}/tiles/desa/{zoom}/{column}/{row}.geojson")["features"]
    codes = set(re.findall(r"kode_desa \(String\) = ([\d.]+)", text))
    checks.equal(f"{address}: the desa of the GeoJSON tile", sorted(codes),
                 sorted({f["properties"]["kode_desa"] for f in expected}))
    extent = re.search(r"Extent: \(([-\d.]+), ([-\d.]+)\) - \(([-\d.]+), ([-\d.]+)\)", text)
    west, south, east, north = map(float, extent.groups())
    # Web Mercator; a tile of this zoom is 39 km wide, and its edge is drawn over a little.
    checks.that(f"{address}: lies where the tile lies",
                12_540_000 < west < east < 12_620_000 and -920_000 < south < north < -820_000,
                extent[0])

# The same by the addresses of OGC API Tiles.
ogc = f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt"
with_all = run("ogrinfo", "-ro", f"MVT:/vsicurl/{base}{ogc}")
for layer in ["desa", "kecamatan", "kepadatan"]:
    checks.that(f"the tile of all collections has {layer}", re.search(rf"\b{layer}\b", with_all),
                with_all)
geojson = run("ogrinfo", "-ro", "-so", "-al",
              f"/vsicurl/{base}/tiles/desa/{zoom}/{column}/{row}.geojson")
checks.that("a GeoJSON tile is read as it is", "Feature Count" in geojson, geojson)
tilejson = document(f"{base}/tiles/desa.json")
checks.that("TileJSON has fields for its layer", tilejson["vector_layers"][0]["fields"])
checks.that("TileJSON is JSON of version 3", json.dumps(tilejson) and tilejson["tilejson"][0] == "3")
checks.end()
