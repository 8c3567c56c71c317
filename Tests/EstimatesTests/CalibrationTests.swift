import Basics
import Estimates
import Testing
import TestSupport

/// The laws beside what tools reported of public designs (`Tests/Fixtures/estimates/calibration.csv`).
@Suite struct CalibrationTests {
    private static func rows() throws -> [Calibration.Row] {
        let lines = try Files.text(Repository.fixtures + "/estimates/calibration.csv").split(separator: "\n")
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
