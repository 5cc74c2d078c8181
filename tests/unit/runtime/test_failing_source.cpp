// A source that fails, before the run or while several lanes read it: the run fails with its words, it is not
// asked again, and outputs stay as they were where nothing came.
#include <QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

class TestFailingSource : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void leavesTheOutputsAloneThatItCannotFill_data() {
        QTest::addColumn<bool>("there");
        QTest::addColumn<QString>("says");
        QTest::newRow("no input") << false << QStringLiteral("There is no file “");
        QTest::newRow("input of other columns") << true << QStringLiteral("has no column “a”");
    }
    void leavesTheOutputsAloneThatItCannotFill() {
        QFETCH(bool, there);
        QFETCH(QString, says);
        const QTemporaryDir folder;
        const std::string in = folder.filePath("in.csv").toStdString();
        if (there) std::ofstream(in) << "b,c\n1,2\n";
        const std::string out = folder.filePath("out.csv").toStdString();
        std::ofstream(out) << "precious\n";
        const Catalogue kinds = builtin();
        Pipeline pipeline;
        pipeline.nodes = {node("in", "csv_source", {{"path", in}, {"columns", {"a INT"}}}),
                          node("out", "csv_sink", {{"path", out}})};
        pipeline.wires = {wire("in", "out")};
        const Planned planned = makePlan(pipeline, kinds, {});
        QVERIFY(planned.plan);
        const auto run = Run::start(planned.plan, {});
        QVERIFY(!run.ok());
        QCOMPARE(run.error().node, NodeId("in"));
        QVERIFY2(QString::fromStdString(english(run.error())).contains(says), english(run.error()).c_str());
        std::string kept;
        std::ifstream(out) >> kept;
        QCOMPARE(kept, std::string("precious"));
    }

    void isNotAskedAgain() {
        const QTemporaryDir folder;
        std::ofstream(folder.filePath("1.csv").toStdString()) << "a\n1\n";
        std::ofstream(folder.filePath("2.csv").toStdString()) << "b,c\n1,2\n";
        const Catalogue kinds = builtin();
        Pipeline pipeline;
        pipeline.nodes = {
            node("in", "csv_source", {{"path", folder.path().toStdString()}, {"columns", {"a INT"}}}),
            node("view", "table_view")};
        pipeline.wires = {wire("in", "view")};
        PlanOptions options;
        options.parallelism = 8;
        const Planned planned = makePlan(pipeline, kinds, options);
        QVERIFY(planned.plan);
        // Which lane comes after the failure, and how soon, is chance: so many times.
        for (int i = 0; i < 300; ++i) {
            const auto run = Run::start(planned.plan, {});
            QVERIFY(run.ok());
            (*run)->wait();
            QCOMPARE((*run)->state(), RunState::Failed);
            const std::string said = english((*run)->status().error());
            QVERIFY2(said.find("has no column “a”") != std::string::npos, said.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestFailingSource)
#include "test_failing_source.moc"
