// Merges of random pipelines with random edits: what any merge must keep to.
#include <QtTest>

#include <rapidcheck.h>

#include <map>
#include <set>

#include "core/nodes/catalogue.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/merging/merge.h"
#include "tests/support/random_cases.h"
#include "tests/unit/pipeline/random_pipelines.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue all = builtin();
    return all;
}

/// A clash as one line, whichever of its values stands in the result.
std::string lineOf(const MergeClash& clash) {
    const MergePlace& place = clash.place;
    return Json({clashName(clash.kind), place.of, place.name, place.part, place.parameter, place.element,
                 clash.base, clash.ours, clash.theirs})
        .dump();
}

/// What a pipeline means, in any order, and not how it looks.
std::string meaningOf(const Pipeline& pipeline) {
    using Sorted = nlohmann::json;  // its objects are in the order of their keys
    const auto sorted = [](const Json& json) { return Sorted::parse(json.dump()); };
    std::map<std::string, Sorted> nodes;
    for (const Node& node : pipeline.nodes)
        nodes[node.id] = {node.type, node.title, node.disabled, sorted(node.params), sorted(node.unknown)};
    std::multiset<std::string> wires, cards, comments, variables;
    for (const Wire& wire : pipeline.wires) {
        Sorted one{writeOutput(wire.from), writeInput(wire.to), sorted(wire.unknown)};
        wires.insert(one.dump());
    }
    for (const DashboardCard& card : pipeline.cards) cards.insert(card.node + sorted(card.unknown).dump());
    for (const Note& note : pipeline.notes) comments.insert(note.text + sorted(note.unknown).dump());
    for (const Variable& variable : pipeline.variables)
        variables.insert(variable.name + "=" + variable.value);
    const Settings& settings = pipeline.settings;
    return Sorted{nodes,
                  wires,
                  cards,
                  comments,
                  variables,
                  pipeline.name,
                  settings.timeZone,
                  settings.parallelism,
                  settings.memoryLimit,
                  settings.stateMemory,
                  sorted(settings.unknown),
                  sorted(pipeline.unknown),
                  sorted(pipeline.unknownDashboard)}
        .dump(1);
}

struct Three {
    Pipeline base, ours, theirs;
};

Three someThree() {
    Dice dice = someDice();
    Three three;
    three.base = somePipeline(dice);
    three.ours = edited(three.base, dice);
    three.theirs = edited(three.base, dice);
    return three;
}

/// Nodes that exist keep to what they have but for values of one half of them: those with a letter from
/// `first` on, every second one.
Pipeline editedHalf(Pipeline pipeline, std::size_t first, Dice& dice) {
    for (std::size_t i = first; i < pipeline.nodes.size(); i += 2) {
        Node& node = pipeline.nodes[i];
        const NodeId id = node.id;
        const std::string type = node.type;
        if (!dice.coin()) continue;
        node = someNode(dice, id);
        node.type = type;
    }
    return pipeline;
}

}  // namespace

class TestMergeProperty : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { tryCases(suites::Merges); }

    void whatOneSideDidIsTheResult() {
        QVERIFY(rc::check("merge(p, a, a) = merge(p, p, a) = merge(p, a, p) = a", [] {
            const Three three = someThree();
            const std::string a = savePipeline(three.ours);
            for (const auto& [ours, theirs] : {std::pair(&three.ours, &three.ours),
                                               {&three.base, &three.ours},
                                               {&three.ours, &three.base}}) {
                const Merged merged = merge(three.base, *ours, *theirs, kinds());
                RC_ASSERT(merged.clashes.empty());
                RC_ASSERT(savePipeline(merged.pipeline) == a);
            }
        }));
    }

    void everyResultCanBeRead() {
        QVERIFY(rc::check("load(save(merge(p, a, b)))", [] {
            const Three three = someThree();
            for (const MergeRule rule : {MergeRule::Tell, MergeRule::Ours, MergeRule::Theirs}) {
                const std::string text =
                    savePipeline(merge(three.base, three.ours, three.theirs, kinds(), rule).pipeline);
                const Result<Loaded> loaded = loadPipeline(text);
                RC_ASSERT(loaded.ok());
                RC_ASSERT(savePipeline(loaded->pipeline) == text);
            }
        }));
    }

    void bothSidesAreAlike() {
        QVERIFY(rc::check("merge(p, a, b) by ours means merge(p, b, a) by theirs", [] {
            const Three three = someThree();
            const Merged one = merge(three.base, three.ours, three.theirs, kinds(), MergeRule::Ours);
            const Merged other = merge(three.base, three.theirs, three.ours, kinds(), MergeRule::Theirs);
            RC_ASSERT(meaningOf(one.pipeline) == meaningOf(other.pipeline));
            std::multiset<std::string> first, second;
            for (const MergeClash& clash : one.clashes) first.insert(lineOf(clash));
            for (MergeClash clash : other.clashes) {
                std::swap(clash.ours, clash.theirs);
                second.insert(lineOf(clash));
            }
            RC_ASSERT(first == second);
        }));
    }

    void noChangeIsLostWithoutAWord() {
        QVERIFY(rc::check("a parameter that one side changed is as that side has it", [] {
            const Three three = someThree();
            const Merged merged = merge(three.base, three.ours, three.theirs, kinds());
            if (!merged.clashes.empty()) return;
            for (const Pipeline* side : {&three.ours, &three.theirs}) {
                for (const Node& node : side->nodes) {
                    const Node* const was = three.base.find(node.id);
                    const Node* const is = merged.pipeline.find(node.id);
                    if (was == nullptr) RC_ASSERT(is != nullptr);
                    if (was == nullptr || is == nullptr || was->type != node.type) continue;
                    for (const auto& [name, value] : node.params.items()) {
                        const auto old = was->params.find(name);
                        if (value.is_object() || (old != was->params.end() && sameJson(*old, value)))
                            continue;
                        RC_ASSERT(sameJson(is->params.at(name), value));
                    }
                }
            }
        }));
    }

    void editsOfDifferentNodesAddUp() {
        QVERIFY(rc::check("merge(p, a, b) = both patches, one after the other", [] {
            Dice dice = someDice();
            const Pipeline base = somePipeline(dice);
            const Pipeline ours = editedHalf(base, 0, dice), theirs = editedHalf(base, 1, dice);
            Pipeline both = ours;
            apply(both, diff(base, theirs));
            const Merged merged = merge(base, ours, theirs, kinds());
            RC_ASSERT(merged.clashes.empty());
            RC_ASSERT(savePipeline(merged.pipeline) == savePipeline(both));
        }));
    }
};

QTEST_APPLESS_MAIN(TestMergeProperty)
#include "test_merge_property.moc"
