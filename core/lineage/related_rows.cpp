#include "core/lineage/related_rows.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/lineage/question.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

/// Where a node gives rows as they came, all columns are named: its keys say whose place it was.
void keepKeysAlone(const PlannedNode& node, const Batch& known, std::vector<bool>& named) {
    const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
    const Distribution& distribution = node.bound->distribution;
    if (!teller || teller->leftBehind() != LeftBehind::Displaced ||
        distribution.kind != Distribution::Kind::Keyed)
        return;
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (!named[i] && known.columns[i]) return;
    }
    std::vector<bool> keys(named.size(), false);
    for (const int key : distribution.keys.front()) {
        const auto column = static_cast<std::size_t>(key);
        if (column >= keys.size() || !known.columns[column]) return;  // else rows of any key would do
        keys[column] = true;
    }
    named = std::move(keys);
}

}  // namespace

RowPredicateRef relatedRows(const Upstream& upstream, const sql::EvalContext& eval, const UpstreamPort& port,
                            const Batch& known) {
    const PlannedNode& node = *upstream.find(port.node);
    const auto made = contributorsOf(*node.kind, *node.bound, askedRow(node, port.port, known, eval));
    if (!made.ok()) return nullptr;
    std::vector<bool> named(known.columns.size(), false);
    for (const Contributors& each : *made) {
        const auto* const match = dynamic_cast<const RowMatch*>(each.condition.get());
        if (!match) continue;
        for (const ColumnPair& pair : match->equal) {
            if (pair.asked >= 0 && static_cast<std::size_t>(pair.asked) < named.size())
                named[static_cast<std::size_t>(pair.asked)] = true;
        }
    }
    for (const char* window : {"window_start", "window_end"}) {
        if (const auto column = known.schema->find(window)) named[static_cast<std::size_t>(*column)] = true;
    }
    keepKeysAlone(node, known, named);
    Batch keys = known;
    bool less = false;
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (named[i] || !keys.columns[i]) continue;
        keys.columns[i] = nullptr;
        less = true;
    }
    if (!less) return nullptr;
    auto match = std::make_shared<RowMatch>();
    match->equal = sameColumns(keys.columns.size());
    match->asked = std::move(keys);
    return match;
}

}  // namespace rw
