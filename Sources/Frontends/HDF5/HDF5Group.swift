internal import Basics
internal import LayerKit

/// A group of a HDF5 file with all that is below it.
struct HDF5Group: Equatable {
    /// The name of the file, for messages.
    let file: String
    let path: String
    var attributes: [ExactText: Attribute] = [:]
    var children: [ExactText: Child] = [:]

    enum Attribute: Equatable {
        case strings([String])
        /// Not text, or not readable: why.
        case unreadable(String)
    }

    indirect enum Child: Equatable {
        case group(HDF5Group)
        /// Integers of any size, or floating-point numbers in single or double precision.
        case dataset(Tensor)
        case unreadable(String)
    }

    func has(_ name: String) -> Bool { children[ExactText(name)] != nil }

    /// The strings of an attribute, one for a scalar; nil where there is no such attribute. An empty array of any type
    /// is an empty list, since Python writes empty lists as numbers.
    func strings(_ name: String) throws(DiagnosticError) -> [String]? {
        switch attributes[ExactText(name)] {
        case nil: return nil
        case .strings(let strings): return strings
        case .unreadable(let reason): throw error("attribute '\(name)' of '\(path)' \(reason)")
        }
    }

    /// A list of strings that Keras spread over `name`, or over `name0`, `name1`, ... where it exceeds what one
    /// attribute can hold; nil where there is neither.
    func chunkedStrings(_ name: String) throws(DiagnosticError) -> [String]? {
        if let whole = try strings(name) { return whole }
        var all: [String]?
        var chunk = 0
        while let part = try strings("\(name)\(chunk)") {
            all = (all ?? []) + part
            chunk += 1
        }
        return all
    }

    /// The group at a path below this one.
    func group(_ path: String) throws(DiagnosticError) -> HDF5Group {
        var group = self
        for name in PathText.parts(of: path) {
            switch try group.child(name) {
            case .group(let next): group = next
            case .dataset: throw error("'\(group.childPath(name))' is a dataset where a group was expected")
            case .unreadable(let reason): throw error("'\(group.childPath(name))' \(reason)")
            }
        }
        return group
    }

    /// The numbers of the dataset at a path below this group.
    func dataset(_ path: String) throws(DiagnosticError) -> Tensor {
        var components = PathText.parts(of: path)
        guard let name = components.popLast() else { throw error("a dataset in '\(self.path)' has no name") }
        let parent = try group(components.joined(separator: "/"))
        switch try parent.child(name) {
        case .dataset(let tensor): return tensor
        case .group: throw error("'\(parent.childPath(name))' is a group where a dataset was expected")
        case .unreadable(let reason): throw error("'\(parent.childPath(name))' \(reason)")
        }
    }

    private func child(_ name: String) throws(DiagnosticError) -> Child {
        if let child = children[ExactText(name)] { return child }
        let near = Spelling.nearest(to: name, in: children.keys.sorted().map(\.text))
        throw error("group '\(path)' has no '\(name)'", help: near.map { "did you mean '\($0)'?" })
    }

    func childPath(_ name: String) -> String { path == "/" ? "/\(name)" : "\(path)/\(name)" }

    func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(file)': \(message)", help: help))
    }
}
