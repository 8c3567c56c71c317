public import Basics

/// Why a file was not read as a report.
public enum ReportRefusal: Error, Hashable, Sendable {
    case empty
    case binary
    /// More bytes than any report has.
    case tooLarge(Int)
    /// A compressed file that does not decompress.
    case damaged(String)
    /// XML that is cut off or not well-formed; no number of half a report is given.
    case brokenXML(line: Int)
    /// A text that begins like the named report and lacks what the report is there to say.
    case incomplete(String)
    /// A file of these tools that states no result; the text names it and what to read instead.
    case notAReport(String)
    /// None of the known kinds.
    case unknown(String)

    /// What is wrong, in one line.
    public var reason: String {
        switch self {
        case .empty: "the file is empty"
        case .binary: "a binary file, not a report or log"
        case .tooLarge(let bytes): "\(bytes) bytes are more than any report has"
        case .damaged(let format): "the \(format) data is damaged or cut off"
        case .brokenXML(let line): "the XML is cut off or not well-formed at line \(line)"
        case .incomplete(let kind): "begins like a \(kind) and is cut off before its numbers"
        case .notAReport(let what): what
        case .unknown(let what): what
        }
    }

    /// The refusal as a diagnostic about `file`.
    public func diagnostic(file: String) -> Diagnostic {
        let help =
            switch self {
            case .notAReport: "see 'hlsbuild report --help' for the kinds of reports"
            case .brokenXML, .incomplete, .damaged: "the tool may still be writing it, or was stopped: run it again"
            case .empty, .binary, .tooLarge, .unknown:
                "a report or log of Vivado HLS, Vitis HLS or Vivado is expected (csynth, cosim, export, utilization, "
                    + "timing, power, *.log)"
            }
        return .error("\(file): \(reason)", help: help)
    }
}
