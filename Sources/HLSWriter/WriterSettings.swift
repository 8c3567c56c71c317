internal import Estimates
public import Options

/// What the written project depends on beside the Design. Only the scripts hold part and clock: an edit of them changes
/// no C++ file.
public struct WriterSettings: Hashable, Sendable {
    /// The vendor's language dialect: spellings of pragmas and script options.
    public enum Dialect: String, Hashable, Sendable, Codable, CaseIterable {
        case vitis, vivado

        /// The tool, as estimates and limits know it.
        var tool: Target.Tool {
            switch self {
            case .vitis: .vitis
            case .vivado: .vivado
            }
        }

        /// What the tool keeps free of the clock period where nothing is stated.
        public var clockUncertainty: String {
            switch self {
            case .vitis: "27%"
            case .vivado: "12.5%"
            }
        }
    }

    /// What the hardware is for: it decides the interfaces that C synthesis adds by itself.
    public enum Flow: String, Hashable, Sendable, Codable, CaseIterable {
        /// An IP for the catalog of Vivado.
        case vivado
        /// A kernel for the accelerator flow.
        case vitis
    }

    /// A C identifier: prefix of files, name of the top function.
    public var project: String
    public var dialect: Dialect
    public var part: String
    /// Nanoseconds, as decimal text (`5`, `3.125`).
    public var clockPeriod: String
    /// As the tools take it (`12.5%`, `0.5`); nil: the tool's default is written out.
    public var clockUncertainty: String?
    public var ip: IPDescription
    public var interface: InterfaceOptions
    /// That of all scripts that do not state another: the RTL that is measured is the RTL that is shipped.
    public var flow: Flow

    public init(
        project: String, dialect: Dialect, part: String, clockPeriod: String, clockUncertainty: String? = nil,
        ip: IPDescription = IPDescription(), interface: InterfaceOptions = InterfaceOptions(), flow: Flow = .vivado
    ) {
        self.project = project
        self.dialect = dialect
        self.part = part
        self.clockPeriod = clockPeriod
        self.clockUncertainty = clockUncertainty
        self.ip = ip
        self.interface = interface
        self.flow = flow
    }
}
