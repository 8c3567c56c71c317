public import Arrays
public import Basics

/// A file of numbers that a project names: NumPy's `.npy`, or hls4ml's text with one sample a line.
public enum DataFile {
    public static func read(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> NpyArray {
        // A .npy begins with this byte and the word NUMPY; no text does.
        bytes.first == 0x93 ? try NpyArray.read(bytes, name: name) : try NpyArray.readText(bytes, name: name)
    }
}
