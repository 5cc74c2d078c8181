// An engine as what is written for: rows are of types, those without one are refused, files have names.
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

    void rowsAreOfTypes() {
        for (const Engine engine : kEngines) {
            const std::string table = "core/deploy/" + std::string(engineName(engine)) + "/forms.cpp";
            std::vector<std::string> rows, types;
            for (const NodeFormEntry& row : writerOf(engine).forms) rows.emplace_back(row.type);
            for (const NodeKind& kind : kinds().kinds()) {
                if (std::count(rows.begin(), rows.end(), kind.type) > 0) types.push_back(kind.type);
                const NodeFormEntry& row = writerOf(engine).form(kind);
                QVERIFY2(row.verdict == Verdict::Exact || !row.what.empty(), kind.type.c_str());
                QVERIFY2(row.verdict != Verdict::Refused || !row.fix.empty(), kind.type.c_str());
            }
            for (const std::string& row : rows)
                QVERIFY2(std::count(types.begin(), types.end(), row) == 1,
                         (table + " has a row of " + row + ", which is no node").c_str());
            QVERIFY2(rows == types,
                     (table + ": its rows stand in the order of nodes.def, each once").c_str());
        }
    }

    /// A node or chart of whatever name, which no table knows.
    void aNewTypeIsWrittenAsItsDeclarationSays() {
        NodeKind kind = *kinds().find("line_chart");
        kind.type = "wind_rose";
        for (const Engine engine : kEngines) {
            const NodeFormEntry& chart = writerOf(engine).form(kind);
            QVERIFY(chart.write != nullptr && chart.verdict == Verdict::Equivalent);
            kind.chart = false;
            const NodeFormEntry& node = writerOf(engine).form(kind);
            QVERIFY(node.write == nullptr && node.verdict == Verdict::Refused && !node.fix.empty());
            QCOMPARE(english(node.what),
                     std::string(engineName(engine)) + " has no form for this type of node.");
            kind.chart = true;
        }
    }
};

QTEST_APPLESS_MAIN(TestEngineWriter)
#include "test_engine_writer.moc"
