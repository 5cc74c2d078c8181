#include "core/sql/time_text.h"

#include "core/data/text.h"

namespace rw::sql {

std::optional<std::int32_t> dateOfText(std::string_view text) {
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos) return std::nullopt;
    text.remove_prefix(start);
    return parseDate(text.substr(0, text.find_first_of(" T")));
}

}  // namespace rw::sql
