"""QGIS without a screen: OGC API Features and vector tiles, counted and drawn.

Runs under Debian's own Python, which has QGIS; started by another it starts that one.

Usage: qgis_headless.py URL
"""

import os
import subprocess
import sys
import tempfile

from checks import Checks, everything

if sys.executable != "/usr/bin/python3":
    code = subprocess.run(
        ["/usr/bin/python3", "-c", "import qgis.core"], capture_output=True).returncode
    if code:
        checks = Checks()
        checks.skip("QGIS", "python3-qgis is not installed")
        checks.end()
    os.execve("/usr/bin/python3", ["/usr/bin/python3", __file__, *sys.argv[1:]],
              dict(os.environ, QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=tempfile.mkdtemp()))

from qgis.core import (  # noqa: E402
    Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsMapRendererParallelJob,
    QgsMapSettings, QgsRectangle, QgsVectorLayer, QgsVectorTileLayer)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

base = sys.argv[1]
checks = Checks()
settings = tempfile.mkdtemp()
os.environ["QGIS_CUSTOM_CONFIG_PATH"] = settings
application = QgsApplication([], False, settings)
application.initQgis()
print("  QGIS", Qgis.QGIS_VERSION)


def drawn(layer, extent, crs):
    """The share of pixels of a map of the layer that are not white."""
    map_settings = QgsMapSettings()
    map_settings.setLayers([layer])
    map_settings.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    map_settings.setExtent(extent)
    map_settings.setOutputSize(QSize(300, 300))
    map_settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(map_settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    white = sum(image.pixelColor(x, y).lightness() > 250
                for x in range(0, 300, 3) for y in range(0, 300, 3))
    return 1 - white / 10_000


for name in ["desa", "kecamatan", "kabupaten", "kepadatan"]:
    layer = QgsVectorLayer(f"url='{base}' typename='{name}'", name, "OAPIF")
    checks.that(f"{name}: opens", layer.isValid(), layer.error().message())
    truth = everything(base, name)
    checks.equal(f"{name}: count", layer.featureCount(), len(truth))
    if name == "kepadatan":
        continue
    features = list(layer.getFeatures())
    checks.equal(f"{name}: features", len(features), len(truth))
    key = {"desa": "kode_desa", "kecamatan": "kode_kecamatan", "kabupaten": "kode_kabupaten"}[name]
    checks.equal(f"{name}: keys", sorted(f[key] for f in features),
                 sorted(f["properties"][key] for f in truth))
    checks.that(f"{name}: drawn", drawn(layer, layer.extent(), "EPSG:4326") > 0.2)

layer = QgsVectorLayer(
    f"url='{base}' typename='desa' restrictToRequestBBOX='1'", "desa", "OAPIF")
request = QgsFeatureRequest().setFilterRect(QgsRectangle(113.2, -7.9, 113.3, -7.8))
inside = {f["kode_desa"] for f in layer.getFeatures(request)}
checks.that("a box gives a part", 0 < len(inside) < 200, len(inside))
request = QgsFeatureRequest().setFilterExpression("\"kode_kecamatan\" = '35.13.01'")
whole = QgsVectorLayer(f"url='{base}' typename='desa'", "desa", "OAPIF")
checks.equal("an expression", sum(1 for _ in whole.getFeatures(request)), sum(
    f["properties"]["kode_kecamatan"] == "35.13.01" for f in everything(base, "desa")))

extent = QgsRectangle(12_575_000, -892_000, 12_640_000, -850_000)
for address in ["/tiles/desa/{z}/{x}/{y}.mvt", "/tiles/WebMercatorQuad/{z}/{y}/{x}?f%3Dmvt"]:
    tiles = QgsVectorTileLayer(
        f"type=xyz&url={base}{address}&zmin=6&zmax=14", "desa")
    checks.that(f"{address}: opens", tiles.isValid())
    share = drawn(tiles, extent, "EPSG:3857")
    checks.that(f"{address}: drawn", 0.3 < share < 0.98, share)
# QGIS 3.22 may crash while it cleans up, long after all is said.
try:
    checks.end()
except SystemExit as end:
    sys.stdout.flush()
    os._exit(end.code)
