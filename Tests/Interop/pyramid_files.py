"""The MVT tiles of a pyramid that peta has written: PMTiles, MBTiles or a folder."""

import glob
import gzip
import os
import sqlite3

from pmtiles.reader import MmapSource, Reader, all_tiles


def addresses(path):
    """(z, x, y) and the number of stored bytes of every tile."""
    if os.path.isdir(path):
        found = []
        for name in glob.iglob(os.path.join(path, "*", "*", "*", "*.mvt.gz")):
            z, x, file = name.split(os.sep)[-3:]
            found.append(((int(z), int(x), int(file.split(".")[0])), os.path.getsize(name)))
        return sorted(found)
    if path.endswith(".mbtiles"):
        return [
            ((z, x, 2**z - 1 - row), size)
            for z, x, row, size in database(path).execute(
                "SELECT zoom_level, tile_column, tile_row, length(tile_data) FROM tiles"
                " ORDER BY 1, 2, 3 DESC")]
    with open(path, "rb") as file:
        return sorted((address, len(data)) for address, data in all_tiles(MmapSource(file)))


def database(path):
    return sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True)


class Tiles:
    """Reads single tiles of a pyramid; each process opens its own."""

    def __init__(self, path):
        self.path = path
        if os.path.isdir(path):
            self.layers = sorted(
                name for name in os.listdir(path) if os.path.isdir(os.path.join(path, name)))
            assert len(self.layers) == 1, f"one layer is checked, not {self.layers}"
            self.read = self.from_folder
        elif path.endswith(".mbtiles"):
            self.source = database(path)
            self.read = self.from_mbtiles
        else:
            self.source = Reader(MmapSource(open(path, "rb")))
            self.read = self.source.get

    def from_folder(self, z, x, y):
        with open(os.path.join(self.path, self.layers[0], f"{z}/{x}/{y}.mvt.gz"), "rb") as file:
            return file.read()

    def from_mbtiles(self, z, x, y):
        return self.source.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (z, x, 2**z - 1 - y)).fetchone()[0]

    def tile(self, z, x, y):
        return gzip.decompress(self.read(z, x, y))
