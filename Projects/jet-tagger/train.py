#!/usr/bin/env python3
"""Trains the jet tagger of this example and writes model.h5, input.npy, expected.npy and labels.npy beside itself.

    train.py DATA.npz [--out DIR]

DATA.npz holds x_train, y_train, x_test, y_test: 16 raw jet features and a label 0 to 4 (gluon, quark, top, W, Z).
Building the example never runs this: the files that it makes are part of the repository.
Needs tensorflow 2.14 (Keras 2), numpy and h5py. Seeds are fixed, and one thread trains: the same machine gives the same
weights.
"""
import argparse
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_DETERMINISTIC_OPS"] = "1"

import numpy as np
import tensorflow as tf
from tensorflow import keras

SEED = 20
SAMPLES = 1000  # test jets that the example carries


def tagger():
    """16-64-32-32-5, a ReLU after each hidden layer, a softmax at the end."""
    layers = [keras.layers.InputLayer(input_shape=(16,), name="jet")]
    for index, units in enumerate((64, 32, 32), start=1):
        layers.append(keras.layers.Dense(units, kernel_regularizer=keras.regularizers.l2(1e-5), name=f"fc{index}"))
        layers.append(keras.layers.Activation("relu", name=f"relu{index}"))
    layers.append(keras.layers.Dense(5, kernel_regularizer=keras.regularizers.l2(1e-5), name="output"))
    layers.append(keras.layers.Activation("softmax", name="softmax"))
    return keras.Sequential(layers, name="jet_tagger")


def train(model, x, y):
    """Adam, with the learning rate halved twice: 36 passes over the data."""
    model.compile(
        optimizer=keras.optimizers.Adam(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    rate = keras.callbacks.LearningRateScheduler(lambda epoch: 2e-3 * 0.4 ** (epoch // 12))
    model.fit(x, y, batch_size=256, epochs=36, shuffle=True, callbacks=[rate], verbose=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    args = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)

    with np.load(args.data) as data:
        x_train, y_train, x_test, y_test = (data[k] for k in ("x_train", "y_train", "x_test", "y_test"))
    # Every feature to mean 0 and deviation 1, by the training set: the firmware takes jets in this form.
    mean, deviation = x_train.mean(axis=0, dtype=np.float64), x_train.std(axis=0, dtype=np.float64)
    x_train, x_test = (((x - mean) / deviation).astype(np.float32) for x in (x_train, x_test))

    model = tagger()
    train(model, x_train, y_train)
    probabilities = model.predict(x_test, verbose=0)
    print(f"test accuracy: {np.mean(probabilities.argmax(axis=1) == y_test):.4f} on {len(y_test)} jets")
    print(f"of these, the first {SAMPLES}: {np.mean(probabilities[:SAMPLES].argmax(axis=1) == y_test[:SAMPLES]):.4f}")

    model.save(args.out / "model.h5", include_optimizer=False, save_format="h5")
    np.save(args.out / "input.npy", x_test[:SAMPLES])
    np.save(args.out / "expected.npy", model.predict(x_test[:SAMPLES], verbose=0))
    np.save(args.out / "labels.npy", y_test[:SAMPLES].astype(np.uint8))


if __name__ == "__main__":
    main()
