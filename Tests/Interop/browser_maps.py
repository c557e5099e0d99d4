"""MapLibre, OpenLayers and Leaflet in Chromium without a screen, on a page of another origin.

Usage: browser_maps.py URL
"""

import functools
import http.server
import io
import os
import shutil
import sys
import tempfile
import threading

from PIL import Image
from playwright.sync_api import sync_playwright

from checks import BUILD, Checks

base = sys.argv[1]
checks = Checks()
CENTRE, ZOOM = (113.3, -7.85), 10

MAPLIBRE = """
const layer = source => ({ id: source, source, 'source-layer': 'desa', type: 'fill',
    paint: { 'fill-color': '#c00', 'fill-outline-color': '#000' } });
const map = new maplibregl.Map({ container: 'map', center: CENTRE, zoom: ZOOM - 1, style: {
    version: 8, sources: { tiles: SOURCE },
    layers: [GEOJSON ? { id: 'g', source: 'tiles', type: 'fill', paint: { 'fill-color': '#c00' } }
        : layer('tiles')] } });
map.on('error', e => problems.push(String(e.error)));
map.once('idle', () => { window.count = map.queryRenderedFeatures().length; window.done = true; });
"""
OPENLAYERS = """
const style = new ol.style.Style({ fill: new ol.style.Fill({ color: '#c00' }) });
const layer = SOURCE;
const map = new ol.Map({ target: 'map', layers: [layer], controls: [], view: new ol.View({
    center: ol.proj.fromLonLat(CENTRE), zoom: ZOOM }) });
map.on('rendercomplete', () => {
    // A source that first reads its description completes once without anything.
    if (layer.getSource().getState() === 'loading') return;
    if (layer.getSource().getState() === 'error') problems.push('the source has failed');
    const box = map.getView().calculateExtent();
    window.count = layer.getSource().getFeaturesInExtent
        ? layer.getSource().getFeaturesInExtent(box).length : 1;
    window.done = true; });
"""
LEAFLET = """
const map = L.map('map', { renderer: L.canvas() }).setView([CENTRE[1], CENTRE[0]], ZOOM);
fetch(BASE + '/collections/desa/items?limit=1000').then(r => r.json()).then(data => {
    const areas = L.geoJSON(data, { style: { color: '#c00', fillOpacity: 1, fillColor: '#c00' } });
    areas.addTo(map); window.count = areas.getLayers().length;
    setTimeout(() => { window.done = true; }, 300); })
    .catch(e => problems.push(String(e)));
"""
MVT = ("new ol.layer.VectorTile({ style, source: new ol.source.VectorTile({ maxZoom: 14,"
       " format: new ol.format.MVT(), url: BASE + '/tiles/desa/{z}/{x}/{y}.mvt' }) })")
OGC = ("new ol.layer.VectorTile({ style, source: new ol.source.OGCVectorTile({"
       " url: BASE + '/collections/desa/tiles/WebMercatorQuad', format: new ol.format.MVT() }) })")
ITEMS = ("new ol.layer.Vector({ style, source: new ol.source.Vector({"
         " format: new ol.format.GeoJSON(), url: BASE + '/collections/desa/items?limit=1000' }) })")
MAPS = {
    "MapLibre by TileJSON": (
        "maplibre", MAPLIBRE.replace(
            "SOURCE", "{ type: 'vector', url: BASE + '/tiles/desa.json' }"), "false"),
    "MapLibre by OGC API Tiles": (
        "maplibre", MAPLIBRE.replace(
            "SOURCE", "{ type: 'vector', minzoom: 6, maxzoom: 14, tiles:"
            " [BASE + '/collections/desa/tiles/WebMercatorQuad/{z}/{y}/{x}?f=mvt'] }"), "false"),
    "MapLibre by features": (
        "maplibre", MAPLIBRE.replace(
            "SOURCE", "{ type: 'geojson', data: BASE + '/collections/desa/items?limit=1000' }"),
        "true"),
    "OpenLayers by tiles": ("ol", OPENLAYERS.replace("SOURCE", MVT), "false"),
    "OpenLayers by OGC API Tiles": ("ol", OPENLAYERS.replace("SOURCE", OGC), "false"),
    "OpenLayers by features": ("ol", OPENLAYERS.replace("SOURCE", ITEMS), "false"),
    "Leaflet by features": ("leaflet", LEAFLET, "false"),
}
libraries = {
    "maplibre": os.environ.get("MAPLIBRE", ".build/browser/maplibre-gl"),
    "ol": f"{BUILD}/libraries/ol",
    "leaflet": f"{BUILD}/libraries/leaflet",
}


def with_all_limits(tileset):
    """The same description with limits from the coarsest matrix on.

    OpenLayers since 10.8 fails where they begin at a finer one, though the standard lists only
    matrices that have tiles: its issue 17466, mended by its pull request 17469.
    """
    known = {limits["tileMatrix"] for limits in tileset["tileMatrixSetLimits"]}
    missing = [zoom for zoom in range(6) if str(zoom) not in known]
    tileset["tileMatrixSetLimits"] = [
        {"tileMatrix": str(zoom), "minTileRow": 0, "maxTileRow": 2**zoom - 1,
         "minTileCol": 0, "maxTileCol": 2**zoom - 1} for zoom in missing
    ] + tileset["tileMatrixSetLimits"]
    return tileset


def share_red(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    red = sum(count for count, (r, g, b) in image.getcolors(1 << 24) if r > 150 and g < 90)
    return red / (image.width * image.height)


chromium = shutil.which("chromium") or shutil.which("chromium-browser")
if not chromium:
    checks.skip("maps", "chromium is not installed")
    checks.end()
# Pages of another origin, so that the server's CORS is tested too.
folder = tempfile.TemporaryDirectory()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


pages = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Quiet, directory=folder.name))
threading.Thread(target=pages.serve_forever, daemon=True).start()
own = f"http://127.0.0.1:{pages.server_port}"
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=[
        "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"])
    print("  Chromium", browser.version)
    for name, (library, script, is_geojson) in MAPS.items():
        file = libraries[library]
        if not os.path.exists(file + ".js"):
            checks.skip(name, f"{file}.js is missing")
            continue
        page = browser.new_page(viewport={"width": 400, "height": 300})
        problems = []
        html = (
            "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><style>" + open(file + ".css").read()
            + "\nhtml,body,#map{margin:0;width:400px;height:300px;background:#fff}</style>"
            "<div id=map></div><script>" + open(file + ".js").read() + "</script><script>"
            f"const BASE = '{base}', CENTRE = [{CENTRE[0]}, {CENTRE[1]}], ZOOM = {ZOOM};"
            f"const GEOJSON = {is_geojson}; window.problems = [];\n{script}</script>")

        with open(f"{folder.name}/map.html", "w") as file:
            file.write(html)

        def route(call):
            url = call.request.url
            if "ol" == library and url.endswith("/tiles/WebMercatorQuad"):
                call.fulfill(json=with_all_limits(call.fetch().json()), headers={
                    "Access-Control-Allow-Origin": "*"})
            elif url.startswith((f"{base}/", f"{own}/map.html", "data:", "blob:")):
                call.continue_()
            else:
                problems.append(f"asked {url}")
                call.abort()

        page.route("**/*", route)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text)
                if message.type == "error" else None)
        page.on("response", lambda answer: problems.append(
            f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        page.goto(f"{own}/map.html")
        try:
            page.wait_for_function("window.done === true", timeout=30_000)
        except Exception as error:
            problems.append(str(error).splitlines()[0])
        problems += page.evaluate("window.problems")
        checks.equal(f"{name}: nothing amiss", problems, [])
        count = page.evaluate("window.count")
        checks.that(f"{name}: features", count and count > 0, count)
        share = share_red(page.screenshot())
        checks.that(f"{name}: pixels", 0.2 < share < 0.99, share)
        page.close()
    browser.close()
checks.end()
