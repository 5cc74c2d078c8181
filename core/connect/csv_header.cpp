#include "core/connect/csv_header.h"

#include <algorithm>
#include <unordered_set>

#include "core/data/trim.h"

namespace rw {

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
    for (std::size_t i = 0; i < schema.size(); ++i) {
        if (static_cast<int>(i) == arrival) continue;
        const std::string& wanted = schema.fields[i].name;
        const auto found = std::find(names.begin(), names.end(), wanted);
        if (found == names.end()) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("csv", "The header of “%1” has no column “%2”.").with(file, wanted),
                          RW_TEXT("csv", "It has: %1.").with(fmt::format("{}", fmt::join(names, ", "))));
        }
        layout.places.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    return layout;
}

CsvLayout layoutByPosition(const Schema& schema, int arrival) {
    CsvLayout layout{schema.size() - (arrival >= 0 ? 1 : 0)};
    for (std::size_t place = 0; place < layout.fields; ++place) layout.places.push_back(place);
    return layout;
}

}  // namespace rw
