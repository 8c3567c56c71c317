/// The stages by name, in the order of the road. The raw value is what people write, and the folder below `build/`.
public enum StageName: String, Hashable, Sendable, CaseIterable {
    case parse, optimize, write, csim, synth, vsynth, export
}
