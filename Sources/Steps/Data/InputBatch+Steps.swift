internal import Basics
public import BuildEngine
public import Layers

extension InputBatch {
    /// The name under which a step sees the file of an input of the network.
    public static func inputName(_ index: Int) -> String { "data/\(index)" }

    /// The files of the network's inputs among the inputs of a step.
    /// - Parameter names: what the user calls the files, for messages.
    public init(in inputs: StepInputs, names: [String], for design: Design, layout: DataLayout? = nil) throws {
        let arrays = try names.enumerated().map { index, name in
            try DataFile.read(inputs.bytes(Self.inputName(index)), name: name)
        }
        try self.init(arrays, names: names, for: design, layout: layout)
    }
}

extension ProjectSite {
    /// The files of the network's inputs as inputs of a step.
    /// - Parameter key: where the project file names them, if it does.
    public func dataInputs(_ files: [String], named key: [String] = [], _ context: StageContext) throws -> [StepInput] {
        try files.enumerated().map { index, path in
            StepInput(InputBatch.inputName(index), try source(path, named: key, context, within: .data))
        }
    }
}
