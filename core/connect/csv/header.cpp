#include "core/connect/csv/header.h"

#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/data/trim.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::size_t kShownHeader = 200;

Status unreadable(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

}  // namespace

Result<std::vector<CsvField>> headerFields(std::string_view row, const CsvFormat& format,
                                           const std::string& file) {
    if (row.starts_with("\xFF\xFE") || row.starts_with("\xFE\xFF")) {
        return unreadable(RW_TEXT("csv", "“%1” is written in UTF-16.").with(file),
                          RW_TEXT("csv", "Save it as UTF-8."));
    }
    if (const std::size_t valid = validUtf8Prefix(row); valid != row.size()) {
        return unreadable(RW_TEXT("csv", "The header of “%1” is not UTF-8 from byte %2 on: %3")
                              .with(file, valid + 1, excerpt(row, kShownHeader)),
                          RW_TEXT("csv", "Save it as UTF-8."));
    }
    auto fields = splitRow(row, format);
    if (!fields) {
        return unreadable(RW_TEXT("csv", "The quotes in the header of “%1” are broken: %2")
                              .with(file, excerpt(row, kShownHeader)),
                          RW_TEXT("csv", "Fix the header, or choose another quote character."));
    }
    for (const CsvField& field : *fields) {
        if (field.quoted || field.text.find('\r') == std::string::npos) continue;
        return unreadable(RW_TEXT("csv", "The lines of “%1” end with CR alone.").with(file),
                          RW_TEXT("csv", "Save it with lines that end with LF or CR LF."));
    }
    return *std::move(fields);
}

std::vector<std::string> headerNames(const std::vector<CsvField>& header) {
    std::vector<std::string> names;
    std::unordered_set<std::string> taken;
    for (const CsvField& field : header) {
        std::string name(field.quoted ? std::string_view(field.text) : trimmed(field.text));
        if (name.empty()) name = fmt::format("column_{}", names.size() + 1);
        std::string unique = name;
        for (int number = 2; !taken.insert(unique).second; ++number)
            unique = fmt::format("{}_{}", name, number);
        names.push_back(std::move(unique));
    }
    return names;
}

Result<CsvLayout> layoutByName(const std::vector<std::string>& names, const Schema& schema, int arrival,
                               const std::string& file) {
    CsvLayout layout{names.size()};
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t place = 0; place < names.size(); ++place) places.try_emplace(names[place], place);
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (static_cast<int>(i) == arrival) continue;
        const std::string& wanted = schema.fields[i].name;
        const auto found = places.find(wanted);
        if (found == places.end()) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("csv", "The header of “%1” has no column “%2”.").with(file, wanted),
                          RW_TEXT("csv", "It has: %1. Name the column as it is there, or take it out.")
                              .with(excerpt(fmt::format("{}", fmt::join(names, ", ")), kShownHeader)));
        }
        layout.places.push_back(found->second);
    }
    return layout;
}

CsvLayout layoutByPosition(const Schema& schema, int arrival) {
    CsvLayout layout{schema.size() - (arrival >= 0 ? 1 : 0)};
    for (std::size_t place = 0; place < layout.fields; ++place) layout.places.push_back(place);
    return layout;
}

}  // namespace rw
