// Patches: the difference between two pipelines, there and back to the byte of the saved file; and the part
// of it that a run depends on.
#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>

#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "tests/support/random_cases.h"

using namespace rw;

namespace {

/// Random choices, read from bytes that rapidcheck makes and shrinks; none are left: always the first choice.
class Dice {
 public:
    explicit Dice(std::vector<std::uint8_t> bytes) : m_bytes(std::move(bytes)) {}
    std::size_t below(std::size_t limit) {
        return m_next < m_bytes.size() ? m_bytes[m_next++] % std::max<std::size_t>(limit, 1) : 0;
    }
    bool coin() { return below(2) == 1; }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

 private:
    std::vector<std::uint8_t> m_bytes;
    std::size_t m_next = 0;
};

// Values that are easily taken for each other.
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

NodeId someId(Dice& dice) {
    return std::string(1, static_cast<char>('a' + dice.below(6)));
}

NodeId freshId(const Pipeline& pipeline) {
    NodeId id = "g";
    while (pipeline.find(id) != nullptr) id += 'g';
    return id;
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
    if (dice.coin()) pipeline.settings.unknown = Json{{"checkpoint_every", someValue(dice)}};
    if (dice.coin()) pipeline.name = "Name";
    if (dice.coin()) pipeline.unknown = someObject(dice);
    if (dice.coin()) pipeline.unknownDashboard = someObject(dice);
    pipeline.noCards = dice.coin();
    return pipeline;
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

Pipeline edited(Pipeline pipeline, Dice& dice) {
    for (std::size_t left = dice.below(6); left > 0; --left) {
        switch (dice.below(6)) {
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
            default:
                editList(pipeline.notes, dice, [&] { return someNote(dice); });
        }
    }
    return pipeline;
}

/// Two pipelines: one and its edited form, or two that have little to do with each other.
std::pair<Pipeline, Pipeline> somePair() {
    Dice dice(*rc::gen::resize(400, rc::gen::arbitrary<std::vector<std::uint8_t>>()));
    Pipeline a = somePipeline(dice);
    Pipeline b = dice.below(4) == 0 ? somePipeline(dice) : edited(a, dice);
    // One id, one node.
    std::vector<NodeId> ids;
    std::erase_if(b.nodes, [&](const Node& node) {
        const bool twice = std::find(ids.begin(), ids.end(), node.id) != ids.end();
        ids.push_back(node.id);
        return twice;
    });
    return {std::move(a), std::move(b)};
}

Pipeline patched(Pipeline pipeline, const Patch& patch) {
    apply(pipeline, patch);
    return pipeline;
}

/// Without the part that does not run.
Pipeline bare(Pipeline pipeline) {
    for (Node& node : pipeline.nodes) {
        node.title.clear();
        node.at = {};
        node.collapsed = false;
        node.unknown = Json::object();
    }
    pipeline.name.clear();
    pipeline.notes.clear();
    pipeline.cards.clear();
    pipeline.noCards = false;
    pipeline.unknown = pipeline.unknownDashboard = pipeline.settings.unknown = Json::object();
    for (Wire& wire : pipeline.wires) wire.unknown = Json::object();
    return pipeline;
}

Pipeline chain(std::size_t nodes) {
    Pipeline pipeline;
    for (std::size_t i = 0; i < nodes; ++i) {
        pipeline.nodes.push_back({.id = "n" + std::to_string(i), .type = "filter", .title = {}, .at = {}});
        if (i == 0) continue;
        pipeline.wires.push_back({{"n" + std::to_string(i - 1), "out"}, {"n" + std::to_string(i), "in"}});
    }
    return pipeline;
}

}  // namespace

class TestDiff : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { test::tryCases(test::suites::Patches); }

    void patchesGoThereAndBackToTheByte() {
        QVERIFY(rc::check("apply(a, diff(a, b)) saves b, and back", [] {
            const auto [a, b] = somePair();
            const Patch patch = diff(a, b);
            RC_ASSERT(savePipeline(patched(a, patch)) == savePipeline(b));
            RC_ASSERT(savePipeline(patched(b, invert(patch))) == savePipeline(a));
            RC_ASSERT(savePipeline(patched(patched(a, patch), invert(patch))) == savePipeline(a));
        }));
    }

    void equalPipelinesHaveAnEmptyPatch() {
        QVERIFY(rc::check("diff(a, b) is empty just when both save the same", [] {
            const auto [a, b] = somePair();
            RC_ASSERT(diff(a, a).empty());
            RC_ASSERT(diff(a, b).empty() == (savePipeline(a) == savePipeline(b)));
        }));
    }

    void whatRunsIsTakenOverAndNothingElse() {
        QVERIFY(rc::check("apply(a, diff(a, b, WhatRuns)) runs like b", [] {
            const auto [a, b] = somePair();
            const Patch patch = diff(a, b, DiffScope::WhatRuns);
            const Pipeline c = patched(a, patch);
            RC_ASSERT(runAlike(c, b));
            RC_ASSERT(patch.empty() || !runAlike(a, b));
            RC_ASSERT(savePipeline(patched(c, invert(patch))) == savePipeline(a));
            RC_ASSERT(c.name == a.name);
            RC_ASSERT(c.notes == a.notes);
            for (const Node& node : a.nodes) {
                const Node* kept = c.find(node.id);
                if (kept == nullptr || kept->type != node.type) continue;
                RC_ASSERT(kept->title == node.title);
                RC_ASSERT(kept->at == node.at);
                RC_ASSERT(kept->collapsed == node.collapsed);
                RC_ASSERT(sameJson(kept->unknown, node.unknown));
            }
        }));
    }

    void runningAlikeIsAMatterOfMeaning() {
        QVERIFY(rc::check("what does not run does not count", [] {
            const auto [a, b] = somePair();
            RC_ASSERT(runAlike(a, bare(a)));
            RC_ASSERT(runAlike(a, b) == runAlike(b, a));
            RC_ASSERT(runAlike(a, b) == runAlike(bare(b), bare(a)));
        }));
    }

    void ordersThatMeanNothing() {
        Pipeline a = chain(3), b = a;
        a.nodes[1].params = Json{{"condition", "x > 1"}, {"on_error", "fail"}};
        b.nodes[1].params = Json{{"on_error", "fail"}, {"condition", "x > 1"}};
        a.variables = {{"a", "1"}, {"b", "2"}};
        b.variables = {{"b", "2"}, {"a", "1"}};
        std::reverse(b.nodes.begin(), b.nodes.end());
        std::reverse(b.wires.begin(), b.wires.end());
        QVERIFY(runAlike(a, b));
        QVERIFY(diff(a, b, DiffScope::WhatRuns).empty());
        QVERIFY(!diff(a, b).empty());
        // Wires that meet at one input are numbered by their order.
        a.wires.push_back({{"n0", "out"}, {"n2", "in"}});
        b = a;
        std::swap(b.wires[1], b.wires[2]);
        QVERIFY(!runAlike(a, b));
    }

    void whatComesBackComesBackToItsPlace() {
        Pipeline running = chain(4);
        for (const char* node : {"n1", "n2"}) {
            DashboardCard card;
            card.node = node;
            running.cards.push_back(card);
        }
        Pipeline now = running;
        now.nodes.erase(now.nodes.begin() + 1);
        now.wires.erase(now.wires.begin(), now.wires.begin() + 2);
        now.cards.erase(now.cards.begin());
        apply(now, diff(now, running, DiffScope::WhatRuns));
        QCOMPARE(QString::fromStdString(savePipeline(now)), QString::fromStdString(savePipeline(running)));
    }

    void patchesAreAsSmallAsTheChange() {
        const Pipeline a = chain(1000);
        Pipeline b = a;
        b.nodes.erase(b.nodes.begin() + 500);
        b.nodes.push_back({.id = "new", .type = "union", .title = {}, .at = {}});
        b.nodes[3].params["condition"] = "x";
        const Patch patch = diff(a, b);
        QCOMPARE(patch.nodes.taken.size(), std::size_t{1});
        QCOMPARE(patch.nodes.put.size(), std::size_t{1});
        QCOMPARE(patch.changed.size(), std::size_t{1});
        QCOMPARE(patch.changed[0].params.put.size(), std::size_t{1});
        QVERIFY(patch.wires.empty());
        std::swap(b.nodes[10], b.nodes[700]);
        QCOMPARE(diff(a, b).nodes.put.size(), std::size_t{3});  // all that moves
    }

    void typingOnIsOnePatch() {
        QVERIFY(rc::check("an absorbed patch does what both do", [] {
            const auto [a, b] = somePair();
            Dice dice(*rc::gen::arbitrary<std::vector<std::uint8_t>>());
            Pipeline c = b;  // only other values in places that differ between a and b
            const Patch first = diff(a, b);
            for (const NodeChange& change : first.changed) {
                Node& node = *c.find(change.node);
                if (change.title) node.title = dice.coin() ? "A" : "B";
                if (change.at) node.at = {static_cast<double>(dice.below(9)), 7};
                for (const ParamChange& param : change.values) node.params[param.name] = someValue(dice);
            }
            Patch both = first, later = diff(b, c);
            later.changed.clear();
            for (const NodeChange& change : first.changed) {  // those of one series name the same nodes
                Patch one = diff(b, c);
                const auto found =
                    std::find_if(one.changed.begin(), one.changed.end(),
                                 [&](const NodeChange& other) { return other.node == change.node; });
                later.changed.push_back(found != one.changed.end() ? *found
                                                                   : NodeChange{.node = change.node});
            }
            const auto& [gone, come] = first.wires;  // in each other's place: those of a port that is named
            const bool lists = !first.nodes.empty() || !first.cards.empty() || !first.notes.empty() ||
                               !std::equal(gone.begin(), gone.end(), come.begin(), come.end(),
                                           [](const auto& x, const auto& y) { return x.place == y.place; });
            const bool taken = absorb(both, later);
            RC_ASSERT(taken == !lists);
            if (!taken) return;
            RC_ASSERT(savePipeline(patched(a, both)) == savePipeline(c));
            RC_ASSERT(savePipeline(patched(c, invert(both))) == savePipeline(a));
            RC_ASSERT(!changesNothing(both) || savePipeline(a) == savePipeline(c));
        }));
    }

    void numbersThatLookTheSame() {
        QVERIFY(!sameJson(1, 1.0));
        QVERIFY(!sameJson(0.0, -0.0));
        QVERIFY(!sameJson(Json{{"a", 1}, {"b", 2}}, Json{{"b", 2}, {"a", 1}}));
        QVERIFY(!sameJson(-1, std::uint64_t{18446744073709551615U}));
        QVERIFY(sameJson(1, std::uint64_t{1}));
        QVERIFY(sameJson(Json::array({1, "x", nullptr}), Json::array({1, "x", nullptr})));
    }
};

QTEST_APPLESS_MAIN(TestDiff)
#include "test_diff.moc"
