// The node that a failure of a job is about, where task or message tell.
#include <QtTest/QtTest>

#include "core/cluster/layout/flink_culprit.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Pipeline pipelineOf() {
    Pipeline pipeline;
    pipeline.nodes = {node("bids", "csv_source", {{"path", "in/bids.csv"}}), node("big", "filter"),
                      node("out", "csv_sink", {{"path", "out.csv"}}), node("late", "csv_sink")};
    return pipeline;
}

}  // namespace

class TestFlinkCulprit : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void itIsWhatTaskOrMessageName_data() {
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("cause");
        QTest::addColumn<QString>("node");
        QTest::newRow("a table") << "Source: bids[21] (1/2)#0"
                                 << "x"
                                 << "bids";
        QTest::newRow("a helper's table") << "Source: bids$cells[21] -> Calc[22] (1/1)#0"
                                          << "x"
                                          << "bids";
        QTest::newRow("a sink") << "out[23]: Writer -> out[23]: Committer (1/1)#0"
                                << "x"
                                << "out";
        QTest::newRow("one in a subflow") << "Source: bids/rows$cells[21] (1/1)#0"
                                          << "x"
                                          << "bids";
        const char* const chain =
            "Source: bids[21] -> (Calc[22] -> out[23]: Writer, late[24]: Writer) (1/1)#0";
        QTest::newRow("several") << chain << "/ by zero"
                                 << "";
        QTest::newRow("several, and a table") << chain << "The table 'late' is full"
                                              << "late";
        QTest::newRow("several, and a file") << chain << "/data/out.csv.parts/x: permission denied"
                                             << "out";
        QTest::newRow("several are named") << chain << "/data/out.csv and /data/bids.csv"
                                           << "";
        QTest::newRow("no task") << ""
                                 << "File file:/data/in/bids.csv does not exist"
                                 << "bids";
        QTest::newRow("nothing") << ""
                                 << ""
                                 << "";
    }

    void itIsWhatTaskOrMessageName() {
        QFETCH(QString, task);
        QFETCH(QString, cause);
        QFETCH(QString, node);
        FlinkFailure failure;
        failure.task = task.toStdString();
        failure.cause = cause.toStdString();
        QCOMPARE(flinkCulprit(failure, pipelineOf(), {}, nullptr), node.toStdString());
    }
};

QTEST_APPLESS_MAIN(TestFlinkCulprit)
#include "test_flink_culprit.moc"
