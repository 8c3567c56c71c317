internal import Basics
internal import FoundationEssentials
public import Measures

extension StageOutput where Value == [SimulationRow] {
    /// What the C simulation measured, one row an output of the network.
    public static var simulation: Self {
        Self(
            .csim, ["report.json"],
            encode: { rows in
                let report = JSONValue.object([
                    "format": .string("hlsbuild-csim 2"), "outputs": .array(rows.map { .object($0.members) }),
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
