/// The clock that the firmware is made for.
public struct Clock: Hashable, Sendable, Codable {
    /// Nanoseconds, exact.
    public var period: Ratio
    /// Percent of the period that synthesis keeps free for what comes after it. Nil: the tool's own default.
    public var uncertainty: Ratio?

    public init(period: Ratio, uncertainty: Ratio? = nil) {
        self.period = period
        self.uncertainty = uncertainty
    }
}
