import Basics
import FixedPoint
import LayerKit
import Options

/// A function that copies a tensor for each of its readers, or regroups a stream.
struct MoveText {
    let move: Plan.Move
    let cpp: CppText

    var definition: String {
        let targets = (0..<move.copies).map(target)
        let arguments =
            [cpp.argument(move.source, "x", isInput: true)]
            + targets.map { cpp.argument(move.target, $0, isInput: false) }
        var text = "void \(cpp.function(move.id))(\(arguments.joined(separator: ", "))) {\n#pragma HLS INLINE off\n"
        switch cpp.io {
        case .parallel: text += arrays(targets)
        case .stream where move.source.tensor.channels == move.target.tensor.channels: text += groups(targets)
        case .stream: text += regrouped
        }
        return text + "}"
    }

    private func target(_ index: Int) -> String { move.copies == 1 ? "y" : "y\(index + 1)" }

    private func arrays(_ targets: [String]) -> String {
        cpp.pipeline(1) + """
            Elements:
                for (unsigned i = 0; i < \(move.source.tensor.count); i++) {
            #pragma HLS UNROLL
            \(targets.map { "        \($0)[i] = x[i];\n" }.joined())    }

            """
    }

    /// Element by element of the stream; all types are the same group of numbers.
    private func groups(_ targets: [String]) -> String {
        let count = move.source.tensor.groups, indent = count > 1 ? "        " : "    "
        var body = indent + "x.read();\n"
        if !targets.isEmpty {
            body = "\(indent)const \(move.source.name) group = x.read();\n" + cpp.whole("group")
            for target in targets { body += "\(indent)\(target).write(group);\n" }
        }
        return count > 1 ? loop("Groups", "k", count, body) : cpp.pipeline(1) + body
    }

    /// Groups of one size into groups of another: in each turn as many elements move as divide both. The groups are
    /// shifted, so that no element is chosen by a counter, which would be a multiplexer.
    private var regrouped: String {
        let from = move.source.tensor.channels, to = move.target.tensor.channels
        let step = Count.commonDivisor(from, to)
        let body = """
                    if (taken == 0) {
                        group = x.read();
                    } else {
            \(shift("group", from, step))        }
            \(shift("next", to, step))        for (unsigned c = 0; c < \(step); c++) {
            #pragma HLS UNROLL
                        next[\(to - step) + c] = group[c];
                    }
                    if (filled == \(to / step - 1)) y.write(next);
                    taken = taken == \(from / step - 1) ? 0 : taken + 1;
                    filled = filled == \(to / step - 1) ? 0 : filled + 1;

            """
        return """
                \(move.source.name) group;
            \(cpp.whole("group"))    \(move.target.name) next;
            \(cpp.whole("next"))    unsigned taken = 0, filled = 0;

            """ + loop("Steps", "k", move.source.tensor.count / step, body)
    }

    private func shift(_ name: String, _ size: Int, _ step: Int) -> String {
        guard size > step else { return "" }
        return """
                    for (unsigned c = 0; c < \(size - step); c++) {
            #pragma HLS UNROLL
                        \(name)[c] = \(name)[c + \(step)];
                    }

            """
    }

    private func loop(_ label: String, _ counter: String, _ trips: Int, _ body: String) -> String {
        """
        \(label):
            for (unsigned \(counter) = 0; \(counter) < \(trips); \(counter)++) {
        #pragma HLS PIPELINE II=1
        \(body)    }

        """
    }
}
