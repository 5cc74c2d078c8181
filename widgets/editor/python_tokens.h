// What a line of Python consists of, for colours, brackets and the next line's indentation. A line is read by
// itself, with what the line before left open: strings of three quotes, and strings that a backslash
// continues.
#pragma once
#include <QString>
#include <vector>

namespace rw::ui {

struct PythonToken {
    enum class Kind {
        Keyword,
        Builtin,     ///< a name that Python has without an import
        Definition,  ///< the name behind def or class
        Name,
        Decorator,
        Number,
        String,       ///< a part of one: a string over several lines has one in each
        Placeholder,  ///< the braces of an f-string with what they hold
        Comment,
        Opening,  ///< ( [ {
        Closing,
        Other
    } kind = Kind::Other;
    int from = 0, length = 0;  ///< in characters of the line
    bool operator==(const PythonToken&) const = default;
};

/// The string that a line leaves open, as a number that is 0 for none: QSyntaxHighlighter keeps one for each
/// line.
struct PythonOpen {
    QChar quote{};         ///< null: none is open
    bool triple = false;   ///< otherwise a backslash continues it
    bool formats = false;  ///< an f-string

    int number() const;
    static PythonOpen of(int number);
    bool operator==(const PythonOpen&) const = default;
};

struct PythonLine {
    std::vector<PythonToken> tokens{};  ///< without blanks, from left to right
    PythonOpen open{};                  ///< at its end
};

PythonLine readPython(const QString& line, PythonOpen before = {});

/// How many blanks the line behind this one begins with, given the code left of the cursor: as many as this
/// one, 4 more behind a colon or an open bracket, 4 less behind return, pass, raise, break and continue.
int nextIndent(const QString& line, PythonOpen before = {});

inline constexpr int kPythonIndent = 4;

}  // namespace rw::ui
