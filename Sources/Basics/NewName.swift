extension Set<String> {
    /// Takes a name that is not there yet: `wanted`, or that with the first number from 2 on that makes it new.
    public mutating func claim(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while !insert(name).inserted {
            name = "\(wanted)_\(number)"
            number += 1
        }
        return name
    }
}
