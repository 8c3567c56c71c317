public import Basics

/// What one report or log of a vendor tool says, whatever its format and version.
public struct Report: Hashable, Sendable {
    /// Raised when a member of the JSON changes its name or meaning; new members do not raise it.
    public static let schema = 1

    /// The program that wrote it, nil where the text does not say.
    public var tool: Tool?
    /// That program's release as it prints it, for example `2023.2` or `2019.2.1`.
    public var version: String?
    public var content: Content

    public enum Tool: String, Hashable, Sendable, CaseIterable {
        case vivadoHLS = "vivado_hls"
        case vitisHLS = "vitis_hls"
        case vivado
        case vpp = "v++"
        case vitisRun = "vitis-run"
        case xsim
    }

    public enum Content: Hashable, Sendable {
        case csynth(CsynthReport)
        case cosim(CosimReport)
        case export(ExportReport)
        case utilization(UtilizationReport)
        case timing(TimingReport)
        case power(PowerReport)
        case log(LogReport)
        case ip(IPReport)
        case tables(TablesReport)
    }

    public init(tool: Tool?, version: String?, content: Content) {
        self.tool = tool
        self.version = version
        self.content = content
    }

    /// The name of the kind, as `report --read --json` prints it.
    public var kind: String {
        switch content {
        case .csynth: "csynth"
        case .cosim: "cosim"
        case .export: "export"
        case .utilization: "utilization"
        case .timing: "timing"
        case .power: "power"
        case .log: "log"
        case .ip: "ip"
        case .tables(let report): report.kind.rawValue
        }
    }

    /// One object: what every kind has, then what this kind has.
    public var json: JSONValue {
        let members: [JSONValue.Member] =
            switch content {
            case .csynth(let report): report.members
            case .cosim(let report): report.members
            case .export(let report): report.members
            case .utilization(let report): report.members
            case .timing(let report): report.members
            case .power(let report): report.members
            case .log(let report): report.members
            case .ip(let report): report.members
            case .tables(let report): report.members
            }
        return .object(
            [
                .init("kind", .string(kind)), .init("schema", .int(Self.schema)), .init("tool", .of(tool?.rawValue)),
                .init("version", .of(version)),
            ] + members)
    }
}

extension JSONValue {
    static func of(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    static func of(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }
    static func of(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    static func of(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }
}
