public import Basics
public import Layers

/// A Design on its way to C++: every name given, every function known, every FIFO sized; made once for all that is
/// written and told of it.
public struct HLSProject: Sendable {
    let placed: PlacedDesign
    let plan: Plan

    /// - Parameter project: the name of the top function.
    /// - Throws: every layer that cannot be written, with the reason.
    public init(_ placed: PlacedDesign, project: String) throws(DiagnosticError) {
        if let fault = Self.fault(inProject: project) { throw DiagnosticError(fault) }
        self.placed = placed
        plan = try Planner.plan(placed, project: project)
    }

    /// Throws also what the design refers to and does not hold.
    public init(_ design: Design, project: String) throws(DiagnosticError) {
        try self.init(PlacedDesign(design), project: project)
    }
}
