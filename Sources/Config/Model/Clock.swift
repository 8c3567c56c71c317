public import Options

/// The clock that the firmware is made for.
public struct Clock: Hashable, Sendable, Codable {
    /// Nanoseconds, exact.
    public var period: Ratio
    /// Percent of the period that synthesis keeps free for what comes after it. Nil: the back end's own default.
    public var uncertainty: Ratio?

    public init(period: Ratio, uncertainty: Ratio? = nil) {
        self.period = period
        self.uncertainty = uncertainty
    }

    /// What synthesis keeps free, in percent: as stated, else what the back end's tool takes by itself.
    public func uncertainty(for backend: Backend) -> Ratio {
        if let uncertainty { return uncertainty }
        return switch backend {
        case .open: .zero
        case .vitis: Ratio(27) ?? .zero
        case .vivado: Ratio(25, 2) ?? .zero
        }
    }
}
