// Artefacts of pipelines that keep state say where Flink and Spark keep it; all others say nothing of it.
#include <algorithm>
#include <array>

#include "core/deploy/artefact.h"
#include "core/deploy/engine_writer.h"
#include "core/deploy/flink/script.h"
#include "core/forecast/state_rules.h"
#include "tests/support/run_of.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::array kArtefactNames{"flink-sql", "pyflink", "pyspark"};

std::string exportOf(const FlinkText& it, const char* artefact) {
    const auto made = writeArtefact(it.pipeline(), it.translation(), *artefactOf(artefact), it.options());
    return made.ok() ? *made : english(made.error());
}

/// One node behind a source.
FlinkText behindSource(Json node, Engine engine) {
    const std::string id = node["id"];
    return {{timedSource("bids", {"k STRING", "v BIGINT"}), std::move(node), sinkOf("out")},
            {"bids>" + id, id + ">out"},
            engine};
}

Json countsOfMinutes() {
    return nodeOf("w", "window_aggregate",
                  {{"size", "1min"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}});
}

}  // namespace

class TestStateSettings : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void withoutStateNothingIsSaid() {
        Json off = nodeOf("d", "deduplicate", {{"keys", {"k"}}});
        off["disabled"] = true;
        for (const char* artefact : kArtefactNames) {
            const Engine engine = artefactOf(artefact)->engine;
            for (const Json& node : {nodeOf("f", "filter", {{"condition", "v > 1"}}), off}) {
                const FlinkText it = behindSource(node, engine);
                QVERIFY2(!it.translation().keepsState, artefact);
                const std::string text = exportOf(it, artefact);
                QVERIFY2(contains(text, "Rillwright "), text.c_str());
                for (const char* word : {"rocksdb", "RocksDB", "state.backend", "stateStore", "incremental"})
                    QVERIFY2(!contains(text, word), word);
            }
        }
    }

    void withStateTheScriptSetsIt() {
        const FlinkText it = behindSource(countsOfMinutes(), Engine::Flink);
        QVERIFY(it.translation().keepsState);
        const std::string text = exportOf(it, "flink-sql");
        const std::string block =
            "\n\n" + commented(flinkStateLines(), "--") +
            "SET 'state.backend.type' = 'rocksdb';\n"
            "SET 'execution.checkpointing.incremental' = 'true';\n\nSET 'pipeline.name' = 'test';\n";
        QVERIFY2(contains(text, block), text.c_str());
        // The memory is the cluster's, which no script can set.
        QVERIFY(contains(text, "taskmanager.memory.managed.size"));
        QVERIFY(!contains(text, "SET 'taskmanager"));
        // What would end a statement, or begin a text, for a simple reader of scripts.
        for (const std::string& line : flinkStateLines())
            QVERIFY(line.find_first_of(";'") == std::string::npos);
    }

    void withStateThePyflinkProgramSetsIt() {
        const std::string text = exportOf(behindSource(countsOfMinutes(), Engine::Flink), "pyflink");
        const std::string block =
            commented(flinkStateLines(), "    #") +
            "    \"\"\"state.backend.type\"\"\": \"\"\"rocksdb\"\"\",\n"
            "    \"\"\"execution.checkpointing.incremental\"\"\": \"\"\"true\"\"\",\n}\n";
        QVERIFY2(contains(text, block), text.c_str());
    }

    void withStateTheSparkProgramSetsIt() {
        const FlinkText it = behindSource(countsOfMinutes(), Engine::Spark);
        QVERIFY(it.translation().keepsState);
        const std::string text = exportOf(it, "pyspark");
        const std::size_t session = text.find(".getOrCreate()\n");
        const std::size_t provider = text.find(
            "(\"spark.sql.streaming.stateStore.providerClass\",\n"
            "     \"org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider\"),\n");
        const std::size_t changes = text.find(
            "(\"spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled\", \"true\"),\n");
        const std::size_t unlessGiven = text.find(
            "    if not spark.sparkContext.getConf().contains(key):\n"
            "        spark.conf.set(key, value)\n");
        QVERIFY2(session < provider && provider < changes && changes < unlessGiven, text.c_str());
        QVERIFY(unlessGiven < text.find("# node: "));
    }

    /// Its cluster decides, and its older checkpoints have to be read.
    void aJobThatIsDeployedToFlinkHasNone() {
        const FlinkText it = behindSource(countsOfMinutes(), Engine::Flink);
        for (const Statement& statement : it.translation().statements)
            QVERIFY2(!contains(statement.text, "state.backend"), statement.text.c_str());
        for (const auto& [key, value] : flinkSettings(it.pipeline()))
            QVERIFY2(key != "state.backend.type", value.c_str());
    }

    /// The tables of forms agree with what a run here keeps, but for a count, for the state of Python, with
    /// which it is refused, and for rows that wait for a table, which is read before them there.
    void tablesNameAllThatKeepState() {
        const std::vector<std::string> others{"limit", "python", "lookup_join"};
        for (const Engine engine : kEngines) {
            int keep = 0;
            for (const NodeKind& kind : kinds().kinds()) {
                const NodeFormEntry& row = writerOf(engine).form(kind);
                const auto& rules = forecasting::stateRules();
                const bool here = std::any_of(rules.begin(), rules.end(), [&](const auto& rule) {
                    return rule.type == kind.type && rule.sort == forecasting::StateSort::Rows;
                });
                const bool other = std::find(others.begin(), others.end(), kind.type) != others.end();
                QVERIFY2(row.keepsState == (here && !other && row.write != nullptr), kind.type.c_str());
                keep += row.keepsState ? 1 : 0;
            }
            QVERIFY(keep > 6);
        }
    }
};

QTEST_APPLESS_MAIN(TestStateSettings)
#include "test_state_settings.moc"
