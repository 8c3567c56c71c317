/// Measured numbers in words.
public enum Figure {
    /// For people: four digits that count.
    public static func short(_ value: Double) -> String {
        if !value.isFinite { return value.description }
        var scale = 1.0
        while abs(value) * scale < 1000, scale < 1e9, value != 0 { scale *= 10 }
        return ((value * scale).rounded() / scale).description
    }

    /// Counts as counts, and what is none in short.
    public static func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? short(value) }

    /// A share for people: `99.9 %`.
    public static func percent(_ share: Double) -> String { short(share * 100) + " %" }
}
