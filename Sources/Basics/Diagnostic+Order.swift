extension [Diagnostic] {
    /// More errors than this help nobody.
    public static var errorLimit: Int { 100 }

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

    /// Of very many the first, and how many more there are.
    public var bounded: [Diagnostic] {
        guard count > Self.errorLimit, let last = dropFirst(Self.errorLimit).first else { return self }
        // What holds that many warnings alone is still right.
        guard contains(where: { $0.severity == .error }) else { return self }
        return prefix(Self.errorLimit) + [
            .error("\(count - Self.errorLimit) more like these", at: last.location, help: "mend the first of them")
        ]
    }
}
