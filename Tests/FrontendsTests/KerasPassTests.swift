import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct KerasPassTests {
    @Test func whatOnlyTrainingLooksAtGoes() throws {
        try expect(
            .dropKerasTraining,
            """
            in = InputLayer() {"batch_input_shape": [null, 4], "dtype": "float32", "name": "in"}
            d = Dense(in) {"batch_input_shape": [null, 4], "kernel_initializer": {}, "trainable": true, "units": 3}
            p = PReLU(d) {"alpha_constraint": null, "alpha_regularizer": null, "shared_axes": null}
            -> p
            """,
            gives: """
                in = InputLayer() {"batch_input_shape": [null, 4]}
                d = Dense(in) {"units": 3}
                p = PReLU(d) {"shared_axes": null}
                -> p
                """)
    }

    @Test func activationsOfLayersBecomeNodes() throws {
        let before = """
            in = InputLayer()
            d = Dense(in) {"activation": "relu", "units": 3}
            d_relu = ReLU(d)
            e = Dense(d)
            f = Dense(d_relu) {"activation": {"class_name": "LeakyReLU", "config": {"alpha": 0.5}}}
            -> d, f, e
            """
        let after = """
            in = InputLayer()
            d = Dense(in) {"units": 3}
            d_relu_2 = Activation(d) {"activation": "relu"} from d
            d_relu = ReLU(d_relu_2)
            e = Dense(d_relu_2)
            e_linear = Activation(e) {"activation": null} from e
            f = Dense(d_relu)
            f_LeakyReLU = Activation(f) {"activation": {"class_name": "LeakyReLU", "config": {"alpha": 0.5}}} from f
            -> d_relu_2, f_LeakyReLU, e_linear
            """
        #expect(try ImportPass.splitKerasActivations.apply(try ImportGraph(text: before)).text == after)
    }

    @Test func activationsAreCalledByTheirFunction() throws {
        try expect(
            .nameKerasActivations,
            """
            in = InputLayer()
            a = Activation(in) {"activation": "relu"}
            b = Activation(a)
            c = Activation(b) {"activation": {"class_name": "function", "config": "swish"}}
            d = Activation(c) {"activation": {"class_name": "LeakyReLU", "config": {"alpha": 0.5, "name": "l"}}}
            e = Activation(d) {"activation": {"class_name": "Activation", "config": {"activation": "tanh"}}}
            f = Activation(e) {"activation": {"class_name": "Dense", "config": {"units": 3}}}
            -> f
            """,
            gives: """
                in = InputLayer()
                a = activations.relu(in)
                b = activations.linear(a)
                c = activations.swish(b)
                d = LeakyReLU(c) {"alpha": 0.5}
                e = activations.tanh(d)
                f = activations.Dense(e) {"units": 3}
                -> f
                """)
    }

    /// What is not understood is left for the room to refuse.
    @Test func activationsThatMakeNoSenseStay() throws {
        let text = """
            in = InputLayer()
            a = Activation(in) {"activation": 3}
            b = Activation(a) {"activation": "relu", "slope": 2}
            c = Activation(b) {"activation": {"config": {}}}
            -> c
            """
        try expect(.nameKerasActivations, text, gives: text)
    }

    /// The classes that may stand for a function have no weights of their own, and the rooms say which they are.
    @Test func classesThatActAsFunctions() throws {
        #expect(KerasActivations.inline.contains("Dense"))
        #expect(KerasActivations.classes.isSuperset(of: [KerasActivations.className, "LeakyReLU", "Softmax"]))
        #expect(KerasActivations.classes.isDisjoint(with: ["PReLU", "Dense", "BatchNormalization"]))
    }

    @Test func thePipelineHasEveryPass() {
        #expect(
            ImportPipeline.passes.map(\.name) == [
                "order", "drop-keras-training", "apply-qkeras", "expand-hgq", "expand-pquant",
                "split-keras-activations",
                "name-keras-activations", "expand-quantizers", "one-form", "resolve", "fuse-quantizers", "drop-unused",
                "split-samples", "channels-last", "gather-affines", "drop-unused",
            ])
    }
}
