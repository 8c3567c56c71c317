import Options
import Testing

@testable import HLSChecker

/// A change of a written project that a rule must find.
struct Mistake: Sendable, CustomTestStringConvertible {
    /// The project that is changed.
    enum Base: Sendable, CaseIterable {
        /// The jet tagger on streams, time-multiplexed.
        case stream
        /// The same on arrays, as one pipeline.
        case arrays
        /// Processes that pass arrays, one tensor read by several.
        case fork
        /// The same on streams.
        case streamFork
        /// A dense layer at the positions of a grid: one after the other in a loop of its own each, two at a time, and
        /// all at once.
        case positions, turns, unrolledPositions
        /// Layers of adders.
        case adders, streamAdders
        /// Layers that are divided over several functions: for their products and for the width of their weights.
        case products, streamProducts, words
        /// The tagger on arrays, time-multiplexed.
        case loops
        /// A dense layer at the positions of a stream.
        case streamPositions
        /// A dense layer on all of a grid, on streams.
        case flattened
    }

    var rule: Rule
    var file: String
    var right: String
    var wrong: String
    var base = Base.stream
    var target = PragmaTable.Target.vitis

    var testDescription: String { "\(rule) \(base) \(target): \(wrong)" }

    init(
        _ rule: Rule, _ file: String, _ right: String, _ wrong: String, in base: Base = .stream,
        for target: PragmaTable.Target = .vitis
    ) {
        self.rule = rule
        self.file = file
        self.right = right
        self.wrong = wrong
        self.base = base
        self.target = target
    }

    /// The projects without a mistake.
    static let bases: [Base: [PragmaTable.Target: [String: String]]] = {
        var files: [Base: [PragmaTable.Target: [String: String]]] = [:]
        for target in PragmaTable.Target.allCases {
            for base in Base.allCases { files[base, default: [:]][target] = try? written(base, target) }
        }
        return files
    }()

    private static func written(_ base: Base, _ target: PragmaTable.Target) throws -> [String: String] {
        switch base {
        case .stream: try Corpus.written(Corpus.tagger(.stream, .resource, reuse: 16), target)
        case .arrays: try Corpus.written(Corpus.tagger(.parallel, .latency, reuse: 4), target)
        case .fork: try Corpus.written(Corpus.fork(.parallel), target)
        case .streamFork: try Corpus.written(Corpus.fork(.stream), target)
        case .positions:
            try Corpus.written(Corpus.positions(.parallel, Corpus.dense(16, 8, .resource, reuse: 4)), target)
        case .products: try Corpus.written(Corpus.large(.parallel, .latency), target)
        case .streamProducts: try Corpus.written(Corpus.large(.stream, .latency), target)
        case .words: try Corpus.written(Corpus.large(.parallel, .resource), target)
        case .unrolledPositions:
            try Corpus.written(Corpus.positions(.parallel, Corpus.dense(16, 8, .latency, reuse: 4, at: 6)), target)
        case .turns:
            try Corpus.written(Corpus.positions(.parallel, Corpus.dense(16, 8, .latency, reuse: 4, at: 2)), target)
        case .adders: try Corpus.written(Corpus.adders(.parallel), target)
        case .streamAdders: try Corpus.written(Corpus.adders(.stream), target)
        case .loops: try Corpus.written(Corpus.tagger(.parallel, .resource, reuse: 16), target)
        case .streamPositions: try Corpus.written(Corpus.positions(.stream, Corpus.dense(16, 8)), target)
        case .flattened: try Corpus.written(Corpus.flattened(.stream), target)
        }
    }

    /// What the checker knows of them, so that it reads only what was changed.
    static let memory: Checker.Memory = {
        var memory = Checker.Memory()
        for (_, targets) in bases {
            for (target, files) in targets { _ = Checker(files, target).findings(&memory) }
        }
        return memory
    }()

    static let all =
        pragmas + loops + schedules + dataflow + language + sizes + division + names + host + symbols + adders

    static let top = "firmware/net.cpp", layer = "firmware/layers/fc1.cpp", config = "firmware/layers/fc1_config.h"
    static let kernel = "firmware/nnet_utils/nnet_dense_resource.h", script = "hls.tcl"
    static let streams = "firmware/nnet_utils/nnet_stream.h"
}
