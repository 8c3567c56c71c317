internal import Config
internal import Steps
internal import Tools

/// Where a stage of the vendor's tools works, and which tool runs C synthesis there.
struct VendorSite {
    let site: ProjectSite
    let role: ToolRole

    init(_ site: ProjectSite, _ role: ToolRole) {
        self.site = site
        self.role = role
    }

    var project: Project { site.project }
}
