"""Prints how fast scikit-learn and ONNX Runtime score, as “MODEL/LIBRARY RATE”: rows per second of a processor.

    score_peers.py FOLDER    also writes the models for the node score: trees.json and linear.json

50 trees of depth 8 and a logistic regression of 4 features, trained on random rows, in batches of 4096 rows and with one
thread. Needs scikit-learn, skl2onnx and onnxruntime.
"""

import pathlib
import sys
import time

import numpy as np
import onnxruntime
import skl2onnx
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "resources/help"))
from export_model import export_model

BATCH = 4096
SECONDS = 1.0  # of each


def rate(score):
    """`score`: scores a batch."""
    score()
    batches, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        score()
        batches += 1
    return batches * BATCH / (time.process_time() - began)


def main(folder):
    chance = np.random.default_rng(1)
    rows, batch = chance.random((20_000, 4)), chance.random((BATCH, 4))
    target = np.sin(5 * rows[:, 0]) + rows[:, 1] * rows[:, 2] + 0.1 * chance.normal(size=len(rows))
    trees = RandomForestRegressor(50, max_depth=8, random_state=1).fit(rows, target)
    linear = LogisticRegression().fit(rows, target > 0.5)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    for name, model, score in (("trees", trees, trees.predict), ("linear", linear, linear.predict_proba)):
        export_model(model, str(folder / f"{name}.json"), inputs=list("abcd"))
        print(f"{name}/scikit-learn {rate(lambda: score(batch)):.1f}", flush=True)
        made = skl2onnx.to_onnx(model, batch[:1].astype(np.float32),
                                options={"zipmap": False} if name == "linear" else None)
        session = onnxruntime.InferenceSession(made.SerializeToString(), options, providers=["CPUExecutionProvider"])
        given = {session.get_inputs()[0].name: batch.astype(np.float32)}
        print(f"{name}/onnxruntime {rate(lambda: session.run(None, given)):.1f}", flush=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
