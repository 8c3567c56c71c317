extension [Diagnostic] {
    /// In the order of a file, as an editor goes through it; then what has its place elsewhere, and last what has none.
    /// Equals keep their order.
    public func inOrder(of file: String) -> [Diagnostic] {
        func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
            guard let place = diagnostic.location else { return (2, 0, 0) }
            return (place.file == file ? 0 : 1, place.line, place.column)
        }
        // Position in the list decides between equals, so that the order is the same every time.
        return enumerated().sorted { left, right in
            let (a, b) = (key(left.element), key(right.element))
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
    }
}
