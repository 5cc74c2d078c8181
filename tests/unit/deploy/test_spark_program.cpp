// The PySpark program: the nodes in it, those that can't be, and that Python reads it.
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

#include "core/deploy/spark/library.h"
#include "core/deploy/spark/program.h"
#include "core/deploy/spark/python.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A pipeline translated for Spark.
class SparkText : public FlinkText {
 public:
    SparkText(const std::vector<Json>& nodes, const std::vector<std::string>& wires,
              const TranslateOptions& options = {})
        : FlinkText(nodes, wires, Engine::Spark, options) {}

    /// The lines of the statement that makes an output, or is a sink.
    std::string lines(const std::string& name) const {
        for (const Statement& statement : translation().statements) {
            if (statement.name == name) return statement.text;
        }
        return "no statement " + name;
    }
    std::string program() const { return sparkProgram(pipeline(), translation(), options()); }
};

Json bidsSource() {
    return timedSource("bids", {"k STRING", "v BIGINT"});
}

Json othersSource() {
    return timedSource("others", {"k STRING", "w BIGINT"});
}

/// One node behind a source.
SparkText behindBids(Json node, const TranslateOptions& options = {}) {
    const std::string id = node["id"];
    return {{bidsSource(), std::move(node), sinkOf("out")}, {"bids>" + id, id + ">out"}, options};
}

SparkText joinedBids(const char* type, Json params) {
    params["on"] = "left.k = right.k";
    return {{bidsSource(), othersSource(), nodeOf("j", type, std::move(params)), sinkOf("out")},
            {"bids>j.left", "others>j.right", "j>out"}};
}

Json totalsNode(const char* id = "g") {
    return nodeOf(id, "group_aggregate", {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}});
}

Json minuteNode(const char* id = "w") {
    return nodeOf(id, "window_aggregate",
                  {{"size", "1min"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}});
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Python's error on a program; empty: none.
QByteArray pythonSays(const QString& python, const QTemporaryDir& folder, const std::string& program) {
    QFile file(folder.filePath("program.py"));
    if (!file.open(QIODevice::WriteOnly)) return "can't write";
    file.write(QByteArray::fromStdString(program));
    file.close();
    QProcess process;
    process.start(python, {"-m", "py_compile", file.fileName()});
    process.waitForFinished(-1);
    return process.exitCode() == 0 ? QByteArray() : process.readAllStandardError();
}

/// The program of a filter by a text with a variable.
std::string variableProgram(const char* who) {
    const Json filter = nodeOf("f", "filter", {{"condition", "k = '${who}'"}});
    Json document{{"rill", 1},
                  {"variables", {{"who", who}}},
                  {"nodes", {bidsSource(), filter, sinkOf("out")}},
                  {"wires", {{{"from", "bids"}, {"to", "f"}}, {{"from", "f"}, {"to", "out"}}}}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    const Catalogue kinds = builtin();
    TranslateOptions options;
    options.validate.files = false;
    const Validated validated = validate(loaded->pipeline, kinds, options.validate);
    const Translation translation = translate(loaded->pipeline, kinds, validated, Engine::Spark, options);
    return sparkProgram(loaded->pipeline, translation, options);
}

}  // namespace

class TestSparkProgram : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void names() {
        QCOMPARE(pyName("bids"), std::string("bids"));
        QCOMPARE(pyName("bids$rejected"), std::string("bidsRejected"));
        QCOMPARE(pyName("outer/inner"), std::string("outer_IN_inner"));
        QCOMPARE(pyName("class"), std::string("class_"));
        QCOMPARE(pyName("class_"), std::string("class__"));
        QCOMPARE(pyName("sql"), std::string("sql_"));
        for (const auto* functions : {&sparkReaders(), &sparkChanges(), &sparkWriters(), &sparkOutside(),
                                      &sparkPythonCalls()}) {
            for (const SparkFunction& function : *functions) {
                if (function.name.front() < 'a') continue;  // no node is called so
                QVERIFY2(pyName(function.name) != function.name, std::string(function.name).c_str());
            }
        }
    }

    void literals() {
        using namespace std::string_view_literals;
        QCOMPARE(pyText("a\"b\\c"), std::string("\"a\\\"b\\\\c\""));
        QCOMPARE(pyText("\r\n\t\0"
                        "7\x7f"sv),
                 std::string("\"\\r\\n\\x09\\x007\\x7f\""));
        QCOMPARE(pyText("é"), std::string("\"é\""));
    }

    void source() {
        const SparkText spark({bidsSource(), sinkOf("out")}, {"bids>out"});
        COMPARE_TEXT(spark.lines("bids"),
                     "bids, bidsRejected = source_rows(\n"
                     "    \"bids\",\n"
                     "    csv_cells(path(\"bids.csv\"), [\"k\", \"v\", \"ts\"]),\n"
                     "    {\"k\": \"STRING\", \"v\": \"BIGINT\", \"ts\": \"TIMESTAMP\"},\n"
                     "    event_time=\"ts\",\n"
                     ")\n"
                     "bids = with_watermark(bids, \"ts\", \"5 seconds\")");
        QCOMPARE(spark.verdict("bids"), Verdict::Equivalent);
        COMPARE_TEXT(spark.lines("out"),
                     "csv_folder(\"out\", bids, path(\"out.out.csv.parts\"), header=True)");
    }

    void stagedAndFetched() {
        TranslateOptions options;
        options.sources = Sources::Staged;
        options.results = Results::Selects;
        const SparkText spark = behindBids(minuteNode(), options);
        QVERIFY(holds(spark.lines("bids"), "bids = staged_rows("));
        COMPARE_TEXT(spark.lines("out"), "show(\"out\", w)");
        QVERIFY(holds(spark.program(), "parser.set_defaults(end=True)"));
        QVERIFY(!holds(spark.said("w"), "stay open"));
    }

    /// Rows to compare come from the files themselves, and the program is told to close the last windows.
    void fetchedFromFiles() {
        QVERIFY(holds(behindBids(minuteNode()).said("w"), "stay open"));
        TranslateOptions options;
        options.results = Results::Selects;
        const SparkText spark = behindBids(minuteNode(), options);
        QVERIFY(holds(spark.lines("bids"), "csv_cells("));
        QVERIFY(!holds(spark.said("w"), "stay open"));
    }

    void filterKeepsTheEventTimeInSight() {
        const SparkText spark = behindBids(nodeOf("f", "filter", {{"condition", "v > 10"}}));
        const std::string lines = spark.lines("f");
        QVERIFY2(lines.starts_with("f = bids.where(\"IF(`ts` IS NULL, NULL, ") && holds(lines, "`v` > 10"),
                 lines.c_str());
        QCOMPARE(spark.verdict("f"), Verdict::Exact);
    }

    void onlyTheEventTimeHasTheMark() {
        const SparkText spark = behindBids(nodeOf("s", "select", {{"columns", {"ts AS t", "*", "ts AS u"}}}));
        COMPARE_TEXT(spark.lines("s"),
                     "s = bids.selectExpr(\n"
                     "    \"`ts` AS `t`\",\n"
                     "    \"`k`\",\n"
                     "    \"`v`\",\n"
                     "    \"`ts` + INTERVAL '0' SECOND AS `ts`\",\n"
                     "    \"`ts` + INTERVAL '0' SECOND AS `u`\",\n"
                     ")");
    }

    void windows() {
        const SparkText spark = behindBids(minuteNode());
        COMPARE_TEXT(
            spark.lines("w"),
            "w = window_totals(bids, \"window(`ts`, '1 minute')\", [\"`k`\"], [\"COUNT(*) AS `n`\"])");
        QVERIFY(holds(spark.said("w"), "The last windows stay open"));
        QVERIFY(holds(spark.said("w"), "[while no row is late]"));
        const auto window = [](Json params) {
            params["aggregates"] = {"COUNT(*) AS n"};
            return behindBids(nodeOf("w", "window_aggregate", std::move(params))).lines("w");
        };
        QVERIFY(holds(window({{"window", "hop"}, {"size", "10s"}, {"slide", "4s"}, {"offset", "-1s"}}),
                      "\"window(`ts`, '10 seconds', '4 seconds', '3 seconds')\""));
        const std::string session = window({{"window", "session"}, {"gap", "500ms"}});
        QVERIFY2(holds(session, "\"session_window(`ts`, '500 milliseconds')\"") &&
                     holds(session, "[\"pmod(unix_millis(`ts`), 1) AS `$all`\"]"),
                 session.c_str());
        QVERIFY(holds(window({{"window", "cumulate"}, {"size", "1h"}, {"step", "10min"}}),
                      "window_totals(cumulating(bids, \"ts\", 3600000, 600000, 0), None, []"));
    }

    void windowsOfWindows() {
        const SparkText spark(
            {bidsSource(), minuteNode(),
             nodeOf("h", "window_aggregate",
                    {{"window", "tumble"}, {"size", "1h"}, {"aggregates", {"SUM(n) AS n"}}}),
             nodeOf("t", "top_n", {{"by", {"n DESC"}}, {"limit", 3}}), sinkOf("out"), sinkOf("top")},
            {"bids>w", "w>h", "h>out", "w>t", "t>top"});
        QVERIFY(holds(spark.lines("h"), "window_totals(w, \"window(`$time`, '1 hour')\""));
        COMPARE_TEXT(spark.lines("t"), "t = top_n(w, [(\"n\", True)], 3, [], \"rank\")");
    }

    void intervalJoin() {
        const SparkText spark =
            joinedBids("interval_join", {{"lower", "-5s"}, {"upper", "1min"}, {"kind", "full"}});
        const std::string lines = spark.lines("j");
        QVERIFY2(holds(lines, "j = bids.alias(\"left\").join(\n    others.alias(\"right\"),") &&
                     holds(lines, "AND `left`.`k` IS NOT NULL AND `right`.`k` IS NOT NULL") &&
                     holds(lines, "`right`.`ts` >= `left`.`ts` + INTERVAL '-5' SECOND") &&
                     holds(lines, "`right`.`k` AS `k_right`") && !holds(lines, "$time"),
                 lines.c_str());
        QVERIFY(holds(joinedBids("interval_join", {{"lower", "0s"}, {"upper", "1s"}}).lines("j"),
                      "\"`left`.`ts` AS `$time`\""));
    }

    void windowJoin() {
        const auto lines = [](const char* kind) {
            return joinedBids("window_join", {{"size", "10s"}, {"kind", kind}}).lines("j");
        };
        const std::string inner = lines("inner");
        QVERIFY2(holds(inner, "with_windows(bids, \"ts\", \"window(`ts`, '10 seconds')\").alias(\"left\")") &&
                     holds(inner, "`left`.`$window` = `right`.`$window`") &&
                     holds(inner, "window_time(`left`.`$window`) AS `$time`"),
                 inner.c_str());
        QVERIFY2(holds(lines("anti"), ".where(\"`right`.`$met` IS NULL\")"), lines("anti").c_str());
        QVERIFY(holds(lines("semi"), "\"left_semi\""));
        QVERIFY(lines("full").starts_with("j = marked("));
    }

    void joinOfAllRowsHasNoMark() {
        const std::string lines = joinedBids("join", Json::object()).lines("j");
        QVERIFY2(holds(lines, "`ts` + INTERVAL '0' SECOND AS `ts`") &&
                     holds(lines, ").alias(\"left\").join(") && holds(lines, "`right`.`ts` AS `ts_right`") &&
                     !holds(lines, "`left`.`ts` +"),
                 lines.c_str());
    }

    void upsertOfRowsThatDoNotChange() {
        const SparkText spark(
            {bidsSource(),
             nodeOf("db", "sqlite_sink",
                    {{"database", "out.db"}, {"table", "t"}, {"mode", "upsert"}, {"key", {"k"}}})},
            {"bids>db"});
        QCOMPARE(spark.verdict("db"), Verdict::Approximated);
        QVERIFY(holds(spark.said("db"), "any is kept"));
        QVERIFY(holds(spark.program(), "CREATE TABLE IF NOT EXISTS _rill_keys"));
    }

    void blanksStay() {
        const SparkText spark(
            {nodeOf("given", "rows",
                    {{"columns", {"k STRING"}}, {"rows", Json::array({Json::array({" a "})})}}),
             sinkOf("out")},
            {"given>out"});
        const std::string program = spark.program();
        const std::string kept = "\"ignoreLeadingWhiteSpace\": False";
        const std::size_t first = program.find(kept);
        QVERIFY(first != std::string::npos && program.find(kept, first + 1) != std::string::npos);
        QVERIFY(holds(program, "import hashlib\n"));
    }

    void namesOfFiles() {
        const auto reads = [](const char* path) {
            Json source = bidsSource();
            source["params"]["path"] = path;
            return SparkText({source, sinkOf("out")}, {"bids>out"}).verdict("bids");
        };
        QCOMPARE(reads("in/*.csv"), Verdict::Equivalent);
        QCOMPARE(reads("_in/a.csv"), Verdict::Equivalent);
        for (const char* path : {"in/_a.csv", "in/.a.csv", "in/a,b.csv", "in{1}/a.csv", "in/_a/"})
            QCOMPARE(reads(path), Verdict::Refused);
    }

    void namesOfColumns() {
        Json hidden = bidsSource();
        hidden["params"]["columns"] = {"`$row` STRING", "ts TIMESTAMP(3)"};
        const SparkText spark({hidden, sinkOf("out")}, {"bids>out"});
        QVERIFY(holds(spark.said("bids"), "has a column “$row” of its own. Rename the column."));
        const SparkText flat(
            {bidsSource(),
             nodeOf("flat", "flatten", {{"column", "k"}, {"columns", {"n INT FROM '$[\"a?\"]'"}}}),
             sinkOf("out")},
            {"bids>flat", "flat>out"});
        QCOMPARE(flat.verdict("flat"), Verdict::Refused);
    }

    void conditionsOfFiles() {
        Json single = nodeOf("one", "csv_source", {{"path", "one.csv"}, {"columns", {"k STRING"}}});
        const std::string csv = SparkText({single, sinkOf("out")}, {"one>out"}).said("one");
        QVERIFY2(holds(csv, "[while no line is blank]") && holds(csv, "behind its closing quote]"),
                 csv.c_str());
        const Json lines =
            nodeOf("lines", "ndjson_source", {{"path", "a.ndjson"}, {"columns", {"k STRING"}}});
        QVERIFY(holds(SparkText({lines, sinkOf("out")}, {"lines>out"}).said("lines"),
                      "[while no object has a name twice]"));
    }

    void foldersAreOfTheirNodes() {
        const std::string program = SparkText({bidsSource(), sinkOf("out")}, {"bids>out"}).program();
        QVERIFY(holds(program, "\npipeline = \"test\"\n") && holds(program, "def own_folder(") &&
                holds(program, "def mark_of(") && holds(program, "appName(pipeline)"));
    }

    void changingRows() {
        const SparkText spark(
            {bidsSource(), totalsNode(), nodeOf("f", "filter", {{"condition", "n > 1"}}),
             nodeOf("db", "sqlite_sink", {{"database", "out.db"}, {"table", "t"}, {"mode", "upsert"}})},
            {"bids>g", "g>f", "f>db"});
        COMPARE_TEXT(spark.lines("g"), "g = totals(bids, [\"`k`\"], [\"COUNT(*) AS `n`\"])");
        QVERIFY(spark.lines("f").starts_with("f = g.where(\""));
        QVERIFY(holds(spark.lines("db"), "mode=\"upsert\",\n    key=[\"k\"],"));
        QCOMPARE(spark.verdict("g"), Verdict::Equivalent);
    }

    void refused() {
        const auto verdictOf = [](const SparkText& spark, const char* node) { return spark.verdict(node); };
        QCOMPARE(verdictOf(behindBids(nodeOf("s", "sort")), "s"), Verdict::Refused);
        QCOMPARE(verdictOf(behindBids(nodeOf("s", "sample", {{"fraction", 0.5}})), "s"), Verdict::Refused);
        QCOMPARE(verdictOf(behindBids(totalsNode()), "out"), Verdict::Refused);  // changing rows into files
        QCOMPARE(verdictOf(joinedBids("join", {{"kind", "left"}}), "j"), Verdict::Refused);
        QCOMPARE(verdictOf(behindBids(nodeOf("t", "top_n", {{"by", {"v"}}})), "t"), Verdict::Refused);
        Json early = minuteNode();
        early["params"]["early"] = "10s";
        QCOMPARE(verdictOf(behindBids(early), "w"), Verdict::Refused);
        const SparkText late({bidsSource(), minuteNode(), sinkOf("out"), sinkOf("late")},
                             {"bids>w", "w>out", "w.late>late"});
        QVERIFY(holds(late.said("w"), "Spark drops late rows"));
        Json follow = bidsSource();
        follow["params"]["follow"] = true;
        QCOMPARE(verdictOf(SparkText({follow, sinkOf("out")}, {"bids>out"}), "bids"), Verdict::Refused);
        const SparkText twice({bidsSource(), minuteNode(), totalsNode(), nodeOf("v", "table_view")},
                              {"bids>w", "w>g", "g>v"});
        QCOMPARE(twice.verdict("g"), Verdict::Refused);
    }

    void pythonReadsIt() {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty()) QSKIP("There is no Python.");
        const QTemporaryDir folder;
        Json rejecting = bidsSource();
        rejecting["id"] = "class";  // a word of Python's
        const SparkText spark(
            {bidsSource(),
             othersSource(),
             rejecting,
             nodeOf("given", "rows",
                    {{"columns", {"k STRING", "v BIGINT"}},
                     {"rows", Json::array({{"a \"quoted\" \\ one", 1}, {nullptr, "2"}})}}),
             nodeOf("lines", "ndjson_source",
                    {{"path", "in/*.ndjson"}, {"columns", {"j STRING FROM '$.a[0]'"}}}),
             nodeOf("r", "route", {{"branches", {"big: v > 10", "odd: k = 'it''s'"}}}),
             nodeOf("flat", "flatten", {{"column", "j"}, {"columns", {"item STRING", "n INT FROM '$.n'"}}}),
             nodeOf("u", "union"),
             minuteNode(),
             nodeOf("best", "top_n", {{"by", {"n DESC"}}}),
             nodeOf("once", "deduplicate", {{"keys", {"k"}}}),
             nodeOf("newest", "deduplicate", {{"keys", {"k"}}, {"keep", "last"}}),
             totalsNode(),
             nodeOf("ij", "interval_join",
                    {{"on", "left.k = right.k"}, {"lower", "0s"}, {"upper", "5s"}, {"kind", "left"}}),
             nodeOf("wj", "window_join", {{"on", "left.k = right.k"}, {"size", "10s"}, {"kind", "anti"}}),
             nodeOf("names", "lookup_join",
                    {{"database", "names.db"},
                     {"table", "names"},
                     {"columns", {"k STRING", "name STRING"}},
                     {"on", "left.k = right.k"}}),
             nodeOf("a", "table_view"),
             nodeOf("b", "table_view"),
             nodeOf("c", "table_view"),
             nodeOf("d", "ndjson_sink", {{"path", "d.ndjson"}}),
             sinkOf("e"),
             sinkOf("f"),
             sinkOf("h"),
             nodeOf("db", "sqlite_sink", {{"database", "out.db"}, {"table", "t"}, {"mode", "upsert"}}),
             nodeOf("v", "table_view"),
             nodeOf("x", "table_view"),
             sinkOf("y"),
             sinkOf("z")},
            {"bids>r",
             "r.big>u",
             "r.odd>u",
             "u>w",
             "w>best",
             "best>a",
             "r.otherwise>once",
             "once>b",
             "bids>newest",
             "newest>c",
             "bids>g",
             "g>db",
             "bids>ij.left",
             "others>ij.right",
             "ij>d",
             "bids>wj.left",
             "others>wj.right",
             "wj>e",
             "bids>names",
             "names>f",
             "class.rejected>h",
             "lines>flat",
             "flat>v",
             "given>x",
             "class>y",
             "flat.rejected>z"});
        const QByteArray said = pythonSays(python, folder, spark.program());
        QVERIFY2(said.isEmpty(), said.constData());
        const std::string program = spark.program();
        QVERIFY(holds(program, "# node: w (window_aggregate)\nw = window_totals("));
        QVERIFY(holds(program, "\nclass_, classRejected = source_rows("));
        QCOMPARE(program, spark.program());  // the same for the same pipeline
    }

    void onlyWhatIsCalled() {
        const std::string program = behindBids(nodeOf("f", "filter", {{"condition", "v > 10"}})).program();
        QVERIFY(holds(program, "def csv_cells(") && holds(program, "def files("));
        QVERIFY(!holds(program, "def top_n(") && !holds(program, "import sqlite3"));
    }

    void variables() {
        const std::string program = variableProgram("me");
        QVERIFY2(holds(program, ".where(sql(\"IF(`ts` IS NULL, NULL, `k` = '${who}')\"))"), program.c_str());
        QVERIFY(holds(program, "\"who\": \"me\","));
        QVERIFY(holds(program, "as plain text: a quote is written once"));
    }

    void variablesWithQuotesArePutIn() {
        const std::string program = variableProgram("it''s");
        QVERIFY2(holds(program, "`k` = 'it\\\\'s'"), program.c_str());
        QVERIFY(holds(program, "\nvariables = {\n}\n"));
    }
};

QTEST_APPLESS_MAIN(TestSparkProgram)
#include "test_spark_program.moc"
