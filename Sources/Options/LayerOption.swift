/// An option that may be stated for a layer, beside its precisions, by the name that project files give it.
public enum LayerOption: String, Hashable, Sendable, CaseIterable {
    case reuse, strategy, implementation, skip, parallelization
    case adderSlack = "adder_slack"
    case tableSize = "table_size"
    case expTableSize = "exp_table_size"
    case invTableSize = "inv_table_size"
    case recurrentReuse = "recurrent_reuse"
    case depthwiseReuse = "depthwise_reuse"
    case pointwiseReuse = "pointwise_reuse"
}

extension LayerOptions {
    /// Whether the option is stated here.
    public func states(_ option: LayerOption) -> Bool {
        switch option {
        case .reuse: reuse != nil
        case .strategy: strategy != nil
        case .implementation: implementation != nil
        case .skip: skip != nil
        case .parallelization: parallelization != nil
        case .adderSlack: adderSlack != nil
        case .tableSize: tableSize != nil
        case .expTableSize: expTableSize != nil
        case .invTableSize: invTableSize != nil
        case .recurrentReuse: recurrentReuse != nil
        case .depthwiseReuse: depthwiseReuse != nil
        case .pointwiseReuse: pointwiseReuse != nil
        }
    }
}
