// An error in a piece of SQL, and its place.
#pragma once
#include <cstddef>
#include <string>
#include <variant>

#include "core/base/text.h"

namespace rw::sql {

struct SqlError {
    Text message;
    Text fix{};
    std::size_t position = 0;  ///< byte offset in the text that was parsed
    std::size_t length = 0;    ///< bytes; 0: at the end
    /// Text that, when it replaces [position, position + length), fixes it; empty when there is no such text.
    std::string replacement{};
    /// The missing column, when that is the error, and the qualifier before its name.
    std::string column{}, qualifier{};
};

template <class T>
using Parsed = std::variant<T, SqlError>;

}  // namespace rw::sql
