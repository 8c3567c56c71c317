internal import LayerKit

/// Whether an array of a file holds samples as the network has them, told by its shape: as many numbers in another
/// order are other numbers.
enum SampleShape {
    /// - Parameters:
    ///   - given: the array's shape, of as many numbers as the samples have.
    ///   - own: of one sample.
    /// - Returns: whether it holds so many samples, each in one order: axes of one element mean nothing, and several may
    ///   be written as one.
    static func holds(_ given: [Int], samples: Int, of own: Shape) -> Bool {
        if samples == 1, long(given) == long(own) { return true }
        return given.first == samples && !isTurned(given.dropFirst(), own)
    }

    /// Whether the axes of a sample are the network's in another order.
    static func isTurned(_ given: some Sequence<Int>, _ own: Shape) -> Bool {
        let (given, own) = (long(given), long(own))
        return given != own && given.sorted() == own.sorted()
    }

    private static func long(_ axes: some Sequence<Int>) -> [Int] { axes.filter { $0 != 1 } }
}
