"""OWSLib's OGC API Features client: everything by the documents' links, Accept: */*.

Usage: owslib_features.py URL
"""

import sys

from owslib.ogcapi.features import Features

from checks import Checks, everything

base = sys.argv[1]
checks = Checks()
client = Features(f"{base}/")
checks.that("the API document by its link", "/collections" in client.api()["paths"])
checks.that("conformance", any("ogcapi-features-1/1.0/conf/core" in uri
                               for uri in client.conformance()["conformsTo"]))
names = client.feature_collections()
checks.equal("collections", sorted(set(names) & {"desa", "kecamatan", "kabupaten"}),
             ["desa", "kabupaten", "kecamatan"])
truth = everything(base, "desa")
for name in names:
    collection = client.collection(name)
    checks.equal(f"{name}: its document", collection["id"], name)
    queryables = client.collection_queryables(name)["properties"]
    one = client.collection_items(name, limit=1)
    if one["features"]:
        feature = one["features"][0]
        checks.that(f"{name}: queryables are properties",
                    set(queryables) - {"geom"} <= set(feature["properties"]),
                    set(queryables) - set(feature["properties"]))
        again = client.collection_item(name, str(feature["id"]))
        checks.equal(f"{name}: the item alone", again["properties"], feature["properties"])
checks.equal("a filter", client.collection_items("desa", filter="keluarga > 1000")["numberMatched"],
             sum(f["properties"]["keluarga"] > 1000 for f in truth))
checks.equal("a property", client.collection_items("desa", jenis="kelurahan")["numberMatched"],
             sum(f["properties"]["jenis"] == "kelurahan" for f in truth))
checks.that("a box", 0 < client.collection_items(
    "desa", bbox=[113.2, -7.9, 113.3, -7.8])["numberMatched"] < len(truth))
checks.equal("a day within the extent", client.collection_items(
    "desa", datetime_=truth[0]["properties"]["tanggal_data"])["numberMatched"], len(truth))
checks.equal("a day before it", client.collection_items(
    "desa", datetime_="../1999-12-31")["numberMatched"], 0)
checks.end()
