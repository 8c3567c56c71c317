/// What an hls4ml YAML says about reading the model, beyond naming it; only for formats that leave it open.
public struct ImportHints: Hashable, Sendable, Codable {
    /// Shapes of the model's inputs without the sample axis, as the model has them (`InputShape`).
    public var inputShapes: [[Int]] = []
    /// How much of a channels-first network is turned to channels last (`ChannelsLastConversion`).
    public var channelsLast: ChannelsLast?
    /// Whether outputs are turned back (`TransposeOutputs`).
    public var transposeOutputs: Bool?

    public enum ChannelsLast: String, Hashable, Sendable, Codable, CaseIterable { case full, `internal`, off }

    public init() {}
}
