"""The seven steps in numpy, with the backward pass written by hand. Needs numpy alone.

usage: numpy_by_hand.py WORKLOAD [WARM_UP_SECONDS]

Prints "RESULT median_µs loss_after_1 loss_after_20". Threads are those of numpy's BLAS (OPENBLAS_NUM_THREADS).
"""
import sys
import time

import numpy as np

f32 = np.float32

# Sizes, rows of a batch, batches, hidden activation, objective, rate.
WORKLOADS = {
    "W1": ([784, 100, 10], 10, 8, "sigmoid", "squared of sigmoids", 0.5),
    "W2": ([784, 128, 10], 64, 8, "relu", "softmax", 0.1),
    "W3": ([784, 512, 512, 10], 256, 8, "relu", "softmax", 0.001),
    "W4": ([30, 1], 32, 8, "", "logistic", 0.1),
    "W5": ([13, 1], 506, 1, "", "squared", 0.05),
    "W6": ([1024, 2048, 2048, 1000], 512, 2, "relu", "softmax", 0.01),
    "W7": ([2, 16, 16, 16, 16, 16, 16, 1], 32, 8, "tanh", "squared", 0.05),
}


def fractions(seed, count):
    """SplitMix64: number i is mixed from seed + (i + 1) times the golden ratio; the upper 24 bits are kept."""
    with np.errstate(over="ignore"):
        mixed = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    return ((mixed >> np.uint64(40)) * 2.0**-24).astype(f32)


def signed(seed, count):
    return 2 * fractions(seed, count) - 1


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


class Training:
    def __init__(self, name):
        self.sizes, self.rows, batches, self.hidden, self.objective, rate = WORKLOADS[name]
        self.adam = name == "W3"
        self.rate = f32(rate)
        self.layers = len(self.sizes) - 1
        self.weights, self.biases = [], []
        for layer in range(self.layers):
            inputs, outputs = self.sizes[layer : layer + 2]
            bound = f32(np.sqrt(6 / (inputs + outputs)))
            self.weights.append((signed(1000 + layer, inputs * outputs) * bound).reshape(inputs, outputs))
            self.biases.append(np.zeros(outputs, f32))
        self.inputs = [self.batch_inputs(i) for i in range(batches)]
        self.targets = [self.batch_targets(i) for i in range(batches)]
        self.moments = [(np.zeros_like(p), np.zeros_like(p)) for p in self.weights + self.biases]
        self.steps = 0

    def batch_inputs(self, number):
        make = fractions if self.sizes[0] == 784 else signed
        return make(1 + number, self.rows * self.sizes[0]).reshape(self.rows, self.sizes[0])

    def batch_targets(self, number):
        outputs = self.sizes[-1]
        drawn = fractions(500 + number, self.rows)
        if outputs > 1:
            return np.eye(outputs, dtype=f32)[(drawn * f32(outputs)).astype(np.int64)]
        column = np.where(drawn < 0.5, 0, 1) if self.objective == "logistic" else 2 * drawn - 1
        return column.astype(f32).reshape(-1, 1)

    def forward(self, x):
        values = [x]
        for layer in range(self.layers):
            z = values[-1] @ self.weights[layer] + self.biases[layer]
            if layer == self.layers - 1:
                values.append(sigmoid(z) if self.objective == "squared of sigmoids" else z)
            elif self.hidden == "relu":
                values.append(np.maximum(z, 0))
            else:
                values.append(np.tanh(z) if self.hidden == "tanh" else sigmoid(z))
        return values

    def step(self, number):
        t = self.targets[number % len(self.targets)]
        values = self.forward(self.inputs[number % len(self.inputs)])
        out = values[-1]
        if self.objective == "softmax":
            powers = np.exp(out - out.max(axis=1, keepdims=True))
            out = powers / powers.sum(axis=1, keepdims=True)
        elif self.objective == "logistic":
            out = sigmoid(out)
        delta = (out - t) / f32(self.rows)
        if self.objective == "squared of sigmoids":
            delta = delta * out * (1 - out)
        self.steps += 1
        for layer in reversed(range(self.layers)):
            a = values[layer]
            of_weights, of_bias = a.T @ delta, delta.sum(axis=0)
            if layer > 0:
                delta = delta @ self.weights[layer].T
                if self.hidden == "relu":
                    delta = delta * (a > 0)
                else:
                    delta = delta * ((1 - a * a) if self.hidden == "tanh" else a * (1 - a))
            self.update(layer, self.weights[layer], of_weights)
            self.update(self.layers + layer, self.biases[layer], of_bias)

    def update(self, number, parameter, gradient):
        if not self.adam:
            parameter -= self.rate * gradient
            return
        first, second = self.moments[number]
        first += f32(0.1) * (gradient - first)
        second += f32(0.001) * (gradient * gradient - second)
        corrected = first / f32(1 - 0.9**self.steps)
        parameter -= self.rate * corrected / (np.sqrt(second / f32(1 - 0.999**self.steps)) + f32(1e-8))

    def loss(self):
        t = self.targets[0]
        out = self.forward(self.inputs[0])[-1]
        if self.objective == "softmax":
            z = out - out.max(axis=1, keepdims=True)
            return -((z - np.log(np.exp(z).sum(axis=1, keepdims=True))) * t).sum() / self.rows
        if self.objective == "logistic":
            return (np.maximum(out, 0) - out * t + np.log1p(np.exp(-np.abs(out)))).mean()
        return 0.5 * ((out - t) ** 2).sum() / self.rows


def main():
    training = Training(sys.argv[1])
    warm_up = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    training.step(0)
    first = training.loss()
    for i in range(1, 20):
        training.step(i)
    twentieth = training.loss()
    number, start = 20, time.perf_counter()
    while time.perf_counter() - start < warm_up or number == 20:
        training.step(number)
        number += 1
    steps = max(1, round(0.25 * (number - 20) / (time.perf_counter() - start)))
    means = []
    for _ in range(9):
        start = time.perf_counter()
        for i in range(steps):
            training.step(number + i)
        means.append((time.perf_counter() - start) / steps * 1e6)
        number += steps
    print(f"RESULT {sorted(means)[4]} {first} {twentieth}")


if __name__ == "__main__":
    main()
