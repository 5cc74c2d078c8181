// The part of a pipeline above some nodes.
#include <QtTest/QtTest>

#include "core/look/cut.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

QString textOf(const Pipeline& pipeline) {
    QString text;
    for (const Node& node : pipeline.nodes) text += QString::fromStdString(node.id) + " ";
    text += "|";
    for (const Wire& wire : pipeline.wires)
        text += QString::fromStdString(" " + wire.from.node + wire.to.node);
    return text;
}

}  // namespace

class TestCut : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void onlyWhatLiesAboveIsThere() {
        Pipeline pipeline;
        pipeline.variables = {{"v", "1"}};
        pipeline.settings.timeZone = "Europe/Vienna";
        pipeline.notes.resize(1);
        pipeline.cards.resize(1);
        for (const char* id : {"a", "b", "c", "d", "e"}) pipeline.nodes.push_back(node(id, "filter"));
        pipeline.nodes[1].disabled = true;
        pipeline.wires = {wire("a", "b"), wire("b", "c"), wire("b", "d"), wire("e", "d"),
                          wire("e", "c", "late")};
        const Pipeline cut = cutAbove(pipeline, {"c"});
        QCOMPARE(textOf(cut), QStringLiteral("a b c e | ab bc ec"));
        QVERIFY(cut.nodes[1].disabled && cut.notes.empty() && cut.cards.empty());
        QVERIFY(cut.variables == pipeline.variables && cut.settings == pipeline.settings);
        QCOMPARE(textOf(cutAbove(pipeline, {"a", "e", "nobody"})), QStringLiteral("a e |"));
        QCOMPARE(textOf(cutAbove(pipeline, {})), QStringLiteral("|"));
    }

    void loopsAndManyNodesEnd() {
        Pipeline pipeline;
        pipeline.nodes = {node("a", "filter"), node("b", "filter")};
        pipeline.wires = {wire("a", "b"), wire("b", "a"), wire("a", "a")};
        QCOMPARE(textOf(cutAbove(pipeline, {"a"})), QStringLiteral("a b | ab ba aa"));
        Pipeline row;
        for (int i = 0; i < 20'000; ++i) {
            row.nodes.push_back(node(("n" + std::to_string(i)).c_str(), "filter"));
            if (i > 0)
                row.wires.push_back(
                    wire(row.nodes[static_cast<std::size_t>(i) - 1].id.c_str(), row.nodes.back().id.c_str()));
        }
        QCOMPARE(cutAbove(row, {"n19999"}).nodes.size(), std::size_t{20'000});
        QCOMPARE(cutAbove(row, {"n9"}).nodes.size(), std::size_t{10});
    }
};

QTEST_APPLESS_MAIN(TestCut)
#include "test_cut.moc"
