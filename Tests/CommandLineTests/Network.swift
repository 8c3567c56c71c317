import Basics
import TestSupport

/// A project whose layers may be called anything: one input, activations one after the other, no weights.
struct Network {
    static let samples = 2

    /// Writes the project file, the model and its input.
    /// - Parameters:
    ///   - names: of the input and of the activations behind it.
    ///   - settings: lines of the project file.
    ///   - elements: of the input.
    static func write(
        _ names: [String], settings: String = "", elements: Int = 4, to folder: Scratch, as name: String = ""
    ) throws {
        let place = name.isEmpty ? "" : name + "/"
        let kinds = ["sigmoid", "tanh", "relu"]
        let layers = names.enumerated().map { index, name -> JSONValue in
            index == 0
                ? layer("InputLayer", name, [.init("batch_input_shape", .array([.null, .int(elements)]))])
                : layer("Activation", name, [.init("activation", .string(kinds[index % kinds.count]))])
        }
        let model = JSONValue.object([
            "class_name": .string("Sequential"),
            "config": .object(["name": .string("m"), "layers": .array(layers)]),
        ])
        try folder.write(place + "m.json", model.text)
        try folder.write(place + "w.h5", try Files.read(Repository.fixtures + "/no_weights.h5"))
        try folder.write(place + "x.npy", input)
        try folder.write(
            place + "hlsbuild.yml",
            """
            project: p
            model: {architecture: m.json, weights: w.h5}
            backend: vitis
            part: xcvu13p-flga2577-2-e
            precision: fixed<16,6>
            data: {input: x.npy}

            """ + settings)
    }

    private static func layer(_ kind: String, _ name: String, _ more: [JSONValue.Member]) -> JSONValue {
        let config = [JSONValue.Member("name", .string(name)), .init("dtype", .string("float32"))] + more
        return .object(["class_name": .string(kind), "config": .object(config)])
    }

    /// `samples` x 4 zeros.
    private static var input: [UInt8] {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(samples), 4), }"
        let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
        return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8)
            + [UInt8](repeating: 0, count: samples * 16)
    }
}
