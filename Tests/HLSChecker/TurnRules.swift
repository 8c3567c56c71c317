/// Loops around the calls of kernels on arrays.
struct TurnRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        for function in project.functions.values.sorted(by: { $0.name < $1.name }) {
            for loop in function.blocks where loop.kind == .loop && loop.pragma("unroll") == nil {
                guard let call = Self.kernel(in: loop), call != "dense_resource" else { continue }
                let layer = String(function.name.dropFirst(project.top.count + 1))
                let config = project.calls.first { $0.layer == layer }.flatMap(project.config)
                let wanted = max(1, config?.numbers["reuse_factor"] ?? 1)
                let stated = loop.pragma("pipeline")?.first { $0.hasPrefix("II=") }.flatMap { Int($0.dropFirst(3)) }
                if stated != wanted, !isStream(function) {
                    found.append(
                        .init(
                            rule: .turns, file: "firmware/layers/\(layer).cpp",
                            text: "turns of \(call) are no pipeline of interval \(wanted)"))
                }
            }
        }
    }

    private func isStream(_ function: CheckedSource.Block) -> Bool { function.header.contains("hls::stream<") }

    /// The kernel that a loop, or an unrolled loop in it, calls with the settings of a layer.
    private static func kernel(in loop: CheckedSource.Block) -> String? {
        loop.all.lazy.flatMap(\.statements).first { $0.hasPrefix("nnet::") && $0.contains("_config>(") }
            .flatMap { Cpp.calls($0).first?.name }
    }
}
