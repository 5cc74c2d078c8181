#include "core/pipeline/diff.h"

#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>

namespace rw {

namespace {

// ── Identity of items of a list: a key that finds an item fast, and a comparison that decides ──

std::string keyOf(const Node& node) {
    return node.id;
}
std::string keyOf(const Wire& wire) {
    return wire.from.node + '.' + wire.from.port + ' ' + wire.to.node + '.' + wire.to.port;
}
std::string keyOf(const DashboardCard& card) {
    return card.node;
}
std::string keyOf(const Note& note) {
    return note.text;
}
std::string keyOf(const Param& param) {
    return param.name;
}

// Another type is another node: nothing of the old one is kept, and its items on the canvas can't be reused.
bool sameItem(const Node& a, const Node& b) {
    return a.id == b.id && a.type == b.type;
}
bool sameItem(const Wire& a, const Wire& b) {
    return a.from == b.from && a.to == b.to && sameJson(a.unknown, b.unknown);
}
bool sameItem(const DashboardCard& a, const DashboardCard& b) {
    return a.node == b.node && a.column == b.column && a.row == b.row && a.width == b.width &&
           a.height == b.height && sameJson(a.unknown, b.unknown);
}
bool sameItem(const Note& a, const Note& b) {
    return a.text == b.text && a.at == b.at && a.size == b.size && sameJson(a.unknown, b.unknown);
}
bool sameItem(const Param& a, const Param& b) {
    return a.name == b.name;
}

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// The longest rising chain of the second numbers; the first ones rise already.
Pairs longestRising(const Pairs& pairs) {
    std::vector<std::size_t> ends, before(pairs.size());  // ends[n]: the chain of n + 1 that ends lowest
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto at = std::lower_bound(ends.begin(), ends.end(), i, [&](std::size_t x, std::size_t y) {
            return pairs[x].second < pairs[y].second;
        });
        before[i] = at == ends.begin() ? i : *(at - 1);
        if (at == ends.end()) {
            ends.push_back(i);
        } else {
            *at = i;
        }
    }
    Pairs chain(ends.size());
    if (ends.empty()) return chain;
    std::size_t i = ends.back();
    for (auto place = chain.rbegin(); place != chain.rend(); ++place, i = before[i]) *place = pairs[i];
    return chain;
}

/// The items that both lists hold in the same order, as places in a and b.
template <class T>
Pairs keptItems(const std::vector<T>& a, const std::vector<T>& b) {
    const std::size_t least = std::min(a.size(), b.size());
    std::size_t head = 0, tail = 0;
    while (head < least && sameItem(a[head], b[head])) ++head;
    while (tail < least - head && sameItem(a[a.size() - 1 - tail], b[b.size() - 1 - tail])) ++tail;
    Pairs all;
    for (std::size_t i = 0; i < head; ++i) all.emplace_back(i, i);
    std::unordered_map<std::string, std::deque<std::size_t>> waiting;
    for (std::size_t i = head; i < b.size() - tail; ++i) waiting[keyOf(b[i])].push_back(i);
    Pairs middle;
    for (std::size_t i = head; i < a.size() - tail; ++i) {
        const auto found = waiting.find(keyOf(a[i]));
        if (found == waiting.end()) continue;
        std::deque<std::size_t>& places = found->second;
        const auto same = std::find_if(places.begin(), places.end(),
                                       [&](std::size_t place) { return sameItem(a[i], b[place]); });
        if (same == places.end()) continue;
        middle.emplace_back(i, *same);
        places.erase(same);
    }
    for (const auto& pair : longestRising(middle)) all.push_back(pair);
    for (std::size_t i = tail; i > 0; --i) all.emplace_back(a.size() - i, b.size() - i);
    return all;
}

template <class T>
ListChange<T> listChange(const std::vector<T>& a, const std::vector<T>& b, const Pairs& kept) {
    ListChange<T> change;
    auto next = kept.begin();
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (next != kept.end() && next->first == i) {
            ++next;
        } else {
            change.taken.push_back({i, a[i]});
        }
    }
    next = kept.begin();
    for (std::size_t i = 0; i < b.size(); ++i) {
        if (next != kept.end() && next->second == i) {
            ++next;
        } else {
            change.put.push_back({i, b[i]});
        }
    }
    return change;
}

template <class T>
ListChange<T> listChange(const std::vector<T>& a, const std::vector<T>& b) {
    return listChange(a, b, keptItems(a, b));
}

template <class T>
void swapIf(std::optional<Swap<T>>& swap, const T& a, const T& b) {
    if (!(a == b)) swap = Swap<T>{a, b};
}

void swapIf(std::optional<Swap<Json>>& swap, const Json& a, const Json& b) {
    if (!sameJson(a, b)) swap = Swap<Json>{a, b};
}

std::vector<Param> paramsOf(const Node& node) {
    std::vector<Param> params;
    for (const auto& [name, value] : node.params.items()) params.push_back({name, value});
    return params;
}

NodeChange nodeChange(const Node& a, const Node& b) {
    NodeChange change{.node = a.id};
    swapIf(change.title, a.title, b.title);
    swapIf(change.at, a.at, b.at);
    swapIf(change.disabled, a.disabled, b.disabled);
    swapIf(change.collapsed, a.collapsed, b.collapsed);
    swapIf(change.unknown, a.unknown, b.unknown);
    if (sameJson(a.params, b.params)) return change;
    const std::vector<Param> before = paramsOf(a), after = paramsOf(b);
    const Pairs kept = keptItems(before, after);
    change.params = listChange(before, after, kept);
    for (const auto& [from, to] : kept) {
        if (!sameJson(before[from].value, after[to].value)) {
            change.values.push_back({before[from].name, {before[from].value, after[to].value}});
        }
    }
    return change;
}

bool changesSomething(const NodeChange& change) {
    return change.title || change.at || change.disabled || change.collapsed || change.unknown ||
           !change.params.empty() || !change.values.empty();
}

Patch wholeDiff(const Pipeline& a, const Pipeline& b) {
    Patch patch;
    const Pairs kept = keptItems(a.nodes, b.nodes);
    patch.nodes = listChange(a.nodes, b.nodes, kept);
    for (const auto& [from, to] : kept) {
        NodeChange change = nodeChange(a.nodes[from], b.nodes[to]);
        if (changesSomething(change)) patch.changed.push_back(std::move(change));
    }
    patch.wires = listChange(a.wires, b.wires);
    patch.cards = listChange(a.cards, b.cards);
    patch.notes = listChange(a.notes, b.notes);
    if (!(a.settings == b.settings) || !sameJson(a.settings.unknown, b.settings.unknown)) {
        patch.settings = Swap<Settings>{a.settings, b.settings};
    }
    swapIf(patch.variables, a.variables, b.variables);
    swapIf(patch.noCards, a.noCards, b.noCards);
    swapIf(patch.name, a.name, b.name);
    swapIf(patch.unknown, a.unknown, b.unknown);
    swapIf(patch.unknownDashboard, a.unknownDashboard, b.unknownDashboard);
    return patch;
}

// ── The part that a run depends on ──

bool sameParams(const Json& a, const Json& b) {
    return a.size() == b.size() && std::all_of(a.items().begin(), a.items().end(), [&](const auto& item) {
               const auto other = b.find(item.key());
               return other != b.end() && sameJson(item.value(), *other);
           });
}

bool runAlike(const Node& a, const Node& b) {
    return a.id == b.id && a.type == b.type && a.disabled == b.disabled && sameParams(a.params, b.params);
}

bool runAlike(const Settings& a, const Settings& b) {
    return a.timeZone == b.timeZone && a.parallelism == b.parallelism && a.memoryLimit == b.memoryLimit &&
           a.stateMemory == b.stateMemory;
}

std::map<std::string, std::string> valuesOf(const std::vector<Variable>& variables) {
    std::map<std::string, std::string> values;
    for (const Variable& variable : variables) values[variable.name] = variable.value;
    return values;
}

bool sameEnds(const Wire& a, const Wire& b) {
    return a.from == b.from && a.to == b.to;
}

std::map<PortRef, std::vector<PortRef>> byInput(const std::vector<Wire>& wires) {
    std::map<PortRef, std::vector<PortRef>> inputs;
    for (const Wire& wire : wires) inputs[wire.to].push_back(wire.from);
    return inputs;
}

bool runAlike(const std::vector<Wire>& a, const std::vector<Wire>& b) {
    if (a.size() != b.size()) return false;
    return std::equal(a.begin(), a.end(), b.begin(), sameEnds) || byInput(a) == byInput(b);
}

/// The items of both lists, or with `keepMine` all of `mine`, as they are in `mine`; items of `theirs` alone
/// come behind the item that they follow there.
template <class T, class Same>
std::vector<T> merged(const std::vector<T>& mine, const std::vector<T>& theirs, Same same,
                      bool keepMine = false) {
    std::unordered_map<std::string, std::deque<std::size_t>> waiting;
    for (std::size_t i = 0; i < mine.size(); ++i) waiting[keyOf(mine[i])].push_back(i);
    std::vector<char> kept(mine.size(), keepMine ? 1 : 0);
    std::vector<std::vector<const T*>> behind(mine.size() + 1);  // the first: before all
    std::size_t last = 0;
    for (const T& item : theirs) {
        std::deque<std::size_t>& places = waiting[keyOf(item)];
        const auto found = std::find_if(places.begin(), places.end(),
                                        [&](std::size_t place) { return same(mine[place], item); });
        if (found == places.end()) {
            behind[last].push_back(&item);
            continue;
        }
        kept[*found] = 1;
        last = *found + 1;
        places.erase(found);
    }
    std::vector<T> all;
    for (const T* item : behind[0]) all.push_back(*item);
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (kept[i] != 0) all.push_back(mine[i]);
        for (const T* item : behind[i + 1]) all.push_back(*item);
    }
    return all;
}

/// `theirs`, each item as it stands in `mine` where that has it.
std::vector<Wire> inOrderOf(const std::vector<Wire>& theirs, std::vector<Wire> mine) {
    std::vector<Wire> all;
    for (const Wire& wire : theirs) {
        const auto own =
            std::find_if(mine.begin(), mine.end(), [&](const Wire& one) { return sameEnds(one, wire); });
        all.push_back(own != mine.end() ? *own : wire);
        if (own != mine.end()) mine.erase(own);
    }
    return all;
}

Json mergedParams(const Node& mine, const Node& theirs) {
    Json params = Json::object();
    for (const Param& param : merged(paramsOf(mine), paramsOf(theirs),
                                     [](const Param&a, const Param&b) { return a.name == b.name; })) {
        params[param.name] = theirs.params[param.name];
    }
    return params;
}

/// Dashboard cards go and come with their nodes.
std::vector<DashboardCard> mergedCards(const Pipeline& mine, const Pipeline& theirs,
                                       const Pipeline& merging) {
    std::map<NodeId, int> carded;
    std::vector<DashboardCard> own, other;  // the other's: only where its own stand, and those that come back
    for (const DashboardCard& card : mine.cards) {
        if (mine.find(card.node) != nullptr && merging.find(card.node) == nullptr) continue;
        ++carded[card.node];
        own.push_back(card);
    }
    for (const DashboardCard& card : theirs.cards) {
        const bool back = mine.find(card.node) == nullptr && merging.find(card.node) != nullptr;
        if (back || carded[card.node]-- > 0) other.push_back(card);
    }
    const auto sameNode = [](const DashboardCard& a, const DashboardCard& b) { return a.node == b.node; };
    return merged(own, other, sameNode, true);
}

/// `mine`, made to run like `theirs`.
Pipeline withWhatRuns(const Pipeline& mine, const Pipeline& theirs) {
    Pipeline out = mine;
    out.nodes = merged(mine.nodes, theirs.nodes, [](const Node& a, const Node& b) { return sameItem(a, b); });
    std::unordered_map<std::string_view, const Node*> wanted;
    for (const Node& node : theirs.nodes) wanted.emplace(node.id, &node);
    for (Node& node : out.nodes) {
        const Node& other = *wanted.at(node.id);
        if (!sameParams(node.params, other.params)) node.params = mergedParams(node, other);
        node.disabled = other.disabled;
    }
    if (!runAlike(out.wires, theirs.wires)) {
        out.wires = merged(mine.wires, theirs.wires, sameEnds);
        if (!runAlike(out.wires, theirs.wires)) out.wires = inOrderOf(theirs.wires, mine.wires);
    }
    out.cards = mergedCards(mine, theirs, out);
    out.settings.timeZone = theirs.settings.timeZone;
    out.settings.parallelism = theirs.settings.parallelism;
    out.settings.memoryLimit = theirs.settings.memoryLimit;
    out.settings.stateMemory = theirs.settings.stateMemory;
    if (valuesOf(mine.variables) != valuesOf(theirs.variables)) out.variables = theirs.variables;
    return out;
}

}  // namespace

Patch diff(const Pipeline& a, const Pipeline& b, DiffScope scope) {
    return wholeDiff(a, scope == DiffScope::Everything ? b : withWhatRuns(a, b));
}

bool runAlike(const Pipeline& a, const Pipeline& b) {
    if (a.nodes.size() != b.nodes.size() || !runAlike(a.settings, b.settings) ||
        !runAlike(a.wires, b.wires) || valuesOf(a.variables) != valuesOf(b.variables)) {
        return false;
    }
    std::unordered_map<std::string_view, const Node*> others;
    for (std::size_t i = 0; i < a.nodes.size(); ++i) {
        if (a.nodes[i].id == b.nodes[i].id) {
            if (!runAlike(a.nodes[i], b.nodes[i])) return false;
            continue;
        }
        if (others.empty()) {
            for (const Node& node : b.nodes) others.emplace(node.id, &node);
        }
        const auto other = others.find(a.nodes[i].id);
        if (other == others.end() || !runAlike(a.nodes[i], *other->second)) return false;
    }
    return true;
}

}  // namespace rw
