#include "core/forecast/forecast.h"

#include <algorithm>

#include "core/forecast/compared.h"

namespace rw {

namespace {

using forecasting::Compared;
using forecasting::Side;
using forecasting::SideNode;

int badness(StateFate fate) {
    switch (fate) {
        case StateFate::NoState:
            return 0;
        case StateFate::Keeps:
            return 1;
        case StateFate::CarriesOver:
            return 2;
        case StateFate::StartsAnew:
            return 3;
        case StateFate::Cannot:
            return 4;
    }
    return 0;
}

Result<Side> sideOf(const ForecastOf& of, const Catalogue& catalogue, StateKeeper keeper, bool everyColumn,
                    Text wrong) {
    const bool flink = keeper == StateKeeper::FlinkSql || keeper == StateKeeper::FlinkPlan;
    Result<Side> side = forecasting::makeSide(of.pipeline, catalogue, of.options, !flink, everyColumn);
    if (side.ok()) {
        static const forecasting::StateRule kNothing;
        for (SideNode& node : side->nodes) {
            if (node.rule->hereOnly && keeper != StateKeeper::Embedded) node.rule = &kNothing;
        }
        return side;
    }
    Error error = side.error();
    error.message = std::move(wrong).with(error.message);
    return Status(std::move(error));
}

Forecast byKeeper(const Compared& compared, const ForecastRules& rules) {
    switch (rules.keeper) {
        case StateKeeper::FlinkSql:
            return flinkForecast(compared, rules);
        case StateKeeper::FlinkPlan:
            return planForecast(compared, rules);
        case StateKeeper::Spark:
            return sparkForecast(compared);
        case StateKeeper::Embedded:
            break;
    }
    return embeddedForecast(compared);
}

/// Nodes of the deployed pipeline whose state no node takes over.
void addGone(const Compared& compared, Forecast& out) {
    for (std::size_t i = 0; i < compared.before.nodes.size(); ++i) {
        const SideNode& old = compared.before.nodes[i];
        if (compared.after[i] || !old.keepsState()) continue;
        out.anythingLost = true;
        out.lost.insert(old.id);
        const auto [it, isNew] = out.nodes.try_emplace(old.id);
        NodeForecast& node = it->second;
        if (isNew) {
            node = {StateFate::StartsAnew,
                    RW_TEXT("forecast", "It is gone: what it has kept is dropped."),
                    {},
                    old.id,
                    true};
        } else {
            node.why = forecasting::followed(
                std::move(node.why),
                RW_TEXT("forecast", "Before, another node (%1) was called so: what that has kept is dropped.")
                    .with(old.kind->name));
        }
    }
}

void findLoss(const Compared& compared, Forecast& out) {
    for (std::size_t i = 0; i < compared.now.nodes.size(); ++i) {
        const bool had = compared.of[i] && compared.before.nodes[*compared.of[i]].keepsState();
        const NodeId& id = compared.now.nodes[i].id;
        if (!had || out.nodes.at(id).fate != StateFate::StartsAnew) continue;
        out.anythingLost = true;
        out.lost.insert(id);
    }
}

/// A subflow has the worst fate of the nodes inside it.
void addSubflows(const Side& before, const Side& now, Forecast& out) {
    std::map<NodeId, NodeForecast> subflows;
    for (const NodeId& id : now.subflows) {
        NodeForecast& subflow = subflows[id];
        if (before.subflows.contains(id)) subflow.was = id;
        const NodeId inside = insideOf(id, {});
        for (auto node = out.nodes.lower_bound(inside);
             node != out.nodes.end() && node->first.starts_with(inside); ++node) {
            const NodeForecast& inner = node->second;
            if (badness(inner.fate) <= badness(subflow.fate)) continue;
            subflow.fate = inner.fate;
            subflow.fix = inner.fix;
            subflow.why =
                inner.why.empty() ? Text() : RW_TEXT("forecast", "“%1”: %2").with(node->first, inner.why);
        }
    }
    out.nodes.merge(subflows);
}

}  // namespace

Text stateFateText(const NodeForecast& node) {
    switch (node.fate) {
        case StateFate::Keeps:
            return RW_TEXT("forecast", "kept");
        case StateFate::CarriesOver:
            return RW_TEXT("forecast", "carried over");
        case StateFate::StartsAnew:
            return node.isNew() ? RW_TEXT("forecast", "begins empty") : RW_TEXT("forecast", "lost");
        case StateFate::Cannot:
            return RW_TEXT("forecast", "can't resume");
        case StateFate::NoState:
            break;
    }
    return RW_TEXT("forecast", "has no state");
}

std::string_view stateFateName(StateFate fate) {
    switch (fate) {
        case StateFate::Keeps:
            return "keeps";
        case StateFate::CarriesOver:
            return "carries-over";
        case StateFate::StartsAnew:
            return "starts-anew";
        case StateFate::Cannot:
            return "cannot";
        case StateFate::NoState:
            break;
    }
    return "no-state";
}

bool Forecast::isSubflow(const NodeId& id) const {
    const NodeId inside = insideOf(id, {});
    const auto next = nodes.lower_bound(inside);
    return next != nodes.end() && next->first.starts_with(inside);
}

bool Forecast::carriesAnything() const {
    return std::any_of(nodes.begin(), nodes.end(),
                       [](const auto& node) { return node.second.fate == StateFate::CarriesOver; });
}

bool Forecast::possible() const {
    return std::none_of(nodes.begin(), nodes.end(),
                        [](const auto& node) { return node.second.fate == StateFate::Cannot; });
}

Result<Forecast> forecast(ForecastOf deployed, ForecastOf edited, const Catalogue& catalogue,
                          const ForecastRules& rules) {
    RW_TRY_ASSIGN(
        const Side before,
        sideOf(deployed, catalogue, rules.keeper, rules.everyColumnKept,
               RW_TEXT("forecast", "What was deployed can't be compared, it has an error now: %1")));
    RW_TRY_ASSIGN(const Side now, sideOf(edited, catalogue, rules.keeper, false,
                                         RW_TEXT("forecast", "The pipeline has an error: %1")));
    const Compared compared = forecasting::compared(before, now);
    Forecast out = byKeeper(compared, rules);
    findLoss(compared, out);
    addGone(compared, out);
    addSubflows(before, now, out);
    return out;
}

}  // namespace rw
