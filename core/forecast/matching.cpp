#include "core/forecast/matching.h"

#include <algorithm>
#include <array>
#include <functional>

namespace rw::forecasting {

namespace {

using Matches = std::vector<std::optional<std::size_t>>;

class Matching {
 public:
    Matching(const Side& before, const Side& now)
        : m_before(before), m_now(now), m_of(now.nodes.size()), m_taken(before.nodes.size(), false) {}

    Matches run() {
        for (std::size_t i = 0; i < m_now.nodes.size(); ++i) {
            const auto same = m_before.find(m_now.nodes[i].id);
            if (same && sameType(*same, i)) take(*same, i);
        }
        // Matches found so far tell the places of others.
        while (byPlace() || bySort()) {
        }
        return std::move(m_of);
    }

 private:
    /// An end of a wire as its other end sees it: the node there, as the edited pipeline numbers it, and both
    /// ports.
    using End = std::array<std::size_t, 3>;
    using Ends = std::vector<End>;

    bool sameType(std::size_t before, std::size_t now) const {
        return m_before.nodes[before].kind->type == m_now.nodes[now].kind->type;
    }

    void take(std::size_t before, std::size_t now) {
        m_of[now] = before;
        m_taken[before] = true;
    }

    /// The ends of the wires that arrive at a node, or leave it; empty when one of them is at a node without
    /// a match, or there are none.
    static Ends ends(const Side& side, std::size_t node, bool arriving,
                     const std::function<std::optional<std::size_t>(std::size_t)>& numbered) {
        Ends out;
        for (const std::size_t number : arriving ? side.nodes[node].in : side.nodes[node].out) {
            const SideWire& wire = side.wires[number];
            const auto other = numbered(arriving ? wire.from : wire.to);
            if (!other) return {};
            out.push_back(
                {*other, static_cast<std::size_t>(wire.fromPort), static_cast<std::size_t>(wire.toPort)});
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    Ends endsBefore(std::size_t node, bool arriving) const {
        return ends(m_before, node, arriving, [this](std::size_t other) -> std::optional<std::size_t> {
            const auto found = std::find(m_of.begin(), m_of.end(), std::optional<std::size_t>(other));
            if (found == m_of.end()) return std::nullopt;
            return static_cast<std::size_t>(found - m_of.begin());
        });
    }

    Ends endsNow(std::size_t node, bool arriving) const {
        return ends(m_now, node, arriving, [this](std::size_t other) -> std::optional<std::size_t> {
            return m_of[other] ? std::optional<std::size_t>(other) : std::nullopt;
        });
    }

    /// Of the nodes that fit, the one with the same parameters, else the first.
    bool takeBest(std::size_t now, const std::vector<std::size_t>& fitting) {
        if (fitting.empty()) return false;
        const auto same = std::find_if(fitting.begin(), fitting.end(), [&](std::size_t before) {
            return m_before.nodes[before].params == m_now.nodes[now].params;
        });
        take(same == fitting.end() ? fitting.front() : *same, now);
        return true;
    }

    bool byPlace() {
        bool found = false;
        for (const bool arriving : {true, false}) {
            for (std::size_t i = 0; i < m_now.nodes.size(); ++i) {
                const Ends here = m_of[i] ? Ends() : endsNow(i, arriving);
                if (here.empty()) continue;
                std::vector<std::size_t> fitting;
                for (std::size_t other = 0; other < m_before.nodes.size(); ++other) {
                    if (!m_taken[other] && sameType(other, i) && endsBefore(other, arriving) == here)
                        fitting.push_back(other);
                }
                found = takeBest(i, fitting) || found;
            }
        }
        return found;
    }

    /// Sources that have nothing around them by which to know them: where one of a type is left on each side.
    bool bySort() {
        for (std::size_t i = 0; i < m_now.nodes.size(); ++i) {
            if (m_of[i] || !m_now.nodes[i].isSource()) continue;
            const auto leftNow = std::count_if(m_now.nodes.begin(), m_now.nodes.end(), [&](const auto& node) {
                return node.kind->type == m_now.nodes[i].kind->type && !m_of[place(node)];
            });
            std::vector<std::size_t> fitting;
            for (std::size_t other = 0; other < m_before.nodes.size(); ++other) {
                if (!m_taken[other] && sameType(other, i)) fitting.push_back(other);
            }
            if (fitting.size() == 1 && leftNow == 1) return takeBest(i, fitting);
            const auto same = std::find_if(fitting.begin(), fitting.end(), [&](std::size_t before) {
                return m_before.nodes[before].params == m_now.nodes[i].params;
            });
            if (same == fitting.end()) continue;
            take(*same, i);
            return true;
        }
        return false;
    }

    std::size_t place(const SideNode& node) const {
        return static_cast<std::size_t>(&node - m_now.nodes.data());
    }

    const Side& m_before;
    const Side& m_now;
    Matches m_of;
    std::vector<bool> m_taken;
};

}  // namespace

std::vector<std::optional<std::size_t>> matched(const Side& before, const Side& now) {
    return Matching(before, now).run();
}

std::vector<std::optional<std::size_t>> inverted(const std::vector<std::optional<std::size_t>>& matches,
                                                 std::size_t before) {
    std::vector<std::optional<std::size_t>> out(before);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (matches[i]) out[*matches[i]] = i;
    }
    return out;
}

}  // namespace rw::forecasting
