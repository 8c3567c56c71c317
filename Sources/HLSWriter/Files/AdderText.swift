import AdderGraphs
import FixedPoint
import LayerKit

/// The member of a config struct that computes sums by shifts and additions: one line an adder, each number as wide as
/// its values need. A shift moves the point, so that it costs nothing and loses nothing.
struct AdderText {
    let program: HLSCall.AdderProgram

    private var graph: AdderGraph { program.graph }

    var text: String {
        var lines = [
            "template <class X, class Y> static void sums(const X x[\(graph.inputs.count)], "
                + "Y y[\(graph.outputs.count)]) {", "#pragma HLS INLINE",
        ]
        let uses = uses
        for input in graph.inputs.indices where uses[input] { lines.append(define(input, "x[\(input)]")) }
        for (index, constant) in graph.constants.enumerated() {
            let node = graph.inputs.count + index
            if uses[node] { lines.append(define(node, Decimal.text(constant, fraction: program.input.fraction))) }
        }
        for (index, sum) in graph.sums.enumerated() {
            let left = operand(sum.left, sum.leftShift), right = operand(sum.right, sum.rightShift)
            lines.append(define(graph.firstSum + index, "\(left) \(sum.subtracts ? "-" : "+") \(right)"))
        }
        for (index, output) in graph.outputs.enumerated() {
            switch output {
            case .zero: lines.append("        y[\(index)] = Y(0);")
            case .node(let node, let shift):
                let scale = shift - (program.fraction - program.input.fraction)
                lines.append("        y[\(index)] = Y(\(operand(node, scale)));")
            }
        }
        return (lines + ["    }"]).joined(separator: "\n")
    }

    /// Whether a node is read at all.
    private var uses: [Bool] {
        var uses = [Bool](repeating: false, count: graph.nodeCount)
        for sum in graph.sums {
            uses[sum.left] = true
            uses[sum.right] = true
        }
        for case .node(let node, shift: _) in graph.outputs { uses[node] = true }
        return uses
    }

    private func define(_ node: Int, _ value: String) -> String {
        let values = graph.intervals[node]
        let width = max(1, values.width - values.zeros), fraction = program.input.fraction - values.zeros
        let type = FixedType(width: width, integer: width - fraction, signed: values.isSigned)
        return "        const \(type.cText) n\(node) = \(value);"
    }

    private func operand(_ node: Int, _ shift: Int) -> String {
        shift == 0 ? "n\(node)" : "nnet::scaled<\(shift)>(n\(node))"
    }
}
