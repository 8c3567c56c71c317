import Basics
import Frontends
import LayerKit
import Layers
import TestSupport
import Zip

/// Small models of every format that is read, as their frameworks write them, and what is tried on each.
enum ModelSeeds {
    private static func file(_ path: String) -> [UInt8] { (try? Files.read(Repository.fixtures + "/" + path)) ?? [] }

    /// The files of a folder of fixtures that are not too large to be changed often.
    private static func files(_ folder: String, _ ending: String, atMost limit: Int) -> [[UInt8]] {
        let root = Repository.fixtures + "/" + folder
        let paths = ((try? FileTree.paths(below: root)) ?? []).filter { $0.hasSuffix(ending) }
        return paths.compactMap { try? Files.read(root + "/" + $0) }.filter { $0.count <= limit }
    }

    // MARK: Keras

    /// Whole models of Keras 2, and of Keras 3 in the old form.
    static let hdf5 = [file("keras_chain.h5"), file("numbers.h5")] + files("keras", "_2.h5", atMost: 100_000)

    static let kerasArchives =
        files("keras", ".keras", atMost: 40_000) + [file("hgq2.keras")] + quantizedArchives

    static let kerasConfigs = members("config.json")
    static let kerasWeights = members("model.weights.h5")

    private static func members(_ path: String) -> [[UInt8]] {
        kerasArchives.compactMap { archive in
            (try? ZipArchive.entries(archive))?.first { $0.path == path }?.bytes
        }
    }

    /// An archive of other parts than were written together; mostly the weights are those of the architecture.
    static func kerasArchive(config: [UInt8], _ dice: inout Dice) -> [UInt8] {
        // The classes of layers tell which weights fit.
        let words = JSONChange(config)?.strings ?? []
        let likest = kerasConfigs.indices.max { likeness(words, $0) < likeness(words, $1) } ?? 0
        let index = dice.chance(20) ? dice.roll(0...kerasWeights.count - 1) : likest
        return (try? kerasArchive(config: config, weights: kerasWeights[index])) ?? config
    }

    /// An archive around weights, with the architecture that they are of where no change moved their end.
    static func kerasArchive(weights: [UInt8], _ dice: inout Dice) -> [UInt8] {
        let own = kerasWeights.firstIndex { $0.count == weights.count }
        let index = own ?? dice.roll(0...kerasConfigs.count - 1)
        return (try? kerasArchive(config: kerasConfigs[index], weights: weights)) ?? weights
    }

    private static let configStrings = kerasConfigs.map { Set(JSONChange($0)?.strings ?? []) }

    private static func likeness(_ words: [String], _ index: Int) -> Double {
        let own = configStrings[index]
        return Double(Set(words).intersection(own).count) / Double(max(1, own.count))
    }

    static func kerasArchive(config: [UInt8], weights: [UInt8]) throws -> [UInt8] {
        try ZipArchive.stored([
            ZipEntry("config.json", config), ZipEntry("metadata.json", Array(#"{"keras_version": "3.15.1"}"#.utf8)),
            ZipEntry("model.weights.h5", weights),
        ])
    }

    /// Archives whose dense layers QKeras quantises.
    private static let quantizedArchives: [[UInt8]] = files("keras", ".keras", atMost: 40_000).compactMap { archive in
        guard var entries = try? ZipArchive.entries(archive),
            let index = entries.firstIndex(where: { $0.path == "config.json" }),
            let config = try? JSONValue(parsing: entries[index].bytes, name: "config.json")
        else { return nil }
        let quantized = quantized(config)
        guard quantized != config else { return nil }
        entries[index].bytes = Array(quantized.text.utf8)
        return try? ZipArchive.stored(entries)
    }

    private static func quantized(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .int, .double, .string: return value
        case .array(let items): return .array(items.map(quantized))
        case .object(let members):
            guard value["class_name"] == .string("Dense") else {
                return .object(members.map { .init($0.name, quantized($0.value)) })
            }
            return .object(
                members.map { member in
                    switch (member.name, member.value) {
                    case ("class_name", _): .init(member.name, .string("QDense"))
                    case ("config", .object(let fields)):
                        .init(
                            member.name,
                            .object(
                                fields + [
                                    .init("kernel_quantizer", .string("quantized_bits(6,0,alpha=1)")),
                                    .init("bias_quantizer", .string("quantized_po2(5)")),
                                ]))
                    default: member
                    }
                })
        }
    }

    // MARK: ONNX

    static let onnx = files("onnx", ".onnx", atMost: 40_000)

    /// The numbers of all models in one file, and the models with places in it.
    static let external: (models: [[UInt8]], data: [UInt8]) = {
        var data: [UInt8] = []
        let models = onnx.compactMap { WireMessage($0)?.movingNumbers(into: &data, file: "data.bin").bytes }
        return (models, data)
    }()

    // MARK: PyTorch

    static let pytorch =
        files("pytorch", ".pt2", atMost: 12_000) + files("pytorch", ".pt", atMost: 10_000)
    static let pytorchLegacy = files("pytorch", "legacy.pt", atMost: 27_000)

    /// Programs of archives, without the archives; `exportedArchive` puts one around them again.
    static let programs: [[UInt8]] = exports.compactMap { entries in entries.first(where: isProgram)?.bytes }

    private static let exports = files("pytorch", ".pt2", atMost: 40_000).compactMap { try? ZipArchive.entries($0) }

    private static func isProgram(_ entry: ZipEntry) -> Bool {
        entry.path.hasSuffix("models/model.json") || entry.path.hasSuffix("serialized_exported_program.json")
    }

    /// An archive around a program, with the weights of the network that it is likest.
    static func exportedArchive(_ program: [UInt8], _ dice: inout Dice) -> [UInt8] {
        guard !exports.isEmpty else { return program }
        let words = Set(JSONChange(program)?.strings ?? [])
        let likest = programStrings.indices.max {
            words.intersection(programStrings[$0]).count < words.intersection(programStrings[$1]).count
        }
        var entries = exports[dice.chance(20) ? dice.roll(0...exports.count - 1) : likest ?? 0]
        for index in entries.indices where isProgram(entries[index]) { entries[index].bytes = program }
        return (try? ZipArchive.stored(entries)) ?? program
    }

    private static let programStrings = programs.map { Set(JSONChange($0)?.strings ?? []) }

    // MARK: trying

    /// Reads a model, computes it once and plans its firmware, where its tensors are small enough for thousands of such.
    /// Throws where it is not read.
    static func compute(_ files: ModelFiles) throws {
        let model = try ModelReader.read(files)
        let sizes = model.nodes.flatMap(\.outputs).map(\.elementCount)
        guard sizes.reduce(0, +) < 20_000 else { return }
        _ = model.evaluateFloat(
            model.inputs.map { [Double](repeating: 0.5, count: model.shape(of: TensorID($0)).elementCount) })
        // Not every layer that is read is in the firmware.
        try? Design.make(of: model)
    }
}

extension WireMessage {
    /// A model of ONNX whose stored numbers lie in another file.
    fileprivate func movingNumbers(into data: inout [UInt8], file: String) -> WireMessage {
        func entry(_ key: String, _ value: String) -> Field {
            let fields = [Field(number: 1, content: .bytes(Array(key.utf8)))]
            return Field(
                number: 13,
                content: .message(WireMessage(fields + [Field(number: 2, content: .bytes(Array(value.utf8)))])))
        }
        var model = self
        for index in model.fields.indices where model.fields[index].number == 7 {
            guard case .message(var graph) = model.fields[index].content else { continue }
            for place in graph.fields.indices where graph.fields[place].number == 5 {
                guard case .message(var tensor) = graph.fields[place].content,
                    let raw = tensor.fields.firstIndex(where: { $0.number == 9 })
                else { continue }
                let bytes = WireMessage([Field(number: 1, content: tensor.fields[raw].content)]).payload
                tensor.fields[raw] = entry("location", file)
                tensor.fields += [
                    entry("offset", "\(data.count)"), entry("length", "\(bytes.count)"),
                    Field(number: 14, content: .varint(1)),
                ]
                data += bytes
                graph.fields[place].content = .message(tensor)
            }
            model.fields[index].content = .message(graph)
        }
        return model
    }

    /// The bytes of the only field.
    private var payload: [UInt8] {
        switch fields[0].content {
        case .bytes(let bytes), .fixed(let bytes): bytes
        case .message(let message): message.bytes
        case .varint: []
        }
    }
}
