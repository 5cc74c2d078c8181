// Colours SQL while it is typed: keywords, functions, numbers, strings, quoted names; and a wavy line under
// errors.
#pragma once
#include <QSyntaxHighlighter>
#include <vector>

namespace rw::ui {

/// A place in the text, in characters.
struct ErrorRange {
    int position = 0, length = 0;
    bool warning = false;
    bool operator==(const ErrorRange&) const = default;
};

/// A highlighter that also marks errors.
class MarkingHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
 public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void setErrorRanges(std::vector<ErrorRange> ranges);

 protected:
    /// Last in highlightBlock(): the wavy lines under the parts of the block that have errors.
    void markErrors(const QString& text);

 private:
    std::vector<ErrorRange> m_errorRanges{};
};

class SqlHighlighter : public MarkingHighlighter {
    Q_OBJECT
 public:
    explicit SqlHighlighter(QTextDocument* document);

 protected:
    void highlightBlock(const QString& text) override;
};

/// Byte offset in UTF-8, as the engine counts, to a place in a QString.
int characterAt(const std::string& utf8, std::size_t byte);

}  // namespace rw::ui
