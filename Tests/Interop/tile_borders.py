"""Neighbours share their borders in all tiles of `peta tiles`: no gap, no overlap, all valid.

Usage: python3 tile_borders.py PETA DATABASE
       python3 tile_borders.py PETA --areas FILE MIN_ZOOM MAX_ZOOM [--pyramid PYRAMID] [--bare]
The first takes the boundaries that DATABASE has published, as PMTiles, MBTiles and folder; and, where
../shared/data is, the full-detail desa. INTEROP_LARGE=1 adds East Java z5 to z12 and all Indonesia z4
to z11 (some minutes). The second checks a PYRAMID made from FILE, or makes one; --bare leaves the
properties out. Needs from PyPI: pmtiles 3.8.1, shapely 2.1 or later, pyogrio, mapbox-vector-tile.

Judged by GEOS on the decoded MVT of each tile: `is_valid` of every area, `coverage_is_valid` of all
(edges of neighbours match, nothing overlaps), no hole in their union where the file has land, and no
edge with an area on one side only that is not near a shore or rim of the file (an open gap, such as
one that runs out of the tile). What is wrong is listed with the address of its tile.
"""

import argparse
import functools
import gzip
import multiprocessing
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time

import mapbox_vector_tile
import numpy
import pyogrio.raw
import shapely

import pyramid_files
from checks import Checks

EXTENT = 4096
BUFFER = 64
LARGEST_TILE = 500_000
# One pixel is the largest tolerance of the pyramid, 16 units; a shore may lie so far from its place,
# and a quarter of a pixel of coarser rounding and the corners of filled places come on top.
NEAR = 40
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.path.join(os.path.dirname(ROOT), "shared", "data")
LARGE = [
    ("jatim/jatim_desa.fgb", 5, 12),
    ("indonesia/indonesia_desa_simplified.fgb", 4, 11),
]
KINDS = ["invalid", "overlaps", "gaps", "open_gaps", "twice"]


class Source:
    """The file's areas in Web Mercator from 0 to 1, and the edges that bound only one of them."""

    def __init__(self, path):
        areas = shapely.from_wkb(pyogrio.raw.read(path, columns=[])[2])
        assert shapely.coverage_is_valid(areas), "the file itself is no coverage"
        projected = shapely.transform(areas, mercator)
        self.areas = shapely.STRtree(projected)
        self.rim = shapely.STRtree(single_edges(projected))


def mercator(points):
    latitude = numpy.radians(points[:, 1])
    return numpy.column_stack([
        points[:, 0] / 360 + 0.5,
        0.5 - numpy.log(numpy.tan(numpy.pi / 4 + latitude / 2)) / (2 * numpy.pi),
    ])


def single_edges(areas):
    """The edges that one ring of all has, as lines of two points."""
    rings = shapely.get_rings(shapely.get_parts(areas))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    places = points.view("c16").ravel()
    edges = numpy.column_stack([places[:-1][same], places[1:][same]])
    _, first, count = numpy.unique(
        numpy.sort(edges, axis=1), axis=0, return_index=True, return_counts=True)
    single = edges[first[count == 1]]
    return shapely.linestrings(
        numpy.stack([single.real, single.imag], axis=-1)) if len(single) else numpy.array([])


def decoded(data):
    """The ids and the areas of a tile in its own units, y down."""
    layer = next(iter(mapbox_vector_tile.decode(
        data, default_options={"y_coord_down": True}).values()))
    assert layer["extent"] == EXTENT and layer["version"] == 2
    features = layer["features"]
    return [feature["id"] for feature in features], numpy.array(
        [shapely.geometry.shape(feature["geometry"]) for feature in features])


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


def holes(areas):
    """The holes of the union that do not touch the frame of the tile, as polygons."""
    parts = shapely.get_parts(shapely.coverage_union_all(areas))
    rings = [ring for part in parts for ring in part.interiors]
    if not rings:
        return []
    frame = shapely.box(-BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER).exterior
    found = shapely.polygons(rings)
    return found[~shapely.intersects(found, frame)]


def gaps(z, x, y, areas, source):
    # Where the file has water, such as a strait whose mouths close at this zoom, or another
    # district that is not in it, a hole is right. On land it is a gap between neighbours.
    count = 0
    for hole in holes(areas):
        true = shapely.transform(hole, lambda points: (points / EXTENT + [x, y]) / 2**z)
        near = source.areas.geometries[source.areas.query(true)]
        covered = shapely.intersection(shapely.coverage_union_all(near), true).area
        count += covered > (1 - 1e-6) * true.area
    return count


def open_gaps(z, x, y, areas, source):
    """Edges with an area on one side only, farther than `NEAR` from all of the file."""
    edges = single_edges(areas)
    if not len(edges):
        return 0
    points = shapely.get_coordinates(edges).reshape(-1, 2, 2)
    # Along the frame areas are cut, so that nothing is beside them.
    cut = ((points <= -BUFFER) | (points >= EXTENT + BUFFER)).all(axis=1).any(axis=1)
    middles = shapely.points((points[~cut].mean(axis=1) / EXTENT + [x, y]) / 2**z)
    near = source.rim.query(middles, predicate="dwithin", distance=NEAR / EXTENT / 2**z)
    return len(middles) - len(numpy.unique(near[0]))


def judged(z, x, y, ids, areas, source):
    """How many areas a tile has, and how many of each of `KINDS`."""
    invalid = int((~shapely.is_valid(areas)).sum())
    twice = len(ids) - len(set(ids))
    if invalid:
        return len(areas), invalid, 0, 0, 0, twice
    overlaps = overlapping(areas)
    closed = gaps(z, x, y, areas, source) if not overlaps else 0
    return len(areas), 0, overlaps, closed, open_gaps(z, x, y, areas, source), twice


# What a worker process has been given when it was forked.
work = {}


def judged_part(part):
    tiles = pyramid_files.Tiles(work["pyramid"])
    return [(address, judged(*address, *decoded(tiles.tile(*address)), work["source"])) for address in part]


def check(claims, name, source, pyramid):
    """Every tile, by as many processes as there are cores."""
    start = time.monotonic()
    found = pyramid_files.addresses(pyramid)
    claims.that(f"{name}: it has tiles", found)
    larger = [entry for entry in found if entry[1] > LARGEST_TILE]
    claims.that(f"{name}: no tile is larger than 500 kB", not larger, larger[:5])
    tiles = [address for address, _ in found]
    # Mixed, so that the processes end together; the tiles of a part are near nothing in common.
    random.Random(7).shuffle(tiles)
    work.update(pyramid=pyramid, source=source)
    size = max(1, min(64, len(tiles) // 16))
    parts = [tiles[first:first + size] for first in range(0, len(tiles), size)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        results = [one for part in pool.imap_unordered(judged_part, parts) for one in part]
    bad = sorted(one for one in results if any(one[1][1:]))
    for zoom in sorted({address[0] for address in tiles}):
        rows = [counts for address, counts in results if address[0] == zoom]
        total = [sum(column) for column in zip(*rows)]
        said = ", ".join(f"{count} {kind}" for kind, count in zip(KINDS, total[1:]))
        print(f"  {name} z{zoom}: {len(rows)} tiles, {total[0]} areas: {said}", flush=True)
    for address, counts in bad[:100]:
        print("  bad tile %d/%d/%d:" % address, dict(zip(KINDS, counts[1:])), flush=True)
    claims.equal(f"{name}: all tiles were judged", len(results), len(found))
    for index, kind in enumerate(KINDS):
        claims.equal(f"{name}: {kind}", sum(counts[index + 1] for _, counts in results), 0)
    print(f"  {name}: {len(tiles)} tiles in {time.monotonic() - start:.0f} s", flush=True)


def tiled(peta, path, first, last, output, *options):
    subprocess.run(
        [peta, "tiles", path, "--min-zoom", str(first), "--max-zoom", str(last), "-o", output,
         *options], check=True, capture_output=True)
    return output


def damaged(claims, source, pyramid):
    """What must be found in a tile when its areas are damaged."""
    # The whole district, with areas that touch no shore.
    z, x, y = min(address for address, _ in pyramid_files.addresses(pyramid))
    ids, areas = decoded(pyramid_files.Tiles(pyramid).tile(z, x, y))
    counts = judged(z, x, y, ids, areas, source)
    claims.that("the tile that is damaged was right", not any(counts[1:]), counts)
    rim = shapely.union_all(single_edges(areas))
    inner = int(numpy.argmax(shapely.distance(areas, rim)))

    def found(kind, others):
        claims.that(f"damage is found: {kind}", judged(z, x, y, ids, others, source)[
            KINDS.index(kind) + 1] > 0)

    found("gaps", numpy.delete(areas, inner))
    # One step of the grid.
    moved = areas.copy()
    moved[inner] = shapely.transform(areas[inner], lambda points: points + [1, 0])
    found("overlaps", moved)
    # A cut from that area out of the tile, one step wide.
    x_inner, y_inner = shapely.get_coordinates(shapely.point_on_surface(areas[inner]))[0]
    cut = shapely.box(x_inner, y_inner, x_inner + 1, EXTENT + BUFFER)
    found("open_gaps", shapely.difference(areas, cut))


def published_boundaries(database, folder):
    blob = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT gzip FROM published_document WHERE name = 'batas'"
        " AND release_id = (SELECT release_id FROM publication)").fetchone()[0]
    path = os.path.join(folder, "batas.geojson")
    with open(path, "wb") as file:
        file.write(gzip.decompress(blob))
    return path


def suite(claims, peta, database, folder):
    path = published_boundaries(database, folder)
    source = Source(path)
    for name, output in [
            ("PMTiles", "desa.pmtiles"), ("MBTiles", "desa.mbtiles"), ("folder", "desa")]:
        output = tiled(peta, path, 6, 14, os.path.join(folder, output))
        check(claims, f"330 desa, {name}", source, output)
    damaged(claims, source, output)
    full = os.path.join(SHARED, "probolinggo", "probolinggo_desa.geojson")
    files = [(full, 6, 14)]
    if os.environ.get("INTEROP_LARGE"):
        files += [(os.path.join(SHARED, path), first, last) for path, first, last in LARGE]
    for path, first, last in files:
        name = os.path.basename(path)
        if not os.path.exists(path):
            claims.skip(name, "no such file in ../shared/data")
            continue
        source = Source(path)
        output = functools.partial(os.path.join, folder)
        for said, options in [(name, []), (name + ", bare", ["--properties", ""])]:
            check(claims, said, source,
                  tiled(peta, path, first, last, output("areas.pmtiles"), *options))
            os.remove(output("areas.pmtiles"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peta", type=os.path.abspath)
    parser.add_argument("database", nargs="?")
    parser.add_argument("--areas", nargs=3, metavar=("FILE", "MIN_ZOOM", "MAX_ZOOM"))
    parser.add_argument("--pyramid")
    parser.add_argument("--bare", action="store_true")
    options = parser.parse_args()
    claims = Checks()
    with tempfile.TemporaryDirectory() as folder:
        if options.areas:
            path, first, last = options.areas
            pyramid = options.pyramid or tiled(
                options.peta, path, first, last, os.path.join(folder, "areas.pmtiles"),
                *(["--properties", ""] if options.bare else []))
            check(claims, os.path.basename(path), Source(path), pyramid)
        elif options.database:
            suite(claims, options.peta, options.database, folder)
        else:
            sys.exit("Name a DATABASE or --areas.")
    claims.end()


if __name__ == "__main__":
    main()
