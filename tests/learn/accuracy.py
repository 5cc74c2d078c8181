"""Prints how good nodes and River are on data that River's wheel ships: each row is predicted before it is learnt.

    accuracy.py PROGRAM    the built rillwright, which runs a pipeline for each figure

Features are scaled by their mean and deviation so far on both sides. Needs river 0.26.1 and scikit-learn.
"""

import csv
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

from river import anomaly, datasets, linear_model, multiclass, naive_bayes, optim, preprocessing, time_series
from sklearn import metrics

START = datetime.datetime(2024, 1, 1)  # event time of the first row; a row a second


def rows_of(dataset):
    """Pairs of features, as floats by their names, and the target."""
    return [({name: float(value) for name, value in x.items() if isinstance(value, (int, float))}, y) for x, y in dataset]


def sql_name(feature):
    return "f_" + str(feature).replace("-", "_").lower()


RATES = {"logistic": {"learning_rate": 0.1}, "ftrl": {"alpha": 0.1}}


class Program:
    """Runs a node of rillwright over rows."""

    def __init__(self, path):
        self.path = path

    def rows(self, features, targets, target_type, node, port="out"):
        """The rows that the node `node` (its type and parameters) gives at a port, as texts by their columns."""
        with tempfile.TemporaryDirectory() as folder:
            return self._rows(pathlib.Path(folder), features, targets, target_type, node, port)

    def _rows(self, folder, features, targets, target_type, node, port):
        names = list(features[0])
        with open(folder / "in.csv", "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([sql_name(name) for name in names] + ["target", "ts"])
            for at, (x, y) in enumerate(zip(features, targets)):
                out.writerow([repr(x[name]) for name in names] + [y, START + datetime.timedelta(seconds=at)])
        columns = [f"{sql_name(name)} DOUBLE" for name in names] + [f"target {target_type}", "ts TIMESTAMP(3)"]
        pipeline = {
            "rill": 1, "name": "accuracy", "settings": {"time_zone": "UTC", "parallelism": 1},
            "nodes": [
                {"id": "rows", "type": "csv_source", "at": [0, 0],
                 "params": {"path": "in.csv", "columns": columns, "event_time": "ts"}},
                {"id": "node", "type": node["type"], "at": [256, 0], "params": node["params"]},
                {"id": "file", "type": "csv_sink", "at": [512, 0], "params": {"path": "out.csv"}},
            ],
            "wires": [{"from": "rows", "to": "node"}, {"from": f"node.{port}", "to": "file"}],
        }
        (folder / "accuracy.rill").write_text(json.dumps(pipeline), encoding="utf-8")
        ran = subprocess.run([self.path, "run", "accuracy.rill"], cwd=folder, capture_output=True, text=True)
        if ran.returncode != 0:
            sys.exit(f"{node['type']}: rillwright ended with {ran.returncode}\n{ran.stderr}")
        with open(folder / "out.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))


def figure(dataset, rows, method, metric, ours, theirs):
    print(f"{dataset:20} {rows:6} {method:18} {metric:10} {ours:10.4f} {theirs:10.4f}", flush=True)


def scaled(model):
    return preprocessing.StandardScaler() | model


def classify(program, name, dataset, method, model):
    """`model`: River's; its classes are those of the dataset."""
    rows = rows_of(dataset)
    features, targets = [x for x, _ in rows], [str(y) for _, y in rows]
    # With two classes at most, one line decides between both, as River's LogisticRegression does.
    params = {"label": "target", "method": method, "scale": "running", **RATES.get(method, {}),
              "max_classes": len(set(targets)), "features": [sql_name(feature) for feature in features[0]]}
    given = program.rows(features, targets, "STRING", {"type": "classify", "params": params})
    river = []
    for x, y in rows:
        river.append({str(label): p for label, p in model.predict_proba_one(x).items()})
        model.learn_one(x, y)
    right = lambda predicted: sum(a == b for a, b in zip(predicted, targets)) / len(targets)
    likeliest = [max(p, key=p.get) if p else "" for p in river]
    figure(name, len(rows), method, "accuracy", right([row["predicted"] for row in given]), right(likeliest))
    if len(set(targets)) > 2:
        return
    positive = max(targets)
    ours = [0.5 if not row["probability"] else
            float(row["probability"]) if row["predicted"] == positive else 1 - float(row["probability"]) for row in given]
    labels, river = [y == positive for y in targets], [p.get(positive, 0.0) if p else 0.5 for p in river]
    figure(name, len(rows), method, "auc", metrics.roc_auc_score(labels, ours), metrics.roc_auc_score(labels, river))
    figure(name, len(rows), method, "log_loss", metrics.log_loss(labels, ours), metrics.log_loss(labels, river))


def regress(program, name, dataset, method, model, rates):
    rows = rows_of(dataset)
    features, targets = [x for x, _ in rows], [y for _, y in rows]
    params = {"target": "target", "method": method, "scale": "running", **rates,
              "features": [sql_name(feature) for feature in features[0]]}
    given = program.rows(features, targets, "DOUBLE", {"type": "regress", "params": params})
    river = []
    for x, y in rows:
        river.append(model.predict_one(x))
        model.learn_one(x, y)
    mean_error = lambda predicted: sum(abs(a - b) for a, b in zip(predicted, targets)) / len(targets)
    figure(name, len(rows), method, "mae", mean_error([float(row["predicted"]) for row in given]),
           mean_error(river))


def find_anomalies(program):
    """With the defaults of both: River's features are scaled into [0, 1], ours are scaled by the trees."""
    rows = rows_of(datasets.Shuttle())
    features, targets = [x for x, _ in rows], [int(y) for _, y in rows]
    params = {"method": "half_space_trees", "features": [sql_name(feature) for feature in features[0]]}
    given = program.rows(features, targets, "INT", {"type": "anomaly", "params": params})
    scaler, trees = preprocessing.MinMaxScaler(), anomaly.HalfSpaceTrees(n_trees=25, seed=42)
    river = []
    for x in features:
        scaler.learn_one(x)
        x = scaler.transform_one(x)
        river.append(trees.score_one(x))
        trees.learn_one(x)
    ours = [float(row["score"] or 0) for row in given]
    figure("shuttle", len(rows), "half_space_trees", "auc", metrics.roc_auc_score(targets, ours),
           metrics.roc_auc_score(targets, river))


def forecast(program, name, values, season, alpha, beta, gamma):
    """One step ahead."""
    params = {"value": "target", "method": "holt_winters", "season": season, "step": "1s", "horizon": 1,
              "alpha": alpha, "beta": beta, "gamma": gamma}
    given = program.rows([{"at": float(at)} for at in range(len(values))], values, "DOUBLE",
                         {"type": "forecast", "params": params}, "scored")
    errors = [abs(float(row["error"])) for row in given if row["error"]]
    model, river = time_series.HoltWinters(alpha, beta, gamma, season), []
    for at, value in enumerate(values):
        # Ours needs two seasons before it says anything: both are compared behind them.
        if at >= len(values) - len(errors):
            river.append(abs(model.forecast(1)[0] - value))
        model.learn_one(value)
    figure(name, len(errors), "holt_winters", "mae", sum(errors) / len(errors), sum(river) / len(river))


def main():
    program = Program(pathlib.Path(sys.argv[1]).resolve())
    print(f"{'data':20} {'rows':>6} {'method':18} {'figure':10} {'rillwright':>10} {'River':>10}")
    sgd = lambda: linear_model.LogisticRegression(optim.SGD(0.1), intercept_lr=0.01)
    ftrl = lambda: linear_model.LogisticRegression(optim.FTRLProximal(0.1, 1.0, 0.0, 1.0), intercept_lr=0.01)
    for method, model in (("logistic", sgd), ("ftrl", ftrl), ("naive_bayes", naive_bayes.GaussianNB)):
        classify(program, "phishing", datasets.Phishing(), method, scaled(model()))
    for method, model in (("logistic", multiclass.OneVsRestClassifier(sgd())), ("naive_bayes", naive_bayes.GaussianNB())):
        classify(program, "segment", datasets.ImageSegments(), method, scaled(model))
    for method, model in (("logistic", sgd), ("naive_bayes", naive_bayes.GaussianNB)):
        classify(program, "bananas", datasets.Bananas(), method, scaled(model()))
    line = lambda optimizer: scaled(linear_model.LinearRegression(optimizer, intercept_lr=0.01))
    for name, dataset in (("trump_approval", datasets.TrumpApproval()), ("chick_weights", datasets.ChickWeights())):
        regress(program, name, dataset, "linear", line(optim.SGD(0.01)), {"learning_rate": 0.01})
        regress(program, name, dataset, "ftrl", line(optim.FTRLProximal(0.1, 1.0, 0.0, 1.0)), {"alpha": 0.1})
    find_anomalies(program)
    forecast(program, "airline-passengers", [float(y) for _, y in datasets.AirlinePassengers()], 12, 0.3, 0.1, 0.6)
    forecast(program, "water-flow", [float(y) for _, y in datasets.WaterFlow()], 24, 0.3, 0.01, 0.1)


if __name__ == "__main__":
    main()
