"""Makes the data files of this folder: what Keras 2, h5py and NumPy really write. The tests only read them.

Made with TensorFlow 2.14 (Keras 2.14), h5py 3.16, NumPy 1.26. Run: python make_fixtures.py
"""

import os

import h5py
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(here, name)


def keras_models():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow as tf

    tf.keras.utils.set_random_seed(7)
    layers, rng = tf.keras.layers, np.random.default_rng(7)

    def randomize(model):
        """Weights that differ from what the initializers give, positive where a variance must be."""
        for layer in model.layers:
            layer.set_weights([rng.uniform(0.3, 1.2, w.shape) * rng.choice([1, 1, 1, -1], w.shape)
                               if "variance" not in v.name else rng.uniform(0.5, 2, w.shape)
                               for v, w in zip(layer.weights, layer.get_weights())])

    def save(model, name, samples):
        x = rng.uniform(-3, 3, (samples,) + model.input_shape[1:]).astype(np.float32)
        y = model.predict(x, verbose=0)
        y = np.concatenate([np.reshape(part, (samples, -1)) for part in (y if isinstance(y, list) else [y])], axis=1)
        np.save(path(name + "_x.npy"), x)
        np.save(path(name + "_y.npy"), y)

    chain = tf.keras.Sequential([
        layers.Dense(3, activation="relu", input_shape=(4,), name="d1"),
        layers.BatchNormalization(name="bn"), layers.Dropout(0.5, name="drop"),
        layers.Dense(2, use_bias=False, name="d2"), layers.Softmax(name="sm")], name="chain")
    randomize(chain)
    chain.save(path("keras_chain.h5"))
    save(chain, "keras_chain", 5)

    inp = layers.Input((2, 3), name="inp")
    parts = [layers.Activation(a, name="a_" + a)(inp) for a in
             ["linear", "relu", "elu", "selu", "sigmoid", "tanh", "softplus", "softsign", "hard_sigmoid", "softmax"]]
    parts += [layers.ReLU(max_value=1.5, negative_slope=0.25, threshold=0.5, name="relu")(inp),
              layers.LeakyReLU(0.3, name="leaky")(inp), layers.ThresholdedReLU(0.75, name="thresholded")(inp),
              layers.ELU(0.7, name="elu")(inp), layers.PReLU(name="prelu")(inp),
              layers.BatchNormalization(scale=False, center=False, name="bn")(inp),
              layers.Dense(2, activation=layers.LeakyReLU(0.5), name="dense")(inp),
              layers.Flatten(name="flat")(inp), layers.Reshape((3, -1), name="reshape")(inp),
              layers.SpatialDropout1D(0.1, name="sd")(inp), layers.GaussianNoise(0.1, name="gn")(inp)]
    zoo = tf.keras.Model(inp, parts, name="zoo")
    randomize(zoo)
    zoo.save_weights(path("keras_zoo_weights.h5"))
    with open(path("keras_zoo.json"), "w") as file:
        file.write(zoo.to_json())
    save(zoo, "keras_zoo", 4)


def numbers():
    with h5py.File(path("numbers.h5"), "w") as f:
        values = np.arange(12).reshape(3, 4)
        f.create_dataset("gzip", data=values / 8, chunks=(2, 2), compression="gzip", shuffle=True)
        f["big_int16"] = (values - 6).astype(">i2")
        f["half"] = (values / 4).astype(np.float16)
        f["double"] = values * 1.5
        f["uint64"] = values.astype(np.uint64)
        f["scalar"] = np.float32(2.5)
        f["empty"] = np.zeros((0, 3), np.float32)
        f["text"] = "no number"
        f["nested/deep/one"] = np.float32([1])
        f["soft"] = h5py.SoftLink("/half")
        f["external"] = h5py.ExternalLink("keras_chain.h5", "/model_weights")
        f.create_dataset("huge", shape=(1 << 40,), dtype="f4", chunks=(1 << 10,))
        f.create_dataset("huge_chunk", shape=(4,), maxshape=(None,), dtype="f4", chunks=(1 << 29,))
        f.create_dataset("outside", shape=(4,), dtype="f4", external=[("numbers.h5", 0, 16)])
        f.attrs["fixed"] = np.array([b"one", b"three"], dtype="S5")
        f.attrs["variable"] = ["eins", "zw\u00f6lf", ""]
        f.attrs["scalar"] = "only"
        f.attrs["fixed_scalar"] = np.bytes_("alone")
        f.attrs["none"] = []
        f.attrs["number"] = 3
        f.attrs["part0"], f.attrs["part1"] = ["a", "b"], ["c"]


def hard_links():
    """One object under many names, groups in a circle, and numbers that take no bytes of the file."""
    with h5py.File(path("Hostile/h5/hard_links.h5"), "w") as f:
        first = f.create_dataset("a_first", data=np.arange(12, dtype="f4").reshape(3, 4))
        for i in range(60):
            f[f"b_name{i}"] = first
        group = f.create_group("c_group")
        group["inner"] = np.arange(3, dtype="f4")
        group["self"] = group
        f["d_again"] = group
        f.create_dataset("e_filled", shape=(1 << 21,), dtype="f4")
        for i in range(20):
            f.create_dataset(f"f_part{i:02}", shape=(100000,), dtype="f4")


def arrays():
    values = np.arange(6).reshape(2, 3) - 2
    for code in ["<f2", "<f4", "<f8", ">f4", ">i2", "<i8", "<u4", "|i1", "|u1", "|b1"]:
        np.save(path("npy/" + code[1:] + ("_big" if code[0] == ">" else "") + ".npy"), values.astype(code))
    np.save(path("npy/fortran.npy"), np.asfortranarray(np.arange(24, dtype=np.float64).reshape(2, 3, 4)))
    np.save(path("npy/scalar.npy"), np.float64(2.5))
    np.save(path("npy/vector.npy"), np.arange(5, dtype=np.int64))
    np.save(path("npy/none.npy"), np.zeros((0, 4), np.float32))
    np.save(path("npy/structured.npy"), np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
    for version in [(2, 0), (3, 0)]:
        with open(path(f"npy/version{version[0]}.npy"), "wb") as file:
            np.lib.format.write_array(file, values.astype("<f4"), version=version)


if __name__ == "__main__":
    keras_models()
    numbers()
    hard_links()
    arrays()
