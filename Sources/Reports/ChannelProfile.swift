/// How full the FIFOs became in a co-simulation with its dataflow profiled, as Vitis HLS 2020.2 and later leave it in
/// the solution's `.autopilot/db`: a list of the FIFOs, and for each a file whose last line is the most tokens that
/// waited.
///
/// The format is not documented by the vendor; it is the one that hls4ml reads too.
public struct ChannelProfile: Hashable, Sendable {
    /// The most tokens that waited, by the name of the FIFO's instance. Those whose file says nothing are left out.
    public private(set) var peaks: [String: Int] = [:]

    /// The list: `region,name,depth,file` on each line.
    public static let list = "channel_info.csv"
    /// The archive of the files that the list names, below the list's folder.
    public static let archive = "channel_depth_info/channel.zip"

    /// - Parameters:
    ///   - list: the bytes of the list.
    ///   - files: the files of the archive by their names.
    public init(list: [UInt8], files: [String: [UInt8]]) {
        // A file is read once, however many lines name it.
        let counts = files.mapValues(Self.last)
        for line in String(decoding: list, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
            guard cells.count >= 4, !cells[1].isEmpty, case .some(let peak?) = counts[cells[3]] else { continue }
            peaks[cells[1]] = max(peak, peaks[cells[1]] ?? 0)
        }
    }

    /// The count on the last line of a file that says something; nil where it is none.
    private static func last(_ bytes: [UInt8]) -> Int? {
        let last = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).last
        return last.flatMap { Number.int(String($0).trimmed) }.flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The variable that a FIFO's instance is made of: `fc1_out` of `fc1_out_U`.
    public static func variable(of instance: String) -> String {
        instance.hasSuffix("_U") ? String(instance.dropLast(2)) : instance
    }
}
