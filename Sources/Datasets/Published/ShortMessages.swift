/// The SMS Spam Collection (T. A. Almeida, J. M. Gómez Hidalgo): 5,574 short messages, of which 747 are spam. The licence is
/// CC BY 4.0.
public enum ShortMessages {
    /// One message.
    public struct Message: Sendable, Hashable {
        /// Whether the message is spam rather than ham.
        public let isSpam: Bool
        /// The message as it was sent.
        public let text: String
    }

    /// The file's name; its gzip twin ends in `.gz`.
    public static let fileName = "SMSSpamCollection"

    /// The messages in `folder`, in the file's order, with their copies.
    ///
    /// - Throws: `DataError` where the file cannot be read, is not UTF-8, or a line is not `ham` or `spam`, a tab and a message.
    public static func load(from folder: String) throws(DataError) -> [Message] {
        let path = "\(folder)/\(fileName)"
        let table = try DelimitedText(
            contentsOf: path, separator: .tab, columns: 2, hasHeader: true, isQuoted: false)
        guard table.header == ["Label", "SMS"] else {
            throw DataError(
                path, at: .line(1), "the columns are not named Label and SMS",
                cure: "fetch the file again: `kdbook data fetch sms-spam`")
        }
        var messages: [Message] = []
        for (row, line) in zip(table.rows, table.lines) {
            guard row[0] == "ham" || row[0] == "spam" else {
                throw DataError(
                    path, at: .line(line), "the label is \(quoted(row[0])), not ham or spam", cure: "mend the line")
            }
            messages.append(Message(isSpam: row[0] == "spam", text: row[1]))
        }
        return messages
    }
}

extension Grouping {
    /// Messages of the same text belong together, whatever their letters' case, digits and blanks: senders of spam vary these.
    public init(byTextOf messages: [ShortMessages.Message]) {
        self.init(
            by: messages.map { message in
                message.text.lowercased().filter { !$0.isWhitespace }.map { $0.isNumber ? "0" : $0 }
            })
    }
}
