public import Options

/// How the vendor's tools are run, beyond part and clock.
public struct VendorOptions: Hashable, Sendable {
    /// Samples of the project's data that the RTL is simulated on after C synthesis; zero: it is not simulated.
    public var cosimSamples = 0
    public var effort = VsynthEffort.synth
    public var format = ExportFormat.ipCatalog
    /// What the exported IP is called.
    public var ip = IPDescription()
    /// How many tools that hold a licence may run at once.
    public var seats = 1
    /// Seconds for which a run that got no licence or no memory is tried again.
    public var wait = 0

    public init() {}
}

/// How far Vivado goes with the RTL.
public enum VsynthEffort: String, Hashable, Sendable, Codable, CaseIterable {
    case synth
    /// Placed and routed as well.
    case route
}

/// What `export` makes.
public enum ExportFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case ipCatalog = "ip_catalog"
    /// A kernel object for the accelerator flow.
    case xo
}
