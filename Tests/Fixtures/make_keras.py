"""Small networks of every family of Keras' layers, with inputs and the framework's own outputs:

    python make_keras.py FOLDER [FAMILY...]

Runs with Keras 2 (TensorFlow 2.14) and with Keras 3 (here with jax); each writes the forms of files that are its own,
FAMILY_2... and FAMILY_3... Inputs stand in FAMILY_x.npy, outputs in FAMILY_y.npy: of each sample all behind each other.
"""
import os
import sys
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "jax")
import numpy as np

import keras

L = keras.layers
THREE = keras.__version__.startswith("3")


def activations():
    x = L.Input((3, 5), name="x")
    names = ["linear", "relu", "sigmoid", "tanh", "softplus", "softsign", "elu", "selu", "hard_sigmoid", "softmax",
             "exponential", "gelu", "swish"]
    if THREE:
        names += ["relu6", "leaky_relu", "mish", "log_softmax", "hard_silu", "silu", "celu", "log_sigmoid",
                  "hard_tanh", "tanh_shrink", "soft_shrink", "hard_shrink"]
    ys = [L.Activation(n, name="a_" + n)(x) for n in names]
    ys += [L.ReLU(max_value=1.5, negative_slope=0.2, threshold=0.3)(x), L.ELU(0.7)(x), L.Softmax(axis=1)(x),
           L.PReLU(shared_axes=[1])(x), L.PReLU(shared_axes=[2])(x), L.PReLU()(x),
           L.LeakyReLU(0.25)(x), L.Softmax()(x)]
    return keras.Model(x, ys)


def convolutions1d():
    x = L.Input((10, 4), name="x")
    ys = [L.Conv1D(3, 3, padding=p, strides=s, dilation_rate=d, activation="relu" if s == 1 else None, use_bias=b)(x)
          for p, s, d, b in [("valid", 2, 1, True), ("same", 3, 1, True), ("causal", 1, 2, False), ("same", 1, 2, True)]]
    ys += [L.Conv1D(6, 3, groups=2, padding="same")(x), L.DepthwiseConv1D(3, depth_multiplier=2, padding="same")(x),
           L.SeparableConv1D(5, 3, strides=2, padding="same", depth_multiplier=2, activation="tanh")(x),
           L.SeparableConv1D(5, 2, use_bias=False)(x)]
    ys += [L.Conv1DTranspose(3, k, strides=s, padding=p, output_padding=o)(x)
           for k, s, p, o in [(3, 2, "valid", None), (3, 2, "same", None), (4, 3, "same", 1), (2, 3, "valid", None)]]
    ys += [L.Conv1DTranspose(3, 3, dilation_rate=2)(x)]
    return keras.Model(x, ys)


def convolutions2d():
    x = L.Input((6, 5, 4), name="x")
    ys = [L.Conv2D(3, k, padding=p, strides=s, dilation_rate=d)(x)
          for k, p, s, d in [((3, 2), "valid", (2, 1), 1), (3, "same", 2, 1), ((2, 3), "same", 1, (2, 1))]]
    ys += [L.DepthwiseConv2D((3, 2), strides=2, padding="same", depth_multiplier=2)(x),
           L.SeparableConv2D(3, 3, padding="same", activation="relu")(x),
           L.Conv2DTranspose(3, (3, 2), strides=(2, 3), padding="same")(x),
           L.Conv2DTranspose(2, 3, strides=2, output_padding=1)(x)]
    if THREE:
        ys += [L.Conv2D(4, 3, groups=2)(x)]
    return keras.Model(x, ys)


def channels_first():
    x = L.Input((4, 6, 5), name="x")
    f = {"data_format": "channels_first"}
    ys = [L.ZeroPadding2D(((1, 2), (0, 1)), **f)(x), L.Cropping2D(((1, 2), (0, 1)), **f)(x), L.UpSampling2D(2, **f)(x),
          L.GlobalMaxPooling2D(**f)(x), L.GlobalAveragePooling2D(keepdims=True, **f)(x), L.Flatten(**f)(x),
          L.BatchNormalization(axis=1)(x)]
    if THREE:
        ys += [L.Conv2D(3, 3, activation="relu", **f)(x), L.MaxPooling2D(2, **f)(x)]
    return keras.Model(x, ys)


def pooling():
    x = L.Input((7, 5, 3), name="x")
    s = L.Input((8, 3), name="s")
    ys = [c(pool_size=(2, 3), strides=t, padding=p)(x) for c in [L.MaxPooling2D, L.AveragePooling2D]
          for t, p in [(None, "valid"), ((2, 1), "same")]]
    ys += [c(3, strides=2, padding=p)(s) for c in [L.MaxPooling1D, L.AveragePooling1D] for p in ["valid", "same"]]
    ys += [L.GlobalMaxPooling2D()(x), L.GlobalAveragePooling2D(keepdims=True)(x), L.GlobalMaxPooling1D(keepdims=True)(s),
           L.GlobalAveragePooling1D()(s)]
    return keras.Model([x, s], ys)


def merges():
    a, b, c = L.Input((3, 4), name="a"), L.Input((3, 4), name="b"), L.Input((4, 2), name="c")
    v, w = L.Input((5,), name="v"), L.Input((5,), name="w")
    ys = [k()([a, b, a]) for k in [L.Add, L.Multiply, L.Average, L.Maximum, L.Minimum]]
    ys += [L.Subtract()([a, b]), L.Concatenate(axis=1)([a, b, a]), L.Concatenate()([a, b]), L.Dot((2, 1))([a, c]),
           L.Dot(1)([a, b]), L.Dot(-1)([v, w])]
    return keras.Model([a, b, c, v, w], ys)


def shapes():
    x = L.Input((4, 6, 2), name="x")
    s = L.Input((5, 3), name="s")
    v = L.Input((4,), name="v")
    ys = [L.ZeroPadding2D(((1, 2), (0, 3)))(x), L.ZeroPadding2D(2)(x), L.ZeroPadding2D((1, 2))(x),
          L.Cropping2D(((1, 0), (2, 1)))(x), L.UpSampling2D((2, 3))(x), L.UpSampling2D(2, interpolation="bilinear")(x),
          L.Permute((3, 1, 2))(x), L.Reshape((6, -1))(x), L.Flatten()(x), L.ZeroPadding1D((2, 1))(s),
          L.ZeroPadding1D(2)(s), L.Cropping1D((1, 2))(s), L.UpSampling1D(3)(s), L.RepeatVector(3)(v)]
    return keras.Model([x, s, v], ys)


def normalisation():
    x = L.Input((4, 3), name="x")
    n = L.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 0.5])
    ys = [L.BatchNormalization()(x), L.BatchNormalization(axis=1, scale=False)(x), L.LayerNormalization()(x),
          L.LayerNormalization(axis=[1, 2], center=False)(x), L.LayerNormalization(axis=1, scale=False, epsilon=0.01)(x),
          L.Rescaling(0.5, offset=[1.0, 2.0, 3.0])(x), L.Rescaling(1 / 255)(x), n(x)]
    adapted = L.Normalization(axis=-1)
    adapted.adapt(np.random.default_rng(3).normal(1, 2, (50, 4, 3)).astype("float32"))
    ys += [adapted(x)]
    if THREE:
        ys += [L.RMSNormalization()(x)]
    return keras.Model(x, ys)


def recurrent():
    x = L.Input((6, 3), name="x")
    h, c = L.Input((4,), name="h"), L.Input((4,), name="c")
    ys = [L.SimpleRNN(4, return_sequences=True)(x), L.SimpleRNN(4, activation="relu", go_backwards=True, use_bias=False)(x),
          L.LSTM(4, return_sequences=True, go_backwards=True)(x), L.LSTM(4, recurrent_activation="hard_sigmoid")(x),
          L.GRU(4, return_sequences=True)(x), L.GRU(4, reset_after=False)(x), L.GRU(4, use_bias=False)(x)]
    ys += L.LSTM(4, return_sequences=True, return_state=True)(x)
    ys += L.GRU(4, return_state=True)(x, initial_state=h)
    ys += [L.LSTM(4)(x, initial_state=[h, c])]
    return keras.Model([x, h, c], ys)


def bidirectional():
    x = L.Input((5, 3), name="x")
    ys = [L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode=m)(x) for m in ["concat", "sum", "mul", "ave"]]
    ys += [L.Bidirectional(L.GRU(2))(x)]
    ys += L.Bidirectional(L.GRU(2, return_sequences=True), merge_mode=None)(x)
    ys += L.Bidirectional(L.LSTM(2, return_state=True))(x)
    ys += [L.Bidirectional(L.LSTM(2, return_sequences=True), backward_layer=L.GRU(3, go_backwards=True, return_sequences=True))(x)]
    return keras.Model(x, ys)


def nesting():
    x = L.Input((4, 3), name="x")
    shared = L.Dense(3, activation="tanh", name="shared")
    inner = keras.Sequential([L.Input((4, 3)), L.Dense(5, activation="relu"), L.BatchNormalization(), L.Dense(3)], name="inner")
    a, b = L.Input((4, 3)), L.Input((4, 3))
    two = keras.Model([a, b], [L.Add()([a, inner(b)]), L.Conv1D(2, 2)(a)], name="two")
    y = shared(shared(x))
    p, q = two([y, x])
    r, s = two([p, y])
    step = keras.Sequential([L.Input((3,)), L.Dense(4, activation="relu"), L.Dense(2)], name="step")
    t = L.TimeDistributed(step, name="steps")(p)
    u = L.TimeDistributed(L.Conv1D(2, 2, padding="same", activation="relu"))(L.Reshape((2, 2, 3))(r))
    v = L.TimeDistributed(L.Dense(2, activation="softmax"))(L.TimeDistributed(L.Flatten())(L.Reshape((2, 2, 3))(x)))
    return keras.Model(x, [p, q, r, s, t, u, v])


def attention():
    q, v, k = L.Input((5, 6), name="q"), L.Input((4, 6), name="v"), L.Input((4, 6), name="k")
    ys = [L.MultiHeadAttention(2, 3)(q, v), L.MultiHeadAttention(2, 3, value_dim=None if THREE else 4, use_bias=False, output_shape=5)(q, v, k),
          L.MultiHeadAttention(2, 3)(query=q, value=v, key=k), L.Attention()([q, v]), L.Attention(use_scale=True)([q, v, k]),
          L.EinsumDense("abc,cde->abde", output_shape=(None, 2, 3), bias_axes="de")(q),
          L.EinsumDense("...x,xy->...y", output_shape=7, bias_axes="y", activation="relu")(q)]
    return keras.Model([q, v, k], ys)


def embedding():
    x = L.Input((5,), dtype="int32", name="x")
    return keras.Model(x, L.LSTM(3)(L.Embedding(9, 4)(x)))


def functions():
    x, y = L.Input((4, 3), name="x"), L.Input((4, 3), name="y")
    o = keras.ops
    ys = [x + y, x - y, x * y, x * 2.0, 1.5 - x, x / 2.0, -x, o.exp(x), o.mean(x, axis=1), o.sum(x, axis=-1, keepdims=True),
          o.flip(x, axis=1), o.concatenate([x, y], axis=1), o.transpose(x, (0, 2, 1)), o.reshape(x, (-1, 12)),
          o.matmul(x, o.transpose(y, (0, 2, 1))), o.einsum("bij,bkj->bik", x, y), o.relu(x), o.sigmoid(x),
          o.softmax(x, axis=-1), o.maximum(x, y), o.gelu(x)]
    return keras.Model([x, y], ys)


def narrow():
    """Weights in half precision and in bfloat16, which are read exactly."""
    x = L.Input((4,), dtype="float32", name="x")
    return keras.Model(x, [L.Dense(3, dtype="float16", name="half")(x), L.Dense(3, dtype="bfloat16", name="brain")(x)])


def sharing():
    """Layers that a model shares with models inside it, of which an archive has the numbers once."""
    x = L.Input((4,), name="x")
    before, behind, wrapped = L.Dense(4, name="before"), L.Dense(4, name="behind"), L.Dense(4, name="wrapped")

    def inner(name, *layers):
        at = first = L.Input((4,))
        for layer in layers:
            at = layer(at)
        return keras.Model(first, L.Dense(4, name=name + "_own")(at), name=name)

    one, two = inner("one", before, behind), inner("two", behind)
    steps = L.TimeDistributed(wrapped, name="steps")(L.Reshape((1, 4))(x))
    return keras.Model(x, [one(before(x)), behind(two(x)), L.Add()([wrapped(x), L.Reshape((4,))(steps)])])


ALL = [activations, convolutions1d, convolutions2d, channels_first, pooling, merges, shapes, normalisation, recurrent,
       bidirectional, nesting, attention, embedding] + ([functions, narrow, sharing] if THREE else [])
# What Keras 2 saves otherwise than Keras 3, or computes otherwise; the rest of it is in keras_zoo and keras_chain.
OF_TWO = ["recurrent", "bidirectional", "nesting", "normalisation", "attention"]
STATISTICS = ("mean", "variance", "count")


def deflate(path):
    """The archive again, smaller."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)


def randomise(model, rng):
    for weight in model.weights:
        value = np.array(weight)
        name = getattr(weight, "path", weight.name).rsplit("/", 1)[-1].split(":")[0]
        # Statistics that a Normalization has adapted are used in another form than they are saved in.
        if value.dtype != np.float32 or name in STATISTICS:
            continue
        spread = rng.uniform(0.5, 1.5, value.shape) if "variance" in name else rng.normal(0, 0.5, value.shape)
        weight.assign(spread.astype("float32"))


def save(model, base):
    if not THREE:
        model.save(base + ".h5")
        return
    model.save(base + ".keras")
    if not base.endswith("embedding_3"):
        deflate(base + ".keras")
    if base.endswith("nesting_3"):
        model.save(base + ".h5")
        model.save_weights(base + ".weights.h5")
        with open(base + ".json", "w") as file:
            file.write(model.to_json())


def main():
    folder, only = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    for family in ALL:
        name = family.__name__
        if (only and name not in only) or (not THREE and name not in OF_TWO):
            continue
        keras.backend.clear_session()
        keras.utils.set_random_seed(7)
        rng = np.random.default_rng(1)
        model = family()
        randomise(model, rng)
        xs = []
        for tensor in model.inputs:
            shape = (2,) + tuple(tensor.shape[1:])
            whole = "int" in str(tensor.dtype)
            xs.append(rng.integers(0, 9, shape).astype("int32") if whole else rng.normal(0, 1.5, shape).astype("float32"))
        ys = model.predict(xs if len(xs) > 1 else xs[0], verbose=0)
        ys = ys if isinstance(ys, (list, tuple)) else [ys]
        base = f"{folder}/{name}_{3 if THREE else 2}"
        save(model, base)
        for word, arrays in [("x", xs), ("y", ys)]:
            flat = np.concatenate([np.asarray(a, dtype="float32").reshape(2, -1) for a in arrays], axis=1)
            np.save(f"{base}_{word}.npy", flat)


main()
