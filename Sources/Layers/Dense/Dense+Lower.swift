public import Basics
public import LayerKit

extension Dense {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let product = try ProductLowering(site: site, kernel: kernel, bias: bias)
            .lower(site.inputs[0].ranges) { warnings, onlyOne throws(DiagnosticError) in
                try site.parallelization(&warnings, onlyOne: onlyOne)
            }
        return Lowered(product.operation, site, ranges: product.ranges, warnings: product.warnings)
    }
}
