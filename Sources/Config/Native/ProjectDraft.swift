internal import Basics
internal import Options

/// A project while it is being read: everything optional.
struct ProjectDraft: Sendable {
    var name: String?
    var model: ModelSource?
    var backend: Backend?
    var part: String?
    var clock: Clock?
    var io: IOType?
    var interface: InterfaceOptions?
    var options = OptionTable()
    var data: DataFiles?
    var expectations: [Expectation]?
    var tools: [ToolName: String]?
    var vendor = VendorOptions()
    var hints = ImportHints()
}
