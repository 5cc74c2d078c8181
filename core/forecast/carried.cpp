#include "core/forecast/carried.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "core/base/readable.h"
#include "core/forecast/carried_aggregates.h"
#include "core/forecast/closable_windows.h"
#include "core/forecast/compared.h"

namespace rw::forecasting {

namespace {

constexpr std::size_t kShownListBytes = 160;
constexpr std::size_t kColumnsOfWindow = 3;  // of a result, before its keys

/// Their states are one accumulator a key and aggregate, side by side (core/stream/aggregates).
constexpr std::array<std::string_view, 2> kSideBySide{"window_aggregate", "group_aggregate"};

void addName(std::string& names, const std::string& name) {
    names += (names.empty() ? "" : ", ") + name;
}

Text said(Text words, const std::string& names) {
    return names.empty() ? Text() : std::move(words).with(shortened(names, kShownListBytes));
}

/// Columns of `schema` that `other` does not have.
std::string surplusNames(const Schema& schema, const Schema& other) {
    std::string names;
    for (const Field& field : schema.fields) {
        if (!other.find(field.name)) addName(names, field.name);
    }
    return names;
}

/// Aggregates of both sides, one by one. A call that stands twice now has the state of the one before.
struct Matched {
    std::vector<std::optional<std::size_t>> from{};
    std::string kept{}, added{}, gone{};  ///< names
    bool anyKept = false;
    bool typesChanged = false;  ///< one is of another type now: a column above is another one
};

Matched matchedAggregates(const std::vector<AggregateFact>& before, const std::vector<AggregateFact>& now) {
    Matched out;
    std::vector<bool> used(before.size(), false);
    for (const AggregateFact& fact : now) {
        const auto found = std::find(before.begin(), before.end(), fact);
        const bool shared = found != before.end() && !fact.type.empty();
        out.typesChanged = out.typesChanged ||
                           (!shared && std::any_of(before.begin(), before.end(), [&fact](const auto& old) {
                               return old.meaning == fact.meaning;
                           }));
        addName(shared ? out.kept : out.added, sql::aggregateCallText(fact.text));
        out.anyKept = out.anyKept || shared;
        out.from.emplace_back();
        if (!shared) continue;
        out.from.back() = static_cast<std::size_t>(found - before.begin());
        used[*out.from.back()] = true;
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        const bool stays = used[i] || std::find(now.begin(), now.end(), before[i]) != now.end();
        if (!stays) addName(out.gone, sql::aggregateCallText(before[i].text));
    }
    return out;
}

/// Nothing where one can't be bound: validation has bound all of them.
std::shared_ptr<const CarriedAggregates> carriedOf(const SideNode& before, const SideNode& now,
                                                   Matched matched) {
    const StreamType& input = now.typed.inputs.front().front();
    auto out = std::make_shared<CarriedAggregates>();
    out->keys = now.params.contains("keys") ? now.params["keys"].size() : 0;
    out->before = aggregateFacts(before).size();
    out->retracting = input.updating;
    ColumnSet read(input.schema->size(), false);
    for (const AggregateFact& fact : aggregateFacts(now)) {
        auto bound = sql::bindAggregate(fact.text, sql::Scope{input.schema});
        auto* const aggregate = std::get_if<sql::BoundAggregate>(&bound);
        if (aggregate == nullptr) return nullptr;
        if (!matched.from[out->now.size()]) {
            if (aggregate->argument) sql::markColumns(*aggregate->argument, read);
            if (aggregate->filter) sql::markColumns(*aggregate->filter, read);
        }
        out->now.push_back(std::move(*aggregate));
    }
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (read[i]) out->read.push_back(input.schema->fields[i]);
    }
    out->from = std::move(matched.from);
    return out;
}

}  // namespace

bool carriesAggregates(const SideNode& before, const SideNode& now, const std::vector<StateChange>& changes,
                       NodeForecast& node) {
    const bool onlyThese = std::all_of(changes.begin(), changes.end(), [](const StateChange& change) {
        return change.param == "aggregates";
    });
    if (!onlyThese || std::find(kSideBySide.begin(), kSideBySide.end(), now.kind->type) == kSideBySide.end())
        return false;
    Matched matched = matchedAggregates(aggregateFacts(before), aggregateFacts(now));
    if (!matched.anyKept || matched.typesChanged) return false;
    const bool updating = now.typed.inputs.front().front().updating;
    if (updating && !matched.added.empty()) {
        node.why = RW_TEXT("forecast",
                           "The rows that reach it may be taken back, but not from an aggregate that has not "
                           "counted them.");
        return false;
    }
    Text why = said(RW_TEXT("forecast", "Kept: %1."), matched.kept);
    why = followed(std::move(why), said(RW_TEXT("forecast", "Counts from now on: %1."), matched.added));
    why = followed(std::move(why), said(RW_TEXT("forecast", "Dropped: %1."), matched.gone));
    auto carried = carriedOf(before, now, std::move(matched));
    if (!carried) return false;
    node.fate = StateFate::CarriesOver;
    node.why = std::move(why);
    node.carried = std::move(carried);
    return true;
}

void tellClosable(const SideNode& before, const SideNode& now, const std::vector<StateChange>& changes,
                  NodeForecast& node) {
    constexpr std::array<std::string_view, 8> kWindowParams{
        "window", "size", "slide", "step", "gap", "offset", "allowed_lateness", "early"};
    const bool onlyWindows =
        now.kind->type == "window_aggregate" &&
        std::all_of(changes.begin(), changes.end(), [&kWindowParams](const StateChange& change) {
            return std::find(kWindowParams.begin(), kWindowParams.end(), change.param) != kWindowParams.end();
        });
    const StreamType &was = before.typed.bound->outputs.front(), &is = now.typed.bound->outputs.front();
    if (!onlyWindows || !(*was.schema == *is.schema) || was.updating != is.updating) return;
    auto out = std::make_shared<ClosableWindows>();
    out->kind = before.kind;
    out->before = before.typed.bound;
    out->input = before.typed.inputs.front().front();
    const std::size_t keys = before.params.contains("keys") ? before.params["keys"].size() : 0;
    for (std::size_t i = 0; i < keys; ++i) out->keys.push_back(static_cast<int>(kColumnsOfWindow + i));
    node.closable = std::move(out);
}

void tellOtherColumns(const SideNode& before, const SideNode& now, NodeForecast& node) {
    const bool same = now.kind->type == "sqlite_sink" && before.params == now.params;
    if (!same || before.typed.inputs.front().empty() || now.typed.inputs.front().empty()) return;
    const Schema& was = *before.typed.inputs.front().front().schema;
    const Schema& is = *now.typed.inputs.front().front().schema;
    const std::string added = surplusNames(is, was), gone = surplusNames(was, is);
    if (added.empty() && gone.empty()) return;
    Text why = RW_TEXT("forecast", "The rows that are in the table stay.");
    why = followed(std::move(why), said(RW_TEXT("forecast", "Added to it, and NULL in them: %1."), added));
    why = followed(std::move(why), said(RW_TEXT("forecast", "NULL from now on: %1."), gone));
    node.fate = StateFate::CarriesOver;
    node.why = std::move(why);
}

}  // namespace rw::forecasting
