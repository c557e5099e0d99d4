"""nginx serves an exported PMTiles by range requests, and a folder with ready-made gzip.

Usage: python3 nginx_ranges.py PETA DATABASE
Needs nginx (Debian) and pmtiles 3.8.1 (PyPI). Everything stays on the loopback interface.
"""

import gzip
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from pmtiles.reader import MmapSource, Reader, all_tiles

# As in the README.
CONFIGURATION = """
daemon off; master_process off; worker_processes 1; pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/site;
        gzip_static on;
        types {{
            application/json json; application/geo+json geojson;
            application/vnd.mapbox-vector-tile mvt; application/vnd.pmtiles pmtiles;
        }}
        add_header Access-Control-Allow-Origin *;
        add_header Access-Control-Expose-Headers "ETag, Content-Range";
        location ~ [.]mvt$ {{ error_page 404 =204 /nothing; }}
        location = /nothing {{ return 204; }}
    }}
}}
"""


def request(url, **headers):
    wanted = urllib.request.Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(wanted) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check(base, folder):
    site = folder + "/site"
    requests = 0

    def over_http(offset, length):
        nonlocal requests
        requests += 1
        status, headers, body = request(
            base + "/peta.pmtiles", Range=f"bytes={offset}-{offset + length - 1}",
            Accept_Encoding="gzip")
        assert status == 206, status
        assert headers.get("Content-Encoding") is None
        assert headers["Content-Range"].startswith(f"bytes {offset}-"), headers["Content-Range"]
        return body

    remote = Reader(over_http)
    with open(site + "/peta.pmtiles", "rb") as file:
        tiles = list(all_tiles(MmapSource(file)))
    for (z, x, y), data in tiles[:: max(1, len(tiles) // 60)]:
        requests = 0
        assert remote.get(z, x, y) == data
        assert requests <= 4, requests
    assert remote.metadata()["vector_layers"]
    status, headers, _ = request(base + "/peta.pmtiles", Range="bytes=0-16383")
    assert status == 206 and headers["Content-Type"] == "application/vnd.pmtiles"
    etag = headers["ETag"]
    assert request(base + "/peta.pmtiles", If_None_Match=etag)[0] == 304
    assert request(base + "/peta.pmtiles", Range="bytes=999999999-")[0] == 416
    print(f"ranges: {len(tiles)} tiles, every sampled one the same")

    count = 0
    for root, _, names in os.walk(site + "/situs"):
        for name in names:
            if name.endswith(".gz") or count % 7:
                count += 1
                continue
            count += 1
            path = os.path.join(root, name)
            address = base + path[len(site):]
            plain = open(path, "rb").read()
            status, headers, body = request(address, Accept_Encoding="gzip")
            assert status == 200 and headers["Content-Encoding"] == "gzip", (address, status)
            assert headers["Access-Control-Allow-Origin"] == "*"
            assert gzip.decompress(body) == plain
            # The ready-made bytes, not nginx's own.
            assert body == open(path + ".gz", "rb").read()
            status, headers, body = request(address, Accept_Encoding="identity")
            assert status == 200 and headers.get("Content-Encoding") is None and body == plain
    tileset = json.loads(request(base + "/situs/desa/tiles.json")[2])
    assert tileset["tiles"][0].startswith(base + "/situs/desa/")
    z, (x, y) = 10, (833, 534)
    address = tileset["tiles"][0].format(z=z, x=x, y=y)
    status, headers, _ = request(address)
    assert status == 200 and headers["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert request(base + "/situs/desa/10/0/0.mvt")[0] == 204
    print("folder: ready-made gzip for who takes it, plain for others, 204 where nothing is")


def main(peta, database):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(folder + "/site")
        os.chmod(folder, 0o755)
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        for name, options in [("peta.pmtiles", []), ("situs", ["--public-url", base + "/situs"])]:
            subprocess.run(
                [peta, "export", "--database", database, "-o", f"{folder}/site/{name}", *options],
                check=True, capture_output=True)
        with open(folder + "/nginx.conf", "w") as file:
            file.write(CONFIGURATION.format(folder=folder, port=port))
        server = subprocess.Popen(["nginx", "-p", folder, "-c", folder + "/nginx.conf"])
        try:
            for _ in range(100):
                try:
                    request(base + "/")
                    break
                except urllib.error.URLError:
                    time.sleep(0.05)
            check(base, folder)
        finally:
            server.terminate()
            server.wait()
    print("nginx_ranges: all agree")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
