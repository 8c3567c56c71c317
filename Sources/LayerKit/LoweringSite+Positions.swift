public import Basics
internal import Options

extension LoweringSite {
    /// How many positions, places of the axes before the last, are computed at once: 1 where nothing is stated. In a
    /// stream they come one after the other.
    ///
    /// What the project states for all layers is for those that have positions.
    /// - Parameters:
    ///   - warnings: takes what hls4ml would change.
    ///   - onlyOne: why there can be no more than one at once, if so.
    ///   - isPossible: which divisors of their number can be, where not all can.
    /// - Throws: where the stated number does not divide that of the positions.
    public func parallelization(
        _ warnings: inout [Diagnostic], onlyOne: String? = nil, isPossible: (Int) -> Bool = { _ in true }
    ) throws(DiagnosticError) -> Int {
        let positions = max(1, Shape(outputs[0].dropLast()).elementCount)
        let isOwn = options.layers[layer]?.parallelization != nil
        var reason = onlyOne
        if io == .stream { reason = "in a stream one position comes after the other" }
        if positions == 1 { reason = "the layer has one position" }
        let wanted = option(\.parallelization) ?? 1
        let legal = reason == nil ? (1...positions).filter { positions % $0 == 0 && isPossible($0) } : [1]
        if legal.contains(wanted) { return wanted }
        // The project's number, and what hls4ml states for every layer, means nothing here.
        if reason != nil, !isOwn || compat == .hls4ml { return 1 }
        let message = "parallelization \(wanted) is not possible for \(positions) positions"
        let help =
            reason.map { "leave it out: \($0)" } ?? "it must divide \(positions): \(Self.listed(legal))"
        guard compat == .hls4ml else { throw error(message, attribute: "parallelization", help: help) }
        let nearest = legal.min { (abs($0 - wanted), $0) < (abs($1 - wanted), $1) } ?? 1
        warnings.append(
            warning("\(message); \(nearest) is taken, as hls4ml does", attribute: "parallelization", help: help))
        return nearest
    }

    private static func listed(_ numbers: [Int]) -> String {
        numbers.prefix(24).map(String.init).joined(separator: ", ") + (numbers.count > 24 ? ", ..." : "")
    }
}
