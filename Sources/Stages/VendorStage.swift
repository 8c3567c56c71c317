internal import BuildEngine
internal import Config
internal import Options

/// Stages of the vendor's tools.
enum VendorStage {
    static func run(_ stage: String, _ project: Project, _ context: StageContext) async throws {
        switch project.backend {
        case .open:
            throw StageUnavailable(
                "stage \(stage): the open back end writes no RTL yet", help: "write `backend: vitis` for AMD's tools")
        case .vitis, .vivado:
            throw StageUnavailable("stage \(stage): no \(project.backend.rawValue) tool is installed here")
        }
    }
}
