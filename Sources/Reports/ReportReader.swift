internal import Basics

/// Reads any report or log of Vivado HLS, Vitis HLS or Vivado.
public enum ReportReader {
    /// What `bytes` say. The kind is told from the content; `name` is only used in reasons. Takes time linear in the
    /// number of bytes, and no input makes it fail in any other way than by a refusal.
    public static func read(_ bytes: [UInt8], name: String = "") throws(ReportRefusal) -> Report {
        let bytes = try ReportBytes.unpacked(bytes)
        guard bytes.contains(where: { $0 > 0x20 }) else { throw .empty }
        let clean = try ReportBytes.cleaned(bytes)
        // A line takes more memory than the byte that ends it.
        let limit = InputLimit.report.elements
        guard clean.count(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) <= limit else {
            throw .unknown("more than \(limit) lines are more than any report has")
        }
        if clean.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { return try XMLReport.read(clean) }
        return try TextReport.read(Line.lines(of: clean))
    }
}
