// Spark: each sink is a query of its own with a checkpoint in a folder of the sink's name, which holds state
// by the places of the operators that have some. Spark looks at the number of sources, at which operators keep
// state and at types: a changed window goes on with the sums of the old one. Tried on Spark 4.3.0.
#include <algorithm>

#include "core/forecast/compared.h"

namespace rw::forecasting {

namespace {

Text anotherFolder() {
    return RW_TEXT("forecast", "Start it with another folder for its checkpoints: it begins anew there.");
}

/// The node and all that its rows come from.
std::vector<bool> above(const Side& side, std::size_t sink) {
    std::vector<bool> out(side.nodes.size(), false);
    out[sink] = true;
    // Sources come first: the inputs of a node are before it.
    for (std::size_t i = sink + 1; i-- > 0;) {
        if (!out[i]) continue;
        for (const std::size_t wire : side.nodes[i].in) out[side.wires[wire].from] = true;
    }
    return out;
}

class SparkForecast {
 public:
    explicit SparkForecast(const Compared& it) : m_it(it), m_best(it.now.nodes.size()) {}

    Forecast run() {
        for (std::size_t i = 0; i < m_it.now.nodes.size(); ++i) {
            if (m_it.now.nodes[i].isSink()) judgeQuery(i);
        }
        for (std::size_t i = 0; i < m_it.now.nodes.size(); ++i) {
            m_out.nodes.emplace(m_it.now.nodes[i].id, m_best[i] ? std::move(*m_best[i]) : base(i));
        }
        return std::move(m_out);
    }

 private:
    static bool keeps(const SideNode& node) {
        return node.keepsState() && node.rule->sort != StateSort::Picture && !isRankOfTotals(node);
    }

    void judgeQuery(std::size_t sink) {
        const std::vector<bool> part = above(m_it.now, sink);
        const auto old = m_it.before.find(m_it.now.nodes[sink].id);
        const bool goesOn = old && m_it.of[sink] == old;
        std::optional<PlaceChange> places;
        if (goesOn) places = placeChange(m_it, Seen::SparkState, above(m_it.before, *old), part);
        if (places && !m_out.refusedAsIs) {
            m_out.refusedAsIs = true;
            m_out.refusal = refusal(*places);
        }
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (!part[i]) continue;
            if (!keeps(m_it.now.nodes[i])) {
                if (i == sink && !goesOn) put(i, noCheckpoint(i));
                continue;
            }
            put(i, goesOn ? judged(i, places) : noCheckpoint(i));
        }
    }

    static Text refusal(const PlaceChange& places) {
        return RW_TEXT("forecast",
                       "%1 Spark finds state by the places of what keeps some: it refuses the checkpoint, or "
                       "mixes them up.")
            .with(places.what);
    }

    NodeForecast base(std::size_t i) const {
        NodeForecast node;
        if (m_it.of[i]) node.was = m_it.before.nodes[*m_it.of[i]].id;
        return node;
    }

    NodeForecast noCheckpoint(std::size_t i) const {
        NodeForecast node = base(i);
        node.fate = keeps(m_it.now.nodes[i]) ? StateFate::StartsAnew : StateFate::NoState;
        node.why = RW_TEXT("forecast",
                           "Checkpoints go by the names of sinks: a query without one begins with the first "
                           "rows.");
        return node;
    }

    NodeForecast judged(std::size_t i, const std::optional<PlaceChange>& places) const {
        NodeForecast node = base(i);
        node.fate = StateFate::Keeps;
        const auto& changes = m_it.changes[i];
        const SideNode& now = m_it.now.nodes[i];
        if (places) {
            node.fate = m_it.of[i] ? StateFate::Cannot : StateFate::StartsAnew;
            node.why = m_it.of[i] ? refusal(*places) : RW_TEXT("forecast", "It is new.");
        } else if (now.isSource()) {
            const auto path = std::find_if(changes.begin(), changes.end(), [](const StateChange& change) {
                return change.param == "path" || change.param == "rows";
            });
            if (path == changes.end()) return node;
            node.fate = StateFate::StartsAnew;
            node.why = followed(path->why, RW_TEXT("forecast", "It is read from its beginning."));
        } else if (!changes.empty()) {
            const bool types = std::any_of(changes.begin(), changes.end(),
                                           [](const StateChange& change) { return change.types; });
            node.fate = StateFate::Cannot;
            node.why =
                followed(reasons(changes),
                         types ? RW_TEXT("forecast", "Spark refuses what it has kept.")
                               : RW_TEXT("forecast",
                                         "Spark does not notice: it would go on with what was kept for "
                                         "the old one, and give wrong rows."));
        }
        if (node.fate == StateFate::Cannot) node.fix = anotherFolder();
        return node;
    }

    /// A node is in several queries: the worst fate holds; but where one keeps its state, others may be new.
    void put(std::size_t i, NodeForecast node) {
        const auto rank = [](StateFate fate) {
            switch (fate) {
                case StateFate::NoState:
                    return 0;
                case StateFate::StartsAnew:
                    return 1;
                case StateFate::Keeps:
                case StateFate::CarriesOver:  // our own engine alone
                    return 2;
                case StateFate::Cannot:
                    return 3;
            }
            return 0;
        };
        if (!m_best[i] || rank(node.fate) > rank(m_best[i]->fate)) m_best[i] = std::move(node);
    }

    const Compared& m_it;
    std::vector<std::optional<NodeForecast>> m_best;
    Forecast m_out{};
};

}  // namespace

Forecast sparkForecast(const Compared& it) {
    return SparkForecast(it).run();
}

}  // namespace rw::forecasting
