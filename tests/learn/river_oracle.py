"""Writes what River says of rows, for learn_against_river.

    river_oracle.py FOLDER ROWS    rows.txt, and a file NAME.case for each model, into FOLDER

rows.txt: a line of names, then ROWS lines of numbers, each short enough that its text is its value. A case:
“model NAME”, “set OPTION VALUE”…, “start FIELD NUMBERS…” (what River drew at random, by the name of the field of
our model), “rows”, then a line of River's numbers for each row, in 17 digits; “nan” where it says nothing yet.
Needs river 0.26.1 and numpy.

Two habits of River differ from the papers: Holt-Winters starts its seasons with value / level, also where they are
added, and FTRL-proximal computes the weights of a step with the sums of the step before, and leaves those within l1 as
they were. Our models have an option for each, to be compared with River as it is. Of FTRL-proximal a second case has
the weights that River's own sums stand for, set after each row (`up_to_date`).
"""

import math
import pathlib
import statistics
import sys

import numpy as np
import river
from river import cluster, drift, linear_model, naive_bayes, optim, preprocessing, reco, stats, time_series
from river import anomaly

FEATURES = "abcd"


class Rows:
    """The input: what the models of all cases see."""

    def __init__(self, count):
        rng = np.random.default_rng(31)
        self.count = count
        x = np.round(rng.random((count, 4)), 3)
        noise = rng.normal(size=(2, count))
        tick = np.arange(count)
        step = np.where((tick > 0.4 * count) & (tick < 0.6 * count), 20.0, 0.0)
        number = x @ [1.0, 2.0, -1.0, 0.5] + 0.1 * noise[0]
        series = 50 + 0.01 * tick + 10 * np.sin(tick * 2 * math.pi / 24) + noise[1] + step
        self.columns = {
            **{name: x[:, at] for at, name in enumerate(FEATURES)},
            "label": (2 * x[:, 0] - x[:, 1] + 0.1 * noise[0] > 0.5).astype(float),
            "number": np.round(number, 3),
            "series": np.round(series, 3),
            "user": rng.integers(0, 60, count),
            "item": rng.integers(0, 40, count),
        }
        self.features = [dict(zip(FEATURES, map(float, row))) for row in x]

    def of(self, name):
        return [float(value) for value in self.columns[name]]

    def write(self, path):
        with open(path, "w", encoding="ascii") as file:
            file.write(" ".join(self.columns) + "\n")
            for row in zip(*self.columns.values()):
                file.write(" ".join(f"{value:g}" if value == int(value) else f"{value:.3f}" for value in row) + "\n")


def write_case(folder, name, model, options, outputs, start=None):
    """`outputs`: a list of numbers for each row."""
    with open(folder / f"{name}.case", "w", encoding="ascii") as file:
        file.write(f"# River {river.__version__}, by tests/learn/river_oracle.py\nmodel {model}\n")
        for option, value in options.items():
            file.write(f"set {option} {value!r}\n")
        for field, values in (start or {}).items():
            file.write(f"start {field} " + " ".join(repr(float(value)) for value in values) + "\n")
        file.write("rows\n")
        for row in outputs:
            file.write(" ".join(f"{float(value):.17g}" for value in row) + "\n")


def weighted(rows, alpha):
    """Before each row: the mean, and the mean plus one deviation."""
    mean, variance = stats.EWMean(alpha), stats.EWVar(alpha)
    for at, value in enumerate(rows.of("series")):
        yield [mean.get(), mean.get() + math.sqrt(max(variance.get(), 0))] if at else [math.nan, math.nan]
        mean.update(value)
        variance.update(value)


def robust(rows, window):
    """River has none: the median and the median plus one deviation (median absolute deviation / 0.6745), sorted anew."""
    series = rows.of("series")
    for at in range(rows.count):
        last = series[max(0, at - window) : at]
        if not last:
            yield [math.nan, math.nan]
            continue
        middle = statistics.median(last)
        yield [middle, middle + statistics.median(abs(value - middle) for value in last) / 0.6745]


def holt_winters(rows, alpha, beta, gamma, season):
    model = time_series.HoltWinters(alpha, beta, gamma, season)
    for value in rows.of("series"):
        yield [model.forecast(1)[0] if model._initialized else math.nan]
        model.learn_one(value)


def scaled(model):
    return preprocessing.StandardScaler() | model


def classified(rows, model, after=lambda: None):
    for x, label in zip(rows.features, rows.of("label")):
        yield [model.predict_proba_one(x).get(True, math.nan)]
        model.learn_one(x, label > 0)
        after()


def regressed(rows, model, after=lambda: None):
    for x, number in zip(rows.features, rows.of("number")):
        yield [model.predict_one(x)]
        model.learn_one(x, number)
        after()


def up_to_date(model, ftrl):
    """The weights that the sums of FTRL-proximal stand for (McMahan 2013, algorithm 1)."""

    def correct():
        weights = {}
        for name in FEATURES:
            z, n = ftrl.z[name], ftrl.n[name]
            outside = abs(z) - ftrl.l1
            rate = (ftrl.beta + math.sqrt(n)) / ftrl.alpha + ftrl.l2
            weights[name] = -math.copysign(outside, z) / rate if outside > 0 else 0.0
        model._weights.update(weights)

    return correct


def half_space_trees(rows, trees, height, window):
    """Its outputs, and the starts: feature and threshold of the inner nodes of each tree, by level."""
    model = anomaly.HalfSpaceTrees(n_trees=trees, height=height, window_size=window, seed=1)
    outputs = []
    for x in rows.features:
        outputs.append([math.nan if model._first_window else model.score_one(x)])
        model.learn_one(x)
    inner = []
    for tree in model.trees:
        level = [tree]
        while hasattr(level[0], "feature"):
            inner += [(FEATURES.index(node.feature), node.threshold) for node in level]
            level = [child for node in level for child in (node.left, node.right)]
    return outputs, {"split_features": [at for at, _ in inner], "split_thresholds": [at for _, at in inner]}


def kmeans(rows, k):
    model = cluster.KMeans(n_clusters=k, halflife=0.1, seed=1)
    model.predict_one(rows.features[0])  # draws the centres
    start = [model.centers[c][name] for c in range(k) for name in FEATURES]
    outputs = []
    for x in rows.features:
        nearest = model.predict_one(x)
        outputs.append([nearest, math.sqrt(sum((model.centers[nearest][name] - x[name]) ** 2 for name in FEATURES))])
        model.learn_one(x)
    return outputs, {"centres": start}


def matrix_factorisation(rows, factors):
    """Starts: the factors of users and items, in the order of their first rows."""
    model = reco.BiasedMF(n_factors=factors, seed=1)
    users, items, outputs = {}, {}, []
    for user, item, number in zip(rows.of("user"), rows.of("item"), rows.of("number")):
        expected = model.predict_one(user, item)  # draws the factors of who is new
        outputs.append([expected if outputs else math.nan])
        users.setdefault(user, model.u_latents[user].copy())
        items.setdefault(item, model.i_latents[item].copy())
        model.learn_one(user, item, number)
    flat = lambda latents: [value for row in latents.values() for value in row]
    return outputs, {"user_ids": list(users), "user_factors": flat(users), "item_ids": list(items), "item_factors": flat(items)}


def drifts(rows, model, width=None):
    for value in rows.of("series"):
        model.update(value)
        yield [model.drift_detected] + ([width(model)] if width else [])


def main():
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    rows = Rows(count)
    rows.write(folder / "rows.txt")

    def case(name, model, options, outputs, start=None):
        write_case(folder, name, model, options, outputs, start)

    case("weighted_z", "weighted_z", {"alpha": 0.1, "band": 1.0}, weighted(rows, 0.1))
    case("robust_z", "robust_z", {"window": 50, "band": 1.0}, robust(rows, 50))
    smoothing = {"alpha": 0.2, "beta": 0.05, "gamma": 0.1, "season": 24}
    case("holt_winters", "holt_winters", smoothing, holt_winters(rows, *smoothing.values()))

    sgd = {"learning_rate": 0.1, "intercept_rate": 0.01}
    case("logistic", "logistic", sgd, classified(rows, linear_model.LogisticRegression(optim.SGD(0.1), intercept_lr=0.01)))
    case("linear", "linear", sgd, regressed(rows, linear_model.LinearRegression(optim.SGD(0.1), intercept_lr=0.01)))
    case("linear_scaled", "linear", {**sgd, "scaled": 1},
         regressed(rows, scaled(linear_model.LinearRegression(optim.SGD(0.1), intercept_lr=0.01))))

    options = {"alpha": 0.05, "beta": 1.0, "l1": 0.5, "l2": 1.0, "intercept_rate": 0.01}
    for name, kind, run in (("ftrl_logistic", linear_model.LogisticRegression, classified),
                            ("ftrl_linear", linear_model.LinearRegression, regressed)):
        make = lambda: kind(optim.FTRLProximal(0.05, 1.0, 0.5, 1.0), intercept_lr=0.01)
        case(f"{name}_lagged", name, {**options, "lagged": 1}, run(rows, make()))
        model = make()
        case(name, name, options, run(rows, model, up_to_date(model, model.optimizer)))

    case("naive_bayes", "naive_bayes", {}, classified(rows, naive_bayes.GaussianNB()))

    small = count < 10_000  # stored with the checkout
    forest = {"trees": 8 if small else 25, "height": 5 if small else 8, "window": 250}
    case("half_space_trees", "half_space_trees", forest, *half_space_trees(rows, *forest.values()))
    case("kmeans", "kmeans", {"k": 5, "rate": 0.1}, *kmeans(rows, 5))
    case("matrix_factorisation", "matrix_factorisation", {"factors": 6, "rate": 0.01}, *matrix_factorisation(rows, 6))
    case("adwin", "adwin", {"delta": 0.002}, drifts(rows, drift.ADWIN(), lambda model: model.width))
    case("page_hinkley", "page_hinkley", {"threshold": 300.0, "delta": 0.005, "keep": 0.9999, "fewest": 30},
         drifts(rows, drift.PageHinkley(threshold=300.0)))


if __name__ == "__main__":
    main()
