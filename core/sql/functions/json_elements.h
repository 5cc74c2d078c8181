// The elements of a JSON text, one after the other.
#pragma once
#include <optional>
#include <string_view>

namespace rw::sql {

/// Whether `text` is JSON that can be read, as JsonPath reads it.
bool isJson(std::string_view text);

/// Of an array its elements, of null none, of anything else the text itself. Reads no further than it has to.
class JsonElements {
 public:
    /// `text` is JSON (isJson) and outlives this.
    explicit JsonElements(std::string_view text);
    /// The next one as it is written, without blanks around it; nothing: there is none.
    std::optional<std::string_view> next();

 private:
    std::string_view m_rest;
    bool m_array = false;
};

}  // namespace rw::sql
