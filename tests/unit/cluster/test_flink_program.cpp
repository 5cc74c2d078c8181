// flinkProgram(): the form of a pipeline for a Flink, with all values put in, and pipelines that have none.
#include <QtTest/QtTest>

#include "core/cluster/flink/flink_program.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

/// Wires as “from>to”.
Pipeline pipelineOf(const std::vector<Json>& nodes, const std::vector<std::string>& wires,
                    const Json& variables = Json::object()) {
    Json drawn = Json::array();
    for (const std::string& wire : wires) {
        const std::size_t arrow = wire.find('>');
        drawn.push_back({{"from", wire.substr(0, arrow)}, {"to", wire.substr(arrow + 1)}});
    }
    const Json document{{"rill", 1},      {"name", "it's a test"}, {"variables", variables},
                        {"nodes", nodes}, {"wires", drawn},        {"settings", {{"parallelism", 2}}}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

ProgramOptions in(const std::string& folder, const std::string& own = "/home/me") {
    ProgramOptions options;
    options.validate.folder = own;
    options.validate.files = false;
    options.folder = folder;
    return options;
}

std::string wordsOf(const Result<FlinkProgram>& program) {
    return program.ok() ? "ok" : english(program.error());
}

FlinkProgram programOf(const Pipeline& pipeline, const ProgramOptions& options) {
    Result<FlinkProgram> program = flinkProgram(pipeline, kinds(), options);
    if (!program.ok()) qFatal("%s", english(program.error()).c_str());
    return std::move(*program);
}

std::string textOf(const std::vector<Statement>& statements, const std::string& name) {
    for (const Statement& statement : statements) {
        if (statement.name == name) return statement.text;
    }
    return "no statement " + name;
}

bool has(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

Json bids() {
    return timedSource("bids", {"auction BIGINT", "price DOUBLE"});
}

Json filterOf(const char* id, const char* condition) {
    return nodeOf(id, "filter", {{"condition", condition}});
}

Json groups() {
    return nodeOf("groups", "group_aggregate", {{"keys", {"auction"}}, {"aggregates", {"COUNT(*) AS n"}}});
}

/// A chart and a sink behind a filter.
Pipeline small() {
    return pipelineOf({bids(), filterOf("dear", "price > 10"), groups(), nodeOf("shown", "table_view"),
                       nodeOf("counts", "table_view"), sinkOf("results")},
                      {"bids>dear", "dear>results", "dear>shown", "dear>groups", "groups>counts"});
}

}  // namespace

class TestFlinkProgram : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void statementsByKind() {
        const FlinkProgram program = programOf(small(), in("/data"));
        std::string order;
        for (const Statement& statement : program.statements) order += statement.name + " ";
        QCOMPARE(order, std::string("bids$cells bids$read bids dear groups results "));
        QCOMPARE(program.inserts.size(), std::size_t{1});
        QCOMPARE(program.inserts[0].node, std::string("results"));
        COMPARE_TEXT(program.statementSet(),
                     "EXECUTE STATEMENT SET BEGIN\n"
                     "INSERT INTO `results` SELECT `auction`, `price`, `ts` FROM `dear`;\n"
                     "END");
        COMPARE_TEXT(program.explainedSet(),
                     "EXPLAIN JSON_EXECUTION_PLAN STATEMENT SET BEGIN\n"
                     "INSERT INTO `results` SELECT `auction`, `price`, `ts` FROM `dear`;\n"
                     "END");
        const FlinkSettings settings{
            {"pipeline.name", "it's a test"}, {"pipeline.auto-watermark-interval", "0"},
            {"table.local-time-zone", "UTC"}, {"table.optimizer.agg-phase-strategy", "ONE_PHASE"},
            {"parallelism.default", "2"},     {"execution.runtime-mode", "streaming"},
            {"table.dml-sync", "false"}};
        QVERIFY(program.settings == settings);
    }

    /// All charts are one query: its columns are as many as the widest has, all of one type.
    void chartsAreOneQuery() {
        const FlinkProgram program = programOf(small(), in("/data"));
        QCOMPARE(program.charts.size(), std::size_t{2});
        QCOMPARE(program.charts[0].node, std::string("shown"));
        QCOMPARE(program.charts[0].query, std::string("SELECT `auction`, `price`, `ts` FROM `dear`"));
        QCOMPARE(program.charts[1].schema->size(), std::size_t{2});
        QCOMPARE(program.charts[1].schema->fields[1].name, std::string("n"));
        QCOMPARE(program.chartColumns(), std::size_t{3});
        COMPARE_TEXT(
            program.chartQuery(),
            "SELECT CAST('shown' AS STRING) AS `node`, CAST(`auction` AS STRING) AS `c1`, "
            "CAST(`price` AS STRING) AS `c2`, CAST(`ts` AS STRING) AS `c3`\n"
            "FROM (SELECT `auction`, `price`, `ts` FROM `dear`) AS `rows` (`auction`, `price`, `ts`)\n"
            "UNION ALL\n"
            "SELECT CAST('counts' AS STRING) AS `node`, CAST(`auction` AS STRING) AS `c1`, "
            "CAST(`n` AS STRING) AS `c2`, CAST(NULL AS STRING) AS `c3`\n"
            "FROM (SELECT `auction`, `n` FROM `groups`) AS `rows` (`auction`, `n`)");
    }

    void namesAreQuoted() {
        FlinkProgram program;
        const Schema schema{{{"a`b", Type::of(TypeId::Int)}}};
        program.charts.push_back({"it's", std::make_shared<const Schema>(schema), "SELECT 1"});
        COMPARE_TEXT(program.chartQuery(),
                     "SELECT CAST('it''s' AS STRING) AS `node`, CAST(`a``b` AS STRING) AS `c1`\n"
                     "FROM (SELECT 1) AS `rows` (`a``b`)");
    }

    void chartsAlone() {
        const FlinkProgram program =
            programOf(pipelineOf({bids(), nodeOf("shown", "table_view")}, {"bids>shown"}), in("/data"));
        QVERIFY(program.inserts.empty());
        QCOMPARE(program.statementSet(), std::string());
        QCOMPARE(program.explainedSet(), std::string());
        QVERIFY(!program.chartQuery().empty());
        QVERIFY(!has(program.chartQuery(), "UNION"));
    }

    void sinksAlone() {
        const FlinkProgram program =
            programOf(pipelineOf({bids(), sinkOf("results")}, {"bids>results"}), in("/data"));
        QVERIFY(program.charts.empty());
        QCOMPARE(program.chartQuery(), std::string());
        QCOMPARE(program.chartColumns(), std::size_t{0});
    }

    /// A value that looks like a variable of artefacts stays a value; quotes in values are doubled once.
    void valuesArePutIn() {
        const Pipeline pipeline = pipelineOf(
            {nodeOf("bids", "csv_source", {{"path", "${file}.csv"}, {"columns", {"name STRING", "n INT"}}}),
             filterOf("dear", "name <> '${shop}' AND n > ${least} AND name <> '${plain}'"),
             sinkOf("results")},
            {"bids>dear", "dear>results"},
            {{"file", "it's"}, {"shop", "O''Neill"}, {"least", "10"}, {"plain", "${folder} ${least}"}});
        ProgramOptions options = in("/da'ta");
        options.validate.variables["least"] = "12";
        const FlinkProgram program = programOf(pipeline, options);
        const std::string dear = textOf(program.statements, "dear");
        QVERIFY2(has(dear, "`name` <> 'O''Neill'"), dear.c_str());
        QVERIFY2(has(dear, "`n` > 12"), dear.c_str());
        QVERIFY2(has(dear, "`name` <> '${folder} ${least}'"), dear.c_str());
        const std::string cells = textOf(program.statements, "bids$cells");
        QVERIFY2(has(cells, "'path' = '/da''ta/it''s.csv'"), cells.c_str());
        const std::string results = textOf(program.statements, "results");
        QVERIFY2(has(results, "'path' = '/da''ta/results.out.csv.parts'"), results.c_str());
    }

    void whereRelativePathsStart_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("path");
        QTest::newRow("the pipeline's") << ""
                                        << "/home/me"
                                        << "/home/me/bids.csv";
        QTest::newRow("another") << "/mnt/data"
                                 << "/home/me"
                                 << "/mnt/data/bids.csv";
        QTest::newRow("a slash behind it") << "/mnt/data/"
                                           << "/home/me"
                                           << "/mnt/data/bids.csv";
        QTest::newRow("the root") << "/"
                                  << "/home/me"
                                  << "/bids.csv";
        QTest::newRow("a bucket") << "s3://bucket/in"
                                  << "/home/me"
                                  << "s3://bucket/in/bids.csv";
        QTest::newRow("a bucket with a slash") << "s3://bucket/"
                                               << "/home/me"
                                               << "s3://bucket/bids.csv";
        QTest::newRow("a file address") << "file:///mnt"
                                        << "/home/me"
                                        << "file:///mnt/bids.csv";
        QTest::newRow("never saved") << ""
                                     << "" << QDir::currentPath() + "/bids.csv";
    }

    void whereRelativePathsStart() {
        QFETCH(QString, folder);
        QFETCH(QString, own);
        QFETCH(QString, path);
        const FlinkProgram program = programOf(pipelineOf({bids(), sinkOf("results")}, {"bids>results"}),
                                               in(folder.toStdString(), own.toStdString()));
        const std::string cells = textOf(program.statements, "bids$cells");
        QVERIFY2(has(cells, "'path' = '" + path.toStdString() + "'"), cells.c_str());
    }

    /// A file in the pipeline's folder is in the target's there; other paths are kept as they are.
    void absolutePaths() {
        const Pipeline pipeline =
            pipelineOf({nodeOf("near", "csv_source", {{"path", "/home/me/in/a.csv"}, {"columns", {"n INT"}}}),
                        nodeOf("far", "csv_source", {{"path", "/srv/b.csv"}, {"columns", {"n INT"}}}),
                        nodeOf("both", "union"), sinkOf("results")},
                       {"near>both", "far>both", "both>results"});
        const FlinkProgram program = programOf(pipeline, in("s3://bucket"));
        const std::string near = textOf(program.statements, "near$cells");
        QVERIFY2(has(near, "'s3://bucket/in/a.csv'"), near.c_str());
        const std::string far = textOf(program.statements, "far$cells");
        QVERIFY2(has(far, "'/srv/b.csv'"), far.c_str());
    }

    void whatCantBe_data() {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("begin");
        QTest::newRow("refused") << "table"
                                 << ""
                                 << "Flink writes no SQLite database. Write to a CSV";
        QTest::newRow("refused for a parameter") << "followed"
                                                 << "follow"
                                                 << "Flink reads a file once";
        QTest::newRow("wrong") << "dear"
                               << "condition"
                               << "";
        QTest::newRow("nothing") << ""
                                 << ""
                                 << "The pipeline has no node that could run.";
        QTest::newRow("nobody takes the rows") << ""
                                               << ""
                                               << "No node writes rows or shows them.";
    }

    void whatCantBe() {
        QFETCH(QString, node);
        QFETCH(QString, param);
        QFETCH(QString, begin);
        const Json table = nodeOf("table", "sqlite_sink", {{"database", "a.sqlite"}, {"table", "t"}});
        const Json followed =
            nodeOf("followed", "csv_source", {{"path", "a.csv"}, {"columns", {"n INT"}}, {"follow", true}});
        Pipeline pipeline = pipelineOf({}, {});
        if (node == QLatin1String("table")) pipeline = pipelineOf({bids(), table}, {"bids>table"});
        if (node == QLatin1String("followed"))
            pipeline = pipelineOf({followed, sinkOf("results")}, {"followed>results"});
        if (node == QLatin1String("dear"))
            pipeline = pipelineOf({bids(), filterOf("dear", "prize > 10"), sinkOf("results")},
                                  {"bids>dear", "dear>results"});
        if (begin.startsWith(QLatin1String("No node"))) pipeline = pipelineOf({bids()}, {});
        Translation verdicts;
        const Result<FlinkProgram> program = flinkProgram(pipeline, kinds(), in("/data"), &verdicts);
        QVERIFY(!program.ok());
        QVERIFY(program.error().code == ErrorCode::Invalid);
        QCOMPARE(QString::fromStdString(program.error().node), node);
        QCOMPARE(QString::fromStdString(program.error().param), param);
        const std::string words = english(program.error().message) + " " + english(program.error().fix);
        QVERIFY2(words.starts_with(begin.toStdString()), words.c_str());
        if (node == QLatin1String("table")) QVERIFY(verdicts.nodes.at("table").verdict() == Verdict::Refused);
    }

    /// Files of this computer say nothing of a cluster that reads its own.
    void filesElsewhereNeedNotBeHere() {
        ProgramOptions options = in("s3://bucket");
        options.validate.files = true;
        options.validate.folder = "/no/such/folder";
        QCOMPARE(wordsOf(flinkProgram(small(), kinds(), options)), std::string("ok"));
    }

    /// Sinks are the same beside charts as without; engines without such queries leave the charts out.
    void chartsChangeNoSink() {
        const Pipeline pipeline = pipelineOf({bids(), nodeOf("shown", "table_view"), sinkOf("results")},
                                             {"bids>shown", "bids>results"});
        TranslateOptions sinks;
        sinks.validate.files = false;
        TranslateOptions charts = sinks;
        charts.results = Results::SinksAndCharts;
        const Validated validated = validate(pipeline, kinds(), sinks.validate);
        for (const Engine engine : {Engine::Flink, Engine::Spark}) {
            std::string plain, with;
            for (const Statement& each : translate(pipeline, kinds(), validated, engine, sinks).statements)
                plain += each.text + "\n";
            for (const Statement& each : translate(pipeline, kinds(), validated, engine, charts).statements) {
                if (engine == Engine::Spark || each.kind != Statement::Kind::Select) with += each.text + "\n";
            }
            COMPARE_TEXT(with, plain);
        }
    }
};

QTEST_APPLESS_MAIN(TestFlinkProgram)
#include "test_flink_program.moc"
