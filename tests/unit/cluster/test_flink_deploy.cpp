// checkOnFlink() and startOnFlink(), with answers of Flink 2.3.0 from trials: the node at fault, and the
// place.
#include <QtTest/QtTest>

#include <algorithm>

#include "core/cluster/flink/flink_issue.h"
#include "core/cluster/flink/param_place.h"
#include "core/cluster/jobs/flink_deploy.h"
#include "tests/unit/cluster/planner_gateway.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kNoColumn =
    "org.apache.calcite.runtime.CalciteContextException: From line 4, column 7 to line 4, column 13: Column "
    "'price' not found in any table\n\tat java.base/java.lang.Thread.run(Thread.java:840)\n"
    "Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Column 'price' not found in any table";
constexpr const char* kNoSort =
    "org.apache.flink.table.api.TableException: Non-time attribute sort is not supported for bounded OVER "
    "window.";
constexpr const char* kNoConnector =
    "org.apache.flink.table.api.ValidationException: Unable to create a sink for writing table "
    "'default_catalog.default_database.results'.\n\nTable options are:\n\n'connector'='frob'\n"
    "\tat a.B.c(B.java:1)\nCaused by: org.apache.flink.table.api.ValidationException: Could not find any "
    "factory for identifier 'frob' that implements 'org.apache.flink.table.factories.DynamicTableFactory' in "
    "the classpath.\n\nAvailable factory identifiers are:\n\nblackhole\nfilesystem";

/// A small pipeline and its program: bids → dear → {results, sorted → shown}, cheap → others.
struct Work {
    Pipeline pipeline{};
    FlinkProgram program{};

    Work() {
        const Json document{
            {"rill", 1},
            {"name", "test"},
            {"nodes",
             {timedSource("bids", {"auction BIGINT", "price DOUBLE"}),
              nodeOf("dear", "filter", {{"condition", "auction > 5 AND price > 10"}}),
              nodeOf("cheap", "filter", {{"condition", "price <= 10"}}),
              nodeOf("sorted", "sort", {{"by", {"ts"}}}), nodeOf("shown", "table_view"),
              nodeOf("counted", "number_card", {{"value", "price"}}), sinkOf("results"), sinkOf("others")}},
            {"wires",
             {{{"from", "bids"}, {"to", "dear"}},
              {{"from", "bids"}, {"to", "cheap"}},
              {{"from", "dear"}, {"to", "results"}},
              {{"from", "dear"}, {"to", "sorted"}},
              {{"from", "sorted"}, {"to", "shown"}},
              {{"from", "sorted"}, {"to", "counted"}},
              {{"from", "cheap"}, {"to", "others"}}}}};
        const Result<Loaded> loaded = loadPipeline(document.dump());
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        pipeline = loaded->pipeline;
        ProgramOptions options;
        options.validate.files = false;
        options.folder = "/data";
        Result<FlinkProgram> made = flinkProgram(pipeline, builtin(), options);
        if (!made.ok()) qFatal("%s", english(made.error()).c_str());
        program = std::move(*made);
    }
};

/// “node.param[item] position+length: message”, one line each.
std::string told(const std::vector<Issue>& issues) {
    std::string out;
    for (const Issue& issue : issues)
        out += fmt::format("{}.{}[{}] {}+{}: {}\n", issue.node, issue.param, issue.item, issue.position,
                           issue.length, english(issue.message));
    return out;
}

std::string told(const Result<FlinkCheck>& check) {
    return check.ok() ? told(check->issues) : "error " + english(check.error());
}

bool anyStarts(const std::vector<std::string>& statements, const std::string& begin) {
    return std::any_of(statements.begin(), statements.end(),
                       [&](const std::string& each) { return each.starts_with(begin); });
}

std::string viewOf(const std::string& name) {
    return "CREATE TEMPORARY VIEW `" + name + "`";
}

}  // namespace

class TestFlinkDeploy : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aProgramThatIsTaken() {
        const Work work;
        PlannerGateway gateway;
        const auto session = gateway.session();
        COMPARE_TEXT(told(checkOnFlink(*session, work.program, work.pipeline)), "");
        std::vector<std::string> expected;
        for (const Statement& each : work.program.statements) expected.push_back(each.text);
        expected.push_back(work.program.explainedSet());
        expected.push_back("EXPLAIN " + work.program.chartQuery());
        QVERIFY(gateway.statements() == expected);
    }

    void thePlanIsKept() {
        const std::string plan =
            "== Abstract Syntax Tree ==\nLogicalSink(table=[default_catalog.default_database.out])\n\n"
            "== Optimized Physical Plan ==\nSink(table=[default_catalog.default_database.out])\n\n"
            "== Optimized Execution Plan ==\nSink(table=[default_catalog.default_database.out])\n\n"
            "== Physical Execution Plan ==\n{\n  \"nodes\" : [ {\n    \"id\" : 3355,\n    \"type\" : "
            "\"Source: "
            "bids[2514]\",\n    \"pact\" : \"Data Source\",\n    \"contents\" : "
            "\"[2514]:TableSourceScan(table=[[default_catalog, default_database, bids]], fields=[price])\",\n"
            "    \"parallelism\" : 1\n  }, {\n    \"id\" : 3356,\n    \"type\" : \"Calc[2515]\",\n    "
            "\"pact\" : "
            "\"Operator\",\n    \"contents\" : \"[2515]:Calc(select=[price], where=[(price > 10)])\",\n"
            "    \"parallelism\" : 1,\n    \"predecessors\" : [ {\n      \"id\" : 3355,\n"
            "      \"ship_strategy\" : \"FORWARD\",\n      \"side\" : \"second\"\n    } ]\n  } ]\n}";
        const Result<FlinkGraph> read = readFlinkGraph(plan);
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        QVERIFY(!read->empty());
        const Work work;
        PlannerGateway gateway;
        gateway.explain(plan);
        const auto session = gateway.session();
        const auto check = checkOnFlink(*session, work.program, work.pipeline);
        COMPARE_TEXT(told(check), "");
        QCOMPARE(check->graph.operators.size(), read->operators.size());
    }

    /// The statement that fails names the node; nothing behind it is sent, all beside it is.
    void aStatementThatFails() {
        const Work work;
        PlannerGateway gateway;
        gateway.refuse(viewOf("dear"), kNoColumn);
        gateway.refuse("CREATE TEMPORARY TABLE `others`",
                       "org.apache.flink.table.api.ValidationException: It can't be.\nMore of it.");
        const auto session = gateway.session();
        const auto check = checkOnFlink(*session, work.program, work.pipeline);
        COMPARE_TEXT(told(check),
                     "dear.condition[-1] 16+5: Flink: Column 'price' not found in any table\n"
                     "others.[-1] 0+0: Flink: It can't be.\n");
        QVERIFY(check->graph.empty());
        const auto sent = gateway.statements();
        QVERIFY(anyStarts(sent, viewOf("cheap")));
        QVERIFY(anyStarts(sent, "CREATE TEMPORARY TABLE `results`"));
        QVERIFY(!anyStarts(sent, viewOf("sorted")));
        QVERIFY(!anyStarts(sent, "EXPLAIN"));
    }

    /// Of the set as a whole the planner does not say where: the first view that it says the same of.
    void aViewThatThePlannerRefuses() {
        const Work work;
        PlannerGateway gateway;
        gateway.refuse("EXPLAIN " + work.program.chartQuery(), kNoSort);
        for (const ClusterChart& chart : work.program.charts)
            gateway.refuse("EXPLAIN " + chart.query, kNoSort);
        gateway.refuse("EXPLAIN SELECT * FROM `sorted`", kNoSort);
        gateway.refuse("EXPLAIN SELECT * FROM `sorted$in`",
                       "org.apache.flink.table.api.TableException: Something else that only a SELECT * has.");
        const auto session = gateway.session();
        COMPARE_TEXT(
            told(checkOnFlink(*session, work.program, work.pipeline)),
            "sorted.[-1] 0+0: Flink: Non-time attribute sort is not supported for bounded OVER window.\n");
        const auto sent = gateway.statements();
        QCOMPARE(std::count(sent.begin(), sent.end(), "EXPLAIN SELECT * FROM `sorted`"), 1);
    }

    void aConnectorThatIsMissing() {
        const Work work;
        PlannerGateway gateway;
        gateway.refuse("EXPLAIN JSON_EXECUTION_PLAN", kNoConnector);
        gateway.refuse("EXPLAIN INSERT INTO `results`", kNoConnector);
        const auto session = gateway.session();
        const auto check = checkOnFlink(*session, work.program, work.pipeline);
        COMPARE_TEXT(
            told(check),
            "results.[-1] 0+0: Flink: Could not find any factory for identifier 'frob' that implements "
            "'org.apache.flink.table.factories.DynamicTableFactory' in the classpath.\n");
        QVERIFY(english(check->issues.front().fix).starts_with("Put the JAR file"));
    }

    /// Each for itself is right, together they are not: nothing is passed over.
    void nobodyIsToBlame() {
        const Work work;
        PlannerGateway gateway;
        gateway.refuse("EXPLAIN JSON_EXECUTION_PLAN", "org.apache.flink.table.api.TableException: Too much.");
        const auto session = gateway.session();
        COMPARE_TEXT(told(checkOnFlink(*session, work.program, work.pipeline)),
                     ".[-1] 0+0: Flink: Too much.\n");
    }

    void whatIsNoFaultOfAStatement() {
        const Work work;
        PlannerGateway gateway;
        gateway.refuse(viewOf("dear"),
                       "org.apache.flink.table.gateway.api.utils.SqlGatewayException: Session "
                       "'0bbd7e7f-6e1c-4a08-9ae8-f1c4a9b7b8a2' does not exist.");
        auto session = gateway.session();
        auto check = checkOnFlink(*session, work.program, work.pipeline);
        QVERIFY(!check.ok());
        PlannerGateway other;
        session = other.session();
        session->http().cancel();
        check = checkOnFlink(*session, work.program, work.pipeline);
        QVERIFY(!check.ok());
        QVERIFY(check.error().code == ErrorCode::Cancelled);
    }

    void theRecordOfAJob() {
        const Work work;
        PlannerGateway gateway;
        const auto session = gateway.session();
        FlinkCheck check;
        check.graph.operators.emplace_back();
        StartOptions options;
        options.savepoint = "s3://bucket/savepoint-1";
        options.allowLostState = true;
        options.checkpointEvery = 2'500;
        const Result<Deployment> made = startOnFlink(*session, work.program, check, work.pipeline, options);
        QVERIFY2(made.ok(), made.ok() ? "" : english(made.error()).c_str());
        QCOMPARE(made->job, std::string("j1"));
        QVERIFY(made->engine == Engine::Flink);
        QVERIFY(made->pipeline == work.pipeline);
        QVERIFY((made->sinks == std::vector<NodeId>{"results", "others"}));
        QCOMPARE(made->resumedFrom, options.savepoint);
        QCOMPARE(made->state, std::string("CREATED"));
        QCOMPARE(made->graph.operators.size(), std::size_t{1});
        QVERIFY(made->started > 0);
        QCOMPARE(made->ended, Instant{0});
        for (const char* words : {"SET 'pipeline.name' = 'test';", "-- node: dear", "EXECUTE STATEMENT SET"})
            QVERIFY2(made->program.find(words) != std::string::npos, words);
        QVERIFY(gateway.statements() == std::vector<std::string>{work.program.statementSet()});
        const Json config = gateway.configs().front();
        const Json expected{
            {"execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"},
            {"execution.checkpointing.interval", "2500ms"},
            {"execution.state-recovery.ignore-unclaimed-state", "true"},
            {"execution.state-recovery.path", "s3://bucket/savepoint-1"}};
        QCOMPARE(config.dump(), expected.dump());
    }

    void aJobWithoutCheckpoints() {
        const Work work;
        PlannerGateway gateway;
        const auto session = gateway.session();
        StartOptions options;
        options.checkpointEvery = 0;
        QVERIFY(startOnFlink(*session, work.program, {}, work.pipeline, options).ok());
        QCOMPARE(gateway.configs().front().dump(), std::string("{}"));
    }

    void chartsAloneAreNoJob() {
        Work work;
        work.program.inserts.clear();
        PlannerGateway gateway;
        const auto session = gateway.session();
        const auto made = startOnFlink(*session, work.program, {}, work.pipeline);
        QVERIFY(!made.ok());
        QVERIFY(made.error().code == ErrorCode::Invalid);
        QVERIFY(gateway.statements().empty());
    }

    void whyAJobDoesNotStart_data() {
        QTest::addColumn<QByteArray>("cause");
        QTest::addColumn<QByteArray>("words");
        const QByteArray rollback =
            "java.lang.IllegalStateException: Failed to rollback to checkpoint/savepoint Checkpoint "
            "Metadata. ";
        QTest::newRow("state that is left over")
            << rollback +
                   "Cannot map checkpoint/savepoint state for operator f6dc7f4d2283f4605b127b9364e21148 to "
                   "the "
                   "new program, because the operator is not available in the new program. If you want to "
                   "allow "
                   "to skip this, you can set the --allowNonRestoredState option on the CLI."
            << QByteArray(
                   "The savepoint holds what a node had kept that the pipeline has no more. Let it be "
                   "dropped, "
                   "or deploy anew, without the savepoint.");
        QTest::newRow("other keys")
            << rollback +
                   "Max parallelism mismatch between checkpoint/savepoint state and new program. Cannot map "
                   "operator f6dc7f4d2283f4605b127b9364e21148 with max parallelism 128 to new program with "
                   "max "
                   "parallelism 1. This indicates that the program has been changed in a non-compatible way "
                   "after the checkpoint/savepoint."
            << QByteArray(
                   "The savepoint does not fit: a node keeps its rows by other keys now, or without any. "
                   "Deploy "
                   "anew, without the savepoint, or take the change back.");
        QTest::newRow("no savepoint")
            << QByteArray(
                   "java.io.FileNotFoundException: Cannot find checkpoint or savepoint file/directory "
                   "'file:///sp' on file system 'file'.")
            << QByteArray(
                   "The cluster finds no savepoint at “file:///sp”. Choose another savepoint, or deploy "
                   "anew, "
                   "without one.");
        QTest::newRow("no plugin")
            << QByteArray(
                   "java.io.IOException: Cannot access file system for checkpoint/savepoint path 's3://x'.\n"
                   "\tat a.B.c(B.java:1)\nCaused by: "
                   "org.apache.flink.core.fs.UnsupportedFileSystemSchemeException: Could not find a file "
                   "system "
                   "implementation for scheme 's3'. The scheme is directly supported by Flink through the "
                   "following plugin(s): flink-s3-fs-hadoop.")
            << QByteArray(
                   "The cluster can't reach files at s3://. Put Flink's plugin for that into the folder "
                   "plugins "
                   "of each machine of the cluster.");
        QTest::newRow("anything else") << QByteArray("java.lang.RuntimeException: It broke.\nAnd more.")
                                       << QByteArray("Flink: It broke.");
    }

    void whyAJobDoesNotStart() {
        QFETCH(QByteArray, cause);
        QFETCH(QByteArray, words);
        const Work work;
        PlannerGateway gateway;
        gateway.refuse("EXECUTE", cause.toStdString());
        const auto session = gateway.session();
        StartOptions options;
        options.savepoint = "file:///sp";
        const auto made = startOnFlink(*session, work.program, {}, work.pipeline, options);
        QVERIFY(!made.ok());
        QCOMPARE(QByteArray::fromStdString(english(made.error())), words);
    }

    /// As a job says it that fails right after its start.
    void stateOfOtherColumns() {
        const Status status = flinkStartError(
            "For heap backends, the new state serializer (org.apache.flink.table.runtime.typeutils."
            "RowDataSerializer@304156a1) must not be incompatible with the old state serializer "
            "(org.apache.flink.table.runtime.typeutils.RowDataSerializer@19820ab6).",
            "file:///sp");
        QVERIFY(
            english(status.error()).starts_with("The savepoint does not fit: a node keeps other columns"));
    }

    void whereInTheParameters_data() {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("said");
        const QByteArray view = "CREATE TEMPORARY VIEW `n` AS\nSELECT `ä`, UPPER(`b`) AS `u`\nFROM `x`\n";
        QTest::newRow("the whole stretch") << view + "WHERE `b`   > 10" << QByteArray("4 7 4 16")
                                           << QByteArray("Cannot apply '>' to arguments of type '<A> > <B>'.")
                                           << QByteArray("n.condition[-1] 8+6");
        QTest::newRow("a word of the message")
            << view + "WHERE LOWER(`b`) > 10" << QByteArray("4 7 4 16")
            << QByteArray("Cannot apply 'LOWER' to arguments of type 'LOWER(<DECIMAL(10, 2)>)'.")
            << QByteArray("n.condition[-1] 15+5");
        QTest::newRow("an element of a list")
            << view << QByteArray("2 13 2 22")
            << QByteArray("No match found for function signature UPPER(<NUMERIC>)")
            << QByteArray("n.columns[1] 0+8");
        QTest::newRow("behind letters of two bytes")
            << view << QByteArray("2 8 2 10") << QByteArray("Column 'ä' not found in any table")
            << QByteArray("n.columns[0] 0+2");
        QTest::newRow("a name that is there twice, in one text")
            << view + "WHERE `c` > 10" << QByteArray("4 7 4 9")
            << QByteArray("Column 'c' not found in any table") << QByteArray("n.condition[-1] 0+0");
        QTest::newRow("a point") << view + "WHERE `b` LIKE 5" << QByteArray("4 11 4 11")
                                 << QByteArray("Encountered \"LIKE\" at line 4, column 11.")
                                 << QByteArray("n.condition[-1] 23+4");
        QTest::newRow("in several parameters")
            << view + "WHERE `b` > 10" << QByteArray("4 7 4 9")
            << QByteArray("Column 'b' not found in any table") << QByteArray("n.[-1] 0+0");
        QTest::newRow("nowhere") << view + "WHERE `zz` > 10" << QByteArray("4 7 4 10")
                                 << QByteArray("Column 'zz' not found in any table")
                                 << QByteArray("n.[-1] 0+0");
        QTest::newRow("outside the statement")
            << view << QByteArray("40 7 41 10") << QByteArray("What?") << QByteArray("n.[-1] 0+0");
    }

    void whereInTheParameters() {
        QFETCH(QByteArray, statement);
        QFETCH(QByteArray, place);
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, said);
        Pipeline pipeline;
        Node node;
        node.id = "n";
        node.params = Json{{"path", "zz.csv"},
                           {"condition", "c > 1 + b > 10 Lower b like c"},
                           {"columns", {"ä", "upper(b) AS u"}},
                           {"size", 5}};
        pipeline.nodes.push_back(node);
        FlinkRefusal refusal;
        refusal.statement = statement.toStdString();
        refusal.words = words.toStdString();
        const QList<QByteArray> numbers = place.split(' ');
        refusal.place =
            SqlPlace{numbers[0].toInt(), numbers[1].toInt(), numbers[2].toInt(), numbers[3].toInt()};
        const std::string found = told({flinkIssue(pipeline, "n", refusal)});
        QCOMPARE(QByteArray::fromStdString(found.substr(0, found.find(':'))), said);
    }

    /// A person sees the subflow; which node it is inside is said in words.
    void insideASubflow() {
        FlinkRefusal refusal;
        refusal.words = "Sort on a non-time-attribute field is not supported.";
        COMPARE_TEXT(told({flinkIssue({}, "part/inner", refusal)}),
                     "part.[-1] 0+0: Flink says of “part/inner”: Sort on a non-time-attribute field is not "
                     "supported.\n");
    }

    void shortWords_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("parser") << QByteArray(
                                       "SQL parse failed. Encountered \"+ FROM\" at line 2, column 16.\n"
                                       "Was expecting one of:\n    <EOF>")
                                << QByteArray("Encountered \"+ FROM\".");
        QTest::newRow("validator")
            << QByteArray(
                   "SQL validation failed. SQL validation failed. From line 1, column 23 to "
                   "line 1, column 25: Object 'w' not found")
            << QByteArray("Object 'w' not found");
        QTest::newRow("a table")
            << QByteArray(
                   "Table sink 'default_catalog.default_database.out' doesn't support consuming update "
                   "changes "
                   "which is produced by node GroupAggregate(groupBy=[auction])")
            << QByteArray(
                   "Table sink 'out' doesn't support consuming update changes which is produced by node "
                   "GroupAggregate(groupBy=[auction])");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }

    void shortWords() {
        QFETCH(QByteArray, words);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(shortFlinkWords(words.toStdString())), shown);
    }
};

QTEST_APPLESS_MAIN(TestFlinkDeploy)
#include "test_flink_deploy.moc"
