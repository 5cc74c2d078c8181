#include "core/forecast/losses.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace rw {

Text lossOf(const NodeKind& kind) {
    if (kind.inputs.empty()) return {};
    const auto isOneOf = [&kind](std::initializer_list<std::string_view> types) {
        return std::find(types.begin(), types.end(), kind.type) != types.end();
    };
    const ParamSpec* const window = kind.param("window");
    if (window != nullptr && window->kind == ParamKind::Choice)
        return RW_TEXT("forecast", "Rows in open windows are in no result.");
    if (isOneOf({"deduplicate"})) return RW_TEXT("forecast", "Rows that it has seen may pass again.");
    if (isOneOf({"group_aggregate", "over_aggregate"}))
        return RW_TEXT("forecast", "Results from now on leave out the rows so far.");
    if (isOneOf({"join", "interval_join", "temporal_join"}))
        return RW_TEXT("forecast", "Rows to come find no partner among those so far.");
    if (isOneOf({"top_n"})) return RW_TEXT("forecast", "Rows to come are ranked without those so far.");
    if (isOneOf({"pattern"})) return RW_TEXT("forecast", "Matches that have begun are not found.");
    if (isOneOf({"alert"}))
        return RW_TEXT("forecast", "It does not know of alerts that are open, and may raise them again.");
    if (isOneOf({"anomaly", "classify", "regress", "forecast", "cluster", "drift", "recommend"}))
        return RW_TEXT("forecast", "What it has learnt is gone: it learns from the rows to come.");
    return RW_TEXT("forecast", "What it has kept so far is dropped.");
}

}  // namespace rw
