public import Steps
public import Tools

/// The stages that AMD's tools run, on the written project.
public struct VendorStages: Sendable {
    /// The tool for C synthesis.
    private let role: ToolRole

    public init(hls role: ToolRole) { self.role = role }

    /// In the order of the road.
    public var all: [Stage] { [synth, vsynth, export] }

    /// C++ to RTL, and the RTL simulated where the project asks for it.
    private var synth: Stage {
        Stage(.synth, needs: [.optimize, .write], summary: "C++ to RTL") { [role] site, context in
            try await VendorSite(site, role).synthesize(context)
        }
    }

    /// What becomes of the RTL on the part.
    private var vsynth: Stage {
        Stage(.vsynth, needs: [.write, .synth], summary: "RTL to gates") { [role] site, context in
            try await VendorSite(site, role).implement(context)
        }
    }

    /// The IP as one file, packaged from what C synthesis left.
    private var export: Stage {
        Stage(.export, needs: [.write, .synth], summary: "package the IP") { [role] site, context in
            try await VendorSite(site, role).export(context)
        }
    }
}
