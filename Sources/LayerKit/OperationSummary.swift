public import FixedPoint
public import Options

/// What of an operation a user chose or may want to choose: a row of the report.
public struct OperationSummary: Hashable, Sendable {
    /// What is computed: `dense`, `relu`, `softmax (stable)`.
    public var kind: String
    public var weight: ElementTypes?
    public var bias: ElementTypes?
    public var accum: FixedType?
    public var tables: [Table]
    public var strategy: Strategy?
    public var reuse: Int?
    public var adders: Adders?

    /// What stands in place of multiplications.
    public struct Adders: Hashable, Sendable {
        public var count: Int
        /// The most of them one after the other.
        public var depth: Int

        public init(count: Int, depth: Int) {
            self.count = count
            self.depth = depth
        }
    }

    /// A table, by its name in a project file.
    public struct Table: Hashable, Sendable {
        public var role: PrecisionRole
        public var type: FixedType

        public init(_ role: PrecisionRole, _ type: FixedType) {
            self.role = role
            self.type = type
        }
    }

    public init(
        _ kind: String, weight: ElementTypes? = nil, bias: ElementTypes? = nil, accum: FixedType? = nil,
        tables: [Table] = [], strategy: Strategy? = nil, reuse: Int? = nil, adders: Adders? = nil
    ) {
        self.kind = kind
        self.weight = weight
        self.bias = bias
        self.accum = accum
        self.tables = tables
        self.strategy = strategy
        self.reuse = reuse
        self.adders = adders
    }
}
