/// How the firmware is connected to what surrounds it. The raw values are those of the project file.
public struct InterfaceOptions: Hashable, Sendable, Codable {
    public var control: ControlProtocol
    /// Nil: what suits the kind of input and output.
    public var data: PortProtocol?

    public init(control: ControlProtocol = .handshake, data: PortProtocol? = nil) {
        self.control = control
        self.data = data
    }
}

/// How the firmware is started, and says that it is done.
public enum ControlProtocol: String, Hashable, Sendable, Codable, CaseIterable {
    /// `ap_ctrl_hs`: start, ready, done, idle. It is what the tools do by themselves.
    case handshake = "hs"
    /// `ap_ctrl_none`: it always runs.
    case free = "none"
    /// `ap_ctrl_chain`: whoever takes the results can also hold them up.
    case chain
}

/// What passes beside the data of an argument.
public enum PortProtocol: String, Hashable, Sendable, Codable, CaseIterable {
    /// `ap_vld`: a wire that says when the data are valid.
    case valid = "vld"
    /// `ap_none`: nothing.
    case bare = "none"
    /// AXI4-Stream.
    case axis
}
