#include "widgets/document/edits.h"

#include <algorithm>

namespace rw::ui {

namespace {

template <class T>
std::vector<Placed<T>> takeFrom(std::vector<T>& list, const std::vector<std::size_t>& places) {
    std::vector<Placed<T>> taken;
    taken.reserve(places.size());
    for (const std::size_t place : places) taken.push_back({place, std::move(list[place])});
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(*place));
    }
    return taken;
}

template <class T>
std::vector<std::size_t> putInto(std::vector<T>& list, const std::vector<Placed<T>>& items) {
    std::vector<std::size_t> places;
    places.reserve(items.size());
    for (const Placed<T>& placed : items) {
        const std::size_t place = std::min(placed.place, list.size());
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(place), placed.item);
        places.push_back(place);
    }
    return places;
}

std::vector<NodeId> idsOf(const std::vector<Placed<Node>>& nodes) {
    std::vector<NodeId> ids;
    for (const auto& placed : nodes) ids.push_back(placed.item.id);
    return ids;
}

std::vector<Wire> wiresOf(const std::vector<Placed<Wire>>& wires) {
    std::vector<Wire> all;
    for (const auto& placed : wires) all.push_back(placed.item);
    return all;
}

}  // namespace

Part Edits::take(const Places& places) {
    Part part{takeFrom(m_pipeline.nodes, places.nodes), takeFrom(m_pipeline.wires, places.wires),
              takeFrom(m_pipeline.cards, places.cards), takeFrom(m_pipeline.notes, places.notes)};
    using Kind = DocumentChange::Kind;
    if (!part.wires.empty()) m_notify({.kind = Kind::WiresRemoved, .wires = wiresOf(part.wires)});
    if (!part.nodes.empty()) m_notify({.kind = Kind::NodesRemoved, .nodes = idsOf(part.nodes)});
    if (!part.cards.empty()) m_notify({.kind = Kind::CardsChanged});
    if (!part.notes.empty()) m_notify({.kind = Kind::NotesChanged});
    return part;
}

Places Edits::put(const Part& part) {
    Places places{putInto(m_pipeline.nodes, part.nodes), putInto(m_pipeline.wires, part.wires),
                  putInto(m_pipeline.cards, part.cards), putInto(m_pipeline.notes, part.notes)};
    using Kind = DocumentChange::Kind;
    if (!part.nodes.empty()) m_notify({.kind = Kind::NodesAdded, .nodes = idsOf(part.nodes)});
    if (!part.wires.empty()) m_notify({.kind = Kind::WiresAdded, .wires = wiresOf(part.wires)});
    if (!part.cards.empty()) m_notify({.kind = Kind::CardsChanged});
    if (!part.notes.empty()) m_notify({.kind = Kind::NotesChanged});
    return places;
}

void Edits::move(const std::vector<std::pair<NodeId, Point>>& targets) {
    DocumentChange change{.kind = DocumentChange::Kind::NodesMoved};
    for (const auto& [id, at] : targets) {
        m_pipeline.find(id)->at = at;
        change.nodes.push_back(id);
    }
    m_notify(change);
}

std::optional<PlacedParam> Edits::param(const NodeId& node, const std::string& name) const {
    const Json& params = m_pipeline.find(node)->params;
    std::size_t place = 0;
    for (const auto& [key, value] : params.items()) {
        if (key == name) return PlacedParam{place, value};
        ++place;
    }
    return std::nullopt;
}

void Edits::setParam(const NodeId& node, const std::string& name, const std::optional<PlacedParam>& value) {
    Json& params = m_pipeline.find(node)->params;
    if (value && params.contains(name)) {
        params[name] = value->value;
    } else {
        // The keys of an ordered object cannot be moved about: it is written anew.
        Json changed = Json::object();
        std::size_t place = 0;
        for (auto& [key, old] : params.items()) {
            if (key == name) continue;
            if (value && place++ == value->place) changed[name] = value->value;
            changed[key] = std::move(old);
        }
        if (value && !changed.contains(name)) changed[name] = value->value;
        params = std::move(changed);
    }
    m_notify({.kind = DocumentChange::Kind::ParamChanged, .nodes = {node}, .param = name});
}

void Edits::setTitle(const NodeId& node, const std::string& title) {
    m_pipeline.find(node)->title = title;
    m_notify({.kind = DocumentChange::Kind::TitleChanged, .nodes = {node}});
}

void Edits::setFlag(const std::vector<NodeId>& nodes, NodeFlag flag, const std::vector<bool>& values) {
    for (std::size_t i = 0; i < nodes.size(); ++i) flagOf(*m_pipeline.find(nodes[i]), flag) = values[i];
    m_notify({.kind = DocumentChange::Kind::FlagsChanged, .nodes = nodes});
}

Properties Edits::properties() const {
    return {m_pipeline.settings, m_pipeline.variables};
}

void Edits::setProperties(const Properties& properties) {
    m_pipeline.settings = properties.settings;
    m_pipeline.variables = properties.variables;
    m_notify({.kind = DocumentChange::Kind::PropertiesChanged});
}

void Edits::setCards(const std::vector<DashboardCard>& cards) {
    m_pipeline.cards = cards;
    m_notify({.kind = DocumentChange::Kind::CardsChanged});
}

void Edits::setNote(std::size_t place, const Note& note) {
    m_pipeline.notes[place] = note;
    m_notify({.kind = DocumentChange::Kind::NotesChanged});
}

Places placesOf(const Pipeline& pipeline, const std::vector<NodeId>& nodes, const std::vector<Wire>& wires) {
    const auto chosen = [&](const NodeId& id) {
        return std::find(nodes.begin(), nodes.end(), id) != nodes.end();
    };
    Places places;
    for (std::size_t i = 0; i < pipeline.nodes.size(); ++i) {
        if (chosen(pipeline.nodes[i].id)) places.nodes.push_back(i);
    }
    for (std::size_t i = 0; i < pipeline.wires.size(); ++i) {
        const Wire& wire = pipeline.wires[i];
        if (chosen(wire.from.node) || chosen(wire.to.node) ||
            std::find(wires.begin(), wires.end(), wire) != wires.end()) {
            places.wires.push_back(i);
        }
    }
    for (std::size_t i = 0; i < pipeline.cards.size(); ++i) {
        if (chosen(pipeline.cards[i].node)) places.cards.push_back(i);
    }
    return places;
}

bool& flagOf(Node& node, NodeFlag flag) {
    return flag == NodeFlag::Disabled ? node.disabled : node.collapsed;
}

}  // namespace rw::ui
