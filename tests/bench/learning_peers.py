"""Prints how fast River's models learn, as “NAME RATE”: rows per second of a processor.

    learning_peers.py

The rows are those of bench_learning; each is scored and then learnt. Needs river 0.26.1.
"""

import time

from river import anomaly, cluster, drift, linear_model, naive_bayes, optim, reco, stats, time_series

ROWS = 4_000
MASK = (1 << 64) - 1


def split_mix(seed, number=0):
    z = (seed + (number + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def chance(number):
    return (split_mix(number) >> 11) * 2.0**-53


features = [{name: chance(4 * row + at) for at, name in enumerate("abcd")} for row in range(ROWS)]
labels = [x["a"] > 0.5 for x in features]
numbers = [float(label) for label in labels]
series = [chance(row) for row in range(ROWS)]
ratings = [(split_mix(row) % 500, split_mix(row, 1) % 200, chance(row)) for row in range(ROWS)]


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
    for user, item, number in ratings:
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


def main():
    for name, run in MODELS.items():
        began = time.process_time()
        run()
        print(f"{name} {ROWS / (time.process_time() - began):.1f}", flush=True)


if __name__ == "__main__":
    main()
