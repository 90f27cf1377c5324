/// The exit codes that scripts can rely on.
package enum ExitStatus {
    package static let notebookFailed: Int32 = 1
    package static let usage: Int32 = 2
    /// Nothing is different, and something could not be verified.
    package static let incomplete: Int32 = 3
}
