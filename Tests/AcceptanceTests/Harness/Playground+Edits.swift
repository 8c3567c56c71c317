import Basics
import Glibc
import TestSupport

extension Playground {
    /// Flips a bit of a file in place, so that its size and inode stay.
    func flip(byte index: Int, bit: Int, of name: String) throws {
        var bytes = try bytes(name)
        guard bytes.indices.contains(index) else { throw TestFailure("\(name) is too short") }
        bytes[index] ^= UInt8(1 << bit)
        try overwrite(bytes, name)
    }

    /// Flips a bit of the first weight of fc1 in the model file; bit 0 is the last of its mantissa.
    func changeWeight(bit: Int) throws {
        let first = try bytes("build/parse/tensors.bin").prefix(32)
        let model = try bytes("model.h5")
        guard let place = model.indices.first(where: { model[$0...].starts(with: first) }) else {
            throw TestFailure("the weights of fc1 are not in the model file as they are")
        }
        try flip(byte: place + bit / 8, bit: bit % 8, of: "model.h5")
    }

    /// Writes into the file that is there.
    func overwrite(_ bytes: [UInt8], _ name: String) throws {
        try scratch.write(path(name), bytes)
    }

    /// Makes the project use a copy of the templates that a test may edit.
    func useOwnTemplates() async throws {
        try await Command("/bin/cp", ["-a", Repository.templates, base + "/templates"]).works()
        environment["HLSBUILD_TEMPLATES"] = base + "/templates"
    }

    func editTemplate(_ name: String, appending text: String) throws {
        try append(text, to: base + "/templates/" + name)
    }

    func makeExecutable(_ name: String) throws {
        guard chmod(path(name), 0o755) == 0 else { throw TestFailure("cannot chmod \(name)") }
    }
}
