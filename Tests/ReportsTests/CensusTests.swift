import Glibc
import Reports
import Testing

/// A look over a whole collection, where `HLSBUILD_SAMPLES` names its folder; `HLSBUILD_CENSUS` takes all readings as
/// JSON lines, which `independent_reading.py --compare` checks against its own.
@Suite struct CensusTests {
    private static func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    @Test(.enabled(if: CensusTests.setting("HLSBUILD_SAMPLES") != nil))
    func readsOrRefusesEverything() throws {
        let folder = try #require(Self.setting("HLSBUILD_SAMPLES"))
        let census = ReportCensus(folder: folder)
        print(census.table)
        if let path = Self.setting("HLSBUILD_CENSUS") { ReportCensus.write(census.lines, to: path) }
        #expect(!census.entries.isEmpty)
        for entry in census.entries {
            guard case .success(let report) = entry.reading, case .log(let log) = report.content else { continue }
            for cause in log.causes where cause.severity == .error {
                #expect(cause.failure != .unknown, "\(entry.path): \(cause.code ?? "-") \(cause.text)")
            }
        }
    }
}
