internal import Basics

/// Makes a tree of nodes from events, within limits that no honest file meets.
struct Composer {
    static let depthLimit = InputLimit.projectFile.depth ?? 64
    static let nodeLimit = InputLimit.projectFile.elements

    private struct Anchor {
        var node: Node?
        var location: SourceLocation
        /// Nodes in it, aliases expanded.
        var size: Int
        /// Levels below it, aliases expanded.
        var height: Int
    }

    private let events: EventStream
    private var anchors: [String: Anchor] = [:]
    /// Nodes so far, aliases expanded.
    private var count = 0
    /// The deepest level that has been reached within the node that is being read, aliases expanded.
    private var deepest = 0
    private var diagnostics: [Diagnostic] = []

    init(_ events: EventStream) { self.events = events }

    /// The one document of the stream, and all that is wrong with its mappings.
    mutating func document() throws(DiagnosticError) -> (root: Node?, diagnostics: [Diagnostic]) {
        let first = try events.next()
        guard case .documentStart = first.kind else { return (nil, diagnostics) }
        let root = try node(from: try events.next(), depth: 1)
        _ = try events.next()
        let after = try events.next()
        if case .documentStart = after.kind {
            diagnostics.append(
                .error(
                    "a second document begins here", at: after.location,
                    help: "a project file holds one document: remove the '---', or keep the other one in its own file"))
        }
        return (root, diagnostics)
    }

    private mutating func node(from event: EventStream.Event, depth: Int) throws(DiagnosticError) -> Node {
        try checkDepth(depth, at: event.location)
        let before = count
        let outer = deepest
        deepest = depth
        defer { deepest = max(outer, deepest) }
        try add(1, at: event.location)
        let content: Node.Content
        let anchor: String?
        let tag: String?
        switch event.kind {
        case .alias(let name):
            return try resolve(name, at: event.location, depth)
        case .scalar(let scalar, let mark, let written):
            (content, anchor, tag) = (.scalar(scalar), mark, written)
        case .sequenceStart(let mark, let written):
            open(mark, at: event.location)
            (content, anchor, tag) = (.sequence(try items(depth)), mark, written)
        case .mappingStart(let mark, let written):
            open(mark, at: event.location)
            (content, anchor, tag) = (.mapping(try entries(depth)), mark, written)
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            throw DiagnosticError(.error("a value is missing here", at: event.location, help: "write a value"))
        }
        let node = Node(content, at: event.location, tag: tag)
        if let anchor {
            anchors[anchor] = Anchor(
                node: node, location: node.location, size: count - before, height: deepest - depth)
        }
        return node
    }

    private func checkDepth(_ depth: Int, at location: SourceLocation) throws(DiagnosticError) {
        guard depth > Self.depthLimit else { return }
        throw DiagnosticError(
            .error(
                "nested more than \(Self.depthLimit) levels deep", at: location,
                help: "no key of a project file needs that"))
    }

    private mutating func items(_ depth: Int) throws(DiagnosticError) -> [Node] {
        var items: [Node] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return items }
            items.append(try node(from: event, depth: depth + 1))
        }
    }

    private mutating func entries(_ depth: Int) throws(DiagnosticError) -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var merges: [Node] = []
        var first: [String: SourceLocation] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let key = try node(from: event, depth: depth + 1)
            let value = try node(from: try events.next(), depth: depth + 1)
            guard let name = key.text else {
                diagnostics.append(
                    .error(
                        "\(key.summary) cannot be a key", at: key.location, help: "a key is one word or a quoted text"))
                continue
            }
            if key.plainText == "<<" {
                merges.append(value)
            } else if let earlier = first[name] {
                diagnostics.append(
                    .error(
                        "the key '\(Node.shortened(name))' is written twice", at: key.location,
                        help: "keep one of the two", notes: [.init("the first is here", at: earlier)]))
            } else {
                first[name] = key.location
                entries.append(Node.Entry(key: key, value: value))
            }
        }
        for value in merges { merge(value, into: &entries, known: &first) }
        return entries
    }

    /// `<<: *base`: the entries of `base` that the mapping does not have itself.
    private mutating func merge(_ value: Node, into entries: inout [Node.Entry], known: inout [String: SourceLocation])
    {
        switch value.content {
        case .mapping(let merged):
            for entry in merged {
                guard let name = entry.key.text, known[name] == nil else { continue }
                known[name] = entry.key.location
                entries.append(entry)
            }
        case .sequence(let items):
            for item in items where item.entries != nil { merge(item, into: &entries, known: &known) }
            for item in items where item.entries == nil { refuseMerge(item) }
        case .scalar:
            refuseMerge(value)
        }
    }

    private mutating func refuseMerge(_ value: Node) {
        diagnostics.append(
            .error(
                "'<<' takes in the keys of another mapping, found \(value.summary)", at: value.location,
                help: "write '<<: *name' where '&name' marks a mapping above"))
    }

    // MARK: Anchors

    private mutating func open(_ anchor: String?, at location: SourceLocation) {
        if let anchor { anchors[anchor] = Anchor(node: nil, location: location, size: 0, height: 0) }
    }

    private mutating func resolve(_ name: String, at location: SourceLocation, _ depth: Int) throws(DiagnosticError)
        -> Node
    {
        guard let anchor = anchors[name] else {
            let near = Spelling.nearest(to: name, in: anchors.keys.sorted())
            throw DiagnosticError(
                .error(
                    "nothing above is marked '&\(name)'", at: location,
                    help: near.map { "did you mean '*\($0)'?" } ?? "quote a text that begins with '*'"))
        }
        guard let node = anchor.node else {
            throw DiagnosticError(
                .error(
                    "'*\(name)' refers to the very value it stands in", at: location, help: "refer to a finished value",
                    notes: [.init("'&\(name)' is here", at: anchor.location)]))
        }
        try checkDepth(depth + anchor.height, at: location)
        deepest = max(deepest, depth + anchor.height)
        try add(anchor.size, at: location, anchor)
        return node
    }

    private mutating func add(_ nodes: Int, at location: SourceLocation, _ anchor: Anchor? = nil)
        throws(DiagnosticError)
    {
        count += nodes
        guard count > Self.nodeLimit else { return }
        throw DiagnosticError(
            .error(
                "more than \(Self.nodeLimit) values\(anchor == nil ? "" : ", aliases expanded")", at: location,
                help: "no project file needs that many",
                notes: anchor.map { [.init("the alias stands for what begins here", at: $0.location)] } ?? []))
    }
}
