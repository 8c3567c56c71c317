internal import Basics
internal import HLSWriter

/// The translation units of the C simulation as text: each unit's source on a line, the files it includes indented
/// below.
public struct CompilationList: Sendable {
    public struct Unit: Sendable {
        public var source: String
        public var includes: [String]
    }

    public var units: [Unit]

    init(_ units: [CompilationUnit]) {
        self.units = units.map { Unit(source: $0.source, includes: $0.includes) }
    }

    init(parsing text: String) {
        units = []
        for line in text.split(separator: "\n") {
            if line.begins(with: " "), let last = units.indices.last {
                units[last].includes.append(String(line.drop { $0 == " " }))
            } else {
                units.append(Unit(source: String(line), includes: []))
            }
        }
    }

    var text: String {
        units.map { unit in
            ([unit.source] + unit.includes.sorted().map { "  " + $0 }).map { $0 + "\n" }.joined()
        }.joined()
    }
}

extension StageOutput where Value == CompilationList {
    /// What the C simulation compiles. Only for stages that go on from here: it is not laid out.
    public static var units: Self {
        Self(
            .write, ["units.txt"], encode: { [Array($0.text.utf8)] },
            decode: { CompilationList(parsing: String(decoding: $0[0], as: UTF8.self)) })
    }
}
