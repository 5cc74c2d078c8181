// Patches: the difference between two pipelines, there and back to the byte of the saved file; and the part
// of it that a run depends on.
#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>

#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "tests/support/random_cases.h"
#include "tests/unit/pipeline/random_pipelines.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Two pipelines: one and its edited form, or two that have little to do with each other.
std::pair<Pipeline, Pipeline> somePair() {
    Dice dice = someDice();
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
