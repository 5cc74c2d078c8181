// Flink, for a job that was submitted as SQL. It finds state by the place of operators in its plan, which is
// neither a node's name nor its function. It looks at types alone, so that a changed window goes on with the
// sums of the old one, and windows that changed places go on with each other's. Tried on
// Flink 2.3.0.
#include <algorithm>
#include <functional>

#include "core/forecast/compared.h"

namespace rw::forecasting {

namespace {

Text startAnew() {
    return RW_TEXT("forecast", "Deploy it anew, without the savepoint; or take the change back.");
}

/// Sources in the order in which Flink comes to them from the sinks, as the edited pipeline numbers them;
/// those that are gone are left out.
std::vector<std::size_t> sourceOrder(const Side& side,
                                     const std::function<std::optional<std::size_t>(std::size_t)>& numbered) {
    std::vector<std::size_t> out;
    std::vector<bool> seen(side.nodes.size(), false);
    const std::function<void(std::size_t)> visit = [&](std::size_t node) {
        if (seen[node]) return;
        seen[node] = true;
        const auto number = side.nodes[node].isSource() ? numbered(node) : std::nullopt;
        if (number) out.push_back(*number);
        for (const std::size_t wire : side.nodes[node].in) visit(side.wires[wire].from);
    };
    for (std::size_t i = 0; i < side.nodes.size(); ++i) {
        if (side.nodes[i].takesPart && side.nodes[i].isSink()) visit(i);
    }
    return out;
}

std::ptrdiff_t sources(const Side& side) {
    return std::count_if(side.nodes.begin(), side.nodes.end(),
                         [](const SideNode& node) { return node.takesPart && node.isSource(); });
}

class FlinkForecast {
 public:
    FlinkForecast(const Compared& it, const ForecastRules& rules)
        : m_it(it), m_rules(rules), m_places(placeChange(it, Seen::FlinkState)) {
        findRefusal();
        m_sourcesInPlace = sources(it.before) == sources(it.now) &&
                           sourceOrder(it.now, [&](std::size_t node) {
                               return it.of[node] ? std::optional<std::size_t>(node) : std::nullopt;
                           }) == sourceOrder(it.before, [&](std::size_t node) { return it.after[node]; });
    }

    Forecast run() {
        for (std::size_t i = 0; i < m_it.now.nodes.size(); ++i) {
            NodeForecast node = plainForecast(m_it, i);
            if (m_it.now.nodes[i].keepsState()) {
                if (node.fate == StateFate::Keeps) {
                    judge(i, node);
                } else {
                    judgeNew(i, node);
                }
            }
            m_out.nodes.emplace(m_it.now.nodes[i].id, std::move(node));
        }
        return std::move(m_out);
    }

 private:
    void findRefusal() {
        Text what;
        if (m_places) {
            what = m_places->what;
        } else if (!m_rules.sameOperators) {
            if (const auto strict = placeChange(m_it, Seen::FlinkOperators)) what = strict->what;
        }
        m_out.refusedAsIs = !what.empty() || m_rules.sameOperators == false;
        if (!m_out.refusedAsIs) return;
        m_out.refusal =
            what.empty()
                ? RW_TEXT("forecast",
                          "Flink finds state by the places of operators, and its planner makes other "
                          "ones of this: it refuses the savepoint as it stands.")
                : RW_TEXT("forecast",
                          "Flink finds state by the places of operators, and those have changed: %1 "
                          "It refuses the savepoint as it stands.")
                      .with(what);
    }

    static void cannot(NodeForecast& node, Text why, Text fix = startAnew()) {
        node.fate = StateFate::Cannot;
        node.why = std::move(why);
        node.fix = std::move(fix);
    }

    /// A node that was there, and has state.
    void judge(std::size_t i, NodeForecast& node) const {
        if (const Text changed = m_it.now.nodes[i].isSource() ? sourceChanged(i) : meaningChanged(i);
            !changed.empty())
            return cannot(node, changed);
        if (m_places && !m_places->otherNodes && m_rules.sameOperators != false) {
            return cannot(node,
                          RW_TEXT("forecast",
                                  "%1 Flink finds state by the places of operators: it would refuse the "
                                  "savepoint, or give this node what another one has kept.")
                              .with(m_places->what));
        }
        if (!m_out.refusedAsIs) return;
        if (!m_rules.allowLostState) {
            return cannot(node, m_out.refusal,
                          RW_TEXT("forecast", "Allow that state is lost, or deploy it anew."));
        }
        if (m_it.now.nodes[i].isSource() && m_sourcesInPlace) return;
        node.fate = StateFate::StartsAnew;
        node.why =
            m_it.now.nodes[i].isSource()
                ? RW_TEXT("forecast",
                          "Its place in Flink's plan is another one: it is read from its beginning.")
                : RW_TEXT("forecast",
                          "Its place in Flink's plan may be another one now: count on it to start empty.");
    }

    /// A new node may be given the state of one that is gone.
    void judgeNew(std::size_t i, NodeForecast& node) const {
        const SideNode& now = m_it.now.nodes[i];
        if (now.isSource() || (m_out.refusedAsIs && !m_rules.allowLostState) ||
            m_rules.sameOperators == false)
            return;
        for (std::size_t old = 0; old < m_it.before.nodes.size(); ++old) {
            const SideNode& gone = m_it.before.nodes[old];
            if (m_it.after[old] || !gone.keepsState() || gone.isSource()) continue;
            return cannot(node,
                          RW_TEXT("forecast",
                                  "%1 Flink finds state by the places of operators: it may give this node "
                                  "what “%2” has kept, which is gone.")
                              .with(node.why, gone.title));
        }
    }

    Text meaningChanged(std::size_t i) const {
        const std::vector<StateChange> changes = flinkChanges(m_it, i);
        if (changes.empty()) return {};
        const bool types = std::any_of(changes.begin(), changes.end(),
                                       [](const StateChange& change) { return change.types; });
        return followed(
            reasons(changes),
            types ? RW_TEXT("forecast",
                            "Flink can't take what it has kept: it refuses the savepoint, or the job fails.")
                  : RW_TEXT("forecast",
                            "Flink does not notice: it would go on with what was kept for the old one, and "
                            "give wrong rows."));
    }

    Text sourceChanged(std::size_t i) const {
        const std::vector<StateChange> changes = flinkChanges(m_it, i);
        if (changes.empty()) return {};
        return followed(changes.front().why,
                        RW_TEXT("forecast",
                                "Flink keeps with the savepoint which file it reads: it would go "
                                "on in the old one, and not read the new one."));
    }

    const Compared& m_it;
    const ForecastRules& m_rules;
    const std::optional<PlaceChange> m_places;
    bool m_sourcesInPlace = false;
    Forecast m_out{};
};

}  // namespace

std::vector<StateChange> flinkChanges(const Compared& it, std::size_t node) {
    std::vector<StateChange> changes = it.changes[node];
    const bool isSource = it.now.nodes[node].isSource();
    std::erase_if(changes, [isSource](const StateChange& change) {
        // The position of a source is in files that it knows by name; the content of their rows does not matter
        // to that. And Flink takes over state that was kept for ever as state with a lifetime, and the reverse.
        return isSource ? change.param != "path" : change.param == "state_ttl";
    });
    return changes;
}

Forecast flinkForecast(const Compared& it, const ForecastRules& rules) {
    return FlinkForecast(it, rules).run();
}

}  // namespace rw::forecasting
