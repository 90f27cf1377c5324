/// A notebook failed, and the terminal has been told why.
package struct NotebookFailed: Error {}
