internal import Basics
internal import FoundationEssentials
public import Measures

extension StageOutput where Value == [SimulationRow] {
    /// What the C simulation measured, one row an output of the network; none if it had nothing to compare with.
    public static var simulation: Self {
        Self(
            .csim, ["report.json"],
            encode: { rows in
                let report = JSONValue.object([
                    "format": .string("hlsbuild-csim 1"), "outputs": .array(rows.map(\.json)),
                ])
                return [Array((report.text + "\n").utf8)]
            },
            decode: { try JSONDecoder().decode(SimulationReport.self, from: Data($0[0])).outputs })
    }
}

/// The file, as far as it is read.
private struct SimulationReport: Decodable {
    var outputs: [SimulationRow]
}

extension SimulationRow {
    fileprivate var json: JSONValue {
        .object([
            "name": .string(name), "samples": .int(samples), "max_error": .double(maxError),
            "mean_error": .double(meanError), "mismatches": .int(mismatches), "elements": .int(elements),
            "argmax_agreement": argmaxAgreement.map(JSONValue.double) ?? .null,
        ])
    }
}
