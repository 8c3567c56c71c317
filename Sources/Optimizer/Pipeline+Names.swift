public import Basics
public import Layers
public import Options

extension Pipeline {
    /// What is wrong with the names of layers and their types in a project's settings, whatever the settings are.
    public static func faults(ofNamesIn options: OptionTable, _ model: Model) -> [Diagnostic] {
        OptionCheck.faults(ofNamesIn: options, model)
    }
}
