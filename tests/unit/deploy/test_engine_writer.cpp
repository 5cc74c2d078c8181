// An engine that pipelines are written for: every type of node has its row, charts share one, files have names.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/deploy/engine_writer.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

class TestEngineWriter : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void artefactsHaveNames() {
        std::vector<std::string> names;
        for (const Artefact* each : allArtefacts()) {
            names.emplace_back(each->name);
            QVERIFY2(artefactOf(each->name) == each, names.back().c_str());
        }
        QCOMPARE(names, (std::vector<std::string>{"flink-sql", "pyflink", "pyspark"}));
        QVERIFY(artefactOf("beam") == nullptr);
        QVERIFY(artefactOf("pyspark")->engine == Engine::Spark);
        QVERIFY(artefactOf("flink-sql")->ending == ".flink.sql");
    }

    void everyTypeHasItsRow() {
        for (const Engine engine : kEngines) {
            const std::string table = "core/deploy/" + std::string(engineName(engine)) + "/forms.cpp";
            std::vector<std::string> rows, types;
            for (const NodeFormEntry& row : writerOf(engine).forms) rows.emplace_back(row.type);
            for (const NodeKind& kind : kinds().kinds()) {
                if (!kind.chart) types.push_back(kind.type);
                const NodeFormEntry* const row = writerOf(engine).form(kind);
                const std::string needs = table + " needs one row of " + kind.type;
                QVERIFY2(row != nullptr, needs.c_str());
                if (!kind.chart)
                    QVERIFY2(std::count(rows.begin(), rows.end(), kind.type) == 1, needs.c_str());
                QVERIFY2(row->verdict == Verdict::Exact || !row->what.empty(), kind.type.c_str());
                QVERIFY2(row->verdict != Verdict::Refused || !row->fix.empty(), kind.type.c_str());
            }
            for (const std::string& row : rows)
                QVERIFY2(std::count(types.begin(), types.end(), row) == 1,
                         (table + " has a row of " + row + ", which is no node").c_str());
            QVERIFY2(rows == types, (table + ": its rows stand in the order of nodes.def").c_str());
        }
    }

    /// A chart of any name: no code of an engine names charts.
    void aNewChartHasAForm() {
        NodeKind chart = *kinds().find("line_chart");
        chart.type = "wind_rose";
        for (const Engine engine : kEngines) {
            const NodeFormEntry* const row = writerOf(engine).form(chart);
            QVERIFY(row != nullptr && row->write != nullptr && row->verdict == Verdict::Equivalent);
            chart.chart = false;
            QVERIFY(writerOf(engine).form(chart) == nullptr);
            chart.chart = true;
        }
    }
};

QTEST_APPLESS_MAIN(TestEngineWriter)
#include "test_engine_writer.moc"
