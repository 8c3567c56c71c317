public import Estimates
public import Reports

/// What a layer or a design costs, whoever says so. Nil where that one states nothing.
public struct Cost: Hashable, Sendable {
    /// Clock cycles.
    public var latency: Int?
    public var interval: Int?
    public var lut: Int?
    public var ff: Int?
    public var dsp: Int?
    /// Blocks of 18 Kb.
    public var bram18: Int?
    public var uram: Int?

    public init() {}

    public init(_ estimate: Estimate) {
        latency = estimate.latency
        interval = estimate.interval
        lut = estimate.lut
        ff = estimate.ff
        dsp = estimate.dsp
        bram18 = estimate.bram18
    }

    /// What the part has of each.
    public init(_ part: Part) {
        lut = part.lut
        ff = part.ff
        dsp = part.dsp
        bram18 = part.bram18
        uram = part.uram
    }

    /// The slowest case where a tool states a range.
    public init(_ resources: Resources, latency: CycleRange = CycleRange(), interval: CycleRange = CycleRange()) {
        self.latency = latency.max ?? latency.min
        self.interval = interval.max ?? interval.min
        lut = resources.lut
        ff = resources.ff
        dsp = resources.dsp
        bram18 = resources.bram18
        uram = resources.uram
    }

    /// Names and values in the order of tables.
    public var entries: [(name: String, value: Int?)] {
        [
            ("latency", latency), ("interval", interval), ("LUT", lut), ("FF", ff), ("DSP", dsp),
            ("BRAM_18K", bram18), ("URAM", uram),
        ]
    }
}

/// One layer, or the whole design, as it is estimated and as the tools measured it.
public struct CostRow: Hashable, Sendable {
    public var name: String
    /// Before synthesis, from our own schedule.
    public var estimate: Cost?
    /// As C synthesis reports it.
    public var csynth: Cost?
    /// As Vivado counts it in the netlist.
    public var vsynth: Cost?

    public init(name: String, estimate: Cost? = nil, csynth: Cost? = nil, vsynth: Cost? = nil) {
        self.name = name
        self.estimate = estimate
        self.csynth = csynth
        self.vsynth = vsynth
    }

    /// The same without what is not to count.
    public func keeping(csynth keepsCsynth: Bool, vsynth keepsVsynth: Bool) -> CostRow {
        CostRow(
            name: name, estimate: estimate, csynth: keepsCsynth ? csynth : nil, vsynth: keepsVsynth ? vsynth : nil)
    }

    /// Who says what, in the order of the road; those who say nothing are left out.
    public var sources: [(name: String, cost: Cost)] {
        [("estimate", estimate), ("csynth", csynth), ("vsynth", vsynth)].compactMap { name, cost in
            cost.map { (name, $0) }
        }
    }
}

/// What a part has, as the tools say that measured a design on it.
public struct AvailableCosts: Hashable, Sendable {
    public var csynth: Offer?
    public var vsynth: Offer?

    /// What one tool says.
    public struct Offer: Hashable, Sendable {
        public var cost: Cost
        /// The part that the tool worked for, as its report has it.
        public var part: String?

        public init(_ cost: Cost, part: String?) {
            self.cost = cost
            self.part = part
        }
    }

    public init() {}

    /// What the source of a cost says, by its name.
    public subscript(source: String) -> Offer? {
        switch source {
        case "csynth": csynth
        case "vsynth": vsynth
        default: nil
        }
    }
}
