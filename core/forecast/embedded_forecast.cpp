// Our own engine: each node's state is taken over by itself, or left.
#include "core/forecast/compared.h"

namespace rw::forecasting {

Forecast embeddedForecast(const Compared& it) {
    Forecast out;
    for (std::size_t i = 0; i < it.now.nodes.size(); ++i) {
        NodeForecast node = plainForecast(it, i);
        if (node.fate == StateFate::Keeps && !it.changes[i].empty()) {
            node.fate = StateFate::StartsAnew;
            node.why = reasons(it.changes[i]);
            if (it.now.nodes[i].isSource())
                node.why =
                    followed(std::move(node.why), RW_TEXT("forecast", "It is read from its beginning."));
        }
        out.nodes.emplace(it.now.nodes[i].id, std::move(node));
    }
    return out;
}

}  // namespace rw::forecasting
