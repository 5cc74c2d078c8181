// Subflows from the command line: the same rows as the pipeline written flat, figures by the names inside,
// and refusals.
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kGenerator =
    R"json({"id":"made","type":"generator","params":{"rows":5000,"rate":0,"disorder":"3s","event_time":"ts",
       "columns":["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')",
                  "k STRING = PICK('a','b','c')","v INT = CAST(i % 100 AS INT)"]}})json";
const QByteArray kInside =
    R"json({"id":"big","type":"filter","params":{"condition":"v >= ${least}"}},
           {"id":"sums","type":"window_aggregate","params":{"window":"tumble","size":"1min","keys":["k"],
            "aggregates":["COUNT(*) AS n","SUM(v) AS total"]}})json";

QByteArray pipeline(const QByteArray& nodes, const QByteArray& wires, const QByteArray& least = "0") {
    return R"json({"rill":1,"variables":{"least":")json" + least + R"json("},"nodes":[)json" + nodes +
           R"json(],"wires":[)json" + wires + "]}";
}

QByteArray sink(const QByteArray& id) {
    return R"json({"id":")json" + id + R"json(","type":"csv_sink","params":{"path":")json" + id +
           R"json(.csv"}})json";
}

/// part.rill, around.rill with it, and flat.rill, which does the same without.
void writePipelines(const ProgramFixture& fixture) {
    fixture.write("part.rill",
                  pipeline(R"json({"id":"rows","type":"subflow_input","params":{"event_time":"ts",
                              "columns":["ts TIMESTAMP(3)","k STRING","v INT"]}},)json" +
                               kInside + R"json(,{"id":"found","type":"subflow_output"},
                              {"id":"late","type":"subflow_output"})json",
                           R"json({"from":"rows","to":"big"},{"from":"big","to":"sums"},
                              {"from":"sums","to":"found"},{"from":"sums.late","to":"late"})json"));
    fixture.write("around.rill",
                  pipeline(kGenerator + R"json(,{"id":"part","type":"subflow",
                              "params":{"file":"part.rill","set":{"least":"${least}"}}},)json" +
                               sink("out") + "," + sink("late"),
                           R"json({"from":"made","to":"part.rows"},{"from":"part.found","to":"out"},
                              {"from":"part.late","to":"late"})json",
                           "20"));
    fixture.write("flat.rill",
                  pipeline(kGenerator + "," + kInside + "," + sink("flat_out") + "," + sink("flat_late"),
                           R"json({"from":"made","to":"big"},{"from":"big","to":"sums"},
                              {"from":"sums","to":"flat_out"},{"from":"sums.late","to":"flat_late"})json",
                           "20"));
}

}  // namespace

class TestSubflows : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void givesTheRowsOfTheFlatPipeline() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended flat = fixture.run({"run", "flat.rill"});
        QVERIFY2(flat.status == 0, describe(flat).constData());
        for (const char* parallelism : {"1", "3"}) {
            const Ended around = fixture.run({"run", "around.rill", "--parallelism", parallelism, "--metrics",
                                              "m.json", "--set", "least=20"});
            QVERIFY2(around.status == 0, describe(around).constData());
            QByteArrayList rows = fixture.read("out.csv").split('\n');
            QByteArrayList expected = fixture.read("flat_out.csv").split('\n');
            std::sort(rows.begin(), rows.end());
            std::sort(expected.begin(), expected.end());
            QVERIFY(expected.size() > 100);
            QCOMPARE(rows, expected);
            QByteArrayList late = fixture.read("late.csv").split('\n');
            QByteArrayList expectedLate = fixture.read("flat_late.csv").split('\n');
            std::sort(late.begin(), late.end());
            std::sort(expectedLate.begin(), expectedLate.end());
            QCOMPARE(late, expectedLate);
        }
        const QJsonObject nodes =
            QJsonDocument::fromJson(fixture.read("m.json")).object()["nodes"].toObject();
        QCOMPARE(nodes["part/rows"].toObject()["rows_in"].toInt(), 5000);
        QCOMPARE(nodes["part/big"].toObject()["rows_in"].toInt(), 5000);
        QCOMPARE(nodes["part/big"].toObject()["rows_out"].toInt(), 4000);
        QVERIFY(!nodes.contains("part"));
    }

    void explainsWhatIsInside() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const Ended ended = fixture.run({"explain", "around.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.contains("part/sums (window_aggregate)"), ended.out.constData());
    }

    void saysWhatIsWrongInside() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        QCOMPARE(fixture.run({"validate", "around.rill"}).out, QByteArray("no problems\n"));
        QCOMPARE(fixture.run({"validate", "part.rill"}).out, QByteArray("no problems\n"));
        QByteArray part = fixture.read("part.rill");
        fixture.write("part.rill", part.replace("v >= ", "w >= "));
        const Ended ended = fixture.run({"validate", "around.rill"});
        QCOMPARE(ended.status, 2);
        QVERIFY2(ended.err.contains("part.file: “part/big”, parameter “condition”: "), ended.err.constData());
        QCOMPARE(fixture.run({"run", "around.rill"}).status, 2);
        fixture.write("part.rill", "{ \"rill\": ");
        QCOMPARE(fixture.run({"validate", "around.rill"}).status, 2);
    }

    void writesOntoNoPart() {
        const ProgramFixture fixture;
        writePipelines(fixture);
        const QByteArray before = fixture.read("part.rill");
        const Ended ended = fixture.run({"run", "around.rill", "--metrics", "part.rill"});
        QCOMPARE(ended.status, 2);
        QCOMPARE(fixture.read("part.rill"), before);
    }

    void drawsChartsInside() {
        const ProgramFixture fixture;
        fixture.write(
            "part.rill",
            R"json({"rill":1,"nodes":[{"id":"rows","type":"subflow_input","params":{"columns":["n INT"]}},
                         {"id":"shown","type":"table_view"}],"wires":[{"from":"rows","to":"shown"}]})json");
        fixture.write(
            "around.rill",
            R"json({"rill":1,"nodes":[{"id":"a","type":"rows","params":{"columns":["n INT"],"rows":[[1]]}},
                         {"id":"part","type":"subflow","params":{"file":"part.rill"}}],
                         "wires":[{"from":"a","to":"part.rows"}]})json");
        const Ended ended = fixture.run({"run", "around.rill", "--charts", "charts"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY(fixture.read("charts/part.shown.png").startsWith("\x89PNG"));
    }
};

QTEST_GUILESS_MAIN(TestSubflows)
#include "test_subflows.moc"
