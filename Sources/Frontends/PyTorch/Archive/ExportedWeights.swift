internal import Arrays
internal import Basics
internal import LayerKit

/// The trained numbers of an exported program, by the names that its signature gives them.
struct ExportedWeights {
    private var archives: [TorchArchive] = []
    /// Each tensor, and which of the archives it lies in.
    private var places: [String: (archive: Int, tensor: TorchTensor)] = [:]

    /// One archive with a file for each weight, and a list of them.
    init(listed archive: TorchArchive, model: String) throws(DiagnosticError) {
        archives = [archive]
        for kind in ["weights", "constants"] {
            let list = "data/\(kind)/\(model)_\(kind)_config.json"
            if archive.has(list) {
                try add(try archive.json(list), folder: "data/\(kind)/")
            } else if archive.has("data/\(kind)/\(model).pt") {
                try add(pickled: try archive.bytes("data/\(kind)/\(model).pt"), file: archive.file)
            }
        }
    }

    /// Archives within the archive, each with a pickled dictionary.
    init(pickled archive: consuming TorchArchive) throws(DiagnosticError) {
        for path in ["serialized_constants.pt", "serialized_state_dict.pt"] where archive.has(path) {
            let bytes = try archive.bytes(path)
            archive.drop(path)
            try add(pickled: consume bytes, file: "\(archive.file):\(path)")
        }
    }

    /// Tensors of an archive by their names.
    init(_ archive: TorchArchive, _ tensors: [String: TorchTensor]) {
        archives = [archive]
        places = tensors.mapValues { (0, $0) }
    }

    private mutating func add(pickled bytes: consuming [UInt8], file: String) throws(DiagnosticError) {
        if bytes.isEmpty { return }
        let archive = try TorchArchive(consume bytes, file: file)
        archives.append(archive)
        for (name, tensor) in try PickledTensors(archive).dictionary() {
            places[name] = (archives.count - 1, tensor)
        }
    }

    private mutating func add(_ list: JSONValue, folder: String) throws(DiagnosticError) {
        let archive = archives[0]
        for member in list["config"]?.members ?? [] {
            guard let path = member.value["path_name"]?.stringValue, let meta = member.value["tensor_meta"],
                let element = meta["dtype"]?.integerValue.flatMap(ElementType.init(exported:)),
                let shape = Self.sizes(meta["sizes"]), let strides = Self.sizes(meta["strides"])
            else { throw archive.error("the weight '\(member.name)' is described by \(member.value.summary)") }
            guard member.value["use_pickle"] != .bool(true) else {
                throw archive.error("the weight '\(member.name)' is pickled, which is not read")
            }
            let offset = meta["storage_offset"]?["as_int"]?.integerValue ?? 0
            places[member.name] = (
                0, TorchTensor(path: folder + path, element: element, shape: shape, strides: strides, offset: offset)
            )
        }
    }

    private static func sizes(_ value: JSONValue?) -> [Int]? {
        guard let items = value?.arrayValue else { return nil }
        let sizes = items.compactMap { $0["as_int"]?.integerValue }
        return sizes.count == items.count ? sizes : nil
    }

    /// The numbers of the tensors of these names. What nobody asks for again is let go of as soon as it is read, so
    /// that weights are in memory once as bytes or once as numbers.
    mutating func load(_ names: [String]) throws(DiagnosticError) -> [String: Tensor] {
        var uses: [String: Int] = [:]
        var problems: [Diagnostic] = []
        for name in names {
            if let place = places[name] { uses["\(place.archive)/\(place.tensor.path)", default: 0] += 1 }
        }
        var tensors: [String: Tensor] = [:]
        for name in names {
            guard let (index, tensor) = places[name] else {
                problems.append(.error("'\(archives.first?.file ?? "")': the weight '\(name)' is missing"))
                continue
            }
            do {
                let archive = archives[index]
                tensors[name] = try tensor.load(
                    try archive.bytes(tensor.path), bigEndian: archive.isBigEndian, name: name)
            } catch let error as LayerError {
                problems.append(.error("'\(archives[index].file)': \(error.message)", help: error.help))
            } catch let error as DiagnosticError {
                problems += error.diagnostics
            } catch {}
            let key = "\(index)/\(tensor.path)"
            uses[key, default: 1] -= 1
            if uses[key] == 0 { archives[index].drop(tensor.path) }
        }
        guard problems.isEmpty else { throw DiagnosticError(problems.bounded) }
        return tensors
    }
}
