internal import Basics
internal import BuildEngine

/// The sources of the C simulation as its compiler reads them: without the pragmas of the synthesiser, so that a change of
/// one compiles nothing. Lines keep their numbers.
enum StripPragmasStep: PureStep {
    static let name = "strip-pragmas"
    static let version = 1

    struct Settings: Encodable, Sendable {}

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        PureResult(try inputs.names.map { OutputFile($0, stripped(try inputs.bytes($0))) })
    }

    private static let pragma = Array("#pragma HLS".utf8)

    static func stripped(_ text: [UInt8]) -> [UInt8] {
        let newline = UInt8(ascii: "\n")
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for (index, line) in text.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(newline) }
            if !line.drop(while: { $0 == UInt8(ascii: " ") }).starts(with: pragma) { result += line }
        }
        return result
    }
}
