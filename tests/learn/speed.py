"""Prints the rows a second of our models and of River's, measured by turns on this machine.

    speed.py BENCH    the built bench_learning, which prints “NAME RATE rows/s”

Needs river 0.26.1.
"""

import math
import random
import subprocess
import sys
import time

from river import anomaly, cluster, drift, linear_model, naive_bayes, optim, reco, stats, time_series

ROWS = 4000
ROUNDS = 3

chance = random.Random(3)
features = [{name: chance.random() for name in "abcd"} for _ in range(ROWS)]
labels = [2 * x["a"] - x["b"] > 0.5 for x in features]
numbers = [x["a"] + 2 * x["b"] - x["c"] for x in features]
series = [50 + 10 * math.sin(at * 2 * math.pi / 24) + chance.gauss(0, 1) for at in range(ROWS)]
ratings = [(chance.randrange(500), chance.randrange(200)) for _ in range(ROWS)]


def weighted_z():
    mean, variance = stats.EWMean(0.1), stats.EWVar(0.1)
    for value in series:
        mean.get(), variance.get()
        mean.update(value)
        variance.update(value)


def holt_winters():
    model = time_series.HoltWinters(0.3, 0.05, 0.1, 24)
    for at, value in enumerate(series):
        if at >= 24:
            model.forecast(1)
        model.learn_one(value)


def classified(model):
    for x, label in zip(features, labels):
        model.predict_proba_one(x)
        model.learn_one(x, label)


def regressed(model):
    for x, number in zip(features, numbers):
        model.predict_one(x)
        model.learn_one(x, number)


def half_space_trees():
    model = anomaly.HalfSpaceTrees(n_trees=25, height=8, window_size=250, seed=1)
    for x in features:
        model.score_one(x)
        model.learn_one(x)


def kmeans():
    model = cluster.KMeans(n_clusters=5, halflife=0.1, seed=1)
    for x in features:
        model.learn_predict_one(x)


def detected(model):
    for value in series:
        model.update(value)


def matrix_factorisation():
    model = reco.BiasedMF(n_factors=10, seed=1)
    for (user, item), number in zip(ratings, numbers):
        model.predict_one(user, item)
        model.learn_one(user, item, number)


MODELS = {
    "weighted_z": weighted_z,
    "holt_winters": holt_winters,
    "linear": lambda: regressed(linear_model.LinearRegression(optim.SGD(0.1))),
    "logistic": lambda: classified(linear_model.LogisticRegression(optim.SGD(0.1))),
    "ftrl": lambda: classified(linear_model.LogisticRegression(optim.FTRLProximal())),
    "naive_bayes": lambda: classified(naive_bayes.GaussianNB()),
    "half_space_trees": half_space_trees,
    "kmeans": kmeans,
    "matrix_factorisation": matrix_factorisation,
    "adwin": lambda: detected(drift.ADWIN()),
    "page_hinkley": lambda: detected(drift.PageHinkley()),
}


def rate_of(run):
    began = time.perf_counter()
    run()
    return ROWS / (time.perf_counter() - began)


def ours(bench):
    """Rows a second by the names of models; those that River has none of, too."""
    said = subprocess.run([bench], check=True, capture_output=True, text=True).stdout
    return {line.split()[0]: float(line.split()[1]) for line in said.splitlines() if line.endswith(" rows/s")}


def main():
    best, theirs = {}, {}
    for _ in range(ROUNDS):
        for name, rate in ours(sys.argv[1]).items():
            best[name] = max(best.get(name, 0), rate)
        for name, run in MODELS.items():
            theirs[name] = max(theirs.get(name, 0), rate_of(run))
    print(f"{'model':22}{'ours, rows/s':>16}{'River, rows/s':>16}{'ratio':>8}")
    for name, rate in best.items():
        beside = f"{theirs[name]:16,.0f}{rate / theirs[name]:8.0f}" if name in theirs else ""
        print(f"{name:22}{rate:16,.0f}{beside}")
    missing = set(MODELS) - set(best)
    if missing:
        sys.exit(f"bench_learning has no figures of {', '.join(sorted(missing))}")


if __name__ == "__main__":
    main()
