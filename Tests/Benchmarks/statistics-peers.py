"""Times the peers of `Benchmarks statistics` on the same input, on one core.

Called with the folder of the input and, if there is one, a file of polygons. Prints a line for
each time: the beginning of a row's name, the peer, seconds; anything else it prints is a note.
Compilation (numba) is left out by a first run on a small map.
"""

import os
import sys
import time

for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"


def timed(row, peer, work):
    start = time.perf_counter()
    result = work()
    print(f"{row}\t{peer}\t{time.perf_counter() - start:.4f}", flush=True)
    return result


def local_tests(folder):
    import esda
    import libpysal
    import numpy as np

    data = np.loadtxt(f"{folder}/points.txt")
    points, values = data[:, :2], data[:, 2]
    small = libpysal.weights.KNN.from_array(points[:200], 8)
    for statistic in (esda.G_Local, esda.Moran_Local):
        statistic(values[:200], small, permutations=9, n_jobs=1)
    version = esda.__version__
    nearest = timed(
        "8 nearest of 75,000", "libpysal", lambda: libpysal.weights.KNN.from_array(points, 8))
    timed("Gi*, 75,000", f"esda {version}", lambda: esda.G_Local(
        values, nearest, star=True, permutations=999, n_jobs=1))
    timed("local Moran", f"esda {version}", lambda: esda.Moran_Local(
        values, nearest, permutations=999, n_jobs=1))
    regency = np.loadtxt(f"{folder}/regency.txt")
    queen = libpysal.io.open(f"{folder}/regency.gal").read()
    queen.transform = "B"
    timed(f"Gi*, {len(regency)} desa", f"esda {version}", lambda: esda.G_Local(
        regency, queen, star=True, permutations=99_999, n_jobs=1))


def pygeoda_tests(folder):
    import geopandas
    import numpy as np
    import pygeoda

    data = np.loadtxt(f"{folder}/points.txt")
    frame = geopandas.GeoDataFrame(
        {"value": data[:, 2]}, geometry=geopandas.points_from_xy(data[:, 0], data[:, 1]))
    opened = pygeoda.open(frame)
    nearest = timed("8 nearest of 75,000", "pygeoda", lambda: pygeoda.knn_weights(opened, 8))
    for method in ("lookup", "complete"):
        for row, test in (
            ("Gi*, 75,000", pygeoda.local_gstar), ("local Moran", pygeoda.local_moran)
        ):
            timed(row, f"pygeoda {method}", lambda: test(
                nearest, frame["value"], permutations=999, permutation_method=method,
                cpu_threads=1))


def contiguity(polygons):
    import geopandas
    import libpysal

    frame = geopandas.read_file(polygons)
    version = libpysal.__version__
    timed("queen neighbours", f"libpysal {version} Queen",
          lambda: libpysal.weights.Queen.from_dataframe(frame, use_index=False))
    timed("queen neighbours", f"libpysal {version} Graph",
          lambda: libpysal.graph.Graph.build_contiguity(frame, rook=False))


def attempt(name, work):
    try:
        work()
    except ImportError as error:
        print(f"peers of {name} are missing: {error}")


if __name__ == "__main__":
    import warnings

    warnings.filterwarnings("ignore")
    attempt("the local tests", lambda: local_tests(sys.argv[1]))
    attempt("the local tests", lambda: pygeoda_tests(sys.argv[1]))
    if len(sys.argv) > 2:
        attempt("queen neighbours", lambda: contiguity(sys.argv[2]))
