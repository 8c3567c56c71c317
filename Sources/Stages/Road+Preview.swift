public import Basics
public import BuildEngine
internal import Config
public import Steps

extension Road {
    /// What a stage would make, computed in this process and without a trace in the project's folder.
    ///
    /// - Throws: what the stages on the way there throw, with its place in the project file.
    public func preview<Value>(_ output: StageOutput<Value>, in world: World) throws(DiagnosticError) -> Value {
        var preview = Preview(of: self, in: world)
        return try preview.value(of: output)
    }

    /// What several stages would make, each computed once.
    public struct Preview {
        private let road: Road
        private let world: World
        private var made: [StageName: [String: [UInt8]]] = [:]

        public init(of road: Road, in world: World) {
            self.road = road
            self.world = world
        }

        /// - Throws: what the stages on the way there throw, with its place in the project file.
        public mutating func value<Value>(of output: StageOutput<Value>) throws(DiagnosticError) -> Value {
            do {
                for stage in road.part(upTo: [output.stage]) where made[stage.name] == nil {
                    made[stage.name] = try road.perform(stage, world, made)
                }
                if let value = try output.read(made[output.stage] ?? [:]) { return value }
            } catch let error as DiagnosticError {
                throw DiagnosticError(error.diagnostics.map(road.site.project.located))
            } catch {
                throw DiagnosticError(.error("\(error)"))
            }
            throw DiagnosticError(
                .error("stage \(output.stage.rawValue) makes no \(output.files.joined(separator: ", "))"))
        }
    }

    private func perform(_ stage: Stage, _ world: World, _ made: [StageName: [String: [UInt8]]]) throws
        -> [String: [UInt8]]
    {
        guard let pure = stage.pure else {
            throw DiagnosticError(.error("stage \(stage.name.rawValue) has to be built: it runs tools"))
        }
        var files: [String: [UInt8]] = [:]
        for source in pure.sources(site.project) {
            do {
                files[source.name] = try Files.read(world.absolute(source.path), within: source.limit)
            } catch {
                throw DiagnosticError(.error(error.description, subject: source.key))
            }
        }
        for need in stage.needs { files.merge(made[need] ?? [:]) { _, new in new } }
        return try pure.perform(site.project, files)
    }
}
