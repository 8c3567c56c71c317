internal import FixedPoint
internal import LayerKit
public import Layers

/// The files of `tb_data`: what the written test bench reads, and what it must give.
public enum TestBenchData {
    public static let inputs = "tb_data/tb_input_features.dat"
    public static let integers = "tb_data/tb_output_integers.dat"
    public static let predictions = "tb_data/tb_output_predictions.dat"

    /// In place of the integers: whoever reads the results judges them.
    public static let unjudged = "none\n"

    /// The first samples of the data, one a line, the numbers of all inputs one after the other: the exact values of
    /// the quantised inputs, so that the bench makes the very integers of them.
    public static func text(_ design: Design, _ values: [[Double]], samples: Int) -> [UInt8] {
        var text: [UInt8] = []
        for sample in 0..<samples {
            var isFirst = true
            for (input, values) in zip(design.inputs, values) {
                let count = input.shape.elementCount, spec = input.spec
                for place in 0..<count {
                    if !isFirst { text.append(UInt8(ascii: " ")) }
                    isFirst = false
                    let raw = spec.quantize(values[sample * count + place], at: place, design.compat)
                    text.append(contentsOf: "\(spec.type.value(raw))".utf8)
                }
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// Raw outputs, one array an output, samples x elements: one sample a line.
    static func text(_ outputs: [[Int64]], samples: Int) -> [UInt8] {
        var text: [UInt8] = []
        for sample in 0..<samples {
            var isFirst = true
            for output in outputs {
                let count = output.count / samples
                for raw in output[sample * count..<(sample + 1) * count] {
                    if !isFirst { text.append(UInt8(ascii: " ")) }
                    isFirst = false
                    text.append(contentsOf: "\(raw)".utf8)
                }
            }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}
