/// A release of the vendor's tools: `2023.2`, `2024.1.2`.
public struct ToolVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    public var year: Int
    public var release: Int
    /// Zero for the release itself.
    public var update: Int

    public init(_ year: Int, _ release: Int, _ update: Int = 0) {
        self.year = year
        self.release = release
        self.update = update
    }

    /// `2023.2` or `2019.2.1` and nothing else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts[0].count == 4, parts[0].hasPrefix("20") else { return nil }
        let numbers = parts.compactMap { part in part.allSatisfy { "0"..."9" ~= $0 } ? Int(part) : nil }
        guard numbers.count == parts.count, numbers[1] < 100 else { return nil }
        self.init(numbers[0], numbers[1], numbers.count > 2 ? numbers[2] : 0)
    }

    /// The first release named in what a tool answers: `vivado v2023.1 (64-bit)`, `****** Vitis v2021.2.1 (64-bit)`.
    public init?(answer: String) {
        for word in answer.split(whereSeparator: { $0.isWhitespace || $0 == "(" || $0 == "," }) {
            guard let first = word.first, first == "v" || first == "V" else { continue }
            if let found = Self(word.dropFirst()) {
                self = found
                return
            }
        }
        return nil
    }

    /// The release that a folder of an installation is named after, the innermost: `/opt/Xilinx/Vivado/2023.2/bin`.
    public init?(path: String) {
        guard
            let found = path.utf8.split(separator: UInt8(ascii: "/")).reversed().lazy.compactMap({
                Self(String(decoding: $0, as: UTF8.self))
            }).first
        else { return nil }
        self = found
    }

    public static func < (left: ToolVersion, right: ToolVersion) -> Bool {
        (left.year, left.release, left.update) < (right.year, right.release, right.update)
    }

    public var description: String { update == 0 ? "\(year).\(release)" : "\(year).\(release).\(update)" }
}
