public import Basics
public import BuildEngine

/// A value that one stage makes and others read: the one place that knows the stage, the files and their form.
public struct StageOutput<Value>: Sendable {
    public let stage: StageName
    /// Their paths below the stage's folder, which are also the names under which steps see them.
    public let files: [String]
    private let encode: @Sendable (Value) throws -> [[UInt8]]
    private let decode: @Sendable ([[UInt8]]) throws -> Value

    /// - Parameters:
    ///   - encode: the contents of the files, in their order.
    ///   - decode: the value from those contents.
    public init(
        _ stage: StageName, _ files: [String], encode: @escaping @Sendable (Value) throws -> [[UInt8]],
        decode: @escaping @Sendable ([[UInt8]]) throws -> Value
    ) {
        self.stage = stage
        self.files = files
        self.encode = encode
        self.decode = decode
    }

    /// The value as files of the step that made it.
    public func written(_ value: Value) throws -> [OutputFile] {
        zip(files, try encode(value)).map { OutputFile($0, $1) }
    }

    /// The files as inputs of a step.
    public func inputs(_ context: StageContext) throws -> [StepInput] {
        try files.map { StepInput($0, try context.output($0, of: stage)) }
    }

    /// The value among a step's inputs.
    public func read(_ inputs: StepInputs) throws -> Value { try decode(files.map { try inputs.bytes($0) }) }

    /// The value among the outputs of a step that a stage has just requested.
    func read(_ result: StepResult, _ context: StageContext) throws -> Value {
        try decode(files.map { try context.bytes(of: result.output($0)) })
    }

    /// The value, for a stage that decides by it which steps to request.
    public func read(_ context: StageContext) throws -> Value {
        try decode(files.map { try context.bytes(of: context.output($0, of: stage)) })
    }

    /// The value among files in memory; nil where one of them is not there.
    public func read(_ contents: [String: [UInt8]]) throws -> Value? {
        let found = files.compactMap { contents[$0] }
        return found.count == files.count ? try decode(found) : nil
    }

    /// What lies below a folder `build`, for those who only look; nil if the stage has not been built.
    public func read(below build: String) throws(DiagnosticError) -> Value? {
        var contents: [[UInt8]] = []
        for file in files {
            do {
                guard let bytes = try Files.readIfPresent("\(build)/\(stage.rawValue)/\(file)") else { return nil }
                contents.append(bytes)
            } catch {
                throw DiagnosticError(error.diagnostic)
            }
        }
        do {
            return try decode(contents)
        } catch {
            throw DiagnosticError(
                .error(
                    "'\(build)/\(stage.rawValue)/\(files.first ?? "")' is not what hlsbuild wrote there",
                    help: "build again: what was edited is made anew"))
        }
    }
}
