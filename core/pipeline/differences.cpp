#include "core/pipeline/differences.h"

#include <map>
#include <set>
#include <unordered_map>

#include "core/pipeline/json/json.h"
#include "core/pipeline/json/saved_queries.h"
#include "core/pipeline/patch.h"

namespace rw {

namespace {

using Kind = DifferenceKind;

class Differences {
 public:
    Differences(const Pipeline& before, const Pipeline& after) : m_before(before), m_after(after) {}

    std::vector<PipelineDifference> find() {
        values("pipeline", Json{{"name", m_before.name}}, Json{{"name", m_after.name}});
        values("pipeline", withoutQueries(m_before), withoutQueries(m_after));
        values("query", queriesOf(m_before), queriesOf(m_after));
        values("variable", variablesOf(m_before), variablesOf(m_after));
        values("setting", settingsOf(m_before.settings), settingsOf(m_after.settings));
        nodes();
        wires();
        cards();
        comments();
        // What is left is the order of something that has none for a run.
        if (m_found.empty() && savePipeline(m_before) != savePipeline(m_after))
            add(Kind::Moved, "pipeline", "order");
        return std::move(m_found);
    }

 private:
    static Json variablesOf(const Pipeline& pipeline) {
        Json all = Json::object();
        for (const Variable& variable : pipeline.variables) all[variable.name] = variable.value;
        return all;
    }
    static Json settingsOf(const Settings& settings) {
        Json all{{"time_zone", settings.timeZone}, {"parallelism", settings.parallelism}};
        if (!settings.memoryLimit.empty()) all["memory_limit"] = settings.memoryLimit;
        if (!settings.stateMemory.empty()) all["state_memory"] = settings.stateMemory;
        all.update(settings.unknown);
        return all;
    }
    static std::string nameOf(const Wire& wire) {
        return writeOutput(wire.from) + " → " + writeInput(wire.to);
    }

    PipelineDifference& add(Kind kind, std::string_view of, std::string name) {
        PipelineDifference& added = m_found.emplace_back();
        added.kind = kind;
        added.of = of;
        added.name = std::move(name);
        return added;
    }

    /// Two objects, key by key; `part`: the keys are parts of `name`.
    void values(std::string_view of, const Json& before, const Json& after, const std::string& name = {},
                const std::string& type = {}, bool parameters = false) {
        const auto tell = [&](const std::string& key, const Json& was, const Json& is) {
            const bool part = !name.empty();
            const Kind kind = part || (!was.is_null() && !is.is_null()) ? Kind::Changed
                              : was.is_null()                           ? Kind::Added
                                                                        : Kind::Removed;
            PipelineDifference& found = add(kind, of, part ? name : key);
            if (part) found.part = key;
            found.type = type;
            found.parameter = parameters;
            found.before = was;
            found.after = is;
        };
        for (const auto& [key, was] : before.items()) {
            const auto is = after.find(key);
            if (is == after.end()) {
                tell(key, was, Json());
            } else if (!sameJson(was, *is)) {
                tell(key, was, *is);
            }
        }
        for (const auto& [key, is] : after.items()) {
            if (!before.contains(key)) tell(key, Json(), is);
        }
    }

    static Json factsOf(const Node& node) {
        Json facts = node.unknown;
        if (!node.title.empty()) facts["title"] = node.title;
        if (node.disabled) facts["disabled"] = true;
        if (node.collapsed) facts["collapsed"] = true;
        return facts;
    }

    void whole(Kind kind, const Node& node) {
        PipelineDifference& found = add(kind, "node", node.id);
        found.type = node.type;
        Json all = factsOf(node);
        if (!node.params.empty()) all["params"] = node.params;
        (kind == Kind::Added ? found.after : found.before) = std::move(all);
    }

    using Nodes = std::unordered_map<std::string_view, const Node*>;
    static Nodes nodesOf(const Pipeline& pipeline) {
        Nodes nodes;
        for (const Node& node : pipeline.nodes) nodes.emplace(node.id, &node);
        return nodes;
    }
    static const Node* sameIn(const Nodes& nodes, const Node& node) {
        const auto found = nodes.find(node.id);
        return found != nodes.end() && found->second->type == node.type ? found->second : nullptr;
    }

    void nodes() {
        const Nodes before = nodesOf(m_before), after = nodesOf(m_after);
        for (const Node& was : m_before.nodes) {
            const Node* const is = sameIn(after, was);
            if (is == nullptr) {
                whole(Kind::Removed, was);
                continue;
            }
            values("node", factsOf(was), factsOf(*is), was.id, was.type);
            values("node", was.params, is->params, was.id, was.type, true);
            if (!(was.at == is->at)) {
                PipelineDifference& moved = add(Kind::Moved, "node", was.id);
                moved.type = was.type;
                moved.before = {was.at.x, was.at.y};
                moved.after = {is->at.x, is->at.y};
            }
        }
        for (const Node& is : m_after.nodes) {
            if (sameIn(before, is) == nullptr) whole(Kind::Added, is);
        }
    }

    void wires() {
        std::map<std::string, int> left;
        for (const Wire& wire : m_after.wires) ++left[writeWire(wire).dump()];
        for (const Wire& wire : m_before.wires) {
            if (left[writeWire(wire).dump()]-- <= 0) add(Kind::Removed, "wire", nameOf(wire));
        }
        left.clear();
        for (const Wire& wire : m_before.wires) ++left[writeWire(wire).dump()];
        for (const Wire& wire : m_after.wires) {
            if (left[writeWire(wire).dump()]-- <= 0) add(Kind::Added, "wire", nameOf(wire));
        }
        orderOfWires();
    }

    /// The senders of an input by their numbers, of wires that both have.
    static std::map<std::string, Json> sendersOf(const Pipeline& pipeline, const Pipeline& other) {
        std::set<std::pair<PortRef, PortRef>> ends;
        for (const Wire& wire : other.wires) ends.emplace(wire.from, wire.to);
        std::map<std::string, Json> senders;
        for (const Wire& wire : pipeline.wires) {
            if (ends.contains({wire.from, wire.to}))
                senders[writeInput(wire.to)].push_back(writeOutput(wire.from));
        }
        return senders;
    }

    // A run numbers the wires that meet at one input.
    void orderOfWires() {
        const auto after = sendersOf(m_after, m_before);
        for (const auto& [input, was] : sendersOf(m_before, m_after)) {
            const auto is = after.find(input);
            if (is == after.end() || sameJson(was, is->second)) continue;
            PipelineDifference& found = add(Kind::Changed, "wire", "→ " + input);
            found.part = "order";
            found.before = was;
            found.after = is->second;
        }
    }

    static Json cardsOf(const Pipeline& pipeline) {
        Json all = Json::object();
        for (const DashboardCard& card : pipeline.cards) {
            Json one{{"at", {card.column, card.row}}, {"size", {card.width, card.height}}};
            one.update(card.unknown);
            all[card.node] = std::move(one);
        }
        return all;
    }

    void cards() {
        const std::size_t first = m_found.size();
        values("card", cardsOf(m_before), cardsOf(m_after));
        for (std::size_t i = first; i < m_found.size(); ++i) {
            if (m_found[i].kind == Kind::Changed) m_found[i].kind = Kind::Moved;
        }
        const Json none{{"no_cards", true}}, some = Json::object();
        values("pipeline", m_before.noCards ? none : some, m_after.noCards ? none : some);
        values("pipeline", m_before.unknownDashboard, m_after.unknownDashboard);
    }

    static Json placeOf(const Note& note) {
        Json place{{"at", {note.at.x, note.at.y}}, {"size", {note.size.x, note.size.y}}};
        place.update(note.unknown);
        return place;
    }

    // A comment has no name: one with the same text is the same.
    void comments() {
        std::multimap<std::string_view, const Note*> left;  // equal ones in the order of the file
        for (const Note& note : m_after.notes) left.emplace(note.text, &note);
        for (const Note& was : m_before.notes) {
            const auto is = left.lower_bound(was.text);
            if (is == left.end() || is->first != was.text) {
                add(Kind::Removed, "comment", was.text);
                continue;
            }
            if (const Json before = placeOf(was), after = placeOf(*is->second); !sameJson(before, after)) {
                PipelineDifference& moved = add(Kind::Moved, "comment", was.text);
                moved.before = before;
                moved.after = after;
            }
            left.erase(is);
        }
        for (const auto& [text, note] : left) add(Kind::Added, "comment", note->text);
    }

    const Pipeline &m_before, &m_after;
    std::vector<PipelineDifference> m_found{};
};

}  // namespace

std::string_view differenceName(DifferenceKind kind) {
    switch (kind) {
        case Kind::Added:
            return "added";
        case Kind::Removed:
            return "removed";
        case Kind::Changed:
            return "changed";
        case Kind::Moved:
            break;
    }
    return "moved";
}

std::vector<PipelineDifference> differencesBetween(const Pipeline& before, const Pipeline& after) {
    return Differences(before, after).find();
}

}  // namespace rw
