#include "core/forecast/compared.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/forecast/matching.h"

namespace rw::forecasting {

namespace {

constexpr std::size_t kMostReasons = 3;

/// One side's nodes without those that have no place of their own.
class Places {
 public:
    Places(const Side& side, Seen seen, const std::vector<bool>& part)
        : m_side(side), m_seen(seen), m_part(part), m_melts(side.nodes.size(), false) {
        if (seen == Seen::FlinkOperators) findMelting();
    }

    /// Whether the node has a place of its own.
    bool has(std::size_t node) const { return takesPart(node) && !passes(node); }

    struct Arrival {
        std::size_t from = 0;
        int fromPort = 0, toPort = 0;
    };
    /// Where its rows come from, in the order in which they enter, ports in their order.
    std::vector<Arrival> arrivals(std::size_t node) const {
        std::vector<Arrival> out;
        for (const std::size_t number : m_side.nodes[node].in) {
            const SideWire* wire = &m_side.wires[number];
            const int toPort = wire->toPort;
            while (passes(wire->from)) wire = &m_side.wires[m_side.nodes[wire->from].in.front()];
            out.push_back({wire->from, wire->fromPort, toPort});
        }
        std::stable_sort(out.begin(), out.end(),
                         [](const Arrival& a, const Arrival& b) { return a.toPort < b.toPort; });
        return out;
    }

    /// The sinks, in the order in which they are written.
    std::vector<std::size_t> sinks() const {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < m_side.nodes.size(); ++i) {
            if (takesPart(i) && m_side.nodes[i].isSink()) out.push_back(i);
        }
        return out;
    }

 private:
    bool takesPart(std::size_t node) const {
        return m_part.empty() ? m_side.nodes[node].takesPart : m_part[node];
    }

    bool isOneOf(std::size_t node, std::initializer_list<std::string_view> types) const {
        return std::find(types.begin(), types.end(), m_side.nodes[node].kind->type) != types.end();
    }

    bool passes(std::size_t node) const {
        const SideNode& it = m_side.nodes[node];
        if (it.isSource() || it.isSink() || it.in.size() != 1) return false;
        if (m_seen != Seen::FlinkOperators)
            return it.rule->sort == StateSort::None || (m_seen == Seen::SparkState && isRankOfTotals(it));
        return m_melts[node] || isOneOf(node, {"union", "subflow_input", "subflow_output"});
    }

    /// A filter or select has no operator of its own where one that computes is above it already, and is the
    /// only reader of its rows.
    void findMelting() {
        for (std::size_t i = 0; i < m_side.nodes.size(); ++i) {
            if (!isOneOf(i, {"filter", "select"}) || m_side.nodes[i].in.size() != 1) continue;
            std::size_t above = m_side.wires[m_side.nodes[i].in.front()].from;
            while (takers(above) == 1 && passes(above) && !m_melts[above])
                above = m_side.wires[m_side.nodes[above].in.front()].from;
            m_melts[i] =
                takers(above) == 1 &&
                (m_melts[above] || isOneOf(above, {"csv_source", "ndjson_source", "window_aggregate"}));
        }
    }

    std::ptrdiff_t takers(std::size_t node) const {
        const auto& out = m_side.nodes[node].out;
        return std::count_if(out.begin(), out.end(),
                             [&](std::size_t wire) { return m_side.nodes[m_side.wires[wire].to].takesPart; });
    }

    const Side& m_side;
    const Seen m_seen;
    const std::vector<bool>& m_part;
    std::vector<bool> m_melts;
};

Text named(const SideNode& node) {
    return RW_TEXT("forecast", "“%1” (%2)").with(node.title, node.kind->name);
}

/// Nodes that came or went.
std::optional<PlaceChange> otherNodes(const Compared& it, const Places& before, const Places& now) {
    for (std::size_t i = 0; i < it.now.nodes.size(); ++i) {
        if (now.has(i) && !(it.of[i] && before.has(*it.of[i])))
            return PlaceChange{RW_TEXT("forecast", "%1 is new there.").with(named(it.now.nodes[i])), true};
    }
    for (std::size_t i = 0; i < it.before.nodes.size(); ++i) {
        if (before.has(i) && !(it.after[i] && now.has(*it.after[i])))
            return PlaceChange{RW_TEXT("forecast", "%1 is gone from there.").with(named(it.before.nodes[i])),
                               true};
    }
    return std::nullopt;
}

}  // namespace

bool isRankOfTotals(const SideNode& node) {
    return node.kind->type == "top_n" && node.typed.inputs.front().front().updating;
}

Compared compared(const Side& before, const Side& now) {
    Compared out{before, now};
    out.of = matched(before, now);
    out.after = inverted(out.of, before.nodes.size());
    out.changes.resize(now.nodes.size());
    for (std::size_t i = 0; i < now.nodes.size(); ++i) {
        if (out.of[i]) out.changes[i] = stateChanges(before.nodes[*out.of[i]], now.nodes[i]);
    }
    return out;
}

std::optional<PlaceChange> placeChange(const Compared& it, Seen seen, const std::vector<bool>& partBefore,
                                       const std::vector<bool>& partNow) {
    const Places before(it.before, seen, partBefore), now(it.now, seen, partNow);
    if (auto other = otherNodes(it, before, now)) return other;
    for (std::size_t i = 0; i < it.now.nodes.size(); ++i) {
        if (!now.has(i)) continue;
        const auto is = now.arrivals(i), was = before.arrivals(*it.of[i]);
        const bool same =
            std::equal(is.begin(), is.end(), was.begin(), was.end(),
                       [&](const Places::Arrival& a, const Places::Arrival& b) {
                           return it.of[a.from] == b.from && a.fromPort == b.fromPort && a.toPort == b.toPort;
                       });
        if (!same)
            return PlaceChange{
                RW_TEXT("forecast", "%1 gets its rows from elsewhere.").with(named(it.now.nodes[i])), false};
    }
    std::vector<std::size_t> order;
    for (const std::size_t sink : now.sinks()) order.push_back(*it.of[sink]);
    if (!std::is_sorted(order.begin(), order.end()))
        return PlaceChange{RW_TEXT("forecast", "The sinks are in another order."), false};
    return std::nullopt;
}

Text followed(Text first, const Text& second) {
    if (first.empty()) return second;
    if (second.empty()) return first;
    return RW_TEXT("forecast", "%1 %2").with(first, second);
}

Text reasons(const std::vector<StateChange>& changes) {
    Text out;
    for (std::size_t i = 0; i < std::min(changes.size(), kMostReasons); ++i)
        out = followed(std::move(out), changes[i].why);
    return out;
}

NodeForecast plainForecast(const Compared& it, std::size_t node) {
    const SideNode& now = it.now.nodes[node];
    NodeForecast out;
    if (it.of[node]) out.was = it.before.nodes[*it.of[node]].id;
    const bool had = it.of[node] && it.before.nodes[*it.of[node]].keepsState();
    if (now.keepsState()) {
        out.fate = had ? StateFate::Keeps : StateFate::StartsAnew;
        if (!it.of[node]) out.why = RW_TEXT("forecast", "It is new.");
    } else if (had) {
        out.fate = StateFate::StartsAnew;
    }
    if (it.of[node] && now.keepsState() != had && now.rule->sort != StateSort::None)
        out.why = had ? RW_TEXT("forecast",
                                "Only charts take its rows now; what feeds them begins anew with each start.")
                      : RW_TEXT("forecast", "Only charts took its rows before: nothing was kept for it.");
    else if (!now.takesPart && now.rule->sort != StateSort::None)
        out.why = RW_TEXT("forecast", "What feeds charts begins anew with each start.");
    return out;
}

}  // namespace rw::forecasting
