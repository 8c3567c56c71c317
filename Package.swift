// swift-tools-version: 6.2
// The modules of hlsbuild, in order of dependency: an arrow only ever points up this list.
// Tests/ArchitectureTests holds the same table and fails on an edge that is not in it.
import PackageDescription

let features: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// For modules that compute for so long that tests would wait for them: optimised whatever the others are.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

func module(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], settings: [SwiftSetting] = []
) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: features + settings)
}

/// A target of tests; all of them have `TestSupport`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: ["TestSupport"] + dependencies, exclude: exclude, swiftSettings: features)
}

let package = Package(
    name: "hlsbuild",
    products: [.executable(name: "hlsbuild", targets: ["hlsbuild"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
    ],
    targets: [
        // C libraries of the system, each a Debian -dev package.
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev"])]),

        // The templates as bytes of the executable, for one that was copied away from its folder.
        .target(
            name: "CTemplates", path: "Templates", sources: ["embedded/embedded_templates.c", "embedded/files.S"],
            publicHeadersPath: "embedded/include",
            cSettings: [.headerSearchPath(".")]),

        // The engine's half: knows nothing of networks.
        module("Basics", ["CCrypto"], settings: optimised),
        // Of the kernel: whether a file's status tells of every change of it.
        .target(name: "CFileSystem"),
        module("BuildEngine", ["Basics", "CFileSystem"]),
        module("Reports", ["Basics", "CExpat", "CZlib"]),
        module("Zip", ["Basics", "CMinizip", "CZlib"]),
        module("Tools"),
        module("Release", ["Basics"]),
        // Ends the tools of a build that was killed.
        .target(name: "Watchdog"),
        module(
            "ToolRunner",
            [
                "Basics", "BuildEngine", "Watchdog", .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),

        // The network's half: knows nothing of building.
        module("FixedPoint", settings: optimised),
        module("Options", ["FixedPoint"]),
        module("Config", ["Basics", "FixedPoint", "Options", "CYAML"]),
        // Streams between processes: when tokens pass, and how deep the FIFOs must be.
        module("Streams", ["Basics"], settings: optimised),
        // Products with constants as shifts and additions.
        module("AdderGraphs", settings: optimised),
        // Numbers as files store them, and NumPy's files.
        module("Arrays", ["Basics"]),
        // What hardware costs: laws that state what synthesis will report, before it has run.
        module("Estimates", ["Basics", "FixedPoint", "Options"]),
        module(
            "LayerKit", ["Basics", "AdderGraphs", "Arrays", "FixedPoint", "Options", "Streams", "Estimates"],
            settings: optimised),
        module(
            "Layers", ["Basics", "AdderGraphs", "FixedPoint", "Options", "Streams", "Estimates", "LayerKit"],
            exclude: ["DESIGN.md"], settings: optimised),
        // Runs libhdf5 where its crashes do no harm.
        .target(name: "HDF5Child", dependencies: ["CHDF5"]),
        // The messages of ONNX files, made from onnx.proto.
        module(
            "ONNXFormat", [.product(name: "SwiftProtobuf", package: "swift-protobuf")], exclude: ["onnx.proto"],
            settings: optimised),
        module(
            "Frontends", ["Basics", "Arrays", "FixedPoint", "LayerKit", "Layers", "HDF5Child", "ONNXFormat", "Zip"]),
        module("Optimizer", ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"]),
        module("Emulator", ["Basics", "FixedPoint", "Options", "LayerKit", "Layers"], settings: optimised),
        module(
            "HLSWriter",
            ["Basics", "AdderGraphs", "FixedPoint", "Options", "Streams", "Estimates", "LayerKit", "Layers"],
            settings: optimised),

        // Where the halves meet.
        // What was measured: costs, budgets, differences.
        module("Measures", ["Basics", "Config", "Estimates", "Options", "Reports"]),
        // What stages are made of: typed outputs, the steps of the network, templates and data.
        module(
            "Steps",
            [
                "Basics", "AdderGraphs", "BuildEngine", "ToolRunner", "Tools", "FixedPoint", "Options", "Config",
                "Arrays", "LayerKit",
                "Layers", "Frontends", "Optimizer", "Emulator", "HLSWriter", "Measures", "CTemplates",
            ]),
        // The stages of the vendor's tools.
        module(
            "Vendor",
            [
                "Basics", "BuildEngine", "ToolRunner", "Tools", "Reports", "Zip", "FixedPoint", "Options", "Config",
                "LayerKit", "Layers", "Emulator", "Estimates", "HLSWriter", "Measures", "Steps",
            ]),
        // The road: which stages there are, and a project on it.
        module(
            "Stages",
            [
                "Basics", "BuildEngine", "Tools", "FixedPoint", "Options", "Config", "Arrays", "LayerKit", "Layers",
                "Emulator", "HLSWriter", "Steps", "Vendor",
            ]),
        // What a built project is, and how two differ.
        module(
            "BuildReports",
            [
                "Basics", "BuildEngine", "Reports", "FixedPoint", "Options", "Config", "LayerKit", "Layers",
                "Estimates", "HLSWriter", "Measures", "Steps", "Vendor", "Stages",
            ]),
        // A project and all that is built of it as one archive.
        module(
            "Releasing",
            [
                "Basics", "BuildEngine", "Release", "Tools", "FixedPoint", "Config", "LayerKit", "Layers", "Emulator",
                "HLSWriter", "Steps", "Vendor", "Stages",
            ]),
        // Before the first build: a new project, and the tools of this machine.
        module(
            "Setup",
            [
                "Basics", "BuildEngine", "ToolRunner", "Tools", "FixedPoint", "Options", "Config", "LayerKit", "Layers",
                "Frontends", "Steps", "Vendor", "Stages",
            ]),
        // Threads for a process with little address space.
        .target(name: "SmallThreads"),
        .executableTarget(
            name: "hlsbuild",
            dependencies: [
                "Basics", "BuildEngine", "Config", "Estimates", "Release", "Reports", "Measures", "Steps",
                "Stages", "BuildReports", "Releasing", "Setup", "ToolRunner", "Tools", "SmallThreads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Install"],
            swiftSettings: features,
            // The build id tells one build of the program from another: it is part of the key of every pure step.
            // The toolchain's own linker is fast, and leaves out warnings about functions that are never called.
            linkerSettings: [.unsafeFlags(["-use-ld=lld", "-Xlinker", "--build-id=sha1"])]),

        // What tests have in common: scratch folders, running programs, random numbers, the repository's paths.
        .target(
            name: "TestSupport", dependencies: ["Basics"], path: "Tests/TestSupport", swiftSettings: features),
        // A design as compiled firmware, against the kernels of its operations.
        .target(
            name: "FirmwareSupport",
            dependencies: ["FixedPoint", "LayerKit", "Layers", "HLSWriter", "TestSupport"],
            path: "Tests/FirmwareSupport", swiftSettings: features),
        tests("ArchitectureTests", ["Basics"]),
        tests("BasicsTests", ["Basics"]),
        tests("BuildEngineTests", ["Basics", "BuildEngine"]),
        tests("ToolRunnerTests", ["Basics", "BuildEngine", "ToolRunner", "EngineProbe"]),
        // A small program that builds, for the tests that kill it.
        .executableTarget(
            name: "EngineProbe", dependencies: ["Basics", "BuildEngine", "ToolRunner"], path: "Tests/EngineProbe",
            swiftSettings: features),
        // What every reader makes of inputs that nobody wrote: `make fuzz`.
        .executableTarget(
            name: "FuzzDriver",
            dependencies: [
                "TestSupport", "Basics", "Reports", "Zip", "Release", "Options", "Config", "Estimates", "LayerKit",
                "Layers", "Frontends", "Optimizer", "Emulator", "HLSWriter", "Steps", "CZlib",
            ], path: "Tests/FuzzDriver", swiftSettings: features),
        // Reads models and computes them as trained, for comparisons with the packages they were trained with.
        .executableTarget(
            name: "ModelProbe", dependencies: ["Basics", "Arrays", "LayerKit", "Layers", "Frontends"],
            path: "Tests/ModelProbe", swiftSettings: features),
        tests("ZipTests", ["Basics", "Zip"]),
        tests(
            "ReleaseTests", ["hlsbuild", "Basics", "BuildEngine", "ToolRunner", "Release", "Releasing"],
            exclude: ["check_release.py"]),
        // What a written project must be so that the vendor's tools take it and make of it what is meant.
        .target(name: "HLSChecker", path: "Tests/HLSChecker", swiftSettings: features + optimised),
        // The script is run by hand.
        tests("ReportsTests", ["Basics", "Reports"], exclude: ["independent_reading.py"]),
        tests(
            "ToolsTests",
            [
                "Basics", "BuildEngine", "ToolRunner", "Tools", "FixedPoint", "Options", "Config", "LayerKit", "Layers",
                "Frontends", "Optimizer", "Emulator", "HLSWriter", "Measures", "Steps", "Vendor",
                "Stages", "Setup", "Zip", "AdderGraphs", "HLSChecker",
            ]),
        tests("FixedPointTests", ["FixedPoint"]),
        tests("StreamsTests", ["Streams"]),
        tests("AdderGraphsTests", ["AdderGraphs"]),
        // Makes graphs for the comparison of `make adders`.
        .executableTarget(
            name: "AdderProbe", dependencies: ["AdderGraphs"], path: "Tests/AdderProbe", swiftSettings: features),
        tests("HeaderTests", []),
        tests(
            "CommandLineTests",
            [
                "Basics", "BuildEngine", "hlsbuild", "Steps",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["terminal.py"]),
        tests("ConfigTests", ["Basics", "FixedPoint", "Options", "Config"]),
        tests("FrontendsTests", ["Basics", "Arrays", "FixedPoint", "LayerKit", "Layers", "Frontends"]),
        tests("LayersTests", ["Basics", "FixedPoint", "Options", "LayerKit", "Layers", "HLSWriter"]),
        tests(
            "EstimatesTests",
            [
                "Basics", "Config", "FixedPoint", "Options", "LayerKit", "Layers", "Estimates", "Reports", "Measures",
                "Vendor", "BuildReports",
            ]),
        // One file for each room of Layers, and one for each pass of the optimizer.
        tests(
            "RoomTests",
            [
                "Basics", "AdderGraphs", "FixedPoint", "Options", "Estimates", "LayerKit", "Layers", "Optimizer",
                "FirmwareSupport",
            ]),
        tests(
            "HLSWriterTests",
            [
                "Basics", "FixedPoint", "Options", "Streams", "Estimates", "LayerKit", "Layers", "Emulator",
                "HLSWriter",
                "FirmwareSupport",
            ]),
        tests(
            "StagesTests",
            [
                "Basics", "AdderGraphs", "BuildEngine", "FixedPoint", "Options", "Config", "Arrays", "LayerKit",
                "Layers", "Frontends",
                "Optimizer", "Emulator", "Measures", "Steps", "Stages",
            ]),
        tests("AcceptanceTests", ["Basics", "FuzzDriver"]),
    ]
)
