"""What the clients of this folder share: claims, counted and said; the server's documents."""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BUILD = os.environ.get("INTEROP_BUILD", ".build/interop")


class Checks:
    """Counts claims. `end` prints 'N passed, N failed, N skipped' and leaves with 0 or 1."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def that(self, claim, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"  FAILED {claim} {detail}"[:1500], flush=True)

    def equal(self, claim, found, expected):
        self.that(claim, found == expected, f"found {found!r}, expected {expected!r}")

    def skip(self, what, why):
        self.skipped += 1
        print(f"  skipped {what}: {why}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(1 if self.failed else 0)


def get(url, parameters=None, **headers):
    """Status, headers and bytes of an address."""
    if parameters:
        url += "?" + urllib.parse.urlencode(parameters)
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def document(url, parameters=None, **headers):
    status, _, body = get(url, parameters, **headers)
    if status != 200:
        raise RuntimeError(f"{url}: {status} {body[:300]!r}")
    return json.loads(body)


def everything(base, collection, **parameters):
    """All features of a collection in one answer: the truth that clients are compared with."""
    return document(
        f"{base}/collections/{collection}/items", dict(parameters, limit=10000))["features"]


def boxes_meet(geometry, box):
    """Whether the boxes of a GeoJSON geometry and of four numbers have a point in common."""
    def points(value):
        if isinstance(value[0], (int, float)):
            yield value
        else:
            for part in value:
                yield from points(part)

    found = list(points(geometry["coordinates"]))
    xs, ys = [p[0] for p in found], [p[1] for p in found]
    return min(xs) <= box[2] and max(xs) >= box[0] and min(ys) <= box[3] and max(ys) >= box[1]
