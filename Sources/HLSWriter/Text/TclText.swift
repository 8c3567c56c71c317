/// Texts of a user in Tcl.
enum TclText {
    /// One word of a command, whatever stands in it: nothing in it is substituted.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text {
            switch character {
            case "\\", "\"", "$", "[", "]", "{", "}": quoted += "\\" + String(character)
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }
}
