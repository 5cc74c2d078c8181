#include "core/connect/web/http_items.h"

#include <algorithm>

#include "core/connect/messages/lines.h"
#include "core/sql/functions/json_elements.h"

namespace rw {

namespace {

constexpr std::string_view kJsonBlanks = " \t\n\r";
constexpr std::string_view kEachElement = "[*]";

std::string_view withoutJsonBlanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(kJsonBlanks), text.size()));
    return text.substr(0, text.find_last_not_of(kJsonBlanks) + 1);
}

/// Behind the string that `text` begins with.
std::size_t stringSize(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text.size());
}

/// Of the value that `text` begins with: up to a comma or a bracket that is not its own.
std::size_t valueSize(std::string_view text) {
    std::size_t depth = 0, at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at += stringSize(text.substr(at));
            continue;
        }
        if (depth == 0 && (c == ',' || c == ']' || c == '}')) break;
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        ++at;
    }
    return at;
}

/// The name of a member as it is meant.
std::string nameOf(std::string_view quotedName) {
    if (quotedName.find('\\') == std::string_view::npos)
        return std::string(quotedName.substr(1, quotedName.size() - 2));
    std::string name;
    (void)sql::JsonPath().scalar(name, quotedName);
    return name;
}

/// The last member of that name, as in most programs that read JSON.
std::optional<std::string_view> memberOf(std::string_view object, const std::string& name) {
    if (!object.starts_with('{')) return std::nullopt;
    std::optional<std::string_view> found;
    std::string_view rest = withoutJsonBlanks(object.substr(1, object.size() - 2));
    while (rest.starts_with('"')) {
        const std::size_t size = stringSize(rest);
        const bool same = nameOf(rest.substr(0, size)) == name;
        rest = withoutJsonBlanks(rest.substr(size));
        rest = withoutJsonBlanks(rest.substr(std::min<std::size_t>(1, rest.size())));  // the colon
        const std::size_t value = valueSize(rest);
        if (same) found = withoutJsonBlanks(rest.substr(0, value));
        rest = withoutJsonBlanks(rest.substr(std::min(value + 1, rest.size())));
    }
    return found;
}

std::optional<std::string_view> elementOf(std::string_view array, std::size_t index) {
    if (!array.starts_with('[')) return std::nullopt;
    sql::JsonElements elements(array);
    std::optional<std::string_view> element = elements.next();
    for (; element && index > 0; --index) element = elements.next();
    return element;
}

void eachLine(std::string_view body, std::size_t skip, const std::function<void(std::string_view)>& tell) {
    const LineFraming lines;
    while (!body.empty()) {
        const std::size_t size = lines.firstRow(body, true);
        const std::string_view line = withoutLineEnd(body.substr(0, size));
        body.remove_prefix(size);
        if (skip > 0) {
            --skip;
        } else if (!line.empty()) {
            tell(line);
        }
    }
}

}  // namespace

std::optional<HttpItems> parseHttpItems(std::string_view text) {
    HttpItems items;
    items.kind = HttpItems::Kind::InJson;
    items.elements = text.ends_with(kEachElement);
    if (items.elements) text.remove_suffix(kEachElement.size());
    std::optional<sql::JsonPath> path = sql::JsonPath::parse(text);
    if (!path) return std::nullopt;
    items.path = *std::move(path);
    return items;
}

std::optional<std::string_view> jsonTextAt(std::string_view json, const sql::JsonPath& path) {
    std::optional<std::string_view> at = withoutJsonBlanks(json);
    for (const sql::JsonPath::Step& step : path.steps()) {
        at = step.isIndex ? elementOf(*at, step.index) : memberOf(*at, step.name);
        if (!at) return std::nullopt;
    }
    return at;
}

bool eachItem(const HttpItems& items, std::string_view body,
              const std::function<void(std::string_view)>& tell) {
    switch (items.kind) {
        case HttpItems::Kind::Whole:
            tell(body);
            return true;
        case HttpItems::Kind::Lines:
            eachLine(body, items.skip, tell);
            return true;
        case HttpItems::Kind::InJson:
            break;
    }
    if (!sql::isJson(body)) return false;
    const std::optional<std::string_view> value = jsonTextAt(body, items.path);
    if (!value) return false;
    if (!items.elements) {
        tell(*value);
        return true;
    }
    if (!value->starts_with('[') && *value != "null") return false;
    sql::JsonElements elements(*value);
    while (const std::optional<std::string_view> element = elements.next()) tell(*element);
    return true;
}

}  // namespace rw
