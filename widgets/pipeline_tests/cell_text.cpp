#include "widgets/pipeline_tests/cell_text.h"

#include "core/pipeline_tests/test_values.h"

namespace rw::ui {

namespace {

constexpr const char* kNullWord = "NULL";

QString dumped(const Json& cell) {
    return QString::fromStdString(cell.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Json parsedCell(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

}  // namespace

QString cellText(const Json& cell) {
    if (cell.is_null()) return QLatin1String(kNullWord);
    if (!cell.is_string()) return dumped(cell);
    const QString text = QString::fromStdString(cell.get<std::string>());
    const bool unclear = text.isEmpty() || text == QLatin1String(kNullWord) || text.startsWith(u'"');
    return unclear ? dumped(cell) : text;
}

Json typedCell(const QString& text, const Json& before, const std::optional<Type>& type) {
    if (text.trimmed() == QLatin1String(kNullWord)) return nullptr;
    const std::string typed = text.toStdString();
    const Json parsed = parsedCell(typed);
    if (text.startsWith(u'"') && parsed.is_string()) return parsed;
    const bool isWord = !parsed.is_number() && !parsed.is_boolean();
    if (isWord) return typed;
    const bool fits = type ? !type->is(TypeId::String) && testValue(parsed, *type).has_value() &&
                                 (parsed.is_boolean() || type->isNumeric())
                           : !before.is_string();
    return fits ? parsed : Json(typed);
}

}  // namespace rw::ui
