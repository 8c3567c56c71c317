import Basics
import Testing
import TestSupport

/// The written table of who may import whom: the road of the network, and beside it the engine that knows nothing of
/// networks. An edge that is not here is an error, in Package.swift as well as in a source file.
private let table: [String: Set<String>] = [
    "Basics": ["CCrypto"],
    "CFileSystem": [],
    "BuildEngine": ["Basics", "CFileSystem"],
    "Watchdog": [],
    "ToolRunner": ["Basics", "BuildEngine", "Watchdog"],
    "Reports": ["Basics", "CExpat", "CZlib"],
    "Zip": ["Basics", "CMinizip", "CZlib"],
    "Tools": [],
    "Release": ["Basics"],
    "FixedPoint": [],
    "Options": ["FixedPoint"],
    "Config": ["Basics", "FixedPoint", "Options", "CYAML"],
    "Streams": ["Basics"],
    "AdderGraphs": [],
    "Arrays": ["Basics"],
    "Estimates": ["Basics", "FixedPoint", "Options"],
    "LayerKit": ["Basics", "AdderGraphs", "Arrays", "FixedPoint", "Options", "Streams", "Estimates"],
    "Layers": ["Basics", "AdderGraphs", "FixedPoint", "Options", "Streams", "LayerKit", "Estimates"],
    "HDF5Child": ["CHDF5"],
    "ONNXFormat": [],
    "Frontends": ["Basics", "Arrays", "FixedPoint", "LayerKit", "Layers", "HDF5Child", "ONNXFormat", "Zip"],
    "Optimizer": ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"],
    "Emulator": ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"],
    "HLSWriter": [
        "Basics", "AdderGraphs", "FixedPoint", "Options", "Streams", "Estimates", "LayerKit", "Layers",
    ],
    "Measures": ["Basics", "Config", "Estimates", "Options", "Reports"],
    "Steps": [
        "Basics", "AdderGraphs", "BuildEngine", "ToolRunner", "Tools", "FixedPoint", "Options", "Config", "Arrays",
        "LayerKit",
        "Layers", "Frontends", "Optimizer", "Emulator", "HLSWriter", "Measures", "CTemplates",
    ],
    "Vendor": [
        "Basics", "BuildEngine", "ToolRunner", "Tools", "Reports", "Zip", "FixedPoint", "Options", "Config",
        "LayerKit", "Layers", "Emulator", "Estimates", "HLSWriter", "Measures", "Steps",
    ],
    "Stages": [
        "Basics", "BuildEngine", "Tools", "FixedPoint", "Options", "Config", "Arrays", "LayerKit", "Layers",
        "Emulator", "HLSWriter", "Steps", "Vendor",
    ],
    "BuildReports": [
        "Basics", "BuildEngine", "Reports", "FixedPoint", "Options", "Config", "LayerKit", "Layers", "Estimates",
        "HLSWriter", "Measures", "Steps", "Vendor", "Stages",
    ],
    "Releasing": [
        "Basics", "BuildEngine", "Release", "Tools", "FixedPoint", "Config", "LayerKit", "Layers", "Emulator",
        "HLSWriter", "Steps", "Vendor", "Stages",
    ],
    "Setup": [
        "Basics", "BuildEngine", "ToolRunner", "Tools", "FixedPoint", "Options", "Config", "LayerKit", "Layers",
        "Frontends", "Steps", "Vendor", "Stages",
    ],
    "hlsbuild": [
        "Basics", "BuildEngine", "Config", "Estimates", "Release", "Reports", "Measures", "Steps", "Stages",
        "BuildReports", "Releasing", "Setup", "ToolRunner", "Tools", "SmallThreads",
    ],
    "SmallThreads": [],
]

private let root = Repository.root

private func files(below folder: String) -> [String] {
    ((try? FileTree.paths(below: folder)) ?? []).map { folder + "/" + $0 }
}

private func text(of path: String) -> String { (try? Files.text(path)) ?? "" }

/// Modules that a file imports, of the system's too.
private func imports(in path: String) -> Set<String> {
    let names = text(of: path).split(separator: "\n").compactMap { line -> String? in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 2, words[..<at].allSatisfy(isImportPrefix),
            at + 1 < words.count
        else { return nil }
        return String(words[at + 1])
    }
    return Set(names)
}

/// The targets that are not modules of Swift, and the products of other packages.
private let foreign: Set<String> = packages.union([
    "CCrypto", "CYAML", "CHDF5", "CTemplates", "CExpat", "CZlib", "CMinizip", "CFileSystem", "HDF5Child",
    "Watchdog", "SmallThreads",
])
private let packages: Set<String> = ["Subprocess", "SystemPackage", "ArgumentParser", "SwiftProtobuf"]

/// What lies beside the tests that need it, and is no test.
private let support: Set<String> = ["FirmwareSupport", "HLSChecker"]

/// Programs that tests run: a target that needs one does not import it.
private let programs: Set<String> = ["hlsbuild", "EngineProbe", "FuzzDriver"]

/// Those that lie among the tests.
private let helpers: Set<String> = ["EngineProbe", "FuzzDriver", "AdderProbe", "ModelProbe"]

/// What Package.swift declares of each target of Swift: `module("Name", ["A", .product(name: "B", package: "c")])`.
private func declarations() -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    let package = text(of: root + "/Package.swift")
    for word in ["module(", "tests(", ".executableTarget("] {
        for piece in package.split(separator: word).dropFirst() {
            guard let name = quoted(in: piece).first, isDeclared(piece) else { continue }
            // The list, if one is opened before the declaration ends.
            let rest = piece.drop { $0 != "[" && $0 != ")" }
            let list = rest.first == "[" ? rest.prefix { $0 != "]" } : ""
            found[name] = Set(quoted(in: list))
        }
    }
    return found
}

/// Whether a call follows, and not the declaration of the function.
private func isDeclared(_ call: Substring) -> Bool {
    let start = call.drop(while: \.isWhitespace)
    return start.first == "\"" || start.hasPrefix("name: ")
}

/// What stands in quotes, without the names of packages.
private func quoted(in text: Substring) -> [String] {
    let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
    return pieces.indices.filter { $0 % 2 == 1 && !pieces[$0 - 1].hasSuffix("package: ") }.map { String(pieces[$0]) }
}

private func isImportPrefix(_ word: Substring) -> Bool {
    ["public", "internal", "package", "private", "fileprivate"].contains(word) || word.hasPrefix("@")
}

@Suite struct DependencyTests {
    @Test func sourcesImportOnlyWhatTheTableAllows() {
        #expect(files(below: root + "/Sources").count > 100, "the sources are not where this test looks: \(root)")
        for path in files(below: root + "/Sources") where path.hasSuffix(".swift") {
            let parts = path.dropFirst(root.count + "/Sources/".count).split(separator: "/")
            guard let module = parts.first.map(String.init) else { continue }
            let allowed = table[module]
            #expect(allowed != nil, "module \(module) is not in the table")
            let ours = imports(in: path).intersection(Set(table.keys).union(foreign).subtracting(packages))
            let extra = ours.subtracting(allowed ?? []).subtracting([module])
            #expect(extra.isEmpty, "\(path) imports \(extra.sorted().joined(separator: ", "))")
        }
    }

    @Test func theTableHasNoCircle() {
        var done: Set<String> = []
        var progress = true
        while progress {
            progress = false
            for (module, needs) in table where !done.contains(module) {
                guard needs.allSatisfy({ table[$0] == nil || done.contains($0) }) else { continue }
                done.insert(module)
                progress = true
            }
        }
        #expect(done == Set(table.keys))
    }

    /// The engine's half never reaches into the network's half.
    @Test func theEngineKnowsNothingOfNetworks() {
        let networks: Set<String> = [
            "FixedPoint", "Options", "Streams", "Arrays", "LayerKit", "Layers", "Frontends", "Optimizer", "Emulator",
            "HLSWriter",
        ]
        for module in ["Basics", "BuildEngine", "ToolRunner", "Reports", "Zip", "Tools", "Release"] {
            var reached: Set<String> = [module]
            var queue = [module]
            while let next = queue.popLast() {
                for need in table[next] ?? [] where reached.insert(need).inserted { queue.append(need) }
            }
            #expect(reached.isDisjoint(with: networks))
        }
    }

    @Test func thePackageHasTheEdgesOfTheTable() {
        let declared = declarations(), ours = Set(table.keys).union(foreign).subtracting(packages)
        for (module, allowed) in table where !["CFileSystem", "Watchdog", "HDF5Child", "SmallThreads"].contains(module)
        {
            guard let dependencies = declared[module] else {
                Issue.record("Package.swift does not declare \(module) as this test reads it")
                continue
            }
            #expect(dependencies.intersection(ours) == allowed, "\(module)")
        }
    }

    /// What is declared is imported by at least one file, and what is imported is declared.
    @Test func everyTargetDeclaresWhatItImports() {
        let declared = declarations()
        let known = Set(declared.keys).union(foreign).union(support)
        #expect(declared.count > 40)
        for (target, dependencies) in declared {
            let folder =
                root + (target.hasSuffix("Tests") || helpers.contains(target) ? "/Tests/" : "/Sources/") + target
            let sources = files(below: folder).filter { $0.hasSuffix(".swift") }
            #expect(!sources.isEmpty, "\(target) has no sources in \(folder)")
            let imported = sources.reduce(into: Set<String>()) { $0.formUnion(imports(in: $1)) }
                .intersection(known).subtracting([target])
            let unused = dependencies.subtracting(imported).subtracting(programs).subtracting(["TestSupport"])
            let missing = imported.subtracting(dependencies)
            #expect(unused.isEmpty, "\(target) declares and does not import \(unused.sorted())")
            #expect(missing.isEmpty, "\(target) imports and does not declare \(missing.sorted())")
        }
    }

    @Test func noFileIsTooLong() {
        // What protoc wrote nobody takes apart.
        for path in files(below: root + "/Sources") + files(below: root + "/Tests")
        where path.hasSuffix(".swift") && !path.hasSuffix(".pb.swift") {
            let lines = text(of: path).split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(lines <= 600, "\(path) has \(lines) lines: a wall is missing")
        }
    }
}
