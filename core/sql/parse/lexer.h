// Cuts a text of SQL into tokens.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/sql/parse/ast.h"

namespace rw::sql {

struct Token {
    enum class Kind {
        Word,    ///< a name or keyword as written
        Quoted,  ///< a name in back quotes, decoded
        Number,  ///< digits, point and exponent as written
        String,  ///< a text in single quotes, decoded
        Symbol,  ///< an operator or bracket
        End      ///< after the last one; its span is empty
    };
    Kind kind = Kind::End;
    Span span{};
    std::string text{};
    std::string upper{};  ///< Word: in upper case

    bool isKeyword(std::string_view word) const { return kind == Kind::Word && upper == word; }
    bool isSymbol(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
};

/// All tokens of `text`, ending with one End. Comments (`-- …`, `/* … */`) and blanks fall away.
Parsed<std::vector<Token>> tokenize(std::string_view text);

}  // namespace rw::sql
