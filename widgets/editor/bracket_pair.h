// The bracket of Python beside the cursor, and the one that belongs to it.
#pragma once
#include <QTextCursor>
#include <optional>

namespace rw::ui {

struct BracketPair {
    int opening = -1, closing = -1;  ///< places in the text; -1: it is missing, or is of another shape
    bool isWhole() const { return opening >= 0 && closing >= 0; }
    bool operator==(const BracketPair&) const = default;
};

/// Of the bracket before the cursor, or else behind it; none: no bracket is there. Those in strings and
/// comments are none. The document has a PythonHighlighter.
std::optional<BracketPair> bracketPairAt(const QTextCursor& cursor);

}  // namespace rw::ui
