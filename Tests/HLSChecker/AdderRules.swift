/// Layers that compute by additions alone: neither their own sums nor the kernels that call them multiply.
struct AdderRules {
    let project: CheckedProject

    static let kernel = "dense_adders"

    func check(_ found: inout [Checker.Finding]) {
        for call in project.calls where call.kernel == Self.kernel {
            for source in project.sources where source.path == "firmware/layers/\(call.layer)_config.h" {
                products(source, &found)
            }
            let kernels = project.sources.filter { $0.path.hasPrefix("firmware/nnet_utils/nnet_adders") }
            for source in kernels { products(source, &found) }
        }
    }

    /// Every `*` but those of pointers, which other rules refuse: sizes are not multiplied there either.
    private func products(_ source: CheckedSource, _ found: inout [Checker.Finding]) {
        for statement in source.root.all.flatMap(\.statements) where statement.contains("*") {
            found.append(.init(rule: .adders, file: source.path, text: statement))
        }
    }
}
