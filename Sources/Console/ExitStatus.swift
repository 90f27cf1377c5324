/// The exit codes that scripts can rely on.
package enum ExitStatus {
    package static let notebookFailed: Int32 = 1
    package static let usage: Int32 = 2
}
