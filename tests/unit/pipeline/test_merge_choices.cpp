// Clashes that a person has decided one by one.
#include <QtTest>

#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/merging/merge.h"

using namespace rw;

namespace {

const Catalogue& kinds() {
    static const Catalogue all = builtin();
    return all;
}

Node& addNode(Pipeline& pipeline, const char* id, const char* type, Json params) {
    pipeline.nodes.push_back({.id = id, .type = type, .title = {}, .at = {}, .params = std::move(params)});
    return pipeline.nodes.back();
}

void wire(Pipeline& pipeline, const char* from, const char* to) {
    pipeline.wires.push_back({{from, "out"}, {to, "in"}});
}

Pipeline sample() {
    Pipeline pipeline;
    addNode(
        pipeline, "rows", "rows",
        {{"columns", Json::array({"n INT", "k STRING"})}, {"rows", Json::array({Json::array({1, "x"})})}});
    addNode(pipeline, "big", "filter", {{"condition", "n > 1"}});
    addNode(pipeline, "some", "select", {{"columns", Json::array({"n", "n * 2 AS twice", "k"})}});
    addNode(pipeline, "seen", "table_view", Json::object());
    wire(pipeline, "rows", "big");
    wire(pipeline, "big", "some");
    wire(pipeline, "some", "seen");
    pipeline.variables = {{"delay", "5s"}};
    return pipeline;
}

/// The choice of `side` in each clash.
std::vector<MergeChoice> all(const std::vector<MergeClash>& clashes, MergeSide side) {
    std::vector<MergeChoice> choices;
    for (const MergeClash& clash : clashes) choices.push_back({clash.kind, clash.place, side});
    return choices;
}

struct Three {
    Pipeline base = sample(), ours = sample(), theirs = sample();

    Merged merged(const std::vector<MergeChoice>& choices = {}) const {
        return merge(base, ours, theirs, kinds(), choices);
    }
    Merged choosing(MergeSide side) const { return merged(all(merged().clashes, side)); }
};

QString textOf(const Pipeline& pipeline) {
    return QString::fromStdString(savePipeline(pipeline));
}

}  // namespace

class TestMergeChoices : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// One clash as ours, the next as theirs, the third as the base has it; what does not clash stays merged.
    void eachClashIsDecidedByItself() {
        Three three;
        three.ours.find("big")->params["condition"] = "n > 2";
        three.theirs.find("big")->params["condition"] = "n > 3";
        three.ours.find("some")->params["columns"][1] = "n * 3 AS twice";
        three.theirs.find("some")->params["columns"][1] = "n * 4 AS twice";
        three.ours.variables[0].value = "9s";
        three.theirs.variables[0].value = "7s";
        three.theirs.find("seen")->title = "Seen";
        const Merged first = three.merged();
        QCOMPARE(first.clashes.size(), std::size_t{3});
        std::vector<MergeChoice> choices;
        for (const MergeClash& clash : first.clashes) {
            QVERIFY(!clash.chosen);
            const MergeSide side = clash.place.of == "variable" ? MergeSide::Base
                                   : clash.place.name == "big"  ? MergeSide::Theirs
                                                                : MergeSide::Ours;
            choices.push_back({clash.kind, clash.place, side});
        }
        const Merged merged = three.merged(choices);
        Pipeline expected = three.ours;
        expected.find("big")->params["condition"] = "n > 3";
        expected.variables[0].value = "5s";
        expected.find("seen")->title = "Seen";
        QCOMPARE(textOf(merged.pipeline), textOf(expected));
        QCOMPARE(merged.clashes.size(), std::size_t{3});
        QVERIFY(std::all_of(merged.clashes.begin(), merged.clashes.end(),
                            [](const MergeClash& clash) { return clash.chosen; }));
    }

    void aChoiceOfAllIsTheRule() {
        Three three;
        three.ours.find("big")->params["condition"] = "n > 2";
        three.theirs.find("big")->params["condition"] = "n > 3";
        addNode(three.ours, "filter", "filter", {{"condition", "n > 5"}});
        addNode(three.theirs, "filter", "filter", {{"condition", "n > 6"}});
        wire(three.ours, "rows", "filter");
        wire(three.theirs, "some", "filter");
        QCOMPARE(textOf(three.choosing(MergeSide::Ours).pipeline),
                 textOf(merge(three.base, three.ours, three.theirs, kinds(), MergeRule::Ours).pipeline));
        QCOMPARE(textOf(three.choosing(MergeSide::Theirs).pipeline),
                 textOf(merge(three.base, three.ours, three.theirs, kinds(), MergeRule::Theirs).pipeline));
        QCOMPARE(textOf(three.merged().pipeline),
                 textOf(merge(three.base, three.ours, three.theirs, kinds()).pipeline));
    }

    void bothNodesOfOneName() {
        Three three;
        addNode(three.ours, "filter", "filter", {{"condition", "n > 5"}});
        addNode(three.theirs, "filter", "filter", {{"condition", "n > 6"}});
        const Merged both = three.choosing(MergeSide::Both);
        QCOMPARE(both.clashes.size(), std::size_t{1});
        QCOMPARE(both.clashes[0].taken, MergeSide::Both);
        QCOMPARE(both.clashes[0].renamed, NodeId("filter_2"));
        QVERIFY(both.pipeline.find("filter_2") != nullptr);
        const Merged theirs = three.choosing(MergeSide::Theirs);
        QVERIFY(theirs.clashes[0].renamed.empty());
        QVERIFY(theirs.pipeline.find("filter_2") == nullptr);
        QCOMPARE(theirs.pipeline.find("filter")->params["condition"], Json("n > 6"));
    }

    /// The node that one side removed and the other changed comes back as it was, with its wires.
    void aRemovedNodeAsTheBaseHasIt() {
        Three three;
        std::erase_if(three.ours.nodes, [](const Node& node) { return node.id == "big"; });
        std::erase_if(three.ours.wires,
                      [](const Wire& each) { return each.from.node == "big" || each.to.node == "big"; });
        three.theirs.find("big")->params["condition"] = "n > 3";
        const Merged merged = three.choosing(MergeSide::Base);
        QCOMPARE(merged.clashes.size(), std::size_t{1});
        QCOMPARE(textOf(merged.pipeline), textOf(three.base));
        QVERIFY(three.choosing(MergeSide::Ours).pipeline.find("big") == nullptr);
    }

    /// Rows that do not fit the columns would be no pipeline that anybody made.
    void rowsFollowTheirColumns() {
        Three three;
        three.ours.find("rows")->params["columns"] = Json::array({"k STRING", "n INT"});
        three.ours.find("rows")->params["rows"] = Json::array({Json::array({"x", 1})});
        three.theirs.find("rows")->params["rows"] = Json::array({Json::array({2, "y"})});
        const Merged asked = three.merged();
        QCOMPARE(asked.clashes.size(), std::size_t{2});
        QVERIFY(!asked.clashes[0].follows && asked.clashes[1].follows);
        const Merged merged =
            three.merged({{asked.clashes[0].kind, asked.clashes[0].place, MergeSide::Theirs},
                          {asked.clashes[1].kind, asked.clashes[1].place, MergeSide::Ours}});
        QCOMPARE(textOf(merged.pipeline), textOf(three.theirs));
        QCOMPARE(merged.clashes[1].taken, MergeSide::Theirs);
        QVERIFY(merged.clashes[1].chosen);
        QCOMPARE(textOf(three.choosing(MergeSide::Base).pipeline), textOf(three.base));
    }

    /// Of wires the base has nothing to give: such a choice leaves the clash undecided.
    void whatCantBeTakenIsNotChosen() {
        Three three;
        std::erase_if(three.ours.wires, [](const Wire& each) { return each.to.node == "some"; });
        std::erase_if(three.theirs.wires, [](const Wire& each) { return each.to.node == "some"; });
        wire(three.ours, "rows", "some");
        addNode(three.theirs, "less", "filter", {{"condition", "n < 9"}});
        wire(three.theirs, "rows", "less");
        wire(three.theirs, "less", "some");
        const Merged base = three.choosing(MergeSide::Base);
        QCOMPARE(base.clashes.size(), std::size_t{1});
        QCOMPARE(base.clashes[0].kind, ClashKind::Input);
        QVERIFY(!base.clashes[0].chosen);
        const Merged theirs = three.choosing(MergeSide::Theirs);
        QVERIFY(theirs.clashes[0].chosen);
        const auto count = std::count_if(
            theirs.pipeline.wires.begin(), theirs.pipeline.wires.end(),
            [](const Wire& each) { return each.to.node == "some" && each.from.node == "less"; });
        QCOMPARE(count, 1);
    }

    /// A choice of a clash that is no longer there does no harm.
    void otherChoicesCountForNothing() {
        Three three;
        three.theirs.find("big")->params["condition"] = "n > 3";
        MergePlace place;
        place.of = "node";
        place.name = "gone";
        const Merged merged = three.merged({{ClashKind::Changed, place, MergeSide::Ours}});
        QVERIFY(merged.clashes.empty());
        QCOMPARE(textOf(merged.pipeline), textOf(three.theirs));
    }
};

QTEST_APPLESS_MAIN(TestMergeChoices)
#include "test_merge_choices.moc"
