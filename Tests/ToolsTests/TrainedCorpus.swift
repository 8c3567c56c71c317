import TestSupport
import Basics
import Config
import Frontends
import Layers
import Optimizer
import Options

extension Corpus {
    /// A project file of the repository, and what of it is varied.
    struct Trained: Sendable {
        var file: String
        var changes: [(String, String)] = []

        var name: String { file + changes.map { " " + $0.1 }.joined() }
    }

    private static let cases = [
        "act-parametric", "act-tables", "da-dense", "jet-3layer", "jet-explicit", "jet-resource-rf", "jet-stream",
        "max-precision", "mlp-batchnorm", "rounding-modes", "softmax-impls",
    ]

    /// Projects with trained models: the examples, the templates, and the models of the tests with both ways in which
    /// tensors travel and several strategies.
    static var trainedProjects: [Trained] {
        var projects: [Trained] = []
        let tagger = "Projects/jet-tagger/hlsbuild.yml"
        for io in IOType.allCases {
            let io = ("io: parallel", "io: \(io.rawValue)")
            for (strategy, reuse) in [("latency", 1), ("latency", 4), ("resource", 16)] {
                let changes = [io, ("strategy: latency", "strategy: \(strategy)"), ("reuse: 1", "reuse: \(reuse)")]
                projects.append(Trained(file: tagger, changes: changes))
            }
            let minimal = "Templates/projects/minimal/hlsbuild.yml"
            projects.append(Trained(file: minimal, changes: [io]))
            let adders = ("strategy: latency", "strategy: distributed_arithmetic")
            projects.append(Trained(file: minimal, changes: [io, adders]))
        }
        for name in cases {
            let file = "Tests/Fixtures/cases/k2-\(name)/config.yml"
            projects.append(Trained(file: file, changes: [("io_stream", "io_parallel")]))
            projects.append(Trained(file: file, changes: [("io_parallel", "io_stream")]))
        }
        return projects
    }

    /// All designs, those made in code first.
    static let all = Result { try designs() + trained() }

    /// The designs of the trained projects, by the road that a user's project takes.
    static func trained() throws -> [(String, Design)] {
        try trainedProjects.map { ($0.name, try design($0)) } + models()
    }

    static func design(_ trained: Trained) throws -> Design {
        let path = trained.file.hasPrefix("/") ? trained.file : Repository.root + "/" + trained.file
        var text = try Files.text(path)
        for (old, new) in trained.changes { text = text.replacing(old, with: new) }
        let project = try ProjectFile.parse(Array(text.utf8), file: path)
        let folder = path[..<(path.lastIndex(of: "/") ?? path.endIndex)]
        return try design(project, folder: String(folder))
    }

    /// Models without a project file of their own, under a plain one.
    private static func models() throws -> [(String, Design)] {
        let sources = [
            "keras_chain.h5", "{architecture: keras_zoo.json, weights: keras_zoo_weights.h5}",
        ]
        return try sources.flatMap { source in
            try IOType.allCases.flatMap { io in
                try ["latency", "resource"].map { strategy in
                    let text = """
                        project: net
                        model: \(source)
                        backend: vitis
                        part: xcvu13p-flga2577-2-e
                        io: \(io.rawValue)
                        strategy: \(strategy)
                        reuse: 1
                        precision: fixed<16,6>
                        """
                    let folder = Repository.fixtures
                    let project = try ProjectFile.parse(Array(text.utf8), file: folder + "/hlsbuild.yml")
                    return ("\(source) \(io) \(strategy)", try design(project, folder: folder))
                }
            }
        }
    }

    private static func design(_ project: Project, folder: String) throws -> Design {
        func file(_ name: String) throws -> ModelFiles.File {
            ModelFiles.File(name: name, bytes: try Files.read(folder + "/" + name))
        }
        let files: ModelFiles =
            switch project.model {
            case .file(let path): .whole(try file(path))
            case .parts(let architecture, let weights):
                .parts(architecture: try file(architecture), weights: try file(weights))
            }
        let model = try ModelReader.read(files)
        return try withAdders(Pipeline.optimize(model, options: project.options, io: project.io).design)
    }
}
