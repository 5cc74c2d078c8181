// The messages in the body of an answer: the elements of an array of JSON, or lines.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/sql/functions/json_path.h"

namespace rw {

struct HttpItems {
    enum class Kind {
        InJson,  ///< at `path`: each element of an array, or the value itself
        Lines,   ///< each line but empty ones
        Whole    ///< the body itself
    } kind = Kind::Whole;
    sql::JsonPath path{};
    bool elements = false;  ///< InJson: of the array at `path`
    std::size_t skip = 0;   ///< Lines: so many are passed over first
};

/// “$.data[*]”: the elements of the array there; “$.data”: the value. Nothing: the text is neither.
std::optional<HttpItems> parseHttpItems(std::string_view text);

/// The value at a path as it is written; nothing: there is none. `json` is JSON (sql::isJson).
std::optional<std::string_view> jsonTextAt(std::string_view json, const sql::JsonPath& path);

/// Tells of each message in its order. False: the body is no JSON, or has nothing at the path.
bool eachItem(const HttpItems& items, std::string_view body,
              const std::function<void(std::string_view)>& tell);

}  // namespace rw
