/// Where the vendor's installers put things.
public enum Installation {
    /// Folders that installations are looked for in, besides those that the user names.
    public static let standardRoots = [
        "/opt/Xilinx", "/tools/Xilinx", "/opt/AMD", "/tools/AMD", "/opt/amd", "/opt/xilinx",
    ]

    /// Environment variables that name the folder of one release of one product, and what that product is called.
    public static let variables: [(name: String, products: [String])] = [
        ("XILINX_HLS", ["Vitis_HLS", "Vitis"]), ("XILINX_VITIS", ["Vitis"]), ("XILINX_VIVADO", ["Vivado"]),
    ]

    /// The folder of a release of a product below a root: `ROOT/Vivado/2023.2` up to 2024.2, `ROOT/2025.1/Vivado` from
    /// then on.
    public static func folders(root: String, product: String, version: String) -> [String] {
        ["\(root)/\(product)/\(version)", "\(root)/\(version)/\(product)"]
    }

    /// Where a program is installed: the folder of its product, and the root below which that lies with a release's
    /// name. Its scripts name them, and are the same scripts elsewhere.
    public static func folders(ofProgram path: String) -> [String] {
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        let product = parts.dropLast(2)
        guard product.count > 1 else { return [] }
        let folder = product.map { "/" + $0 }.joined()
        let isNamed = product.suffix(2).contains { ToolVersion($0) != nil }
        return isNamed && product.count > 2 ? [folder, product.dropLast(2).map { "/" + $0 }.joined()] : [folder]
    }

    /// The script in the folder of a product that sets up its environment.
    public static let settingsScript = "settings64.sh"

    /// Variables that say where licences are; a change of them rebuilds nothing.
    public static let licenceVariables = ["XILINXD_LICENSE_FILE", "LM_LICENSE_FILE"]

    /// Below the user's home: where the tools look for licences by themselves.
    public static let licenceFolder = ".Xilinx"
}
