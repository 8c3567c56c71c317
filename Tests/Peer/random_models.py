"""Random Keras 2 models and hls4ml settings for them, each the same for the same seed.

Only what hls4ml 1.3.0 computes correctly is drawn: where it ignores an attribute or does not build (a Softmax layer, a
softmax over more than one axis, a bounded ReLU), its answer is no reference.
"""
import random

import numpy as np

ROUNDINGS = ("TRN", "TRN_ZERO", "RND", "RND_ZERO", "RND_INF", "RND_MIN_INF", "RND_CONV")
OVERFLOWS = ("WRAP", "SAT", "SAT_ZERO", "SAT_SYM")
TABLES = ("sigmoid", "tanh", "softplus", "softsign", "selu")
INLINE = ("relu", "elu", "hard_sigmoid") + TABLES


class Drawer:
    """Draws one model, its inputs and its configuration from one seed."""

    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.counter = 0
        self.exercises = set()

    def chance(self, probability):
        return self.random.random() < probability

    def name(self, stem):
        self.counter += 1
        return f"{stem}_{self.counter}"

    # -- types ---------------------------------------------------------------------------------------------------

    def fixed(self, widths, integers, modes=0.5, unsigned=0.0):
        """A fixed-point type as hls4ml spells it."""
        width, integer = self.random.randint(*widths), self.random.randint(*integers)
        name = self.random.choice(("fixed", "ap_fixed"))
        if self.chance(unsigned):
            name = name.replace("fixed", "ufixed")
            integer = max(1, integer - 1)
        integer = min(integer, width)
        if not self.chance(modes):
            return f"{name}<{width},{integer}>"
        prefix = "AP_" if name.startswith("ap_") else ""
        rounding, overflow = self.random.choice(ROUNDINGS), self.random.choice(OVERFLOWS)
        return f"{name}<{width},{integer},{prefix}{rounding},{prefix}{overflow}>"

    def entering(self):
        """The type of an input: of every kind, whole numbers among them."""
        if self.chance(0.3):
            prefix = self.random.choice(("", "ap_")) + self.random.choice(("", "", "u"))
            self.exercises.add("input of whole numbers")
            return f"{prefix}int<{self.random.randint(3, 12)}>"
        return self.fixed((8, 18), (3, 7), 0.6, 0.2)

    # -- the model -----------------------------------------------------------------------------------------------

    def model(self):
        """A Keras model with random weights."""
        from tensorflow import keras

        self.keras = keras
        shape = self.random.choice(((self.random.randint(3, 20),),) * 4 + ((4, 3), (6, 2), (2, 3, 2)))
        self.start = inputs = keras.layers.Input(shape, name="inp")
        x = self.leading(inputs)
        for _ in range(self.random.randint(1, 4)):
            x = self.block(x)
        outputs = [self.head(x)]
        if self.chance(0.12):
            outputs.append(self.head(x))
            self.exercises.add("two outputs")
        if len(outputs) == 1 and self.chance(0.5):
            layers = keras.Model(inputs, outputs).layers
            model = keras.Sequential(layers, name=f"random_{self.seed}")
        else:
            model = keras.Model(inputs, outputs, name=f"random_{self.seed}")
        self.weights(model)
        return model

    def leading(self, x):
        """Layers before the first dense one: on a tensor of several axes what works elementwise, then a flat one."""
        layers = self.keras.layers
        if len(x.shape) == 2 and self.chance(0.3):
            x = layers.BatchNormalization(name=self.name("bn_in"))(x)
            self.exercises.add("leading BatchNormalization")
        if len(x.shape) == 2 and self.chance(0.15) and x.shape[1] % 2 == 0:
            x = layers.Reshape((x.shape[1] // 2, 2), name=self.name("reshape"))(x)
        if len(x.shape) == 2:
            return x
        self.exercises.add(f"input of {len(x.shape) - 1} axes")
        if self.chance(0.6):
            x = layers.BatchNormalization(name=self.name("bn"))(x)
        if self.chance(0.6):
            x = self.activation(x)
        if self.chance(0.4):
            x = layers.Reshape((int(np.prod(x.shape[1:])),), name=self.name("flat"))(x)
        else:
            x = layers.Flatten(name=self.name("flatten"))(x)
        return x

    def block(self, x):
        layers = self.keras.layers
        inline = self.random.choice(INLINE) if self.chance(0.3) else None
        x = layers.Dense(
            self.random.randint(2, 24), activation=inline, use_bias=self.chance(0.85), name=self.name("dense"))(x)
        if inline:
            self.exercises.add(f"Dense with {inline}")
        if self.chance(0.4):
            x = layers.BatchNormalization(
                epsilon=self.random.choice((1e-3, 1e-5)), center=self.chance(0.8), scale=self.chance(0.8),
                name=self.name("bn"))(x)
            self.exercises.add("BatchNormalization")
        if self.chance(0.8):
            x = self.activation(x)
        if self.chance(0.2):
            x = layers.Dropout(0.25, name=self.name("dropout"))(x)
            self.exercises.add("Dropout")
        return x

    def activation(self, x):
        layers = self.keras.layers
        kind = self.random.choice(
            ("relu", "ReLU", "LeakyReLU", "ELU", "elu", "PReLU", "ThresholdedReLU", "hard_sigmoid", "linear") + TABLES)
        self.exercises.add(kind)
        parameter = round(self.random.uniform(0.05, 1.5), 3)
        if kind == "ReLU":
            return layers.ReLU(name=self.name("relu"))(x)
        if kind == "LeakyReLU":
            return layers.LeakyReLU(parameter, name=self.name("leaky"))(x)
        if kind == "ELU":
            return layers.ELU(parameter, name=self.name("elu"))(x)
        if kind == "PReLU":
            return layers.PReLU(name=self.name("prelu"))(x)
        if kind == "ThresholdedReLU":
            return layers.ThresholdedReLU(parameter, name=self.name("threshold"))(x)
        return layers.Activation(kind, name=self.name(kind))(x)

    def head(self, x):
        layers = self.keras.layers
        x = layers.Dense(self.random.randint(2, 6), name=self.name("head"))(x)
        kind = self.random.choice(("none", "softmax", "softmax", "sigmoid", "activation"))
        if kind == "softmax":
            self.exercises.add("softmax")
            return layers.Activation("softmax", name=self.name("softmax"))(x)
        if kind == "sigmoid":
            self.exercises.add("sigmoid")
            return layers.Activation("sigmoid", name=self.name("sigmoid"))(x)
        return self.activation(x) if kind == "activation" else x

    def weights(self, model):
        """Random weights in every layer, the statistics of a BatchNormalization and slopes of a PReLU included."""
        for layer in model.layers:
            values = []
            for weight in layer.weights:
                stem, shape = weight.name.rsplit("/", 1)[-1].split(":")[0], weight.shape
                if stem == "kernel":
                    value = self.numbers.normal(0, self.random.uniform(0.7, 1.6) / np.sqrt(shape[0]), shape)
                    if self.chance(0.2):
                        value *= self.numbers.random(shape) > 0.5  # as if pruned
                elif stem in ("gamma", "moving_variance"):
                    value = self.numbers.uniform(0.3, 2, shape)
                elif stem == "alpha":
                    value = self.numbers.uniform(-0.5, 1, shape)
                else:
                    value = self.numbers.normal(0, 0.4, shape)
                values.append(value.astype(np.float32))
            layer.set_weights(values)

    def inputs(self, shape, count):
        """Samples of several kinds: usual ones, ties of coarse grids, and a few far outside of any input type."""
        x = self.numbers.normal(0, 1.5, (count, *shape))
        third = count // 3
        x[:third] = np.round(x[:third] * 16) / 16 + self.random.choice((0, 2.0**-6, 2.0**-11, 2.0**-12))
        x[-max(2, count // 12):] *= 30
        x[0] = 0
        if self.chance(0.5):
            # Where a cast of C++ is most its own: what is no number, what is beyond every type, what is below a half.
            flat = x.reshape(count, -1)
            for sample, value in enumerate((np.nan, -np.nan, np.inf, -np.inf, -0.3, -1e-30, 1e30), start=1):
                flat[-sample, self.random.randrange(flat.shape[1])] = value
            self.exercises.add("numbers that are none")
        return x.astype(np.float32)

    # -- the configuration ---------------------------------------------------------------------------------------

    def config(self, model):
        """The `HLSConfig` and the fields around it."""
        import hls4ml

        granularity = self.random.choice(("name", "name", "name", "type", "model"))
        default = self.random.choice(("fixed<16,6>",) * 3 + (self.fixed((10, 24), (4, 8), 0.3),))
        maximum = self.random.choice((None,) * 5 + ("fixed<24,10>", "fixed<18,8>"))
        backend = self.random.choice(("Vitis",) * 4 + ("Vivado",))
        hls = hls4ml.utils.config_from_keras_model(
            model, granularity=granularity, backend=backend, default_precision=default, max_precision=maximum,
            default_reuse_factor=self.random.choice((1, 1, 1, 2, 4)))
        hls["Model"]["Strategy"] = self.random.choice(("Latency", "Latency", "Resource"))
        self.exercises.add(f"strategy {hls['Model']['Strategy']}")
        layers = hls.setdefault("LayerName", {})
        # How much of it is left to `auto`: nothing stated, some of it, or everything.
        stated = self.random.choice((0.0, 0.3, 0.6, 1.0))
        self.exercises.add({0.0: "types auto", 1.0: "types explicit"}.get(stated, "types mixed"))
        for layer in model.layers:
            self.layer_config(layer, layers.setdefault(layer.name, {}), stated)
            activation = layer.name + "_" + getattr(getattr(layer, "activation", None), "__name__", "")
            if layer.__class__.__name__ == "Dense" and activation in layers and "result" in layers[layer.name].get(
                    "Precision", {}):
                layers[activation]["Precision"]["result"] = layers[layer.name]["Precision"]["result"]
        self.before_softmax(model, layers)
        config = {
            "OutputDir": "hls_prj", "ProjectName": "myproject", "Backend": backend, "Part": "xcvu13p-flga2577-2-e",
            "ClockPeriod": 5, "IOType": self.random.choice(("io_parallel", "io_parallel", "io_stream")),
            "HLSConfig": prune(hls),
        }
        self.exercises.update((f"granularity {granularity}", f"backend {backend}"))
        if maximum:
            self.exercises.add("maximum precision")
        return config

    def layer_config(self, layer, entry, stated):
        """Overrides for one layer."""
        kind = layer.__class__.__name__
        precision = dict(entry.get("Precision", {}))
        if kind == "InputLayer":
            if self.chance(stated):
                precision["result"] = self.entering()
        elif kind in ("Dense", "BatchNormalization"):
            if self.chance(stated):
                precision["weight" if kind == "Dense" else "scale"] = self.fixed((4, 14), (1, 4), 0.5)
            if self.chance(stated):
                precision["bias"] = self.fixed((4, 14), (1, 4), 0.5)
            if self.chance(stated):
                precision["result"] = self.fixed((8, 22), (3, 9), 0.7)
            if kind == "Dense" and self.chance(stated * 0.7):
                precision["accum"] = self.fixed((12, 34), (6, 12), 0.4)
            if kind == "Dense" and self.chance(0.3):
                # The peer's third strategy, Resource_Unrolled, compiles for a few models only.
                entry["Strategy"] = self.random.choice(("Latency", "Resource"))
            if kind == "Dense" and self.chance(0.4):
                entry["ReuseFactor"] = self.random.choice((1, 2, 3, 4, 6, 8, 12, 16))
        elif kind not in ("Flatten", "Reshape", "Dropout"):
            if self.chance(stated):
                precision["result"] = self.fixed((6, 18), (2, 7), 0.7, 0.3)
            if self.chance(0.15):
                entry["TableSize"] = self.random.choice((256, 512, 2048))
            if self.chance(0.25):
                entry["table_t"] = self.fixed((8, 18), (2, 8), 0.5)
        if precision:
            entry["Precision"] = precision

    def before_softmax(self, model, layers):
        """States a moderate width for a softmax's argument: with a wide one hls4ml's tables see no change of it."""
        for layer in model.layers:
            if not layer.name.startswith("softmax"):
                continue
            argument = self.fixed((8, 16), (4, 6), 0.6)
            source = layer.input._keras_history.layer.name
            for name in (source, source + "_linear"):
                layers.setdefault(name, {}).setdefault("Precision", {})["result"] = argument
            entry = layers.setdefault(layer.name, {})
            entry["Implementation"] = self.random.choice(("stable",) * 3 + ("latency", "legacy", "argmax"))
            self.exercises.add(f"softmax {entry['Implementation']}")
            if self.chance(0.4):
                entry["exp_table_t"] = self.fixed((12, 20), (4, 9), 0.6)
            if self.chance(0.4):
                entry["inv_table_t"] = self.fixed((12, 20), (4, 9), 0.6)
            if self.chance(0.3):
                entry["inv_inp_t"] = self.fixed((12, 20), (6, 9), 0.6)
            if self.chance(0.08):
                entry["Skip"] = True


def prune(value):
    """A configuration of plain values, empty layer entries left out."""
    if isinstance(value, dict):
        return {key: prune(item) for key, item in value.items() if item != {}}
    return value if isinstance(value, (int, float, bool, type(None))) else str(value)
