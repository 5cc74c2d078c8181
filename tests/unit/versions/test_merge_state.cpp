// What a person decides of a merge, before any window shows it.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "widgets/versions/clashes_model.h"
#include "widgets/versions/lines_delegate.h"
#include "widgets/versions/merge_state.h"

using namespace rw;
using namespace rw::ui;

namespace {

Pipeline three() {
    Pipeline pipeline;
    const auto add = [&pipeline](const char* id, const char* type, Json params) {
        pipeline.nodes.push_back(
            {.id = id, .type = type, .title = {}, .at = {}, .params = std::move(params)});
    };
    add("big", "filter", Json{{"condition", "n > 1"}});
    add("some", "select", Json{{"columns", Json::array({"n", "k"})}});
    add("seen", "table_view", Json::object());
    pipeline.wires.push_back({{"big", "out"}, {"some", "in"}});
    pipeline.wires.push_back({{"some", "out"}, {"seen", "in"}});
    return pipeline;
}

struct Sides {
    Pipeline base = three(), ours = three(), theirs = three();

    MergeState state() const {
        return {std::make_shared<const Pipeline>(base), std::make_shared<const Pipeline>(ours),
                std::make_shared<const Pipeline>(theirs), std::make_shared<const Catalogue>(builtin())};
    }
};

}  // namespace

class TestMergeState : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void decisionsAreCountedAndStay() {
        Sides sides;
        sides.ours.find("big")->params["condition"] = "n > 2";
        sides.theirs.find("big")->params["condition"] = "n > 3";
        sides.ours.find("big")->title = "Large";
        sides.theirs.find("big")->title = "Huge";
        sides.theirs.find("seen")->params["keep"] = 7;
        MergeState state = sides.state();
        QCOMPARE(state.clashes().size(), std::size_t{2});
        QCOMPARE(state.byItself().size(), std::size_t{1});
        QCOMPARE(state.undecided(), std::size_t{2});
        QCOMPARE(state.nextUndecided(1), std::optional<std::size_t>(1));
        state.choose(1, MergeSide::Theirs);
        QCOMPARE(state.undecided(), std::size_t{1});
        QCOMPARE(state.nextUndecided(1), std::optional<std::size_t>(0));
        state.choose(1, MergeSide::Base);  // another decision of the same
        state.chooseRest(MergeSide::Theirs);
        QVERIFY(!state.nextUndecided(0));
        QVERIFY(state.clashes()[1].taken == MergeSide::Base);
        QVERIFY(state.clashes()[0].taken == MergeSide::Theirs);
        state.choose(99, MergeSide::Ours);  // there is none
        QVERIFY(state.changesOurs());
    }

    /// What clashes is not among the changes that come by themselves, whatever is decided.
    void whatClashesDoesNotMergeByItself() {
        Sides sides;
        sides.ours.find("big")->params["condition"] = "n > 2";
        sides.theirs.find("big")->params["condition"] = "n > 3";
        MergeState state = sides.state();
        QVERIFY(state.byItself().empty());
        QVERIFY(!state.changesOurs());
        state.choose(0, MergeSide::Theirs);
        QVERIFY(state.byItself().empty());
        QVERIFY(state.changesOurs());
    }

    void wordsOfClashes() {
        Sides sides;
        sides.ours.find("big")->title = "Large";
        sides.ours.find("big")->params["condition"] = "n > 2";
        sides.theirs.find("big")->params["condition"] = "n > 3";
        std::erase_if(sides.ours.nodes, [](const Node& node) { return node.id == "seen"; });
        std::erase_if(sides.ours.wires, [](const Wire& wire) { return wire.to.node == "seen"; });
        sides.theirs.find("seen")->params["keep"] = 7;
        MergeState state = sides.state();
        ClashesModel model;
        model.set(&state);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("“Large”, Condition"));
        QCOMPARE(model.index(1).data().toString(), QStringLiteral("Node “seen”"));
        QCOMPARE(model.index(0).data(LinesDelegate::LinesRole).toStringList().last(),
                 QStringLiteral("Not decided yet"));
        QCOMPARE(clashValue(state.clashes()[1], MergeSide::Ours, state), QStringLiteral("not there"));
        QVERIFY(clashValue(state.clashes()[1], MergeSide::Theirs, state).contains(QStringLiteral("7")));
        state.choose(0, MergeSide::Theirs);
        model.set(&state);
        QCOMPARE(model.index(0).data(LinesDelegate::LinesRole).toStringList().last(),
                 QStringLiteral("Taken: Theirs"));
        model.set(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    /// Both nodes of one name are kept, under another id, and the words say which.
    void bothNodesStay() {
        Sides sides;
        sides.ours.nodes.push_back({.id = "new", .type = "filter", .title = {}, .at = {}});
        sides.theirs.nodes.push_back({.id = "new", .type = "limit", .title = {}, .at = {}});
        MergeState state = sides.state();
        QCOMPARE(state.clashes().size(), std::size_t{1});
        QVERIFY(state.byItself().empty());
        state.choose(0, MergeSide::Both);
        QCOMPARE(state.undecided(), std::size_t{0});
        QVERIFY(state.merged().find("new_2") != nullptr);
        QVERIFY(clashValue(state.clashes()[0], MergeSide::Both, state).contains(QStringLiteral("new_2")));
    }

    /// Only the pipeline in the window has become another one.
    void oursGoesOn() {
        Sides sides;
        sides.ours.find("big")->params["condition"] = "n > 2";
        sides.theirs.find("big")->params["condition"] = "n > 3";
        MergeState state = sides.state();
        state.choose(0, MergeSide::Theirs);
        sides.ours.find("some")->params["columns"].push_back("1 AS one");
        state.setOurs(std::make_shared<const Pipeline>(sides.ours));
        QCOMPARE(state.undecided(), std::size_t{0});
        QCOMPARE(state.merged().find("big")->params["condition"], Json("n > 3"));
        QCOMPARE(state.merged().find("some")->params["columns"].size(), std::size_t{3});
    }
};

QTEST_MAIN(TestMergeState)
#include "test_merge_state.moc"
