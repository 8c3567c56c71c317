public import LayerKit

extension ELUOperation {
    public func fault(_ site: OperationSite) -> String? { TableOperation.fault(of: table, site) }
}
