/// Where each element of a row finds the one that it is made of: what a kernel is told as a function of an index.
///
/// The table of places is looked through for what it repeats, so that the function reads as what it is (`i % 4`), and
/// is a table only where it is nothing simpler.
public enum IndexMap: Hashable, Sendable {
    case identity
    /// `i % period`: a row that repeats.
    case repeating(Int)
    /// `i / count`: each place so many times, one behind the other.
    case spreading(Int)
    case table([Int])

    /// - Parameter places: one for each element of the row.
    public init(_ places: [Int]) {
        let period = (places.max() ?? 0) + 1
        let count = max(1, places.count / period)
        if places.indices.allSatisfy({ places[$0] == $0 }) {
            self = .identity
        } else if places.indices.allSatisfy({ places[$0] == $0 % period }) {
            self = .repeating(period)
        } else if places.indices.allSatisfy({ places[$0] == $0 / count }) {
            self = .spreading(count)
        } else {
            self = .table(places)
        }
    }
}
