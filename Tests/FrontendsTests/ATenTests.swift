import Basics
import Testing

@testable import Frontends

/// Programs of torch.export written by hand: what they become, and what is refused.
struct ATenTests {
    /// A call: `relu = aten.relu.default(self=x) [N, 3]`, arguments as JSON but for names of tensors.
    private struct Call {
        var name: String, target: String, arguments: String, sizes: [Int?]
        var path = ""
    }

    private static func sizes(_ sizes: [Int?]) -> String {
        sizes.map { $0.map { #"{"as_int": \#($0)}"# } ?? #"{"as_expr": {"expr_str": "s0"}}"# }.joined(separator: ", ")
    }

    private static func meta(_ name: String, _ shape: [Int?]) -> String {
        #""\#(name)": {"dtype": 7, "sizes": [\#(sizes(shape))]}"#
    }

    private func graph(_ input: [Int?], _ calls: [Call], output: String? = nil) throws -> ImportGraph {
        let nodes = calls.map { call in
            let arguments = call.arguments.split(separator: ";").map { argument in
                let parts = argument.split(separator: "=", maxSplits: 1)
                let value = parts[1].first == "{" ? String(parts[1]) : #"{"as_tensor": {"name": "\#(parts[1])"}}"#
                return #"{"name": "\#(parts[0])", "arg": \#(value)}"#
            }
            return #"{"target": "torch.ops.\#(call.target)", "inputs": [\#(arguments.joined(separator: ", "))], "#
                + #""outputs": [{"as_tensor": {"name": "\#(call.name)"}}], "#
                + #""metadata": {"nn_module_stack": "k,\#(call.path),torch.nn.modules.x.X"}}"#
        }
        let values = ([Self.meta("x", input)] + calls.map { Self.meta($0.name, $0.sizes) }).joined(separator: ", ")
        let json = """
            {"graph_module": {"graph": {"nodes": [\(nodes.joined(separator: ", "))], "tensor_values": {\(values)}},
             "signature": {"input_specs": [{"user_input": {"arg": {"as_tensor": {"name": "x"}}}}],
             "output_specs": [{"user_output": {"arg": {"as_tensor": {"name": "\(output ?? calls[calls.count - 1].name)"}}}}]}}}
            """
        let program = try ExportedProgram(try JSONValue(parsing: Array(json.utf8), name: "m"), file: "m")
        return try ATenTranslator.translate(program, [:])
    }

    private func refusal(_ input: [Int?], _ calls: [Call]) throws -> [String] {
        try #require(throws: DiagnosticError.self) { try graph(input, calls) }.diagnostics.map(\.message)
    }

    @Test func viewsBecomeOneTransposeAndOneReshape() throws {
        let graph = try graph(
            [nil, 2, 3],
            [
                Call(
                    name: "a", target: "aten.permute.default", arguments: #"self=x;dims={"as_ints": [0, 2, 1]}"#,
                    sizes: [nil, 3, 2]),
                Call(name: "b", target: "aten.view.default", arguments: "self=a", sizes: [nil, 6], path: "flat"),
                Call(name: "c", target: "aten.relu.default", arguments: "self=b", sizes: [nil, 6]),
            ])
        #expect(graph.nodes.map(\.op) == ["Input", "Relu", "Transpose", "Constant", "Reshape"])
        #expect(graph.nodes.last?.name == "flat")
    }

    @Test func axesMovedForthAndBackCostNothing() throws {
        let move = #"self=%;dim0={"as_int": 1};dim1={"as_int": 2}"#
        let graph = try graph(
            [nil, 2, 3],
            [
                Call(
                    name: "a", target: "aten.transpose.int", arguments: move.replacing("%", with: "x"),
                    sizes: [nil, 3, 2]),
                Call(name: "b", target: "aten.relu.default", arguments: "self=a", sizes: [nil, 3, 2]),
                Call(
                    name: "c", target: "aten.transpose.int", arguments: move.replacing("%", with: "b"),
                    sizes: [nil, 2, 3]),
            ])
        #expect(graph.nodes.map(\.op) == ["Input", "Relu"])
    }

    @Test func whatIsChangedInPlaceIsChangedForAllWhoReadIt() throws {
        let graph = try graph(
            [nil, 3],
            [
                Call(name: "a", target: "aten.tanh.default", arguments: "self=x", sizes: [nil, 3]),
                Call(name: "b", target: "aten.relu_.default", arguments: "self=a", sizes: [nil, 3]),
                Call(name: "c", target: "aten.add.Tensor", arguments: "self=a;other=b", sizes: [nil, 3]),
            ])
        #expect(graph.nodes.last?.inputs == ["relu", "relu"])
    }

    @Test func aViewOfWhatIsChangedInPlaceIsRefused() throws {
        let messages = try refusal(
            [nil, 2, 3],
            [
                Call(name: "a", target: "aten.view.default", arguments: "self=x", sizes: [nil, 6]),
                Call(name: "b", target: "aten.relu_.default", arguments: "self=x", sizes: [nil, 2, 3]),
                Call(name: "c", target: "aten.tanh.default", arguments: "self=a", sizes: [nil, 6]),
            ])
        #expect(messages.count == 1 && messages[0].contains("it changes a tensor in place"), "\(messages)")
    }

    @Test func everythingThatIsNotReadIsNamedAtOnce() throws {
        let messages = try refusal(
            [nil, 3],
            [
                Call(name: "a", target: "aten.fft_fft.default", arguments: "self=x", sizes: [nil, 3], path: "body.0"),
                Call(name: "b", target: "aten.relu.default", arguments: "self=a", sizes: [nil, 3]),
                Call(
                    name: "c", target: "aten.dropout.default",
                    arguments: #"input=x;p={"as_float": 0.5};train={"as_bool": true}"#, sizes: [nil, 3]),
                Call(
                    name: "d", target: "aten.elu.default", arguments: #"self=x;input_scale={"as_float": 2.0}"#,
                    sizes: [nil, 3]),
                Call(name: "e", target: "aten.tanh.default", arguments: #"self=x;odd={"as_int": 2}"#, sizes: [nil, 3]),
            ])
        #expect(
            messages == [
                "layer 'body.0 (aten.fft_fft.default)': the operator aten.fft_fft.default is not read",
                "layer 'c (aten.dropout.default)': it is what a network does in training",
                "layer 'd (aten.elu.default)': its argument 'input_scale' is 2.0; only 1.0 is read",
                "layer 'e (aten.tanh.default)': its argument 'odd' is not read",
            ])
    }

    /// A call that gives fewer tensors than it is given, and a bias of other outputs than the kernel's.
    @Test func whatDoesNotFitIsRefused() throws {
        let tensors = #"tensors={"as_tensors": [{"name": "x"}, {"name": "x"}]}"#
        #expect(
            try refusal(
                [nil, 3],
                [Call(name: "b", target: "aten.broadcast_tensors.default", arguments: tensors, sizes: [nil, 3])]
            ).contains { $0.contains("the program does not state the shape of its result") })
        func ones(_ name: String, _ sizes: [Int]) -> Call {
            Call(
                name: name, target: "aten.ones.default", arguments: "size={\"as_ints\": \(sizes)}",
                sizes: sizes.map { $0 })
        }
        let linear = Call(
            name: "y", target: "aten.linear.default", arguments: "input=a;weight=w;bias=b", sizes: [2, 4])
        let sum = Call(name: "z", target: "aten.add.Tensor", arguments: "self=x;other=y", sizes: [nil, 4])
        let messages = try refusal(
            [nil, 4], [ones("a", [2, 3]), ones("w", [4, 3]), ones("b", [2]), linear, sum])
        #expect(messages.contains { $0.contains("it adds 2 numbers to 4") }, "\(messages)")
        let far = Call(
            name: "f", target: "aten.select_scatter.default",
            arguments: #"self=x;src=x;dim={"as_int": 1};index={"as_int": 9223372036854775807}"#, sizes: [nil, 4])
        #expect(try refusal([nil, 4], [far]).contains { $0.contains("it replaces the places 9223372036854775807") })
    }

    @Test func samplesAreNotMixed() throws {
        let sum = try refusal(
            [nil, 3],
            [Call(name: "a", target: "aten.sum.dim_IntList", arguments: #"self=x;dim={"as_ints": [0]}"#, sizes: [3])])
        #expect(sum[0].contains("along the axis of the samples"), "\(sum)")
        let product = try refusal(
            [nil, 3],
            [
                Call(name: "t", target: "aten.t.default", arguments: "self=x", sizes: [3, nil]),
                Call(name: "a", target: "aten.mm.default", arguments: "self=x;mat2=t", sizes: [nil, nil]),
            ])
        #expect(product[0].contains("combines values of one sample with those of others"), "\(product)")
    }

    @Test func onlyTheFirstAxisMayBeDynamic() throws {
        let error = try #require(throws: DiagnosticError.self) {
            try graph(
                [nil, nil, 3],
                [Call(name: "a", target: "aten.relu.default", arguments: "self=x", sizes: [nil, nil, 3])])
        }
        #expect(error.description.contains("axis 1 of the input 'x' is as long as it happens to be"))
    }

    /// Exported for one sample, whose axis the program leaves out.
    @Test func oneSampleNeedNotBeSeen() throws {
        let graph = try graph(
            [1, 2, 3],
            [
                Call(name: "a", target: "aten.squeeze.dim", arguments: #"self=x;dim={"as_int": 0}"#, sizes: [2, 3]),
                Call(name: "b", target: "aten.relu.default", arguments: "self=a", sizes: [2, 3]),
                Call(
                    name: "c", target: "aten.unsqueeze.default", arguments: #"self=b;dim={"as_int": 0}"#,
                    sizes: [1, 2, 3]),
            ])
        #expect(graph.nodes.map(\.op) == ["Input", "Relu"])
    }
}
