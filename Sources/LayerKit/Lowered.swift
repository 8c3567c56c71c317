public import Basics

/// What lowering a layer gives: its operations, each after those it reads from.
///
/// The last one bears the layer's name; the others have its name with one of their own behind it.
public struct Lowered: Sendable {
    /// One operation, which becomes a node of the Design.
    public struct Part: Sendable {
        /// What stands behind the layer's name: `depthwise` for `conv_depthwise`. Nil for the last part.
        public var suffix: String?
        public var operation: any DesignOperation
        public var inputs: [Source]
        /// One for each output.
        public var shapes: [Shape]
        /// Bounds of each output, the cast to the result type included.
        public var ranges: [Ranges]

        public init(
            suffix: String? = nil, _ operation: any DesignOperation, inputs: [Source], shapes: [Shape], ranges: [Ranges]
        ) {
            self.suffix = suffix
            self.operation = operation
            self.inputs = inputs
            self.shapes = shapes
            self.ranges = ranges
        }
    }

    /// What a part reads.
    public enum Source: Hashable, Sendable {
        /// An input of the layer.
        case input(Int)
        /// An output of an earlier part.
        case part(Int, output: Int = 0)
    }

    public var parts: [Part]
    public var warnings: [Diagnostic]

    public init(parts: [Part], warnings: [Diagnostic] = []) {
        self.parts = parts
        self.warnings = warnings
    }

    /// One operation that reads all that the layer reads and gives its only output.
    /// - Parameter ranges: bounds of the output, the cast to the result type included.
    public init(
        _ operation: any DesignOperation, _ site: LoweringSite, ranges: Ranges, warnings: [Diagnostic] = []
    ) {
        let part = Part(
            operation, inputs: site.inputs.indices.map { .input($0) }, shapes: site.outputs, ranges: [ranges])
        self.init(parts: [part], warnings: warnings)
    }

    /// Nothing is computed: what comes in goes out.
    public static let nothing = Lowered(parts: [])
}
