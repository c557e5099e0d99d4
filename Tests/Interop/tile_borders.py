"""Neighbours share their borders in the tiles of `peta tiles`: no gap, no overlap, all valid.

Usage: python3 tile_borders.py PETA DATABASE [FILE.fgb MIN_ZOOM MAX_ZOOM [TILES_PER_ZOOM]]
Without a FILE it takes the boundaries that DATABASE has published. Needs from PyPI: pmtiles 3.8.1,
shapely 2.1 or later, pyogrio, mapbox-vector-tile.

Judged by GEOS on the decoded MVT of each tile: `is_valid` of every area, `coverage_is_valid` of all
(edges of neighbours match, nothing overlaps), and no hole in their union where the file has land.
"""

import gzip
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile

import mapbox_vector_tile
import numpy
import pyogrio.raw
import shapely
from pmtiles.reader import MmapSource, all_tiles

EXTENT = 4096
BUFFER = 64


def polygons(data):
    """The areas of a tile in its own units, y down."""
    layer = next(iter(mapbox_vector_tile.decode(
        data, default_options={"y_coord_down": True}).values()))
    assert layer["extent"] == EXTENT and layer["version"] == 2
    ids = [feature["id"] for feature in layer["features"]]
    assert len(set(ids)) == len(ids), "an id twice in a tile"
    return numpy.array([shapely.geometry.shape(f["geometry"]) for f in layer["features"]])


def holes(areas):
    """The holes of the union, as polygons."""
    union = shapely.coverage_union_all(areas)
    parts = shapely.get_parts(union)
    rings = [ring for part in parts for ring in part.interiors]
    return shapely.polygons(rings) if rings else numpy.array([])


def source(path):
    """The file's areas as a tree, in Web Mercator from 0 to 1."""
    areas = shapely.from_wkb(pyogrio.raw.read(path, columns=[])[2])
    assert shapely.coverage_is_valid(areas), "the file itself is no coverage"

    def project(points):
        latitude = numpy.radians(points[:, 1])
        return numpy.column_stack([
            points[:, 0] / 360 + 0.5,
            0.5 - numpy.log(numpy.tan(numpy.pi / 4 + latitude / 2)) / (2 * numpy.pi),
        ])

    return shapely.STRtree(shapely.transform(areas, project))


def overlapping(areas):
    """Pairs of areas that overlap, or whose common border has other vertices."""
    if shapely.coverage_is_valid(areas):
        return 0
    tree = shapely.STRtree(areas)
    pairs = 0
    # GEOS 3.14 also reports edges at a vertex where a neighbour's hole meets its own exterior.
    for index in numpy.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(areas))):
        own = set(shapely.get_coordinates(areas[index]).view("c16").ravel())
        for other in tree.query(areas[index], predicate="intersects"):
            if other == index:
                continue
            common = shapely.intersection(areas[index], areas[other])
            theirs = set(shapely.get_coordinates(areas[other]).view("c16").ravel())
            met = set(shapely.get_coordinates(common).view("c16").ravel())
            pairs += common.area > 0 or not met <= own & theirs
    return pairs


def check_tile(z, x, y, data, land):
    areas = polygons(data)
    invalid = int((~shapely.is_valid(areas)).sum())
    overlaps = overlapping(areas) if not invalid else 0
    gaps = 0
    frame = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER).exterior
    for hole in holes(areas) if not invalid + overlaps else []:
        if hole.intersects(frame):
            continue
        # Where the file has water, such as a strait whose mouths close at this zoom, or another
        # district that is not in it, a hole is right. On land it is a gap between neighbours.
        true = shapely.transform(
            hole, lambda points: (points / EXTENT + [x, y]) / 2**z)
        near = land.geometries[land.query(true)]
        covered = shapely.intersection(shapely.coverage_union_all(near), true).area
        gaps += covered > (1 - 1e-6) * true.area
    return len(areas), invalid, overlaps, gaps


def check(peta, path, first, last, per_zoom, folder):
    output = os.path.join(folder, "areas.pmtiles")
    subprocess.run(
        [peta, "tiles", path, "--min-zoom", str(first), "--max-zoom", str(last), "--properties", "",
         "-o", output], check=True, capture_output=True)
    land = source(path)
    with open(output, "rb") as file:
        tiles = {}
        for address, data in all_tiles(MmapSource(file)):
            assert len(data) <= 500_000, (address, len(data))
            tiles.setdefault(address[0], []).append((address, data))
    chance = random.Random(7)
    bad = 0
    for zoom in range(first, last + 1):
        chosen = tiles[zoom]
        if len(chosen) > per_zoom:
            chosen = chance.sample(chosen, per_zoom)
        results = [check_tile(*address, gzip.decompress(data), land) for address, data in chosen]
        total = [sum(column) for column in zip(*results)]
        print(
            f"z{zoom}: {len(chosen)} of {len(tiles[zoom])} tiles, {total[0]} areas: "
            f"{total[1]} invalid, {total[2]} overlaps, {total[3]} gaps", flush=True)
        bad += sum(total[1:])
    assert bad == 0, bad


def published_boundaries(database, folder):
    blob = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT gzip FROM published_document WHERE name = 'batas'"
        " AND release_id = (SELECT release_id FROM publication)").fetchone()[0]
    path = os.path.join(folder, "batas.geojson")
    with open(path, "wb") as file:
        file.write(gzip.decompress(blob))
    json.load(open(path))
    return path


def main(peta, database, *options):
    with tempfile.TemporaryDirectory() as folder:
        if options:
            path, first, last = options[0], int(options[1]), int(options[2])
            per_zoom = int(options[3]) if len(options) > 3 else 150
        else:
            path, first, last, per_zoom = published_boundaries(database, folder), 6, 14, 150
        check(os.path.abspath(peta), path, first, last, per_zoom, folder)
    print("tile_borders: all agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
