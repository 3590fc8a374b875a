"""A plain Python worker for the job of the pipeline's benchmark: JSON messages to scores of one PyTorch autoencoder.

python3 eng/python_worker.py MESSAGES [BATCH]
MESSAGES has one JSON message a line. Windows are 32 rows of each device; the network is a dense 256-128-32-128-256 one, untrained (which takes
as long to score), and the score is the mean squared error of the newest row. Prints messages per second, reading from the disk not included.
"""

import collections
import datetime
import json
import sys
import time

import torch

ROWS, CODE, HIDDEN = 32, 32, 128


def network(size):
    layers = torch.nn
    return layers.Sequential(
        layers.Linear(size, HIDDEN), layers.ReLU(), layers.Linear(HIDDEN, CODE), layers.ReLU(),
        layers.Linear(CODE, HIDDEN), layers.ReLU(), layers.Linear(HIDDEN, size)).eval()


def score(model, windows, features):
    batch = torch.tensor(windows, dtype=torch.float32)  # (B, D)
    residual = (batch - model(batch))[:, -features:]  # (B, F)
    return residual.square().mean(dim=1).tolist()


def run(messages, batch):
    features = len(json.loads(messages[0])["values"])
    model = network(ROWS * features)
    series = collections.defaultdict(lambda: collections.deque(maxlen=ROWS))
    waiting, scored, started = [], 0, None
    for message in messages:
        sample = json.loads(message)
        datetime.datetime.fromisoformat(sample["ts"].replace("Z", "+00:00"))
        window = series[sample["device"]]
        window.append(list(sample["values"].values()))
        if len(window) < ROWS:
            continue
        started = started or time.perf_counter()
        waiting.append([value for row in window for value in row])
        if len(waiting) == batch:
            scored += len(score(model, waiting, features))
            waiting = []
    return scored / (time.perf_counter() - started)


def main():
    torch.set_num_threads(1)
    with open(sys.argv[1], "rb") as lines:
        messages = lines.read().splitlines()
    with torch.inference_mode():
        print(f"{run(messages, int(sys.argv[2]) if len(sys.argv) > 2 else 256):.0f}")


if __name__ == "__main__":
    main()
