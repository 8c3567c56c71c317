import Basics
import LayerKit
import Layers
import TestSupport
import Testing

@testable import HLSWriter

/// The catalogue against what it lists: the rooms of the layers, the names in JSON, the kernels.
@Suite struct CatalogTests {
    private static let rooms = Repository.root + "/Sources/Layers"

    /// A folder is called as the type of its layer, and holds it and its operations.
    @Test func everyLayerHasItsFolder() throws {
        let folders = try Files.list(Self.rooms).filter { Files.status(Self.rooms + "/" + $0)?.kind == .directory }
        #expect(folders.sorted() == Catalog.layers.map { "\($0)" }.sorted())
        for layer in Catalog.layers {
            let files = try Files.list("\(Self.rooms)/\(layer)")
            for type in ["\(layer)"] + layer.operations.map({ "\($0)" }) {
                #expect(files.contains(type + ".swift"), "\(type) does not stand in the folder of \(layer)")
            }
        }
    }

    /// Two of one name would leave the second unread, in silence.
    @Test func keysAreUnique() {
        let layers = Catalog.layers.map { $0.key }
        #expect(Set(layers).count == layers.count, "\(layers)")
        let operations = Catalog.layers.flatMap { $0.operations }.map { $0.key }
        #expect(Set(operations).count == operations.count, "\(operations)")
        #expect(!operations.isEmpty)
    }

    /// Every function of the headers is one of an operation's kernels or stands for none, and no other is.
    @Test func everyKernelHasItsRoom() {
        let operations = Catalog.layers.flatMap { $0.operations }
        let claimed = operations.reduce(ReservedWords.ownKernels) { $0.union($1.kernels) }
        for (header, functions) in Headers.functions {
            let missing = functions.subtracting(claimed)
            let rooms = operations.filter { !$0.kernels.isDisjoint(with: functions) }.map { "\($0)" }
            #expect(
                missing.isEmpty,
                "\(missing.sorted()) of \(header).h are in no list of kernels; others of it are in those of \(rooms)")
        }
        let own = ReservedWords.ownKernels.subtracting(Headers.allFunctions)
        #expect(own.isEmpty, "no header has these of ReservedWords.ownKernels: \(own.sorted())")
        for operation in operations {
            let extra = operation.kernels.subtracting(Headers.allFunctions)
            #expect(extra.isEmpty, "no header has these of \(operation).kernels: \(extra.sorted())")
            let twice = operation.kernels.intersection(ReservedWords.ownKernels)
            #expect(twice.isEmpty, "\(operation).kernels and ReservedWords.ownKernels: \(twice.sorted())")
        }
    }

    /// No layer of a user is called as a kernel is.
    @Test func theKernelsNamesAreReserved() {
        let kernels = Headers.allFunctions
        #expect(kernels.contains("dense_latency"), "the headers do not read as this test expects: \(kernels)")
        #expect(kernels.isSubset(of: ReservedWords.all), "\(kernels.subtracting(ReservedWords.all).sorted())")
    }
}

/// The headers of the kernels.
enum Headers {
    /// The functions that give nothing back, by the name of the header without its suffix.
    static let functions: [String: Set<String>] = {
        let folder = "hls/nnet_utils/"
        var found: [String: Set<String>] = [:]
        for (path, bytes) in Repository.templateFiles where path.hasPrefix(folder) && path.hasSuffix(".h") {
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            found[String(path.dropFirst(folder.count).dropLast(2))] = Set(lines.compactMap(function))
        }
        return found
    }()

    static let allFunctions = functions.values.reduce(into: Set<String>()) { $0.formUnion($1) }

    /// The name in `void name(...` or `template <...> void name(...`; members of structs are indented.
    private static func function(_ line: Substring) -> String? {
        guard line.hasPrefix("void ") || line.hasPrefix("template <"), let void = line.firstRange(of: "void "),
            let open = line[void.upperBound...].firstIndex(of: "(")
        else { return nil }
        return String(line[void.upperBound..<open])
    }
}
