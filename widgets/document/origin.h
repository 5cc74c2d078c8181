// Where the pipeline being edited comes from. That decides whether the user is asked before it runs, and
// whether its file is still the one that was opened.
#pragma once
#include <QByteArray>
#include <QString>
#include <string_view>

namespace rw::ui {

/// A name that no other document has.
QString newSession();

struct Origin {
    /// Begun here, or from an example that the program carries; else the content of a file that anybody may
    /// have written.
    bool own = true;
    QString example{};               ///< the name of that example
    QString session = newSession();  ///< names the document for as long as it has no file
    /// Fingerprint of the file when it was opened or saved here last; empty: not yet.
    QByteArray bytes{};
};

/// SHA-256 in hexadecimal digits: another text with the same one can't be made.
QByteArray fingerprint(std::string_view text);

/// The fingerprint of what the file at `path` holds when that is something else than `known`: another program
/// wrote it. Empty: it holds the same, or can't be read, or nothing is known. Reads the file.
QByteArray otherBytes(const QString& path, const QByteArray& known);

/// The name of the example whose bytes these are; empty: none. A file that merely is in a folder of that
/// name is not ours.
QString exampleWith(const QByteArray& bytes);
/// Whether these are the bytes of a file that an example reads, as the program carries it.
bool isExampleData(const QByteArray& bytes);

}  // namespace rw::ui
