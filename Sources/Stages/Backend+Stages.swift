internal import HLSWriter
internal import Options
internal import Steps
internal import Tools
internal import Vendor

extension Backend {
    /// What the back end makes of a Design.
    var stages: [Stage] {
        switch self {
        // What it does not write yet is asked for all the same, and answered.
        case .open:
            [.write(.vitis), .csim]
                + VendorStages(hls: .vitis).all.map { stage in
                    stage.unavailable(
                        "stage \(stage.name.rawValue): the open back end writes no RTL yet",
                        help: "write 'backend: vitis' for AMD's tools")
                }
        case .vitis: [.write(.vitis), .csim] + VendorStages(hls: .vitis).all
        case .vivado: [.write(.vivado), .csim] + VendorStages(hls: .vivadoHLS).all
        }
    }
}
