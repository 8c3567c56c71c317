import Arrays
import Basics
import Foundation
import LayerKit
import Testing

/// Trained numbers, at hand or in a file beside the model.
struct ImportTensorTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "tensors-\(UUID().uuidString)")

    private func file(_ bytes: [UInt8]) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "w.bin").path
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    private func tensor(
        _ path: String, _ shape: Shape, _ element: ElementType, offset: Int, length: Int
    ) -> ImportTensor {
        ImportTensor(
            shape: shape, element: element,
            in: ExternalNumbers(name: "w.bin", path: path, offset: offset, length: length))
    }

    @Test func numbersInAFileAreReadFromTheirPlace() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file([9, 9, 0x00, 0x3C, 0x00, 0xC0, 0x80, 0x3F, 0x00, 0xC0, 0xFF, 0x7F])
        #expect(try tensor(path, [2], .float16, offset: 2, length: 4).load() == Tensor([1, -2]))
        #expect(
            try tensor(path, [2, 1], .bfloat16, offset: 6, length: 4).load() == Tensor(shape: [2, 1], values: [1, -2]))
        #expect(
            try tensor(path, [1], .int16, offset: 10, length: 2).load() == Tensor(shape: [1], numbers: .int64([32767])))
        #expect(try tensor(path, [0, 5], .float64, offset: 12, length: 0).load().count == 0)
    }

    @Test(
        arguments: [
            ([3], .float32, 0, 8, "3 numbers of type float32 take 12 bytes, but 8 are stated for them in 'w.bin'"),
            ([2], .float32, 4, 8, "'w.bin' ends before offset 4 and 8 bytes"),
            ([2], .float32, -4, 8, "'w.bin' ends before offset -4 and 8 bytes"),
            ([2], .float32, .max, 8, "'w.bin' ends before offset 9223372036854775807 and 8 bytes"),
            ([1 << 40], .float32, 0, 1 << 42, "'w.bin' ends before offset 0 and 4398046511104 bytes"),
            ([1 << 62, 4], .float32, 0, 8, "[4611686018427387904, 4] is not a shape"),
            ([-2], .float32, 0, 8, "[-2] is not a shape"),
            ([1], .uint64, 0, 8, "'w.bin' has integers beyond 2^63 - 1 at offset 0"),
        ] as [(Shape, ElementType, Int, Int, String)])
    func sizesAreComparedBeforeAnythingIsRead(
        shape: Shape, element: ElementType, offset: Int, length: Int, message: String
    ) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file([UInt8](repeating: 0xFF, count: 8))
        let error = try #require(throws: LayerError.self) {
            try tensor(path, shape, element, offset: offset, length: length).load()
        }
        #expect(error.message == message)
    }

    @Test func aFileThatIsNotThereIsNamed() throws {
        let error = try #require(throws: LayerError.self) {
            try tensor("/nowhere/w.bin", [2], .float32, offset: 0, length: 8).load()
        }
        #expect(error.message.hasPrefix("cannot read '/nowhere/w.bin'"))
    }

    /// A room names the weights that it could not read.
    @Test func aRoomSaysWhichWeightsAreNotRead() throws {
        let site = ImportSite(
            ImportKey(.keras, "Dense"), layer: "d", attributes: [:],
            tensors: ["kernel": tensor("/nowhere", [2], .float32, offset: 0, length: 4)])
        let error = try #require(throws: LayerError.self) { try site.expectWeights(["kernel"]) }
        #expect(error.message.hasPrefix("the weights 'kernel': 2 numbers of type float32 take 8 bytes"))
        #expect(error.attribute == "kernel")
    }

    @Test func numbersThatAreNotFiniteAreCounted() throws {
        for numbers in [Numbers.float32([1, .nan, .infinity]), .float64([.nan, 2, -.infinity])] {
            let tensor = ImportTensor(try #require(Tensor(shape: [3], numbers: numbers)))
            let site = ImportSite(ImportKey(.keras, "PReLU"), layer: "p", attributes: [:], tensors: ["alpha": tensor])
            let error = try #require(throws: LayerError.self) { try site.expectWeights(["alpha"]) }
            #expect(error.message == "2 of the values of 'alpha' are not finite numbers")
        }
    }
}

/// Tensors of a Model as JSON and the file of numbers beside it.
struct TensorCodingTests {
    private func encoded(_ tensors: [Tensor]) throws -> (json: String, bytes: [UInt8]) {
        let pool = TensorPool(), encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.userInfo[TensorPool.key] = pool
        let json = String(decoding: try encoder.encode(tensors), as: UTF8.self)
        return (json, pool.bytes)
    }

    private func decoded(_ json: String, _ bytes: [UInt8]) throws -> [Tensor] {
        let decoder = JSONDecoder()
        decoder.userInfo[TensorPool.key] = TensorPool(bytes: bytes)
        return try decoder.decode([Tensor].self, from: Data(json.utf8))
    }

    @Test func everyKindOfNumberComesBack() throws {
        let tensors = [
            Tensor([1.5, -0.0]), try #require(Tensor(shape: [1, 2], numbers: .float64([0.1, .pi]))),
            try #require(Tensor(shape: [], numbers: .int64([.min]))), try #require(Tensor(shape: [0], values: [])),
        ]
        let (json, bytes) = try encoded(tensors)
        #expect(
            json == #"[{"offset":0,"shape":[2]},{"offset":8,"shape":[1,2],"type":"float64"},"#
                + #"{"offset":24,"shape":[],"type":"int64"},{"offset":32,"shape":[0]}]"#)
        #expect(bytes.count == 32)
        #expect(Array(bytes.prefix(8)) == [0, 0, 0xC0, 0x3F, 0, 0, 0, 0x80])
        #expect(try decoded(json, bytes) == tensors)
    }

    @Test(arguments: [
        #"[{"offset":4,"shape":[2]}]"#, #"[{"offset":0,"shape":[2],"type":"float64"}]"#,
        #"[{"offset":0,"shape":[-1]}]"#, #"[{"offset":0,"shape":[4611686018427387904,4]}]"#,
        #"[{"offset":0,"shape":[1],"type":"float16"}]"#, #"[{"offset":-8,"shape":[1]}]"#,
    ])
    func numbersOutsideTheFileAreRefused(json: String) {
        #expect(throws: DecodingError.self) { try decoded(json, [UInt8](repeating: 0, count: 8)) }
    }
}
