"""Times of FAISS on the shapes of `lacuna bench vq`, one thread, in processor time: a line of name, figure and unit each."""
import os
import statistics
import time

import faiss
import numpy

BATCH_FLOATS = 1 << 19
ROUNDS = 7


def values(count, dimensions, seed):
    return (numpy.random.RandomState(seed).rand(count, dimensions) - 0.5).astype(numpy.float32)


def seconds(body):
    body()
    goes, spent = 1, 0.0
    while spent < 0.02:
        spent = once(body, goes)
        goes *= 2
    goes = max(1, goes // 2)
    return statistics.median(once(body, goes) / goes for _ in range(ROUNDS))


def once(body, goes):
    start = time.process_time()
    for _ in range(goes):
        body()
    return time.process_time() - start


def nearest(dimensions, codewords, name, vectors=None, unit="Mvectors/s"):
    index = faiss.IndexFlatL2(dimensions)
    index.add(values(codewords, dimensions, 1))
    count = vectors or BATCH_FLOATS // dimensions
    x = values(count, dimensions, 2)
    taken = seconds(lambda: index.search(x, 1))
    print(name, taken * 1e6 if unit == "us" else count / taken / 1e6, unit, flush=True)


def residual(beam, name):
    dimensions, stages, count = 128, 8, 1024
    quantizer = faiss.ResidualQuantizer(dimensions, stages, 10)
    quantizer.max_beam_size = beam
    quantizer.train_type = faiss.ResidualQuantizer.Train_default
    codebooks = numpy.concatenate([values(1024, dimensions, seed) for seed in range(1, stages + 1)])
    faiss.copy_array_to_vector(codebooks.ravel(), quantizer.codebooks)
    quantizer.is_trained = True
    quantizer.compute_codebook_tables()
    x = values(count, dimensions, 2)
    print(name, count / seconds(lambda: quantizer.compute_codes(x)) / 1e6, "Mvectors/s", flush=True)


def product(name):
    dimensions, parts = 128, 16
    quantizer = faiss.ProductQuantizer(dimensions, parts, 8)
    centroids = numpy.concatenate([values(256, 8, seed) for seed in range(1, parts + 1)])
    faiss.copy_array_to_vector(centroids.ravel(), quantizer.centroids)
    x = values(BATCH_FLOATS // dimensions, dimensions, 2)
    print(name, len(x) * parts / seconds(lambda: quantizer.compute_codes(x)) / 1e6, "Mvectors/s", flush=True)


def kmeans(name):
    dimensions, codes, vectors, iterations = 128, 512, 32768, 20
    x = values(vectors, dimensions, 4)
    start = time.process_time()
    training = faiss.Kmeans(dimensions, codes, niter=iterations, max_points_per_centroid=vectors, seed=1)
    training.train(x)
    taken = time.process_time() - start
    print(name, 2 * codes * vectors * dimensions * iterations / taken / 1e9, "GFLOP/s", flush=True)


def blas():
    """Debian's choice of BLAS, on which FAISS's batches depend."""
    chosen = "/etc/alternatives/libblas.so.3-x86_64-linux-gnu"
    return os.path.basename(os.path.dirname(os.path.realpath(chosen))) if os.path.exists(chosen) else "unknown BLAS"


faiss.omp_set_num_threads(1)
print("version", faiss.__version__, "compiled as", faiss.get_compile_options().strip() + ",", blas(), flush=True)
nearest(8, 256, "nearest-d8-k256")
nearest(8, 1024, "nearest-d8-k1024")
nearest(64, 1024, "nearest-d64-k1024")
nearest(128, 1024, "nearest-d128-k1024")
nearest(256, 1024, "nearest-d256-k1024")
nearest(128, 16384, "nearest-d128-k16384-screened")
nearest(128, 1024, "nearest-one-d128-k1024", vectors=1, unit="us")
residual(1, "residual-8x1024-d128")
residual(5, "residual-8x1024-d128-beam5")
product("product-dsub8")
kmeans("kmeans")
