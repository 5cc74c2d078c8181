#include "core/connect/databases/table_name.h"

#include <utility>
#include <vector>

namespace rw {

namespace {

Status noTableName(std::string_view text) {
    return {ErrorCode::Invalid, RW_TEXT("databases", "“%1” can't be the name of a table.").with(text),
            RW_TEXT("databases",
                    "Write `table` or `schema.table`, with double quotes around a name that has a dot.")};
}

/// The next part, behind which `text` begins with a dot or is at its end. False: there is none.
bool takePart(std::string_view& text, std::string& part) {
    if (!text.starts_with('"')) {
        const std::string_view found = text.substr(0, text.find('.'));
        part = found;
        text.remove_prefix(found.size());
        return !found.empty() && found.find('"') == std::string_view::npos;
    }
    text.remove_prefix(1);
    for (;;) {
        const std::size_t end = text.find('"');
        if (end == std::string_view::npos) return false;
        part += text.substr(0, end);
        text.remove_prefix(end + 1);
        if (!text.starts_with('"')) break;
        part += '"';
        text.remove_prefix(1);
    }
    return !part.empty() && (text.empty() || text.starts_with('.'));
}

std::string writtenPart(const std::string& part) {
    if (part.find_first_of(".\"") == std::string::npos) return part;
    std::string out = "\"";
    for (const char c : part) {
        if (c == '"') out += c;
        out += c;
    }
    return out + '"';
}

}  // namespace

Result<TableName> parseTableName(std::string_view text) {
    const std::string_view whole = text;
    std::vector<std::string> parts;
    do {
        if (!parts.empty()) text.remove_prefix(1);
        if (!takePart(text, parts.emplace_back())) return noTableName(whole);
    } while (!text.empty());
    if (parts.size() > 2 || whole.find('\0') != std::string_view::npos) return noTableName(whole);
    TableName name;
    name.table = std::move(parts.back());
    if (parts.size() == 2) name.schema = std::move(parts.front());
    return name;
}

std::string toString(const TableName& name) {
    return name.schema.empty() ? writtenPart(name.table)
                               : writtenPart(name.schema) + '.' + writtenPart(name.table);
}

}  // namespace rw
