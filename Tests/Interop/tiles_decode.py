"""Tiles and features under the eyes of others: mapbox-vector-tile, shapely, GeoJSON validators.

Usage: tiles_decode.py URL
"""

import json
import sys

import geojson_pydantic
import geojson_validator
import mapbox_vector_tile
import shapely

from checks import Checks, document, get

base = sys.argv[1]
checks = Checks()
scheme = document(f"{base}/tileMatrixSets/WebMercatorQuad")
checks.equal("the tile matrix set", scheme["id"], "WebMercatorQuad")

for zoom, column, row in [(6, 52, 33), (8, 208, 133), (10, 833, 534), (12, 3334, 2137)]:
    ogc = f"/tiles/WebMercatorQuad/{zoom}/{row}/{column}?f=mvt"
    status, headers, data = get(base + ogc)
    checks.equal(f"{ogc}: status", status, 200)
    if status != 200:
        continue
    checks.equal(f"{ogc}: type", headers["Content-Type"], "application/vnd.mapbox-vector-tile")
    layers = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    checks.that(f"{ogc}: layers", {"desa", "kecamatan"} <= set(layers), list(layers))
    for name, layer in layers.items():
        checks.equal(f"{ogc} {name}: version and extent", (layer["version"], layer["extent"]),
                     (2, 4096))
        ids = [feature["id"] for feature in layer["features"]]
        checks.equal(f"{ogc} {name}: ids are unique", len(set(ids)), len(ids))
        shapes = [shapely.geometry.shape(f["geometry"]) for f in layer["features"]]
        checks.that(f"{ogc} {name}: valid shapes", all(shape.is_valid for shape in shapes))
        alone = get(f"{base}/tiles/{name}/{zoom}/{column}/{row}.mvt")[2]
        checks.equal(f"{ogc} {name}: the same as the layer's own tile",
                     mapbox_vector_tile.decode(alone, default_options={"y_coord_down": True}),
                     {name: layer})
    one = f"/collections/desa/tiles/WebMercatorQuad/{zoom}/{row}/{column}"
    checks.equal(f"{one}: MVT of one collection", get(f"{base}{one}?f=mvt")[2],
                 get(f"{base}/tiles/desa/{zoom}/{column}/{row}.mvt")[2])
    geojson = document(f"{base}{one}?f=geojson")
    checks.that(f"{one}: GeoJSON", geojson_pydantic.FeatureCollection(**geojson))
outside = get(f"{base}/tiles/WebMercatorQuad/10/0/0?f=mvt")[0]
checks.that("outside the limits there is nothing", outside in (204, 404), outside)
for wrong in ["99/0/0", "10/9999/0", "10/a/0"]:
    status = get(f"{base}/tiles/WebMercatorQuad/{wrong}?f=mvt")[0]
    checks.that(f"{wrong} is no tile", status in (400, 404), status)

for collection in ["desa", "kecamatan", "kabupaten", "titik-panas"]:
    whole = document(f"{base}/collections/{collection}/items", {"limit": 1000})
    checks.that(f"{collection}: RFC 7946 by pydantic",
                geojson_pydantic.FeatureCollection(**whole))
    # As it stands, without our members, since that validator knows no others.
    bare = {"type": "FeatureCollection", "features": whole["features"]}
    for feature in bare["features"]:
        feature.pop("links", None)
    problems = geojson_validator.validate_structure(bare)
    checks.equal(f"{collection}: structure", problems, {})
    problems = geojson_validator.validate_geometries(bare)
    checks.equal(f"{collection}: invalid geometries", problems.get("invalid"), {})
one = document(f"{base}/collections/desa/items", {"limit": 1})["features"][0]["id"]
checks.that("a feature alone", geojson_pydantic.Feature(
    **document(f"{base}/collections/desa/items/{one}")))
checks.that("boundaries of a release", json.loads(get(f"{base}/releases/current/batas.json")[2]))
checks.end()
