public import Basics
public import BuildEngine
public import Config
internal import Frontends
internal import Layers
internal import Optimizer
internal import Options

extension ProjectOutline {
    /// What is wrong with the names of layers, with its place in the project file; nothing where the model cannot be read,
    /// which is told of a project without errors.
    public func nameFaults(in world: World) -> [Diagnostic] {
        guard !options.layers.isEmpty || !options.types.isEmpty, let network = try? network(world) else { return [] }
        return Pipeline.faults(ofNamesIn: options, network).map { fault in
            var fault = fault
            fault.location = places.locate(fault.subject)
            return fault
        }
    }

    private func network(_ world: World) throws -> Model {
        func file(_ path: String) throws -> ModelFiles.File {
            ModelFiles.File(name: path, bytes: try Files.read(world.absolute(path), within: .model))
        }
        return switch model.withDataFile(in: world) {
        case .file(let path): try ModelReader.read(.whole(try file(path)))
        case .parts(let architecture, let weights):
            try ModelReader.read(.parts(architecture: try file(architecture), weights: try file(weights)))
        }
    }
}
