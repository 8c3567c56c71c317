extension Calibration {
    /// What `residuals` finds over the table in the tests, in whole percent. A test compares the two.
    public static let stated: [Residual] = []
}
