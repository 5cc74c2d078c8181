#include "tests/unit/pipeline/random_pipelines.h"

#include <rapidcheck.h>

#include <set>

#include "core/pipeline/json/saved_queries.h"

namespace rw::test {

Json someValue(Dice& dice) {
    static const std::vector<Json> values{1,
                                          1.0,
                                          -0.0,
                                          0.0,
                                          "1",
                                          true,
                                          nullptr,
                                          Json::array({1, 1.0}),
                                          "x",
                                          std::uint64_t{1},
                                          Json{{"a", 1}, {"b", 2}},
                                          Json{{"b", 2}, {"a", 1}}};
    return dice.of(values);
}

Json someObject(Dice& dice) {
    Json object = Json::object();
    for (std::size_t left = dice.below(4); left > 0; --left) {
        object[std::string(1, static_cast<char>('p' + dice.below(4)))] = someValue(dice);
    }
    return object;
}

Node someNode(Dice& dice, const NodeId& id) {
    Node node{.id = id, .type = dice.coin() ? "filter" : "union", .title = {}, .at = {}};
    if (dice.coin()) node.title = dice.coin() ? "Title" : "Other";
    node.at = {static_cast<double>(dice.below(3)), static_cast<double>(dice.below(3)) / 2};
    node.params = someObject(dice);
    node.disabled = dice.coin();
    node.collapsed = dice.coin();
    if (dice.below(4) == 1) node.unknown = Json{{"later", someValue(dice)}};
    return node;
}

namespace {

NodeId someId(Dice& dice) {
    return std::string(1, static_cast<char>('a' + dice.below(6)));
}

NodeId freshId(const Pipeline& pipeline) {
    NodeId id = "g";
    while (pipeline.find(id) != nullptr) id += 'g';
    return id;
}

Wire someWire(Dice& dice) {
    Wire wire{{someId(dice), "out"}, {someId(dice), dice.coin() ? "in" : "right"}};
    if (dice.below(4) == 1) wire.unknown = Json{{"color", someValue(dice)}};
    return wire;
}

DashboardCard someCard(Dice& dice) {
    DashboardCard card;
    card.node = someId(dice);
    card.row = static_cast<int>(dice.below(3));
    if (dice.below(4) == 1) card.unknown = Json{{"shade", someValue(dice)}};
    return card;
}

Note someNote(Dice& dice) {
    return {dice.coin() ? "a" : "b", {static_cast<double>(dice.below(2)), 0}};
}

template <class T>
void shuffle(std::vector<T>& list, Dice& dice) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[dice.below(i)]);
}

SavedQuery someQuery(Dice& dice) {
    return {dice.coin() ? "all" : "newest", dice.coin() ? "SELECT 1" : "SELECT 2"};
}

void editSettings(Pipeline& pipeline, Dice& dice) {
    pipeline.settings.parallelism = static_cast<int>(dice.below(3));
    pipeline.settings.stateMemory = dice.coin() ? "1MB" : "";
    pipeline.settings.unknown = dice.coin() ? Json{{"checkpoint_every", someValue(dice)}} : Json::object();
    pipeline.name = dice.coin() ? "Name" : "Another";
    pipeline.unknown = someObject(dice);
    if (dice.coin()) saveQuery(pipeline, someQuery(dice));
}

void editVariables(Pipeline& pipeline, Dice& dice) {
    if (pipeline.variables.empty() || dice.coin()) {
        std::erase_if(pipeline.variables, [](const Variable& variable) { return variable.name == "size"; });
        pipeline.variables.push_back({"size", dice.coin() ? "2" : "3"});
    } else {
        pipeline.variables.erase(pipeline.variables.begin());
    }
}

template <class T, class Make>
void editList(std::vector<T>& list, Dice& dice, Make make) {
    switch (dice.below(4)) {
        case 0:
            list.insert(list.begin() + static_cast<std::ptrdiff_t>(dice.below(list.size() + 1)), make());
            break;
        case 1:
            if (!list.empty())
                list.erase(list.begin() + static_cast<std::ptrdiff_t>(dice.below(list.size())));
            break;
        case 2:
            shuffle(list, dice);
            break;
        default:
            if (!list.empty()) list[dice.below(list.size())] = make();
    }
}

}  // namespace

Pipeline somePipeline(Dice& dice) {
    Pipeline pipeline;
    for (const char* id : {"a", "b", "c", "d", "e", "f"}) {
        if (dice.coin()) pipeline.nodes.push_back(someNode(dice, id));
    }
    shuffle(pipeline.nodes, dice);
    for (std::size_t left = dice.below(6); left > 0; --left) pipeline.wires.push_back(someWire(dice));
    for (std::size_t left = dice.below(4); left > 0; --left) pipeline.cards.push_back(someCard(dice));
    for (std::size_t left = dice.below(4); left > 0; --left) pipeline.notes.push_back(someNote(dice));
    for (const char* name : {"folder", "size"}) {
        if (dice.coin()) pipeline.variables.push_back({name, dice.coin() ? "1" : "2"});
    }
    shuffle(pipeline.variables, dice);
    pipeline.settings.parallelism = static_cast<int>(dice.below(3));
    if (dice.coin()) pipeline.settings.memoryLimit = dice.coin() ? "1GB" : "2GB";
    if (dice.coin()) pipeline.settings.stateMemory = dice.coin() ? "1MB" : "2MB";
    if (dice.coin()) pipeline.settings.unknown = Json{{"checkpoint_every", someValue(dice)}};
    if (dice.coin()) pipeline.name = "Name";
    if (dice.coin()) pipeline.unknown = someObject(dice);
    for (std::size_t left = dice.below(3); left > 0; --left) saveQuery(pipeline, someQuery(dice));
    if (dice.coin()) pipeline.unknownDashboard = someObject(dice);
    pipeline.noCards = dice.coin();
    return pipeline;
}

Pipeline edited(Pipeline pipeline, Dice& dice) {
    for (std::size_t left = dice.below(6); left > 0; --left) {
        switch (dice.below(8)) {
            case 0:
                if (pipeline.nodes.empty()) break;
                {
                    Node& node = pipeline.nodes[dice.below(pipeline.nodes.size())];
                    node = someNode(dice, node.id);
                }
                break;
            case 1:
                if (pipeline.nodes.empty()) break;
                pipeline.nodes[dice.below(pipeline.nodes.size())].params = someObject(dice);
                break;
            case 2:
                editList(pipeline.nodes, dice, [&] { return someNode(dice, freshId(pipeline)); });
                break;
            case 3:
                editList(pipeline.wires, dice, [&] { return someWire(dice); });
                break;
            case 4:
                editList(pipeline.cards, dice, [&] { return someCard(dice); });
                break;
            case 5:
                editSettings(pipeline, dice);
                break;
            case 6:
                editVariables(pipeline, dice);
                break;
            default:
                editList(pipeline.notes, dice, [&] { return someNote(dice); });
        }
    }
    std::set<NodeId> ids;
    std::erase_if(pipeline.nodes, [&](const Node& node) { return !ids.insert(node.id).second; });
    return pipeline;
}

Dice someDice() {
    return Dice(*rc::gen::resize(400, rc::gen::arbitrary<std::vector<std::uint8_t>>()));
}

}  // namespace rw::test
