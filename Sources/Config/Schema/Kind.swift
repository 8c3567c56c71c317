internal import Basics

/// One kind of value: how it is read from a node, and how the schema describes it.
struct Kind<Value>: Sendable {
    var shape: Shape
    /// The value, or nil after having said what is wrong.
    var read: @Sendable (Node, inout Reading) -> Value?

    init(_ shape: Shape, _ read: @escaping @Sendable (Node, inout Reading) -> Value?) {
        self.shape = shape
        self.read = read
    }

    /// The same notation for another value.
    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Kind<Other> {
        Kind<Other>(shape) { [read] node, reading in read(node, &reading).map(transform) }
    }
}

/// What is collected while a tree is read: everything that is wrong, and where everything stands.
struct Reading {
    var diagnostics: [Diagnostic]
    var places: Places
    var format: ProjectFormat
    /// Native keys down to the value that is being read.
    var path: [String] = []
    /// What was said to have no effect: files that a program wrote repeat it for every layer.
    private var ignored: Set<[String]> = []

    init(_ format: ProjectFormat, places: Places, diagnostics: [Diagnostic] = []) {
        self.format = format
        self.places = places
        self.diagnostics = diagnostics
    }

    mutating func error(_ message: String, at node: Node, help: String? = nil, notes: [Diagnostic.Note] = []) {
        diagnostics.append(.error(message, at: node.location, help: help, notes: notes))
    }

    mutating func warning(_ message: String, at node: Node, help: String? = nil) {
        diagnostics.append(.warning(message, at: node.location, help: help))
    }

    /// Whether a key that is not known is passed over: in a file of hls4ml, but not on the command line.
    func mayIgnore(_ key: Node) -> Bool { format == .hls4ml && key.location.file == places.start.file }

    /// Says that a key of an hls4ml file reaches nothing; of the same key in other such mappings only once.
    mutating func ignore(_ name: String, _ what: String, at node: Node, help: () -> String) {
        guard ignored.count <= [Diagnostic].errorLimit, ignored.insert([what, name]).inserted else { return }
        if ignored.count > [Diagnostic].errorLimit {
            warning("more keys like these have no effect", at: node)
        } else {
            warning("'\(Node.shortened(name))' has no effect: \(what) has no such key", at: node, help: help())
        }
    }

    /// `expected a whole number, found the text 'four'`.
    mutating func mismatch(_ expected: String, _ node: Node, help: String? = nil) {
        error("expected \(expected), found \(node.summary)", at: node, help: help)
    }

    /// Runs `body` with the path extended, after recording where the value stands: a scalar where it is written, a
    /// mapping or list where its key is.
    mutating func entering<Result>(_ keys: [String], _ entry: Node.Entry, _ body: (inout Reading) -> Result) -> Result {
        guard !keys.isEmpty else { return body(&self) }
        path.append(contentsOf: keys)
        defer { path.removeLast(keys.count) }
        places.record(path, entry.value.text == nil || entry.value.isNull ? entry.key.location : entry.value.location)
        return body(&self)
    }
}
