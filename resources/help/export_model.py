"""Writes trained models as JSON for the node “score”: scikit-learn, XGBoost and LightGBM.

    from export_model import export_model
    export_model(model, "model.json", inputs=["amount", "age"], data=X_train)

`data`, the rows of the training, is optional: it gives the means of the inputs, for missing values and for
contributions.
A scikit-learn Pipeline of a StandardScaler and a linear model is written as one model.
"""
import json

import numpy as np


def export_model(model, path, inputs=None, data=None):
    """Writes `model` to the file `path`. `inputs`: their names, in order."""
    scaler = None
    if type(model).__name__ == "Pipeline":
        steps = [step for _, step in model.steps]
        if len(steps) != 2 or type(steps[0]).__name__ != "StandardScaler":
            raise ValueError("A pipeline is written if it is a StandardScaler and a linear model.")
        scaler, model = steps
    library = type(model).__module__.split(".")[0]
    writers = {"sklearn": _sklearn, "xgboost": _xgboost, "lightgbm": _lightgbm}
    if library not in writers:
        raise ValueError(f"Models of {library} are not written.")
    body = writers[library](model, scaler)
    count = body.pop("inputs")
    if inputs is None:
        inputs = getattr(model, "feature_names_in_", [f"x{i}" for i in range(count)])
    names = list(inputs)
    if len(names) != count:
        raise ValueError(f"The model has {count} inputs, and {len(names)} names are given.")
    described = [{"name": str(name)} for name in names]
    if data is not None:
        for entry, mean in zip(described, np.nanmean(np.asarray(data, dtype=float), axis=0)):
            entry["mean"] = float(mean)
    version = __import__(library).__version__
    about = f"{type(model).__name__}, {library} {version}"
    head = {"rillwright_model": 1, "about": about, "inputs": described}
    order = ["input_type", "missing", "classes", "link", "outputs", "linear", "trees"]
    head.update({key: body[key] for key in order if key in body})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(head, file, allow_nan=False, separators=(",", ":"))
        file.write("\n")


def _outputs(classes, link, probable=True):
    """What the model gives: a value, or the class and the probability of each class."""
    if classes is None:
        return {"link": link, "outputs": [{"name": "predicted", "type": "DOUBLE", "gives": "value"}]}
    values = np.asarray(classes).tolist()
    values = [int(value) if isinstance(value, float) and value == int(value) else value for value in values]
    values = [value if isinstance(value, (bool, int, str)) else str(value) for value in values]
    of = {bool: "BOOLEAN", int: "BIGINT", str: "STRING"}[type(values[0])]
    outputs = [{"name": "predicted", "type": of, "gives": "class"}]
    if probable:
        shown = [str(value).lower() if of == "BOOLEAN" else value for value in values]
        outputs += [{"name": f"probability_{value}", "type": "DOUBLE", "gives": "probability", "of": i}
                    for i, value in enumerate(shown)]
    else:
        outputs += [{"name": "raw", "type": "DOUBLE", "gives": "raw", "of": 0}] if len(values) == 2 else []
    return {"classes": values, "link": link, "outputs": outputs}


def _numbers(values):
    return np.asarray(values, dtype=float).ravel().tolist()


def _thresholds(leaf, thresholds):
    """An infinite one parts missing values from all others."""
    largest = np.finfo(float).max
    return np.where(leaf, 0.0, np.clip(thresholds, -largest, largest)).tolist()


def _sklearn(model, scaler):
    name = type(model).__name__
    if hasattr(model, "coef_"):
        return _linear(model, scaler, name)
    if scaler is not None:
        raise ValueError("A StandardScaler is written with linear models only; trees do not need one.")
    if name.startswith(("RandomForest", "ExtraTrees", "DecisionTree", "ExtraTree")):
        return _forest(model, name)
    if name.startswith("HistGradientBoosting"):
        return _hist_boosting(model)
    if name.startswith("GradientBoosting"):
        return _boosting(model)
    raise ValueError(f"{name} is not written.")


def _linear(model, scaler, name):
    classes = getattr(model, "classes_", None)
    if classes is None:
        link, probable = "identity", True
    else:
        probable = hasattr(model, "predict_proba") and getattr(model, "loss", "log_loss") == "log_loss"
        if not probable:
            link = "identity"
        elif len(classes) == 2:
            link = "logistic"
        else:
            link = "one_vs_rest" if name != "LogisticRegression" or model.solver == "liblinear" else "softmax"
    weights = np.atleast_2d(np.asarray(model.coef_, dtype=float))
    intercepts = np.broadcast_to(np.atleast_1d(np.asarray(model.intercept_, dtype=float)), (len(weights),))
    if classes is None and len(weights) != 1:
        raise ValueError("A regression with several targets is not written.")
    linear = {"intercepts": _numbers(intercepts), "weights": weights.tolist()}
    if scaler is not None:
        count = weights.shape[1]
        linear["scaler"] = {"mean": _numbers(scaler.mean_ if scaler.with_mean else np.zeros(count)),
                            "scale": _numbers(scaler.scale_ if scaler.with_std else np.ones(count))}
    return {"inputs": weights.shape[1], **_outputs(classes, link, probable), "linear": linear}


def _sklearn_tree(tree, values, missing, adds_to=None):
    leaf = tree.children_left < 0
    written = {} if adds_to is None else {"adds_to": adds_to}
    written.update(feature=np.where(leaf, -1, tree.feature).tolist(),
                   threshold=_thresholds(leaf, tree.threshold),
                   left=np.where(leaf, 0, tree.children_left).tolist(),
                   right=np.where(leaf, 0, tree.children_right).tolist())
    if missing:
        written["missing"] = np.where(leaf, 0, tree.missing_go_to_left).astype(int).tolist()
    inner = leaf.reshape((-1,) + (1,) * (np.ndim(values) - 1))
    written.update(value=_numbers(np.where(inner, values, 0.0)), cover=_numbers(tree.weighted_n_node_samples))
    return written


def _knows_missing(trees):
    return any(bool(np.any(tree.missing_go_to_left)) for tree in trees)


def _forest(model, name):
    members = model.estimators_ if hasattr(model, "estimators_") else [model]
    if model.n_outputs_ != 1:
        raise ValueError("A model with several targets is not written.")
    trees = [member.tree_ for member in members]
    classes = getattr(model, "classes_", None)
    missing = _knows_missing(trees)
    if classes is None:
        base, written = [0.0], [_sklearn_tree(t, t.value[:, 0, 0], missing, 0) for t in trees]
    else:
        base, written = [0.0] * len(classes), [_sklearn_tree(t, t.value[:, 0, :], missing) for t in trees]
    return {"inputs": model.n_features_in_, "input_type": "FLOAT", "missing": missing,
            **_outputs(classes, "identity"), "trees": {"combine": "mean", "base": base, "trees": written}}


def _boosting(model):
    classes = getattr(model, "classes_", None)
    if classes is not None and model.loss != "log_loss":
        raise ValueError("GradientBoostingClassifier is written with the loss log_loss.")
    base = _numbers(model._raw_predict_init(np.zeros((1, model.n_features_in_), dtype=np.float32)))
    if model.init is not None and not isinstance(model.init, str):
        raise ValueError("A model with an estimator as `init` is not written.")
    written = []
    for stage in model.estimators_:
        for k, member in enumerate(stage):
            tree = member.tree_
            written.append(_sklearn_tree(tree, model.learning_rate * tree.value[:, 0, 0], False, k))
    link = "identity" if classes is None else "logistic" if len(classes) == 2 else "softmax"
    return {"inputs": model.n_features_in_, "input_type": "FLOAT", **_outputs(classes, link),
            "trees": {"combine": "sum", "base": base, "trees": written}}


def _hist_boosting(model):
    if getattr(model, "is_categorical_", None) is not None and np.any(model.is_categorical_):
        raise ValueError("Categorical features are not written.")
    classes = getattr(model, "classes_", None)
    written = []
    for stage in model._predictors:
        for k, predictor in enumerate(stage):
            nodes = predictor.nodes
            leaf = nodes["is_leaf"].astype(bool)
            written.append({"adds_to": k, "feature": np.where(leaf, -1, nodes["feature_idx"]).tolist(),
                            "threshold": _thresholds(leaf, nodes["num_threshold"]),
                            "left": np.where(leaf, 0, nodes["left"]).astype(int).tolist(),
                            "right": np.where(leaf, 0, nodes["right"]).astype(int).tolist(),
                            "missing": np.where(leaf, 0, nodes["missing_go_to_left"]).astype(int).tolist(),
                            "value": _numbers(np.where(leaf, nodes["value"], 0.0)),
                            "cover": _numbers(nodes["count"])})
    if classes is None:
        link = "identity" if model.loss in ("squared_error", "absolute_error", "quantile") else "exp"
    else:
        link = "logistic" if len(classes) == 2 else "softmax"
    return {"inputs": model.n_features_in_, "missing": True, **_outputs(classes, link),
            "trees": {"combine": "sum", "base": _numbers(model._baseline_prediction), "trees": written}}


def _flatten(root, is_leaf, children):
    """The nodes of a tree of objects, each before its children; and for each the places of these."""
    nodes, places = [root], []
    at = 0
    while at < len(nodes):
        if is_leaf(nodes[at]):
            places.append((0, 0))
        else:
            places.append((len(nodes), len(nodes) + 1))
            nodes.extend(children(nodes[at]))
        at += 1
    return nodes, places


def _xgboost(model, scaler):
    if scaler is not None:
        raise ValueError("A StandardScaler is written with linear models only.")
    booster = model.get_booster() if hasattr(model, "get_booster") else model
    config = json.loads(booster.save_config())["learner"]
    kind = config["gradient_booster"]["name"]
    if kind != "gbtree":
        raise ValueError(f"The booster {kind} is not written.")
    objective = config["objective"]["name"]
    saved = json.loads(booster.save_raw("json").decode())["learner"]
    count = int(saved["learner_model_param"]["num_feature"])
    base = [float(b) for b in saved["learner_model_param"]["base_score"].strip("[]").split(",")]
    classes, link = None, "identity"
    groups = max(int(saved["learner_model_param"]["num_class"]), 1)
    base = base * groups if len(base) == 1 else base
    if objective in ("binary:logistic", "reg:logistic"):
        base, link = [float(np.float32(np.log(b / (1 - b)))) for b in base], "logistic"
        classes = getattr(model, "classes_", [0, 1])
    elif objective.startswith("multi:soft"):
        link, classes = "softmax", getattr(model, "classes_", list(range(groups)))
    elif objective in ("count:poisson", "reg:gamma", "reg:tweedie"):
        base, link = [float(np.float32(np.log(b))) for b in base], "exp"
    elif objective not in ("reg:squarederror", "reg:absoluteerror", "reg:pseudohubererror"):
        raise ValueError(f"The objective {objective} is not written.")
    model_part = saved["gradient_booster"]["model"]
    best = getattr(booster, "best_iteration", None) if booster.attr("best_iteration") is not None else None
    trees = model_part["trees"]
    if best is not None:
        trees = trees[: model_part["iteration_indptr"][best + 1]]
    written = []
    for tree, group in zip(trees, model_part["tree_info"]):
        if any(tree["split_type"]):
            raise ValueError("Categorical splits are not written.")
        left, right, condition = tree["left_children"], tree["right_children"], tree["split_conditions"]
        nodes, places = _flatten(0, lambda n: left[n] < 0, lambda n: (left[n], right[n]))
        leaf = [left[n] < 0 for n in nodes]
        written.append({"adds_to": group,
                        "feature": [-1 if end else tree["split_indices"][n] for n, end in zip(nodes, leaf)],
                        "threshold": [0.0 if end else float(np.float32(condition[n]))
                                      for n, end in zip(nodes, leaf)],
                        "left": [p[0] for p in places], "right": [p[1] for p in places],
                        "missing": [0 if end else int(tree["default_left"][n])
                                    for n, end in zip(nodes, leaf)],
                        "value": [float(np.float32(condition[n])) if end else 0.0
                                  for n, end in zip(nodes, leaf)],
                        "cover": [float(tree["sum_hessian"][n]) for n in nodes]})
    return {"inputs": count, "input_type": "FLOAT", "missing": True, **_outputs(classes, link),
            "trees": {"combine": "sum", "sum_type": "FLOAT", "compare": "<", "base": base, "trees": written}}


def _lightgbm(model, scaler):
    if scaler is not None:
        raise ValueError("A StandardScaler is written with linear models only.")
    booster = model.booster_ if hasattr(model, "booster_") else model
    dump = booster.dump_model()
    objective = dump.get("objective", "regression").split()
    groups = dump["num_class"]
    classes, link = None, "identity"
    if objective[0] == "binary":
        link, classes = "logistic", getattr(model, "classes_", [0, 1])
    elif objective[0] == "multiclass":
        link, classes = "softmax", getattr(model, "classes_", list(range(groups)))
    elif objective[0] in ("poisson", "gamma", "tweedie"):
        link = "exp"
    elif "sqrt" in objective or objective[0] not in ("regression", "regression_l1", "huber", "fair", "quantile",
                                                     "mape"):
        raise ValueError(f"The objective {' '.join(objective)} is not written.")
    if any(word.startswith("sigmoid:") and float(word[8:]) != 1 for word in objective):
        raise ValueError("A sigmoid other than 1 is not written.")
    written = []
    for i, tree in enumerate(dump["tree_info"]):
        nodes, places = _flatten(tree["tree_structure"], lambda n: "split_index" not in n,
                                 lambda n: (n["left_child"], n["right_child"]))
        leaf = ["split_index" not in n for n in nodes]
        for node, end in zip(nodes, leaf):
            if not end and (node["decision_type"] != "<=" or node["missing_type"] == "Zero"):
                raise ValueError("Categorical splits and zero_as_missing are not written.")

        def goes_left(node):
            return node["default_left"] if node["missing_type"] == "NaN" else 0.0 <= node["threshold"]

        written.append({"adds_to": i % dump["num_tree_per_iteration"],
                        "feature": [-1 if end else n["split_feature"] for n, end in zip(nodes, leaf)],
                        "threshold": [0.0 if end else float(n["threshold"]) for n, end in zip(nodes, leaf)],
                        "left": [p[0] for p in places], "right": [p[1] for p in places],
                        "missing": [0 if end else int(goes_left(n)) for n, end in zip(nodes, leaf)],
                        "value": [float(n["leaf_value"]) if end else 0.0 for n, end in zip(nodes, leaf)],
                        "cover": [float(n.get("leaf_count" if end else "internal_count", 0))
                                  for n, end in zip(nodes, leaf)]})
    return {"inputs": dump["max_feature_idx"] + 1, "missing": True, **_outputs(classes, link),
            "trees": {"combine": "mean" if dump.get("average_output") else "sum",
                      "base": [0.0] * dump["num_tree_per_iteration"], "trees": written}}
