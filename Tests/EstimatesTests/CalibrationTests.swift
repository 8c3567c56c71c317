import Estimates
import Glibc
import Testing

/// The laws beside what tools reported of public designs (`Tests/Fixtures/estimates/calibration.csv`).
@Suite struct CalibrationTests {
    private static func rows() throws -> [Calibration.Row] {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let file = try #require(fopen("/\(folder)/Fixtures/estimates/calibration.csv", "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        let lines = String(decoding: bytes.prefix(count), as: UTF8.self).split(separator: "\n")
        let names = try #require(lines.first).split(separator: ",").map(String.init)
        return try lines.dropFirst().map { line in
            let words = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            try #require(words.count == names.count)
            return try #require(
                Calibration.Row(Dictionary(zip(names, words).filter { !$0.1.isEmpty }) { first, _ in first }))
        }
    }

    @Test func everyRowIsRead() throws { #expect(try Self.rows().count == 53) }

    /// What is stated is what is so: no better, no worse.
    @Test func residualsAreAsStated() throws {
        let found = Calibration.residuals(of: try Self.rows())
        for residual in found {
            print(
                "        .init(.\(residual.structure), .\(residual.quantity), rows: \(residual.rows), "
                    + "median: \(residual.median.rounded()), worst: \(residual.worst.rounded())),")
        }
        #expect(found.map { $0.rounded } == Calibration.stated)
    }
}

extension Calibration.Residual {
    fileprivate var rounded: Calibration.Residual {
        .init(structure, quantity, rows: rows, median: median.rounded(), worst: worst.rounded())
    }
}
