internal import Basics
public import BuildEngine
public import Config
internal import Frontends

extension ModelSource {
    /// The source with the file of its numbers, where the model names one that lies beside it: both are what a build
    /// depends on.
    public func withDataFile(in world: World) -> ModelSource {
        guard case .file(let path) = self, let bytes = try? Files.read(world.absolute(path), within: .model),
            let data = ModelReader.dataFile(of: ModelFiles.File(name: path, bytes: bytes))
        else { return self }
        let folder = PathText.parent(of: path) ?? ""
        let place = folder.isEmpty ? data : folder + "/" + data
        return world.exists(place) ? .parts(architecture: path, weights: place) : self
    }
}
