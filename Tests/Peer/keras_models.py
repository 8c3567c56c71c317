"""keras_models.py FOLDER [COUNT] [SEED]: random small networks over Keras' layers and their attributes, each in a folder
with its inputs x_N.npy and what Keras computes of every layer, y_N.npy.

Runs with Keras 2 (TensorFlow 2.14) and with Keras 3 (JAX); each draws from its own layers and writes files of its own forms.
"""

import os
import random
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "jax")
import keras
import numpy as np

L = keras.layers
THREE = keras.__version__.startswith("3")
SAMPLES = 3

FUNCTIONS = ["linear", "relu", "sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "hard_sigmoid", "softmax", "exponential",
             "gelu", "swish"]
if THREE:
    FUNCTIONS += ["relu6", "leaky_relu", "mish", "log_softmax", "hard_silu", "silu", "celu", "log_sigmoid", "hard_tanh",
                  "tanh_shrink", "soft_shrink", "hard_shrink", "glu", "squareplus", "sparse_plus", "sparsemax", "threshold"]
    FUNCTIONS = [name for name in FUNCTIONS if hasattr(keras.activations, name)]


class Draw:
    """One network out of a seed."""

    def __init__(self, seed):
        self.pick = random.Random(seed)
        self.rng = np.random.default_rng(seed)

    def one(self, *items):
        return self.pick.choice(items)

    def few(self, least, most):
        return self.pick.randint(least, most)

    def flag(self):
        return self.pick.random() < 0.5

    def function(self):
        """None, the name of an activation, or a layer."""
        kind = self.pick.random()
        if kind < 0.3:
            return None
        name = self.pick.choice([f for f in FUNCTIONS if f not in ("softmax", "exponential", "glu", "log_softmax", "threshold")])
        if kind < 0.8 or not THREE:
            return name
        return self.one(L.LeakyReLU(negative_slope=0.2), L.ReLU(max_value=2.0), L.ELU(0.5), keras.activations.get(name))

    def sizes(self, rank, least, most):
        """An attribute for each axis: one number, or one for each."""
        return self.few(least, most) if self.flag() else tuple(self.few(least, most) for _ in range(rank))

    # Layers of a tensor of this many axes, the batch not counted.

    def anywhere(self, x):
        """Layers of tensors of any shape."""
        rank = len(x.shape) - 1
        axis = self.one(-1, *range(1, rank + 1))
        kinds = [
            lambda: L.Activation(self.pick.choice([f for f in FUNCTIONS if f not in ("glu", "threshold")]))(x),
            lambda: L.ReLU(max_value=self.one(None, 1.5), negative_slope=self.one(0.0, 0.2), threshold=self.one(0.0, 0.3))(x),
            lambda: L.LeakyReLU(0.25)(x),
            lambda: L.ELU(0.7)(x),
            lambda: L.PReLU(shared_axes=self.one(None, [self.few(1, rank)]))(x),
            lambda: L.Softmax(axis=axis)(x),
            lambda: L.BatchNormalization(axis=axis, center=self.flag(), scale=self.flag(), epsilon=self.one(1e-3, 1e-5))(x),
            lambda: L.LayerNormalization(axis=axis, center=self.flag(), scale=self.flag())(x),
            lambda: L.Rescaling(self.one(0.5, 1 / 255), offset=self.one(0, -1.0))(x),
            lambda: L.Dropout(0.3)(x),
            lambda: L.GaussianNoise(0.3)(x),
            lambda: L.ActivityRegularization(l2=0.01)(x),
            lambda: L.Dense(self.few(1, 5), activation=self.function(), use_bias=self.flag())(x),
            lambda: L.Flatten()(x),
            lambda: L.Reshape((-1, x.shape[-1]))(x),
            lambda: L.Permute(self.pick.sample(range(1, rank + 1), rank))(x),
            lambda: getattr(L, self.one("Add", "Multiply", "Average", "Maximum", "Minimum"))()(
                [x, L.Activation("tanh")(x), x][:self.few(2, 3)]),
            lambda: L.Subtract()([x, L.Activation("sigmoid")(x)]),
            lambda: L.Concatenate(axis=axis)([x, L.Activation("tanh")(x)]),
            lambda: L.UnitNormalization(axis=axis)(x),
            lambda: L.GroupNormalization(groups=self.one(1, -1), axis=-1)(x) if rank > 1 else None,
            lambda: L.SpatialDropout1D(0.2)(x) if rank == 2 else None,
            lambda: L.EinsumDense("...x,xy->...y", output_shape=3, bias_axes=self.one(None, "y"), activation=self.function())(x),
            lambda: keras.Sequential([L.Dense(3, activation="relu"), L.Dense(x.shape[-1])])(x),
        ]
        if not THREE:
            kinds += [lambda: L.ThresholdedReLU(0.4)(x)]
        else:
            o = keras.ops
            kinds += [
                lambda: L.Identity()(x),
                lambda: L.RMSNormalization()(x) if hasattr(L, "RMSNormalization") else None,
                lambda: self.one(
                    lambda: x * 2.0 + 1.0, lambda: 1.5 - x, lambda: x / 3.0, lambda: -x, lambda: o.exp(x), lambda: o.tanh(x),
                    lambda: o.mean(x, axis=axis), lambda: o.max(x, axis=axis, keepdims=True), lambda: o.sum(x, axis=axis),
                    lambda: o.flip(x, axis=axis), lambda: o.concatenate([x, x], axis=axis), lambda: o.square(x), lambda: o.abs(x),
                    lambda: o.relu(x), lambda: o.softmax(x, axis=axis), lambda: o.clip(x, -0.5, 0.5), lambda: o.power(x, 2.0),
                    lambda: o.expand_dims(x, axis), lambda: o.minimum(x, 0.2), lambda: o.var(x, axis=axis),
                    lambda: o.leaky_relu(x, 0.3), lambda: o.silu(x), lambda: o.log(o.abs(x) + 1.0), lambda: x ** 2,
                    lambda: o.swapaxes(x, 1, rank), lambda: o.stack([x, x], axis=1), lambda: o.where(x > 0, x, 0.1),
                    lambda: o.split(x, x.shape[axis], axis=axis)[0], lambda: x[:, :1], lambda: x[..., 0],
                )(),
            ]
        return self.pick.choice(kinds)()

    def vectors(self, x):
        size = x.shape[-1]
        return self.one(
            lambda: L.RepeatVector(self.few(1, 3))(x),
            lambda: L.Reshape((size, 1))(x),
            lambda: L.Dot(1, normalize=self.flag())([x, L.Activation("tanh")(x)]),
        )()

    def pooling(self, x, rank, form):
        pads = {"padding": self.one("valid", "same")}
        return self.one(
            lambda: getattr(L, self.one("MaxPooling", "AveragePooling") + f"{rank}D")(
                self.sizes(rank, 1, 3), strides=self.one(None, self.few(1, 3)), **pads, **form)(x),
            lambda: getattr(L, "Global" + self.one("Max", "Average") + f"Pooling{rank}D")(keepdims=self.flag(), **form)(x),
        )()

    def steps(self, x):
        """Layers of sequences: recurrent ones, convolutions along them, attention."""
        form = {} if self.pick.random() < 0.8 else {"data_format": "channels_first"}
        padding = self.one("valid", "same")
        dilated = self.flag()
        window = {"strides": 1 if dilated else self.few(1, 3), "dilation_rate": self.few(1, 2) if dilated else 1}
        kernel = self.few(1, 3)
        run = {"return_sequences": self.flag(), "go_backwards": self.flag(), "use_bias": self.flag()}
        own = {**run, "activation": self.one("tanh", "relu", "softsign"), "unroll": self.flag()}
        gates = {"recurrent_activation": self.one("sigmoid", "hard_sigmoid")}

        def recurrent():
            kind = self.one("SimpleRNN", "LSTM", "GRU")
            extra = {} if kind == "SimpleRNN" else dict(gates)
            if kind == "GRU":
                extra["reset_after"] = self.flag()
            return getattr(L, kind)(3, **own, **extra)(x)

        def states():
            kind = self.one("SimpleRNN", "LSTM", "GRU")
            layer = getattr(L, kind)(3, return_state=True, return_sequences=self.flag())
            found = layer(x)
            again = getattr(L, kind)(3)(x, initial_state=found[1:] if kind == "LSTM" else found[1])
            return [again, *found[1:]]

        def both():
            kind = self.one("SimpleRNN", "LSTM", "GRU")
            inner = getattr(L, kind)(2, return_sequences=run["return_sequences"])
            return L.Bidirectional(inner, merge_mode=self.one("concat", "sum", "mul", "ave", None))(x)

        def attention():
            return self.one(
                lambda: L.MultiHeadAttention(2, 3, use_bias=self.flag())(x, x),
                lambda: L.MultiHeadAttention(2, 3)(x, x, use_causal_mask=True),
                lambda: L.Attention(use_scale=self.flag())([x, L.Activation("tanh")(x)]),
                lambda: L.Attention(score_mode="concat")([x, x]),
                lambda: L.AdditiveAttention(use_scale=self.flag())([x, L.Activation("tanh")(x)]),
                lambda: L.GroupQueryAttention(2, 2, 1)(x, x) if THREE else None,
            )()

        return self.one(
            recurrent, recurrent, states, both, attention,
            lambda: L.Conv1D(4, kernel, padding=self.one("valid", "same", "causal"), groups=1, activation=self.function(),
                             use_bias=self.flag(), **window)(x),
            lambda: L.Conv1D(2 * x.shape[-1], kernel, groups=x.shape[-1], padding=padding)(x),
            lambda: L.DepthwiseConv1D(kernel, depth_multiplier=self.few(1, 2), padding=padding, activation=self.function(),
                                      **form)(x),
            lambda: L.SeparableConv1D(3, kernel, padding=padding, depth_multiplier=self.few(1, 2), activation=self.function(),
                                      use_bias=self.flag(), **window)(x),
            lambda: L.Conv1DTranspose(3, kernel, strides=self.few(1, 3), padding=padding)(x),
            lambda: self.pooling(x, 1, form),
            lambda: L.ZeroPadding1D(self.one(2, (1, 2)))(x),
            lambda: L.Cropping1D(self.one(1, (0, 1)))(x) if x.shape[1] > 2 else None,
            lambda: L.UpSampling1D(2)(x),
            lambda: L.TimeDistributed(L.Dense(3, activation=self.function()))(x),
            lambda: L.Dot((2, 2), normalize=self.flag())([x, L.Activation("tanh")(x)]),
            lambda: L.LocallyConnected1D(2, kernel)(x) if not THREE else None,
        )()

    def pictures(self, x):
        """Layers of pictures."""
        form = {} if self.pick.random() < 0.75 else {"data_format": "channels_first"}
        padding = self.one("valid", "same")
        dilated = self.flag()
        window = {"strides": 1 if dilated else self.few(1, 2), "dilation_rate": self.few(1, 2) if dilated else 1}
        # TensorFlow on a CPU runs few of the kernels with the channels first.
        own = form if THREE else {}
        return self.one(
            lambda: L.Conv2D(4, self.sizes(2, 1, 3), padding=padding, activation=self.function(), use_bias=self.flag(),
                             **window, **own)(x),
            lambda: L.Conv2D(2 * x.shape[-1], 2, groups=x.shape[-1], padding=padding)(x) if THREE else None,
            lambda: L.DepthwiseConv2D(self.sizes(2, 1, 3), depth_multiplier=self.few(1, 2), padding=padding,
                                      strides=self.few(1, 2), activation=self.function(), **own)(x),
            lambda: L.DepthwiseConv2D(2, dilation_rate=2, padding=padding)(x),
            lambda: L.SeparableConv2D(3, self.sizes(2, 1, 3), padding=padding, depth_multiplier=self.few(1, 2),
                                      activation=self.function(), **own)(x),
            lambda: L.Conv2DTranspose(3, self.sizes(2, 1, 3), strides=self.few(1, 2), padding=padding, **own)(x),
            lambda: self.pooling(x, 2, own),
            lambda: L.ZeroPadding2D(self.one(1, (1, 2), ((1, 0), (2, 1))), **form)(x),
            lambda: L.Cropping2D(self.one(1, (1, 0), ((0, 1), (1, 0))))(x),
            lambda: L.UpSampling2D(self.sizes(2, 1, 3), interpolation=self.one("nearest", "bilinear"), **own)(x),
            lambda: L.Resizing(5, 4, interpolation=self.one("nearest", "bilinear"))(x),
            lambda: L.CenterCrop(2, 2)(x) if THREE else None,
            lambda: L.TimeDistributed(L.Conv1D(2, 2, padding="same", activation=self.function()))(x),
            lambda: L.ConvLSTM1D(2, 2)(x),
            lambda: L.Flatten(**form)(x),
            lambda: L.SpatialDropout2D(0.2)(x),
        )()

    def volumes(self, x):
        """Layers of volumes."""
        padding = self.one("valid", "same")
        form = {} if self.pick.random() < 0.75 or not THREE else {"data_format": "channels_first"}
        return self.one(
            lambda: L.Conv3D(2, self.sizes(3, 1, 2), padding=padding, strides=self.few(1, 2), activation=self.function(),
                             **form)(x),
            lambda: L.Conv3DTranspose(2, 2, strides=self.few(1, 2), padding=padding)(x),
            lambda: self.pooling(x, 3, form),
            lambda: L.ZeroPadding3D(self.one(1, (1, 0, 2), ((1, 0), (0, 1), (1, 1))))(x),
            lambda: L.Cropping3D(self.one((1, 0, 0), ((0, 1), (0, 0), (1, 0))))(x),
            lambda: L.UpSampling3D(self.sizes(3, 1, 2))(x),
            lambda: L.TimeDistributed(L.MaxPooling2D(2))(x),
        )()

    def step(self, x):
        rank = len(x.shape) - 1
        own = {1: self.vectors, 2: self.steps, 3: self.pictures, 4: self.volumes}.get(rank)
        return self.anywhere(x) if own is None or self.pick.random() < 0.4 else own(x)

    def start(self):
        """A first tensor, and the input."""
        kind = self.pick.random()
        if kind < 0.06:
            x = L.Input((5,), dtype="int32", name="x")
            return L.Embedding(7, 4)(x), x
        rank = self.one(1, 2, 2, 2, 3, 3, 4)
        sizes = {1: (6,), 2: (self.few(3, 6), self.few(2, 4)), 3: (5, 4, 3), 4: (3, 4, 3, 2)}[rank]
        x = L.Input(sizes, name="x")
        return x, x

    def network(self):
        """A chain of layers, all of which are outputs; and the layers that Keras itself did not build."""
        x, entry = self.start()
        outputs, refused = [], []
        for _ in range(self.few(1, 4)):
            try:
                made = self.step(x)
            except Exception as error:  # what does not fit the shape
                refused.append(str(error).splitlines()[0][:100])
                continue
            if made is None:
                continue
            for value in made if isinstance(made, (list, tuple)) else [made]:
                if all(isinstance(size, int) and size > 0 for size in tuple(value.shape)[1:]):
                    outputs.append(value)
                    x = value
            if not 0 < len(x.shape) - 1 < 5:
                break
        return keras.Model(entry, outputs) if outputs else None

    def weights(self, model):
        """Every variable away from its first value."""
        for weight in model.weights:
            value = np.array(weight)
            label = getattr(weight, "path", weight.name)
            if value.dtype != np.float32:
                continue
            new = self.rng.uniform(0.5, 1.5, value.shape) if "variance" in label else self.rng.normal(0, 0.5, value.shape)
            weight.assign(new.astype("float32"))

    def inputs(self, model):
        """Samples: indices for an Embedding."""
        arrays = []
        for entry in model.inputs:
            shape = (SAMPLES, *entry.shape[1:])
            whole = "int" in str(entry.dtype)
            arrays.append(self.rng.integers(0, 7, shape).astype("int32") if whole
                          else self.rng.normal(0, 1.2, shape).astype("float32"))
        return arrays


def save(model, folder, form):
    if form == "parts":
        with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as file:
            file.write(model.to_json())
        model.save_weights(os.path.join(folder, "model.weights.h5" if THREE else "weights.h5"))
    else:
        model.save(os.path.join(folder, "model." + form))


def main():
    folder = sys.argv[1]
    count, first = (int(word) for word in (sys.argv[2:] + ["100", "0"][len(sys.argv[2:]):])[:2])
    made, seed = 0, first
    while made < count:
        seed += 1
        keras.backend.clear_session()
        draw = Draw(seed)
        model = draw.network()
        if model is None:
            continue
        draw.weights(model)
        inputs = draw.inputs(model)
        try:
            given = model(inputs if len(inputs) > 1 else inputs[0], training=False)
        except Exception as error:  # of layers that TensorFlow has no kernel for
            print(f"seed {seed}: {str(error).splitlines()[0][:100]}", file=sys.stderr)
            continue
        given = [np.asarray(y, dtype="float32") for y in (given if isinstance(given, (list, tuple)) else [given])]
        if not all(np.isfinite(y).all() for y in given):
            continue
        place = os.path.join(folder, f"{seed:05d}")
        os.makedirs(place, exist_ok=True)
        save(model, place, draw.one("keras", "keras", "h5", "parts"))
        for kind, arrays in (("x", inputs), ("y", given)):
            for index, array in enumerate(arrays):
                np.save(os.path.join(place, f"{kind}_{index:02d}.npy"), array)
        made += 1


if __name__ == "__main__":
    main()
