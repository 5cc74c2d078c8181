// Our own engine: each node's state is taken over by itself, as a whole or in part, or left.
#include <algorithm>
#include <iterator>

#include "core/forecast/carried.h"
#include "core/forecast/compared.h"

namespace rw::forecasting {

namespace {

std::vector<StateChange> spoiling(const std::vector<StateChange>& changes) {
    std::vector<StateChange> out;
    std::copy_if(changes.begin(), changes.end(), std::back_inserter(out),
                 [](const StateChange& change) { return !change.takenOver; });
    return out;
}

}  // namespace

Forecast embeddedForecast(const Compared& it) {
    Forecast out;
    for (std::size_t i = 0; i < it.now.nodes.size(); ++i) {
        NodeForecast node = plainForecast(it, i);
        const std::vector<StateChange> changes = spoiling(it.changes[i]);
        if (it.of[i]) tellOtherColumns(it.before.nodes[*it.of[i]], it.now.nodes[i], node);
        const bool spoilt = node.fate == StateFate::Keeps && !changes.empty();
        if (spoilt && !carriesAggregates(it.before.nodes[*it.of[i]], it.now.nodes[i], changes, node)) {
            node.fate = StateFate::StartsAnew;
            tellClosable(it.before.nodes[*it.of[i]], it.now.nodes[i], changes, node);
            node.why = followed(reasons(changes), node.why);
            if (it.now.nodes[i].isSource())
                node.why =
                    followed(std::move(node.why), RW_TEXT("forecast", "It is read from its beginning."));
        }
        out.nodes.emplace(it.now.nodes[i].id, std::move(node));
    }
    return out;
}

}  // namespace rw::forecasting
