#include "core/data/schema.h"

#include <algorithm>
#include <numeric>

#include "core/base/ascii.h"

namespace rw {

namespace {

/// Edit distance (insert, delete, replace) of two names, letters compared without case.
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (asciiSmall(a[i]) == asciiSmall(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

}  // namespace

std::optional<int> Schema::find(std::string_view name) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == name) return static_cast<int>(i);
    }
    return std::nullopt;
}

std::string nearestName(std::string_view name, const Schema& schema) {
    constexpr std::size_t kLongest = 200;  // the distance is quadratic, and longer names are not mistyped
    const std::string* nearest = nullptr;
    std::size_t least = std::max<std::size_t>(name.size() / 3, 1) + 1;
    if (name.size() > kLongest) return {};
    for (const Field& field : schema.fields) {
        if (field.name.size() > kLongest) continue;
        const std::size_t distance = editDistance(name, field.name);
        if (distance < least && distance < std::max(name.size(), field.name.size())) {
            least = distance;
            nearest = &field.name;
        }
    }
    return nearest != nullptr ? *nearest : std::string();
}

}  // namespace rw
