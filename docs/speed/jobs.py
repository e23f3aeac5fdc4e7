#!/usr/bin/env python3
"""One job here and elsewhere, in turn: `train digits` beside scikit-learn and PyTorch.

    python3 docs/speed/jobs.py [--runs 5] [--epochs 40] [--peers sklearn torch]

Run it from the root of the repository, after a first `./deltagraph --version`. The peers read the same rows, train the
same net with the same settings on one thread, and score the same number of held-out rows; Debian has them as
python3-sklearn and python3-torch. All figures are medians; "process" is from before a process starts until it has ended.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = "data/src/main/resources/io/deltagraph/data/sets/digits.csv"
UNITS, RATE, BATCH, PENALTY, SEED = 64, 0.002, 32, 1e-4, 1


def rows():
    import numpy

    table = numpy.loadtxt(ROWS, delimiter=",", skiprows=1)
    table = table[numpy.random.default_rng(SEED).permutation(len(table))]
    inputs, classes = (table[:, :-1] / 16).astype(numpy.float32), table[:, -1].astype(int)
    cut = len(table) * 4 // 5
    return inputs[:cut], classes[:cut], inputs[cut:], classes[cut:]


def sklearn(epochs):
    import warnings

    from sklearn.neural_network import MLPClassifier

    warnings.filterwarnings("ignore")
    x, y, held_x, held_y = rows()
    net = MLPClassifier(
        (UNITS, UNITS),
        learning_rate_init=RATE,
        alpha=PENALTY,
        batch_size=BATCH,
        max_iter=epochs,
        tol=0,
        n_iter_no_change=epochs + 1,
        random_state=SEED,
    )
    begin = time.perf_counter()
    net.fit(x, y)
    return time.perf_counter() - begin, len(x), net.score(held_x, held_y)


def torch(epochs):
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    x, y, held_x, held_y = map(torch.tensor, rows())
    net = nn.Sequential(nn.Linear(64, UNITS), nn.ReLU(), nn.Linear(UNITS, UNITS), nn.ReLU(), nn.Linear(UNITS, 10))
    loss, step = nn.CrossEntropyLoss(), torch.optim.Adam(net.parameters(), lr=RATE)
    begin = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(len(x))
        for batch in order.split(BATCH):
            step.zero_grad()
            loss(net(x[batch]), y[batch]).backward()
            step.step()
    seconds = time.perf_counter() - begin
    return seconds, len(x), (net(held_x).argmax(1) == held_y).float().mean().item()


PEERS = {"sklearn": sklearn, "torch": torch}


def as_process(command):
    environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    took = time.perf_counter() - begin
    if done.returncode:
        sys.exit(" ".join(command) + " failed:\n" + done.stderr)
    return json.loads(done.stdout), took


def here(program, epochs, folder):
    command = [program, "train", "digits", "--epochs", str(epochs), "--json", "--output", folder + "/m"]
    said, took = as_process(command)
    training = said["training"]
    return training["seconds"], training["rowsPerSecond"], said["test"]["accuracy"], took


def elsewhere(peer, epochs):
    said, took = as_process([sys.executable, __file__, "--peer", peer, "--epochs", str(epochs)])
    return said["seconds"], said["rows"] * epochs / said["seconds"], said["accuracy"], took


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--epochs", type=int, default=40)
    options.add_argument("--deltagraph", default="./deltagraph", help="what to run, ./deltagraph without this option")
    options.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    options.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.peer:
        seconds, count, accuracy = PEERS[asked.peer](asked.epochs)
        print(json.dumps({"seconds": seconds, "rows": count, "accuracy": accuracy}))
        return
    runs = {name: [] for name in ["deltagraph", *asked.peers]}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(asked.runs):
            runs["deltagraph"].append(here(asked.deltagraph, asked.epochs, folder))
            for peer in asked.peers:
                runs[peer].append(elsewhere(peer, asked.epochs))
    medians = {name: [statistics.median(column) for column in zip(*all_runs)] for name, all_runs in runs.items()}
    print("%-12s %10s %12s %10s %10s" % ("", "training s", "rows/s", "process s", "accuracy"))
    for name, (seconds, speed, accuracy, process) in medians.items():
        print("%-12s %10.3f %12s %10.2f %10.4f" % (name, seconds, f"{speed:,.0f}", process, accuracy))
    _, speed, _, process = medians["deltagraph"]
    for peer in asked.peers:
        print(
            "beside %s: rows/s of the training %.2f times as many, the whole process %.2f times as long"
            % (peer, speed / medians[peer][1], process / medians[peer][3])
        )


main()
