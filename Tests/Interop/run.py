"""Runs the clients of this folder against a server with a small demo: see `make interop`.

Usage: run.py [--peta FILE] [--database FILE] [CLIENT...]
A CLIENT is the name of a script here without its end; without one all are run. Without a database a
demo is made in a folder that is removed again. All traffic stays on the loopback interface.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
# These ask a server; the others read what peta writes.
SERVED = [
    "openapi", "paging", "filtering", "owslib_features", "ogctests", "schemathesis_api",
    "gdal_oapif", "gdal_mvt", "pyogrio_oapif", "qgis_headless", "tiles_decode", "browser_maps",
    "collection_files", "cql2_cases",
]
# These also add collections to the server's database.
ADDING = ["collection_files", "cql2_cases"]
# Seconds for one client; all tiles of Indonesia take longer than the rest.
LONGEST = 3600 if os.environ.get("INTEROP_LARGE") else 600
WRITTEN = ["archive_contents", "nginx_ranges", "tile_borders"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def counted(output, code):
    """What a client says on its last line; else its exit code counts for one."""
    lines = output.strip().splitlines()
    found = re.fullmatch(r"(\d+) passed, (\d+) failed, (\d+) skipped", lines[-1] if lines else "")
    passed, failed, skipped = map(int, found.groups()) if found else (int(code == 0), 0, 0)
    if code != 0 and failed == 0:
        failed = 1
    return passed, failed, skipped


def serve(peta, database, log):
    port = free_port()
    server = subprocess.Popen(
        [peta, "serve", "--database", database, "--port", str(port)], stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{base}/health/ready", timeout=5).read()
            return server, base
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    server.kill()
    sys.exit("The server does not start.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--peta", default=".build/release/peta")
    parser.add_argument("--database")
    parser.add_argument("clients", nargs="*")
    options = parser.parse_args()
    wanted = options.clients or SERVED + WRITTEN
    total = [0, 0, 0]
    with tempfile.TemporaryDirectory() as folder:
        database = options.database
        if not database:
            subprocess.run(
                [options.peta, "demo", "--output", f"{folder}/demo", "--keluarga", "40000"],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            database = f"{folder}/demo/peta.sqlite"
        with open(f"{folder}/server.log", "w") as log:
            server, base = serve(options.peta, database, log)
            try:
                for client in wanted:
                    file = f"{HERE}/{client}.py"
                    if client == "nginx_ranges" and not shutil.which("nginx"):
                        print(f"{client}: skipped, nginx is not installed", flush=True)
                        total[2] += 1
                        continue
                    arguments = ([base] if client in SERVED else []) + (
                        [options.peta, database]
                        if client in WRITTEN + ADDING else [])
                    start = time.monotonic()
                    try:
                        done = subprocess.run(
                            [sys.executable, file, *arguments], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, timeout=LONGEST)
                        output, code = done.stdout, done.returncode
                    except subprocess.TimeoutExpired:
                        output, code = f"It takes more than {LONGEST} s.\n", 1
                    numbers = counted(output, code)
                    total = [a + b for a, b in zip(total, numbers)]
                    print(f"{client}: {numbers[0]} passed, {numbers[1]} failed, {numbers[2]} "
                          f"skipped in {time.monotonic() - start:.0f} s", flush=True)
                    lines = output.rstrip().splitlines()
                    shown = lines[-40:] if code else [
                        line for line in lines if line.startswith("  ")][:12]
                    if shown:
                        print("\n".join(shown), flush=True)
                if server.poll() is not None:
                    print("The server has ended by itself.")
                    total[1] += 1
            finally:
                server.terminate()
                server.wait(20)
    print(f"{total[0]} passed, {total[1]} failed, {total[2]} skipped")
    sys.exit(1 if total[1] or not total[0] else 0)


main()
