import Basics
import Config
import FixedPoint
import Options
import Testing

/// hls4ml's own YAML, as its generator writes it and as people write it.
@Suite struct HLS4MLTests {
    static let generated = """
        OutputDir: hls_prj
        ProjectName: myproject
        Backend: Vitis
        Version: 1.0.0
        Part: xcvu13p-flga2577-2-e
        ClockPeriod: 5
        ClockUncertainty: 27%
        IOType: io_stream
        HLSConfig:
          Model:
            Precision: {default: 'fixed<16,6>', maximum: 'ap_fixed<32,12>'}
            ReuseFactor: 3
            Strategy: Latency
            BramFactor: 1000000000
            TraceOutput: false
          LayerType:
            Dense: {Precision: 'ap_fixed<14,5>', Strategy: Resource}
          LayerName:
            fc1:
              Trace: false
              Precision:
                result: auto
                weight: ap_fixed<8,2,AP_RND_CONV,AP_SAT>
                bias: auto
                accum: ap_fixed<20,9>
              ReuseFactor: 1
              ParallelizationFactor: 2
              ConvImplementation: LineBuffer
            fc1_relu:
              Precision: {result: auto, table: 'fixed<18,8,TRN,WRAP,0>'}
              TableSize: 1024
            Softmax:
              Precision:
                exp_table: fixed<18,8,RND,SAT,0>
                inv_table: ap_fixed<20,9>
                inv_inp: fixed<18,8,RND,SAT,0>
                accum: fixed<18,8,RND,SAT,0>
              Implementation: argmax
              Skip: false
              ExpTableSize: 2048
              exp_table_t: ap_ufixed<16,1,AP_RND,AP_SAT>
        WriterConfig:
          Namespace: null
          WriteWeightsTxt: true
        InputData: null
        KerasJson: model.json
        KerasH5: weights.h5

        """

    @Test func whatTheGeneratorWrites() throws {
        let project = try project(Self.generated)
        #expect(project.format == .hls4ml && project.compat == .hls4ml)
        #expect(project.name == "myproject")
        #expect(project.model == .parts(architecture: "model.json", weights: "weights.h5"))
        #expect(project.backend == .vitis)
        #expect(project.part == "xcvu13p-flga2577-2-e")
        #expect(project.clock.period == Ratio(5) && project.clock.uncertainty == Ratio(27))
        #expect(project.io == .stream)
        #expect(project.data == DataFiles())
        #expect(project.options.maximumPrecision == .fixed(32, 12))
        let options = project.options
        #expect(options.precision(.weight, layer: "fc1", type: "Dense") == .type(.fixed(8, 2, .rndConv, .sat)))
        #expect(options.precision(.result, layer: "fc1", type: "Dense") == .auto)
        #expect(options.precision(.accum, layer: "fc1", type: "Dense") == .type(.fixed(20, 9)))
        #expect(options.precision(.bias, layer: "fc2", type: "Dense") == .type(.fixed(14, 5)))
        #expect(options.precision(.result, layer: "x", type: "Activation") == .type(.fixed(16, 6)))
        #expect(options.value(\.reuse, layer: "fc1", type: "Dense") == 1)
        #expect(options.value(\.reuse, layer: "fc2", type: "Dense") == 3)
        #expect(options.value(\.strategy, layer: "fc1", type: "Dense") == .resource)
        #expect(options.value(\.strategy, layer: "x", type: "Conv2D") == .latency)
        #expect(options.layers["fc1"]?.parallelization == 2)
        #expect(options.layers["Softmax"]?.implementation == .argmax)
        #expect(options.layers["Softmax"]?.expTableSize == 2048)
        #expect(options.layers["Softmax"]?.skip == false)
        #expect(options.layers["fc1_relu"]?.tableSize == 1024)
    }

    /// hls4ml generates types of tables under Precision and reads them from layer-level keys only.
    @Test func tablesHaveTheTypesThatHLS4MLGivesThem() throws {
        let project = try project(Self.generated)
        let expected: [PrecisionRole: PrecisionChoice] = [
            .expTable: .type(.ufixed(16, 1, .rnd, .sat)), .accum: .type(.fixed(18, 8, .rnd, .sat)),
        ]
        #expect(project.options.layers["Softmax"]?.precision == expected)
        #expect(project.options.precision(.invTable, layer: "Softmax", type: "Softmax") == nil)
        #expect(
            project.warnings.map(\.rendered).joined() == """
                p.yml:35:20: warning: 'inv_table' under Precision has no effect in hls4ml: the type stays fixed<18,8,RND,SAT>
                help: to have it, write 'inv_table_t: fixed<20,9>' beside Precision

                """)
        #expect(project.locate(["layers", "softmax", "precision", "exp_table"]).line == 41)
        #expect(project.locate(["layers", "fc1", "precision", "weight"]).line == 23)
        #expect(project.locate(["reuse"]).line == 12)
        #expect(project.locate(["clock"]).line == 6)
    }

    @Test func whatPeopleWrite() throws {
        let text = """
            # my config
            XilinxPart: xc7vx690tffg1927-2   # old spelling
            KerasModel: !keras_model model.h5
            ClockPeriod: 5ns
            ClockUncertainty: 1 ns
            Backend: vivado
            IOType: io_parallel # or stream
            InputData: tb_data/in.dat
            OutputPredictions: tb_data/out.dat
            HLSConfig:
              # all layers
              Model:
                Precision: ap_fixed<16,6>  # fine for us
                ReuseFactor: 1
                Strategy: Resource_unrolled
              LayerName:
                  fc1: {Strategy: da}
                  fc2: {Strategy: DistributedArithmetic, table_size: 512}
                  fc3: {Strategy: LATENCY, Precision: 'ap_fixed<8,3>', accum_t: 'ap_fixed<9,3>'}
            """
        let project = try project(text)
        #expect(project.warnings.isEmpty)
        #expect(project.part == "xc7vx690tffg1927-2")
        #expect(project.name == "myproject")
        #expect(project.model == .file("model.h5"))
        #expect(project.backend == .vivado)
        #expect(project.clock.period == Ratio(5) && project.clock.uncertainty == Ratio(20))
        #expect(project.data.inputs == ["tb_data/in.dat"] && project.data.expected == ["tb_data/out.dat"])
        #expect(project.options.project.strategy == .unrolled)
        #expect(project.options.layers["fc1"]?.strategy == .distributedArithmetic)
        #expect(project.options.layers["fc2"]?.strategy == .distributedArithmetic)
        #expect(project.options.layers["fc2"]?.tableSize == 512)
        #expect(project.options.layers["fc3"]?.strategy == .latency)
        #expect(project.options.precision(.weight, layer: "fc3", type: "Dense") == .type(.fixed(8, 3)))
        #expect(project.options.precision(.accum, layer: "fc3", type: "Dense") == .type(.fixed(9, 3)))
    }

    @Test(arguments: [
        ("OnnxModel: m.onnx", "m.onnx"), ("PytorchModel: m.pt2\nInputShape: [3, 32]", "m.pt2"),
    ])
    func modelsOfOtherKinds(lines: String, file: String) throws {
        let project = try project(
            "\(lines)\nBackend: Vitis\nHLSConfig: {Model: {ChannelsLastConversion: internal, TransposeOutputs: true}}")
        #expect(project.model == .file(file))
        #expect(project.hints.channelsLast == .internal)
        #expect(project.hints.transposeOutputs == true)
        #expect(project.hints.inputShapes == (lines.contains("InputShape") ? [[3, 32]] : []))
        #expect(project.options.project.defaultPrecision == .type(.fixed(16, 6)))
        #expect(project.part == "xcvu13p-flga2577-2-e")
    }

    /// A Keras model leaves nothing open of how it is read.
    @Test(arguments: ["KerasH5: m.h5", "KerasModel: m.keras", "KerasJson: m.json\nKerasH5: m.h5"])
    func hintsForAKerasModelHaveNoEffect(lines: String) throws {
        let project = try project(
            """
            InputShape: [3, 32]
            \(lines)
            Backend: Vitis
            HLSConfig:
              Model:
                ChannelsLastConversion: full
                TransposeOutputs: true
            """)
        #expect(project.hints == ImportHints())
        let told = project.warnings.filter { $0.message.contains("has no effect: a Keras model") }
        let below = lines.split(separator: "\n").count
        #expect(told.map { $0.location?.line } == [1, below + 5, below + 6])
    }

    @Test func hintsThatSayWhatIsAnywayAreNoWarning() throws {
        let project = try project(
            "KerasH5: m.h5\nBackend: Vitis\nHLSConfig: {Model: {ChannelsLastConversion: 'off', TransposeOutputs: false}}"
        )
        #expect(project.warnings.isEmpty)
    }

    @Test func whatHasNoMeaningAnyMore() {
        let text = """
            KerasJson: model.json
            IOType: io_serial
            Backend: Quartus
            ReuseFactor: 3
            HLSConfig:
              Modell: {}
              SkipOptimizers: [x]
              Model:
                Precision: ap_fixed<16,6>
                ReuseFactr: 1
                Compression: true
                BitExact: true
                TableSize: 512
              LayerName:
                sm: {Strategy: Stable, result_t: 'ap_fixed<3,2>', TargetCycles: 3}
                fc: {Strategy: compressed, Reusefactr: 3, Precision: {wight: auto}}
            """
        #expect(
            said(about: text) == """
                p.yml:1:12: error: 'KerasJson' without 'KerasH5': the weights are missing
                help: write 'KerasH5: weights.h5' too, or 'KerasH5: model.h5' alone for a whole model
                p.yml:2:9: error: 'io_serial' has no meaning any more
                help: write io_stream for data that arrives one after the other, or io_parallel with a reuse factor
                p.yml:3:10: error: hlsbuild has no back end 'Quartus'
                help: write one of Vitis, Vivado, open
                p.yml:4:1: warning: 'ReuseFactor' has no effect: an hls4ml file has no such key
                help: write it under HLSConfig: Model:
                p.yml:6:3: warning: 'Modell' has no effect: HLSConfig has no such key
                help: did you mean 'Model'?
                p.yml:7:19: warning: 'SkipOptimizers' has no effect: it names passes of hls4ml, which hlsbuild does not have
                help: leave it out: hlsbuild's own passes give the numbers that hls4ml's give by default
                p.yml:10:5: warning: 'ReuseFactr' has no effect: Model has no such key
                help: did you mean 'ReuseFactor'?
                p.yml:11:18: warning: 'Compression' is not needed: the layer is computed as its strategy says, with every weight in its place
                help: leave it out; weights that are zero cost no multiplier where the tool can see them
                p.yml:12:15: error: 'BitExact' is not supported with hls4ml's numbers
                help: write a hlsbuild project file: its own inference loses no bit
                p.yml:13:5: warning: 'TableSize' has no effect: Model has no such key
                help: write it under LayerType or LayerName: hls4ml does not read it here
                p.yml:15:20: warning: the strategy 'Stable' has no effect: it names a softmax implementation
                help: write 'Implementation: stable'
                p.yml:15:38: warning: 'result_t' has no effect
                help: write 'Precision: {result: ...}'
                p.yml:15:69: warning: 'TargetCycles' has no effect
                help: write the 'ReuseFactor' that is wanted
                p.yml:16:20: warning: the strategy 'compressed' is computed as 'Resource', with the same numbers
                help: write Resource: multiplications by zero weights are left out where the tool can see them
                p.yml:16:32: warning: 'Reusefactr' has no effect: a layer has no such key
                help: did you mean 'ReuseFactor'?
                p.yml:16:59: warning: 'wight' has no effect: Precision has no such key
                help: did you mean 'weight'?

                """)
    }

    @Test func twoModelsOrNone() {
        #expect(
            said(about: "KerasH5: a\nOnnxModel: b\nBackend: Vitis\n") == """
                p.yml:2:12: error: 'KerasH5' and 'OnnxModel' both name a model
                help: keep one of the two

                """)
        #expect(
            said(about: "ProjectName: a\nIOType: io_stream\n") == """
                p.yml:1:1: error: no model is named
                help: write one of KerasJson, KerasH5, KerasModel, OnnxModel, PytorchModel
                p.yml:1:1: warning: no 'Backend' is written: hls4ml takes Vivado
                help: write 'Backend: Vivado' or 'Backend: Vitis'

                """)
    }
}
