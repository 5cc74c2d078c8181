#include "core/deploy/flink/sql_text.h"

#include <algorithm>
#include <filesystem>

#include "core/deploy/flink/clauses.h"

namespace rw {

namespace {

constexpr Millis kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

}  // namespace

std::string flinkText(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

// Without a precision of its own a unit has two digits in SQL.
std::string flinkInterval(Millis duration) {
    struct Unit {
        Millis millis;
        const char* name;
    };
    for (const auto& [millis, name] :
         {Unit{kDay, "DAY"}, Unit{kHour, "HOUR"}, Unit{kMinute, "MINUTE"}, Unit{kSecond, "SECOND"}}) {
        if (duration % millis != 0 || duration / millis > 99 || (duration == 0 && millis != kSecond))
            continue;
        return fmt::format("INTERVAL '{}' {}", duration / millis, name);
    }
    const Millis days = duration / kDay;
    return fmt::format("INTERVAL '{} {:02}:{:02}:{:02}.{:03}' DAY{} TO SECOND(3)", days,
                       duration / kHour % 24, duration / kMinute % 60, duration / kSecond % 60,
                       duration % kSecond, days > 99 ? "(6)" : "");
}

std::vector<std::string> flinkColumns(const NodeForm& form, const Schema& schema) {
    std::vector<std::string> out;
    for (const Field& field : schema.fields)
        out.push_back(form.quoted(field.name) + " " + form.dialect().words().type(field.type));
    return out;
}

std::string flinkList(const std::vector<std::string>& parts, std::string_view indent) {
    return fmt::format("{}", fmt::join(parts, fmt::format(",\n{}", indent)));
}

std::string flinkPlainTimes(const NodeForm& form, const StreamType& stream, int most) {
    const auto& fields = stream.schema->fields;
    const auto times = std::count_if(fields.begin(), fields.end(),
                                     [](const Field& field) { return field.type.is(TypeId::Timestamp); });
    if (times <= most) return form.columnList(*stream.schema);
    std::vector<std::string> columns = flinkColumnNames(form, *stream.schema);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool time = fields[i].type.is(TypeId::Timestamp);
        if (time && static_cast<int>(i) != stream.eventTime)
            columns[i] = flinkInstant(columns[i]) + " AS " + columns[i];
    }
    return flinkLine(columns);
}

// Paths of this computer would be wrong elsewhere: a path in the pipeline's folder is written relative to it.
std::string flinkPath(NodeForm& form, std::string_view param) {
    const std::string raw = form.raw(param);
    const std::string value = form.params().text(param);
    const std::string start = form.options().folder.value_or("${folder}");
    if (!std::filesystem::path(value).is_absolute()) return start + "/" + raw;
    const std::string& folder = form.options().validate.folder;
    const bool inside = !folder.empty() && raw.starts_with(folder + "/");
    return inside ? start + raw.substr(folder.size()) : raw;
}

}  // namespace rw
