#include "core/views/contributions.h"

#include <algorithm>
#include <cmath>

#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

constexpr int kMostCuts = 16;  ///< ends of members that are tried, from the last one back

Json parsed(const std::string& text) {
    return Json::parse(text, nullptr, false);
}

/// Closed behind the last whole member.
Json parsedCut(std::string text) {
    for (int tried = 0; tried < kMostCuts; ++tried) {
        const std::size_t comma = text.rfind(',');
        if (comma == std::string::npos) break;
        text.resize(comma);
        Json object = parsed(text + '}');
        if (object.is_object()) return object;
    }
    return {};
}

}  // namespace

bool isContributions(std::string_view column, Type type) {
    return column == kContributions && type.is(TypeId::String);
}

Contributions contributionsIn(std::string_view text) {
    Contributions found;
    const std::string whole(text.substr(0, kLongestContributions));
    Json object = parsed(whole);
    if (object.is_discarded() && whole.starts_with('{')) {
        object = parsedCut(whole);
        found.cut = object.is_object();
    }
    if (!object.is_object()) return found;
    for (const auto& [feature, value] : object.items()) {
        if (!value.is_number() || !std::isfinite(value.get<double>())) continue;
        found.all.push_back({feature, value.get<double>()});
    }
    std::stable_sort(found.all.begin(), found.all.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.value) > std::abs(b.value);
    });
    return found;
}

}  // namespace rw
