#include "core/pipeline/patch.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace rw {

namespace {

template <class T>
void take(std::vector<T>& list, const std::vector<Placed<T>>& taken) {
    if (taken.empty()) return;
    std::size_t next = 0, kept = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (next < taken.size() && taken[next].place == i) {
            ++next;
        } else {
            if (kept != i) list[kept] = std::move(list[i]);
            ++kept;
        }
    }
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(kept), list.end());
}

template <class T>
void put(std::vector<T>& list, const std::vector<Placed<T>>& come) {
    if (come.empty()) return;
    std::vector<T> all;
    all.reserve(list.size() + come.size());
    std::size_t next = 0;
    for (T& item : list) {
        while (next < come.size() && come[next].place <= all.size()) all.push_back(come[next++].item);
        all.push_back(std::move(item));
    }
    while (next < come.size()) all.push_back(come[next++].item);
    list = std::move(all);
}

// The keys of an ordered object can't be moved: it is built again.
void changeList(Json& params, const ListChange<Param>& change) {
    std::vector<Param> list;
    for (auto& [name, value] : params.items()) list.push_back({name, std::move(value)});
    take(list, change.taken);
    put(list, change.put);
    params = Json::object();
    for (Param& param : list) params[param.name] = std::move(param.value);
}

void apply(Node& node, const NodeChange& change) {
    if (change.title) node.title = change.title->after;
    if (change.at) node.at = change.at->after;
    if (change.disabled) node.disabled = change.disabled->after;
    if (change.collapsed) node.collapsed = change.collapsed->after;
    if (change.unknown) node.unknown = change.unknown->after;
    if (!change.params.empty()) changeList(node.params, change.params);
    for (const ParamChange& param : change.values) node.params[param.name] = param.value.after;
}

template <class T>
void turn(std::optional<Swap<T>>& swap) {
    if (swap) std::swap(swap->before, swap->after);
}

template <class T>
void turn(ListChange<T>& change) {
    std::swap(change.taken, change.put);
}

template <class T>
bool stays(const std::optional<Swap<T>>& swap) {
    return !swap || swap->before == swap->after;
}

bool stays(const std::optional<Swap<Json>>& swap) {
    return !swap || sameJson(swap->before, swap->after);
}

bool stays(const NodeChange& change) {
    return stays(change.title) && stays(change.at) && stays(change.disabled) && stays(change.collapsed) &&
           stays(change.unknown) && change.params.empty() &&
           std::all_of(change.values.begin(), change.values.end(), [](const ParamChange& param) {
               return sameJson(param.value.before, param.value.after);
           });
}

/// Where the value of a parameter stands that `change` gives it; null: it gives none.
Json* given(NodeChange& change, const std::string& name) {
    for (ParamChange& param : change.values) {
        if (param.name == name) return &param.value.after;
    }
    for (Placed<Param>& placed : change.params.put) {
        if (placed.item.name == name) return &placed.item.value;
    }
    return nullptr;
}

bool covers(NodeChange& earlier, const NodeChange& later) {
    return earlier.node == later.node && (earlier.title || !later.title) && (earlier.at || !later.at) &&
           (earlier.disabled || !later.disabled) && (earlier.collapsed || !later.collapsed) &&
           (earlier.unknown || !later.unknown) && later.params.empty() &&
           std::all_of(later.values.begin(), later.values.end(),
                       [&](const ParamChange& param) { return given(earlier, param.name) != nullptr; });
}

template <class T>
void follow(std::optional<Swap<T>>& earlier, const std::optional<Swap<T>>& later) {
    if (later) earlier->after = later->after;
}

void follow(NodeChange& earlier, const NodeChange& later) {
    follow(earlier.title, later.title);
    follow(earlier.at, later.at);
    follow(earlier.disabled, later.disabled);
    follow(earlier.collapsed, later.collapsed);
    follow(earlier.unknown, later.unknown);
    for (const ParamChange& param : later.values) *given(earlier, param.name) = param.value.after;
}

/// Whether the wires that come are those that go, and where they were.
bool stays(const ListChange<Wire>& wires) {
    return std::equal(wires.taken.begin(), wires.taken.end(), wires.put.begin(), wires.put.end(),
                      [](const Placed<Wire>& a, const Placed<Wire>& b) {
                          return a.place == b.place && a.item.from == b.item.from && a.item.to == b.item.to &&
                                 sameJson(a.item.unknown, b.item.unknown);
                      });
}

/// Whether `later` changes no list, but for wires that `earlier` put where others were, which it puts others
/// in the place of once more: those of ports that are being given a name.
bool followsInWires(const Patch& earlier, const Patch& later) {
    const auto samePlaces = [](const std::vector<Placed<Wire>>& a, const std::vector<Placed<Wire>>& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                          [](const auto& x, const auto& y) { return x.place == y.place; });
    };
    const auto onlyWires = [](const Patch& patch) {
        return patch.nodes.empty() && patch.cards.empty() && patch.notes.empty();
    };
    if (!onlyWires(earlier) || !onlyWires(later)) return false;
    if (earlier.wires.empty() && later.wires.empty()) return true;
    if (!samePlaces(earlier.wires.taken, earlier.wires.put)) return false;
    if (later.wires.empty()) return true;
    return samePlaces(later.wires.taken, later.wires.put) &&
           std::equal(earlier.wires.put.begin(), earlier.wires.put.end(), later.wires.taken.begin(),
                      later.wires.taken.end(),
                      [](const auto& x, const auto& y) { return x.place == y.place && x.item == y.item; });
}

}  // namespace

bool Patch::empty() const {
    return nodes.empty() && wires.empty() && cards.empty() && notes.empty() && changed.empty() && !settings &&
           !variables && !name && !unknown && !unknownDashboard && !noCards;
}

void removeItems(Pipeline& pipeline, const Patch& patch) {
    take(pipeline.nodes, patch.nodes.taken);
    take(pipeline.wires, patch.wires.taken);
    take(pipeline.cards, patch.cards.taken);
    take(pipeline.notes, patch.notes.taken);
}

void changeInPlace(Pipeline& pipeline, const Patch& patch) {
    constexpr std::size_t kFew = 8;  // fewer are found faster than an index of all nodes is made
    std::unordered_map<std::string_view, Node*> index;
    if (patch.changed.size() > kFew) {
        for (Node& node : pipeline.nodes) index.emplace(node.id, &node);
    }
    for (const NodeChange& change : patch.changed) {
        Node* node = pipeline.find(change.node);
        if (patch.changed.size() > kFew) {
            const auto found = index.find(change.node);
            node = found != index.end() ? found->second : nullptr;
        }
        if (node != nullptr) apply(*node, change);
    }
    if (patch.settings) pipeline.settings = patch.settings->after;
    if (patch.variables) pipeline.variables = patch.variables->after;
    if (patch.noCards) pipeline.noCards = patch.noCards->after;
    if (patch.name) pipeline.name = patch.name->after;
    if (patch.unknown) pipeline.unknown = patch.unknown->after;
    if (patch.unknownDashboard) pipeline.unknownDashboard = patch.unknownDashboard->after;
}

void insertItems(Pipeline& pipeline, const Patch& patch) {
    put(pipeline.nodes, patch.nodes.put);
    put(pipeline.wires, patch.wires.put);
    put(pipeline.cards, patch.cards.put);
    put(pipeline.notes, patch.notes.put);
}

void apply(Pipeline& pipeline, const Patch& patch) {
    removeItems(pipeline, patch);
    changeInPlace(pipeline, patch);
    insertItems(pipeline, patch);
}

Patch invert(const Patch& patch) {
    Patch back = patch;
    turn(back.nodes);
    turn(back.wires);
    turn(back.cards);
    turn(back.notes);
    std::reverse(back.changed.begin(), back.changed.end());
    for (NodeChange& change : back.changed) {
        turn(change.title);
        turn(change.at);
        turn(change.disabled);
        turn(change.collapsed);
        turn(change.unknown);
        turn(change.params);
        for (ParamChange& param : change.values) std::swap(param.value.before, param.value.after);
    }
    turn(back.settings);
    turn(back.variables);
    turn(back.noCards);
    turn(back.name);
    turn(back.unknown);
    turn(back.unknownDashboard);
    return back;
}

bool absorb(Patch& earlier, const Patch& later) {
    if (!followsInWires(earlier, later) || earlier.changed.size() != later.changed.size()) return false;
    if ((later.settings && !earlier.settings) || (later.variables && !earlier.variables) ||
        (later.name && !earlier.name) || (later.unknown && !earlier.unknown) ||
        (later.unknownDashboard && !earlier.unknownDashboard) || (later.noCards && !earlier.noCards)) {
        return false;
    }
    if (!std::equal(earlier.changed.begin(), earlier.changed.end(), later.changed.begin(), covers)) {
        return false;
    }
    for (std::size_t i = 0; i < later.changed.size(); ++i) follow(earlier.changed[i], later.changed[i]);
    if (!later.wires.empty()) earlier.wires.put = later.wires.put;
    follow(earlier.settings, later.settings);
    follow(earlier.variables, later.variables);
    follow(earlier.noCards, later.noCards);
    follow(earlier.name, later.name);
    follow(earlier.unknown, later.unknown);
    follow(earlier.unknownDashboard, later.unknownDashboard);
    return true;
}

bool changesNothing(const Patch& patch) {
    return patch.nodes.empty() && patch.cards.empty() && patch.notes.empty() && stays(patch.wires) &&
           stays(patch.settings) && stays(patch.variables) && stays(patch.name) && stays(patch.noCards) &&
           stays(patch.unknown) && stays(patch.unknownDashboard) &&
           std::all_of(patch.changed.begin(), patch.changed.end(),
                       [](const NodeChange& change) { return stays(change); });
}

bool sameJson(const Json& a, const Json& b) {
    if (a.is_number_integer() && b.is_number_integer()) return a.dump() == b.dump();  // signed or not
    if (a.type() != b.type() || a.size() != b.size()) return false;
    if (a.is_number_float()) {
        const double x = a.get<double>(), y = b.get<double>();
        return (x == y && std::signbit(x) == std::signbit(y)) || (std::isnan(x) && std::isnan(y));
    }
    if (a.is_array()) return std::equal(a.begin(), a.end(), b.begin(), sameJson);
    if (!a.is_object()) return a == b;
    for (auto x = a.begin(), y = b.begin(); x != a.end(); ++x, ++y) {
        if (x.key() != y.key() || !sameJson(x.value(), y.value())) return false;
    }
    return true;
}

}  // namespace rw
