#include "core/pipeline/merging/node_merge.h"

#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/limits.h"
#include "core/pipeline/merging/merged_order.h"
#include "core/pipeline/merging/value_merge.h"
#include "core/pipeline/patch.h"

namespace rw {

namespace {

using Ids = std::unordered_set<std::string>;
using Nodes = std::unordered_map<std::string, const Node*>;

Nodes nodesById(const Pipeline& pipeline) {
    Nodes nodes;
    for (const Node& node : pipeline.nodes) nodes.emplace(node.id, &node);
    return nodes;
}

const Node* nodeAt(const Nodes& nodes, const NodeId& id) {
    const auto found = nodes.find(id);
    return found == nodes.end() ? nullptr : found->second;
}

MergeKeys idsOf(const Pipeline& pipeline) {
    MergeKeys ids;
    for (const Node& node : pipeline.nodes) ids.push_back(node.id);
    return ids;
}

/// All but how it looks.
bool sameContent(const Node& a, const Node& b) {
    return a.type == b.type && a.title == b.title && a.disabled == b.disabled &&
           sameJson(a.unknown, b.unknown) && sameJson(a.params, b.params);
}

Json contentOf(const Node& node) {
    Json all{{"type", node.type}};
    if (!node.title.empty()) all["title"] = node.title;
    if (node.disabled) all["disabled"] = true;
    all.update(node.unknown);
    if (!node.params.empty()) all["params"] = node.params;
    return all;
}

const Json* orNull(const std::optional<Json>& value) {
    return value ? &*value : nullptr;
}

/// The ends of wires that a side drew.
Ids newlyConnected(const Pipeline& base, const Pipeline& side) {
    Ids old, ends;
    const auto textOf = [](const Wire& wire) { return writeOutput(wire.from) + '\n' + writeInput(wire.to); };
    for (const Wire& wire : base.wires) old.insert(textOf(wire));
    for (const Wire& wire : side.wires) {
        if (!old.contains(textOf(wire))) ends.insert({wire.from.node, wire.to.node});
    }
    return ends;
}

/// “filter_2” and so on; as long as an id may be.
NodeId freeId(const NodeId& id, const Ids& taken) {
    for (std::size_t number = 2;; ++number) {
        const std::string suffix = '_' + std::to_string(number);
        NodeId free = id.substr(0, kMaxId - suffix.size()) + suffix;
        if (!taken.contains(free)) return free;
    }
}

void dropNodes(Pipeline& pipeline, const Ids& ids) {
    std::erase_if(pipeline.nodes, [&](const Node& node) { return ids.contains(node.id); });
    std::erase_if(pipeline.wires, [&](const Wire& wire) {
        return ids.contains(wire.from.node) || ids.contains(wire.to.node);
    });
    std::erase_if(pipeline.cards, [&](const DashboardCard& card) { return ids.contains(card.node); });
}

void renameNodes(Pipeline& pipeline, const std::unordered_map<std::string, NodeId>& names) {
    const auto rename = [&](NodeId& id) {
        if (const auto found = names.find(id); found != names.end()) id = found->second;
    };
    for (Node& node : pipeline.nodes) rename(node.id);
    for (Wire& wire : pipeline.wires) {
        rename(wire.from.node);
        rename(wire.to.node);
    }
    for (DashboardCard& card : pipeline.cards) rename(card.node);
}

class NodeMerge {
 public:
    NodeMerge(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs, const Catalogue& kinds,
              Clashes& clashes)
        : m_base(nodesById(base)),
          m_ours(nodesById(ours)),
          m_theirs(nodesById(theirs)),
          m_connectedByOurs(newlyConnected(base, ours)),
          m_connectedByTheirs(newlyConnected(base, theirs)),
          m_kinds(kinds),
          m_clashes(clashes) {}

    std::optional<Node> merge(const NodeId& id) {
        const Node *const base = nodeAt(m_base, id), *const ours = nodeAt(m_ours, id),
                          *const theirs = nodeAt(m_theirs, id);
        if (theirs == nullptr) return alone(base, *ours, MergeSide::Ours);
        if (ours == nullptr) return alone(base, *theirs, MergeSide::Theirs);
        return both(base, *ours, *theirs);
    }

 private:
    static MergePlace placeOf(const Node& node) {
        MergePlace place;
        place.of = "node";
        place.name = node.id;
        place.type = node.type;
        return place;
    }

    /// A node of one side.
    std::optional<Node> alone(const Node* base, const Node& node, MergeSide side) {
        if (base == nullptr) return node;
        const Ids& connected = side == MergeSide::Ours ? m_connectedByOurs : m_connectedByTheirs;
        if (sameContent(*base, node) && !connected.contains(node.id)) return std::nullopt;
        const Json was = contentOf(*base), is = contentOf(node);
        const bool ours = side == MergeSide::Ours;
        const MergeSide taken = m_clashes.add(ClashKind::Removed, placeOf(node), &was, ours ? &is : nullptr,
                                              ours ? nullptr : &is);
        if (taken == MergeSide::Base) return looksOf(node, node, node, *base);
        return taken == side ? std::optional(node) : std::nullopt;
    }

    std::optional<Node> both(const Node* base, const Node& ours, const Node& theirs) {
        if (ours.type != theirs.type) return replaced(*base, ours, theirs);  // added ones were set apart
        // One type in the place of another has nothing in common with what was there.
        Node none;
        none.at = base == nullptr ? ours.at : base->at;
        none.collapsed = base == nullptr ? ours.collapsed : base->collapsed;
        return parts(base != nullptr && base->type == ours.type ? *base : none, ours, theirs);
    }

    Node parts(const Node& base, const Node& ours, const Node& theirs) {
        Node node = looksOf(base, ours, theirs);
        node.disabled = changedBySide(base.disabled, ours.disabled, theirs.disabled);
        MergePlace place = placeOf(ours);
        place.part = "title";
        const auto titleOf = [](const Node& of) {
            return of.title.empty() ? std::nullopt : std::optional<Json>(of.title);
        };
        const std::optional<Json> was = titleOf(base), first = titleOf(ours), second = titleOf(theirs);
        const std::optional<Json> title =
            mergeValue({orNull(was), orNull(first), orNull(second)}, place, nullptr, m_clashes);
        node.title = title ? title->get<std::string>() : std::string();
        place.part.clear();
        node.unknown = mergeObjects(base.unknown, ours.unknown, theirs.unknown, place, m_clashes);
        place.parameter = true;
        node.params =
            mergeParams(base.params, ours.params, theirs.params, m_kinds.find(ours.type), place, m_clashes);
        return node;
    }

    Node replaced(const Node& base, const Node& ours, const Node& theirs) {
        const Node* taken = &theirs;
        if (!sameContent(ours, base)) {
            taken = &ours;
            if (!sameContent(theirs, base)) {
                const Json was = contentOf(base), first = contentOf(ours), second = contentOf(theirs);
                const MergeSide side =
                    m_clashes.add(ClashKind::Changed, placeOf(base), &was, &first, &second);
                if (side != MergeSide::Ours) taken = side == MergeSide::Base ? &base : &theirs;
            }
        }
        return looksOf(base, ours, theirs, *taken);
    }

    static Node looksOf(const Node& base, const Node& ours, const Node& theirs, Node node) {
        node.at = changedBySide(base.at, ours.at, theirs.at);
        node.collapsed = changedBySide(base.collapsed, ours.collapsed, theirs.collapsed);
        return node;
    }
    static Node looksOf(const Node& base, const Node& ours, const Node& theirs) {
        return looksOf(base, ours, theirs, ours);
    }

    const Nodes m_base, m_ours, m_theirs;
    const Ids m_connectedByOurs, m_connectedByTheirs;
    const Catalogue& m_kinds;
    Clashes& m_clashes;
};

}  // namespace

void separateAddedNodes(const Pipeline& base, Pipeline& ours, Pipeline& theirs, Clashes& clashes) {
    const Nodes old = nodesById(base), others = nodesById(theirs);
    Ids taken, oursDropped, theirsDropped;
    for (const Pipeline* pipeline :
         {&base, static_cast<const Pipeline*>(&ours), static_cast<const Pipeline*>(&theirs)}) {
        for (const Node& node : pipeline->nodes) taken.insert(node.id);
    }
    std::unordered_map<std::string, NodeId> names;
    for (const Node& node : ours.nodes) {
        const Node* const other = nodeAt(others, node.id);
        if (other == nullptr || old.contains(node.id) || sameContent(node, *other)) continue;
        MergePlace place;
        place.of = "node";
        place.name = node.id;
        place.type = node.type;
        const Json first = contentOf(node), second = contentOf(*other);
        const MergeSide side = clashes.add(ClashKind::Added, place, nullptr, &first, &second);
        const bool one = clashes.last().chosen || clashes.rule() != MergeRule::Tell;
        if (one && side != MergeSide::Both) {
            (side == MergeSide::Ours ? theirsDropped : oursDropped).insert(node.id);
            continue;
        }
        const NodeId name = freeId(node.id, taken);
        taken.insert(name);
        names.emplace(node.id, name);
        clashes.last().renamed = name;
    }
    dropNodes(ours, oursDropped);
    dropNodes(theirs, theirsDropped);
    renameNodes(theirs, names);
}

std::vector<Node> mergeNodes(const Pipeline& base, const Pipeline& ours, const Pipeline& theirs,
                             const Catalogue& kinds, Clashes& clashes) {
    NodeMerge merge(base, ours, theirs, kinds, clashes);
    std::unordered_map<std::string, Node> merged;
    Ids kept, seen;
    for (const Pipeline* pipeline : {&ours, &theirs}) {
        for (const Node& node : pipeline->nodes) {
            if (!seen.insert(node.id).second) continue;
            if (std::optional<Node> found = merge.merge(node.id)) {
                kept.insert(node.id);
                merged.emplace(node.id, std::move(*found));
            }
        }
    }
    std::vector<Node> nodes;
    for (const NodeId& id : mergeOrder(idsOf(base), idsOf(ours), idsOf(theirs), kept).keys)
        nodes.push_back(std::move(merged.at(id)));
    return nodes;
}

}  // namespace rw
