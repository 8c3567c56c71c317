extension SimulationRow {
    /// All that was measured, in a line.
    /// - Parameter tolerance: what the differences are held against, as written; nil: nothing.
    public func line(tolerance: String?) -> String {
        var parts = [
            "\(samples) \(samples == 1 ? "sample" : "samples")", "max error \(Figure.short(maxError))",
            "mean error \(Figure.short(meanError))", "\(equal) equal",
        ]
        if let argmaxAgreement { parts.append("same arg max \(Figure.percent(argmaxAgreement))") }
        if let accuracy = classification?.accuracy {
            parts.append(
                "accuracy \(Figure.percent(accuracy.firmware)) (as trained \(Figure.percent(accuracy.float)))")
        }
        let against =
            switch reference {
            case .expected: ""
            case .model: "against the model as trained, "
            }
        return
            "\(name): \(parts.joined(separator: ", ")); \(against)\(tolerance.map { "tolerance \($0)" } ?? "no tolerance")"
    }

    /// How many of the numbers are the same: `12 of 5000`.
    public var equal: String { "\(elements - mismatches) of \(elements)" }
}
