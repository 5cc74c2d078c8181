// The text of an editor as statements of SQL. Strings, quoted names and comments may hold semicolons.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rw {

/// A part of a text, in bytes.
struct SqlSpan {
    std::size_t begin = 0, end = 0;
    std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
    bool operator==(const SqlSpan&) const = default;
};

/// A letter, digit, underscore or part of a letter beyond ASCII.
bool isSqlWordPart(char c);

/// The statements, each from its first word to the end of its last one, without the semicolon. Parts of
/// blanks and comments alone are none.
std::vector<SqlSpan> statementsOf(std::string_view text);

/// The statement that the cursor is in or behind: up to the next line it belongs to the one before it.
/// Nothing: there is none.
std::optional<SqlSpan> statementAt(std::string_view text, std::size_t cursor);

/// The first word, in capitals: “SELECT”. Empty: it begins with none.
std::string firstWord(std::string_view statement);

/// A token, or a gap between two.
struct SqlToken {
    enum class Kind { Blank, Comment, Word, Quoted, Text, Number, Symbol } kind = Kind::Blank;
    SqlSpan span{};
};
/// All of the text, as SQLite reads it. Quoted: a name in quotes, `…` or […].
std::vector<SqlToken> sqlTokens(std::string_view text);

/// The name that a token of kind Word or Quoted stands for.
std::string nameIn(std::string_view text, const SqlToken& token);

}  // namespace rw
