internal import Basics

/// What a design occupies, or a part offers. Nil where the tool states nothing.
public struct Resources: Hashable, Sendable {
    public var lut: Int?
    public var ff: Int?
    public var dsp: Int?
    /// Blocks of 18 Kb, the unit of HLS reports. Vivado counts tiles of 36 Kb, two blocks each.
    public var bram18: Int?
    public var uram: Int?

    public init(lut: Int? = nil, ff: Int? = nil, dsp: Int? = nil, bram18: Int? = nil, uram: Int? = nil) {
        self.lut = lut
        self.ff = ff
        self.dsp = dsp
        self.bram18 = bram18
        self.uram = uram
    }

    /// True where nothing is stated.
    public var isEmpty: Bool { self == Resources() }

    /// Takes the count the tool calls `name`; false for a name that is none of the five.
    mutating func set(_ name: String, _ value: Int?) -> Bool {
        switch name {
        case "LUT": lut = value
        case "FF": ff = value
        case "DSP", "DSP48E", "DSP48": dsp = value
        case "BRAM_18K", "BRAM", "RAMB18": bram18 = value
        case "URAM": uram = value
        default: return false
        }
        return true
    }

    var json: JSONValue {
        .object([
            "LUT": .of(lut), "FF": .of(ff), "DSP": .of(dsp), "BRAM_18K": .of(bram18), "URAM": .of(uram),
        ])
    }

    /// Percent of what is available, to two places.
    func percent(of available: Resources) -> JSONValue {
        func part(_ used: Int?, _ all: Int?) -> JSONValue {
            .of(Number.percent(used.map(Double.init), of: all.map(Double.init)))
        }
        return .object([
            "LUT": part(lut, available.lut), "FF": part(ff, available.ff), "DSP": part(dsp, available.dsp),
            "BRAM_18K": part(bram18, available.bram18), "URAM": part(uram, available.uram),
        ])
    }
}

/// Clock cycles (or iterations) from the smallest to the largest; nil where the tool states none.
public struct CycleRange: Hashable, Sendable {
    public var min: Int?
    public var max: Int?

    public init(_ min: Int? = nil, _ max: Int? = nil) {
        self.min = min
        self.max = max
    }

    func json(_ low: String, _ high: String) -> JSONValue {
        .object([JSONValue.Member(low, .of(min)), JSONValue.Member(high, .of(max))])
    }
}
