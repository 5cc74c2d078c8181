#include "core/pipeline/json/json_members.h"

#include "core/pipeline/limits.h"

namespace rw {

namespace {

bool isPair(const Json& value, bool (Json::*is)() const noexcept) {
    return value.is_array() && value.size() == 2 && (value[0].*is)() && (value[1].*is)();
}

}  // namespace

Status wrongAt(const std::string& path, Text message, Text fix) {
    return Status(ErrorCode::Invalid, std::move(message).with(path), std::move(fix));
}

Status Members::isObject() const {
    if (m_object.is_object()) return {};
    return wrongAt(m_path, RW_TEXT("pipeline_file", "%1 must be an object, { … }."));
}

std::string Members::at(std::string_view key) const {
    return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
}

const Json* Members::take(const char* key) {
    m_taken.insert(key);
    const auto it = m_object.find(key);
    return it == m_object.end() ? nullptr : &*it;
}

Status Members::text(const char* key, std::string& out, std::size_t most, bool required) {
    const Json* value = take(key);
    if (!value) return required ? wrongAt(at(key), RW_TEXT("pipeline_file", "%1 is missing.")) : Status();
    if (!value->is_string()) return wrongAt(at(key), RW_TEXT("pipeline_file", "%1 must be text, \"…\"."));
    const auto& text = value->get_ref<const std::string&>();
    if (const std::size_t length = charactersOf(text); length > most) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("pipeline_file", "%1 has %2 characters, at most %3 are possible.")
                          .with(at(key), length, most),
                      RW_TEXT("pipeline_file", "Shorten it."));
    }
    out = text;
    return {};
}

Status Members::flag(const char* key, bool& out) {
    const Json* value = take(key);
    if (!value) return {};
    if (!value->is_boolean()) return wrongAt(at(key), RW_TEXT("pipeline_file", "%1 must be true or false."));
    out = value->get<bool>();
    return {};
}

Status Members::point(const char* key, Point& out) {
    const Json* value = take(key);
    if (!value) return {};
    if (!isPair(*value, &Json::is_number)) {
        return wrongAt(at(key), RW_TEXT("pipeline_file", "%1 must be two numbers, [x, y]."));
    }
    const Point point{(*value)[0].get<double>(), (*value)[1].get<double>()};
    if (std::abs(point.x) > kFarthest || std::abs(point.y) > kFarthest) {
        return wrongAt(at(key), RW_TEXT("pipeline_file", "%1 lies too far out: at most 1000000 either way."));
    }
    out = point;
    return {};
}

Status Members::cells(const char* key, int least, int most, int& x, int& y) {
    const Json* value = take(key);
    if (!value) return {};
    if (!isPair(*value, &Json::is_number_integer)) {
        return wrongAt(at(key), RW_TEXT("pipeline_file", "%1 must be two whole numbers."));
    }
    const auto [a, b] = std::pair((*value)[0].get<std::int64_t>(), (*value)[1].get<std::int64_t>());
    if (std::min(a, b) < least || std::max(a, b) > most) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("pipeline_file", "%1 must be two numbers from %2 to %3.").with(at(key), least, most));
    }
    x = static_cast<int>(a);
    y = static_cast<int>(b);
    return {};
}

Status Members::each(const char* key, const std::function<Status(const Json&, const std::string&)>& read) {
    const Json* list = take(key);
    if (!list) return {};
    const std::string path = at(key);
    if (!list->is_array()) return wrongAt(path, RW_TEXT("pipeline_file", "%1 must be a list, [ … ]."));
    for (std::size_t i = 0; i < list->size(); ++i) RW_TRY(read((*list)[i], fmt::format("{}[{}]", path, i)));
    return {};
}

Json Members::rest(const NodeId& node) const {
    Json out = Json::object();
    for (const auto& [key, value] : m_object.items()) {
        if (m_taken.count(key) > 0) continue;
        out[key] = value;
        Issue& issue = m_warnings.emplace_back();
        issue.severity = Severity::Warning;
        issue.node = node;
        issue.message =
            RW_TEXT("pipeline_file", "This version does not know the key %1; it is kept in the file.")
                .with(at(key));
    }
    return out;
}

}  // namespace rw
