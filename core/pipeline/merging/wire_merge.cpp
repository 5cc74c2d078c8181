#include "core/pipeline/merging/wire_merge.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/pipeline/merging/merged_order.h"
#include "core/pipeline/merging/value_merge.h"

namespace rw {

namespace {

/// The wires of one version by their ends; the second of two with the same ends has a number.
struct WireSide {
    MergeKeys keys{};
    std::unordered_map<std::string, const Wire*> wires{};
    std::unordered_set<std::string> nodes{};

    const Wire* at(const std::string& key) const {
        const auto found = wires.find(key);
        return found == wires.end() ? nullptr : found->second;
    }
};

std::string endsOf(const Wire& wire) {
    return writeOutput(wire.from) + '\n' + writeInput(wire.to);
}

WireSide sideOf(const Pipeline& pipeline) {
    WireSide side;
    std::unordered_map<std::string, int> seen;
    for (const Wire& wire : pipeline.wires) {
        std::string key = endsOf(wire);
        if (const int number = seen[key]++; number > 0) key += '\n' + std::to_string(number);
        side.wires.emplace(key, &wire);
        side.keys.push_back(std::move(key));
    }
    for (const Node& node : pipeline.nodes) side.nodes.insert(node.id);
    return side;
}

using KeysByInput = std::map<PortRef, MergeKeys>;

class WireMerge {
 public:
    WireMerge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
              const std::vector<Node>& nodes, const Catalogue& kinds, Clashes& clashes)
        : m_base(sideOf(base)),
          m_ours(sideOf(ours)),
          m_theirs(sideOf(theirs)),
          m_kinds(kinds),
          m_clashes(clashes) {
        for (const Node& node : nodes) m_nodes.emplace(node.id, &node);
        restore(m_ours, m_theirs);
        restore(m_theirs, m_ours);
    }

    std::vector<Wire> merge() {
        for (const std::string& key : m_ours.keys) take(key);
        for (const std::string& key : m_theirs.keys) {
            if (m_ours.at(key) == nullptr) take(key);
        }
        settleInputs();
        MergeKeys keys = mergeOrder(m_base.keys, m_ours.keys, m_theirs.keys, m_kept).keys;
        orderInputs(keys);
        std::vector<Wire> wires;
        for (const std::string& key : keys) wires.push_back(std::move(m_merged.at(key)));
        return wires;
    }

 private:
    enum class Takes { One, Several, Unknown };

    Takes takes(const PortRef& input) const {
        const auto node = m_nodes.find(input.node);
        const NodeKind* const kind = node == m_nodes.end() ? nullptr : m_kinds.of(*node->second);
        const int port = kind == nullptr ? -1 : kind->inputPort(input.port);
        if (port < 0) return Takes::Unknown;
        return kind->inputs[static_cast<std::size_t>(port)].many ? Takes::Several : Takes::One;
    }

    /// Gives a side the wires back that it removed with a node which stays all the same.
    void restore(WireSide& side, const WireSide& other) const {
        std::unordered_set<std::string> all(side.keys.begin(), side.keys.end());
        std::set<PortRef> connected;
        for (const auto& [key, wire] : side.wires) connected.insert(wire->to);
        std::unordered_map<std::string, const Wire*> back;
        for (const std::string& key : m_base.keys) {
            const Wire* const wire = other.at(key);
            if (wire == nullptr || all.contains(key) || !isThere(*wire)) continue;
            if (side.nodes.contains(wire->from.node) && side.nodes.contains(wire->to.node)) continue;
            if (!connected.contains(wire->to) || takes(wire->to) == Takes::Several) back.emplace(key, wire);
        }
        if (back.empty()) return;
        for (const auto& [key, wire] : back) all.insert(key);
        side.keys = mergeOrder(m_base.keys, side.keys, other.keys, all).keys;
        side.wires.merge(back);
    }

    bool isThere(const Wire& wire) const {
        return m_nodes.contains(wire.from.node) && m_nodes.contains(wire.to.node);
    }

    void take(const std::string& key) {
        const Wire *const base = m_base.at(key), *const ours = m_ours.at(key),
                          *const theirs = m_theirs.at(key);
        const Wire& wire = ours != nullptr ? *ours : *theirs;
        if (!mayStay(key, wire.from.node) || !mayStay(key, wire.to.node)) return;
        const auto unknownOf = [](const Wire* of) { return of == nullptr ? nullptr : &of->unknown; };
        MergePlace place;
        place.of = "wire";
        place.name = writeOutput(wire.from) + " → " + writeInput(wire.to);
        std::optional<Json> unknown =
            mergeValue({unknownOf(base), unknownOf(ours), unknownOf(theirs)}, place, nullptr, m_clashes);
        if (!unknown) return;
        m_kept.insert(key);
        m_merged.emplace(key, Wire{wire.from, wire.to, std::move(*unknown)});
    }

    /// Where the node of an end is gone: only where a side without it had the wire all the same.
    bool mayStay(const std::string& key, const NodeId& end) const {
        if (m_nodes.contains(end)) return true;
        return std::any_of(m_sides.begin(), m_sides.end(), [&](const WireSide* side) {
            return side->at(key) != nullptr && !side->nodes.contains(end);
        });
    }

    KeysByInput byInput(const WireSide& side, bool keptOnly) const {
        KeysByInput inputs;
        for (const std::string& key : side.keys) {
            if (!keptOnly || m_kept.contains(key)) inputs[side.at(key)->to].push_back(key);
        }
        return inputs;
    }

    static MergeKeys keysAt(const KeysByInput& inputs, const PortRef& input) {
        const auto found = inputs.find(input);
        return found == inputs.end() ? MergeKeys{} : found->second;
    }

    static std::optional<Json> sendersOf(const WireSide& side, const MergeKeys& keys) {
        if (keys.empty()) return std::nullopt;
        Json senders = Json::array();
        for (const std::string& key : keys) senders.push_back(writeOutput(side.at(key)->from));
        return senders;
    }

    MergeSide clash(ClashKind kind, const PortRef& input, const MergeKeys& base, const MergeKeys& ours,
                    const MergeKeys& theirs) {
        MergePlace place;
        place.of = "wire";
        place.name = "→ " + writeInput(input);
        const std::optional<Json> was = sendersOf(m_base, base), first = sendersOf(m_ours, ours),
                                  second = sendersOf(m_theirs, theirs);
        const auto orNull = [](const std::optional<Json>& value) { return value ? &*value : nullptr; };
        return m_clashes.add(kind, place, orNull(was), orNull(first), orNull(second));
    }

    std::map<PortRef, std::size_t> countAtInputs() const {
        std::map<PortRef, std::size_t> counts;
        for (const auto& [key, wire] : m_merged) ++counts[wire.to];
        return counts;
    }

    void settleInputs() {
        const KeysByInput base = byInput(m_base, false), ours = byInput(m_ours, false),
                          theirs = byInput(m_theirs, false);
        for (const auto& [input, count] : countAtInputs()) {
            const MergeKeys was = keysAt(base, input), first = keysAt(ours, input),
                            second = keysAt(theirs, input);
            const std::size_t most = std::max({std::size_t{1}, first.size(), second.size()});
            if (count <= most) continue;
            const Takes takes = this->takes(input);
            const bool several = std::max(was.size(), most) > 1;
            if (takes == Takes::Several || (takes == Takes::Unknown && several)) continue;
            const bool taken = clash(ClashKind::Input, input, was, first, second) == MergeSide::Ours;
            for (const std::string& key : taken ? second : first) {
                if ((taken ? m_ours : m_theirs).at(key) != nullptr) continue;
                m_kept.erase(key);
                m_merged.erase(key);
            }
        }
    }

    /// Puts the wires of each input that has several into the order that its sides give them, at the places
    /// that they have among all.
    void orderInputs(MergeKeys& keys) {
        const KeysByInput base = byInput(m_base, false), ours = byInput(m_ours, true),
                          theirs = byInput(m_theirs, true);
        std::map<PortRef, std::vector<std::size_t>> places;
        for (std::size_t i = 0; i < keys.size(); ++i) places[m_merged.at(keys[i]).to].push_back(i);
        for (const auto& [input, at] : places) {
            if (at.size() < 2) continue;
            std::unordered_set<std::string> kept;
            for (const std::size_t place : at) kept.insert(keys[place]);
            const MergeKeys was = keysAt(base, input), first = keysAt(ours, input),
                            second = keysAt(theirs, input);
            MergedOrder order = mergeOrder(was, first, second, kept);
            if (order.contested && clash(ClashKind::Order, input, was, first, second) == MergeSide::Theirs)
                order = mergeOrder(was, second, first, kept);
            for (std::size_t i = 0; i < at.size(); ++i) keys[at[i]] = order.keys[i];
        }
    }

    WireSide m_base, m_ours, m_theirs;
    const std::vector<const WireSide*> m_sides{&m_ours, &m_theirs};
    std::unordered_map<std::string, const Node*> m_nodes{};
    const Catalogue& m_kinds;
    Clashes& m_clashes;
    std::unordered_set<std::string> m_kept{};
    std::unordered_map<std::string, Wire> m_merged{};
};

}  // namespace

std::vector<Wire> mergeWires(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                             const std::vector<Node>& nodes, const Catalogue& kinds, Clashes& clashes) {
    return WireMerge(base, ours, theirs, nodes, kinds, clashes).merge();
}

}  // namespace rw
