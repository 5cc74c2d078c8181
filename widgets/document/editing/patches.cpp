#include "widgets/document/editing/patches.h"

#include <algorithm>
#include <unordered_set>

#include "core/pipeline/diff.h"
#include "core/pipeline/limits.h"

namespace rw::ui {

namespace {

template <class T>
std::vector<Placed<T>> at(const std::vector<T>& list, const std::vector<std::size_t>& places) {
    std::vector<Placed<T>> items;
    items.reserve(places.size());
    for (const std::size_t place : places) items.push_back({place, list[place]});
    return items;
}

template <class T>
std::vector<Placed<T>> from(std::size_t place, const std::vector<T>& items) {
    std::vector<Placed<T>> all;
    all.reserve(items.size());
    for (const T& item : items) all.push_back({place++, item});
    return all;
}

}  // namespace

Places placesOf(const Pipeline& pipeline, const NoteIndex& notes, const std::vector<ItemRef>& items) {
    const std::unordered_set<ItemRef> chosen(items.begin(), items.end());
    Places places;
    for (std::size_t i = 0; i < pipeline.nodes.size(); ++i) {
        if (chosen.contains(pipeline.nodes[i].id)) places.nodes.push_back(i);
    }
    for (std::size_t i = 0; i < pipeline.wires.size(); ++i) {
        const Wire& wire = pipeline.wires[i];
        if (chosen.contains(wire.from.node) || chosen.contains(wire.to.node) || chosen.contains(wire))
            places.wires.push_back(i);
    }
    for (std::size_t i = 0; i < pipeline.cards.size(); ++i) {
        if (chosen.contains(pipeline.cards[i].node)) places.cards.push_back(i);
    }
    for (std::size_t i = 0; i < pipeline.notes.size(); ++i) {
        if (chosen.contains(notes.ids()[i])) places.notes.push_back(i);
    }
    return places;
}

Patch adding(const Pipeline& pipeline, const Pipeline& part) {
    Patch patch;
    patch.nodes.put = from(pipeline.nodes.size(), part.nodes);
    patch.wires.put = from(pipeline.wires.size(), part.wires);
    patch.cards.put = from(pipeline.cards.size(), part.cards);
    patch.notes.put = from(pipeline.notes.size(), part.notes);
    return patch;
}

Patch removing(const Pipeline& pipeline, const Places& places) {
    Patch patch;
    patch.nodes.taken = at(pipeline.nodes, places.nodes);
    patch.wires.taken = at(pipeline.wires, places.wires);
    patch.cards.taken = at(pipeline.cards, places.cards);
    patch.notes.taken = at(pipeline.notes, places.notes);
    return patch;
}

Patch replacingWires(const Pipeline& pipeline, const std::vector<std::size_t>& gone,
                     const std::vector<Wire>& added) {
    Patch patch;
    patch.wires.taken = at(pipeline.wires, gone);
    patch.wires.put = from(pipeline.wires.size() - gone.size(), added);
    return patch;
}

Point withinReach(Point at) {
    return {std::clamp(at.x, -kFarthest, kFarthest), std::clamp(at.y, -kFarthest, kFarthest)};
}

Patch withinReach(Patch patch) {
    for (Placed<Node>& node : patch.nodes.put) node.item.at = withinReach(node.item.at);
    for (NodeChange& change : patch.changed) {
        if (change.at) change.at->after = withinReach(change.at->after);
    }
    for (Placed<Note>& note : patch.notes.put) {
        note.item.at = withinReach(note.item.at);
        note.item.size = withinReach(note.item.size);
    }
    return patch;
}

Patch moving(const std::vector<std::pair<const Node*, Point>>& targets) {
    Patch patch;
    patch.changed.reserve(targets.size());
    for (const auto& [node, to] : targets)
        patch.changed.push_back({.node = node->id, .at = Swap<Point>{node->at, to}});
    return patch;
}

Patch renaming(const Node& node, const std::string& title) {
    Patch patch;
    patch.changed.push_back({.node = node.id, .title = Swap<std::string>{node.title, title}});
    return patch;
}

Patch settingParam(const Node& node, const std::string& param, const Json& value) {
    NodeChange change{.node = node.id};
    std::size_t place = 0;
    for (const auto& [name, old] : node.params.items()) {
        if (name == param) break;
        ++place;
    }
    const bool there = place < node.params.size();
    if (there && value.is_null()) {
        change.params.taken.push_back({place, {param, node.params[param]}});
    } else if (there) {
        change.values.push_back({param, {node.params[param], value}});
    } else if (!value.is_null()) {
        change.params.put.push_back({place, {param, value}});
    }
    Patch patch;
    patch.changed.push_back(std::move(change));
    return patch;
}

void followPorts(const Pipeline& pipeline, const NodeId& node, const NodeKind& before, const NodeKind& after,
                 bool inPlace, Patch& patch) {
    const auto follow = [&](PortRef& end, const std::vector<PortSpec>& old,
                            const std::vector<PortSpec>& ports) {
        const auto has = [](const std::vector<PortSpec>& all, const std::string& name) {
            return std::any_of(all.begin(), all.end(),
                               [&](const PortSpec& port) { return port.name == name; });
        };
        if (end.node != node || old.size() != ports.size()) return;
        if (!inPlace && has(ports, end.port)) return;
        for (std::size_t i = 0; i < old.size(); ++i) {
            if (old[i].name != end.port || (!inPlace && has(old, ports[i].name))) continue;
            end.port = ports[i].name;
            return;
        }
    };
    for (std::size_t place = 0; place < pipeline.wires.size(); ++place) {
        Wire wire = pipeline.wires[place];
        follow(wire.from, before.outputs, after.outputs);
        follow(wire.to, before.inputs, after.inputs);
        if (wire == pipeline.wires[place]) continue;
        patch.wires.taken.push_back({place, pipeline.wires[place]});
        patch.wires.put.push_back({place, std::move(wire)});
    }
}

Patch disabling(const std::vector<NodeId>& nodes, bool disabled) {
    Patch patch;
    for (const NodeId& id : nodes)
        patch.changed.push_back({.node = id, .disabled = Swap<bool>{!disabled, disabled}});
    return patch;
}

Patch collapsing(const std::vector<NodeId>& nodes, bool collapsed) {
    Patch patch;
    for (const NodeId& id : nodes)
        patch.changed.push_back({.node = id, .collapsed = Swap<bool>{!collapsed, collapsed}});
    return patch;
}

Patch replacingCards(const Pipeline& pipeline, const std::vector<DashboardCard>& cards) {
    Pipeline before, after;
    before.cards = pipeline.cards;
    before.noCards = pipeline.noCards;
    after.cards = cards;
    after.noCards = cards.empty();
    return diff(before, after);
}

ListChange<Note> replacingNotes(const Pipeline& pipeline, const std::map<std::size_t, Note>& notes) {
    ListChange<Note> change;
    for (const auto& [place, note] : notes) {
        change.taken.push_back({place, pipeline.notes[place]});
        change.put.push_back({place, note});
    }
    return change;
}

}  // namespace rw::ui
