"""Pages by their links, forwards and backwards, with orders, filters and formats.

Usage: paging.py URL
"""

import csv
import io
import re
import sys

from checks import Checks, document, everything, get

base = sys.argv[1]
items = f"{base}/collections/desa/items"
checks = Checks()


def link(page, rel):
    found = [entry for entry in page["links"] if entry["rel"] == rel]
    return found[0]["href"] if found else None


def walk(first, rel="next"):
    pages, address = [], first
    while address and len(pages) < 400:
        pages.append(document(address))
        address = link(pages[-1], rel)
    return pages


truth = everything(base, "desa")
ids = [f["id"] for f in truth]
queries = {
    "limit=7": lambda p: True,
    "limit=11&sortby=-persen_ekstrem,nama_desa": lambda p: True,
    "limit=10&sortby=kelompok": lambda p: True,
    "limit=3&filter=keluarga%3E1000&sortby=keluarga": lambda p: p["keluarga"] > 1000,
    "limit=2&jenis=kelurahan&properties=jenis,nama_desa": lambda p: p["jenis"] == "kelurahan",
}
for query, holds in queries.items():
    expected = sorted(f["id"] for f in truth if holds(f["properties"]))
    forwards = walk(f"{items}?{query}")
    found = [f["id"] for page in forwards for f in page["features"]]
    checks.equal(f"{query}: every feature once", sorted(found), expected)
    checks.that(f"{query}: numberMatched on every page",
                {page["numberMatched"] for page in forwards} == {len(expected)})
    checks.that(f"{query}: numberReturned",
                all(page["numberReturned"] == len(page["features"]) for page in forwards))
    backwards = walk(link(forwards[-1], "self"), "prev")
    again = [f["id"] for page in reversed(backwards) for f in page["features"]]
    checks.equal(f"{query}: the same backwards", again, found)
    checks.that(f"{query}: the first page has no prev", link(forwards[0], "prev") is None)

# A file has no links within; they stand in its head.
whole = list(csv.DictReader(io.StringIO(get(f"{items}?f=csv")[2].decode("utf-8-sig"))))
checks.equal("all rows of the CSV", len(whole), len(ids))
status, headers, _ = get(f"{items}?limit=7")
links = re.findall(r'<([^>]+)>; rel="(\w+)"', headers.get("Link", ""))
checks.that("Link headers name next and self", {"next", "self"} <= {rel for _, rel in links},
            headers.get("Link"))
checks.end()
