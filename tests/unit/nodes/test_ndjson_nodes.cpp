// ndjson_source and ndjson_sink in whole pipelines: their refusals at design time, their rows in a run.
#include <filesystem>

#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;

namespace {

Json jsonSource(Json params) {
    if (!params.contains("path")) params["path"] = "in.ndjson";
    if (!params.contains("columns"))
        params["columns"] = {"id INT", "city STRING FROM '$.address.city'", "ts TIMESTAMP(3)"};
    return {{"id", "src"}, {"type", "ndjson_source"}, {"params", std::move(params)}};
}
Json jsonSink(const char* id, const std::string& path) {
    return {{"id", id}, {"type", "ndjson_sink"}, {"params", {{"path", path}}}};
}

}  // namespace

class TestNdjsonNodes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void copies() {
        Workshop shop;
        shop.write("in.ndjson",
                   "{\"ts\":\"2024-03-01T10:00:00Z\",\"id\":1,\"address\":{\"city\":\"a \\\"b\\\"\"}}\n"
                   "{\"id\":2}\n\n{\"address\":{\"city\":\"\"},\"id\":3,\"ts\":\"2024-03-01\"}\n");
        for (const int parallelism : {1, 2, 5}) {
            for (const std::size_t batch : {1U, 2U, 4096U}) {
                const std::string failure =
                    shop.run({jsonSource(Json::object()), jsonSink("out", "out.ndjson")},
                             {wireText("src", "out")}, parallelism, batch);
                QCOMPARE(failure, std::string());
                QCOMPARE(
                    shop.read("out.ndjson"),
                    std::string("{\"id\":1,\"city\":\"a \\\"b\\\"\",\"ts\":\"2024-03-01 10:00:00.000\"}\n"
                                "{\"id\":2,\"city\":null,\"ts\":null}\n"
                                "{\"id\":3,\"city\":\"\",\"ts\":\"2024-03-01 00:00:00.000\"}\n"));
            }
        }
        QVERIFY(!std::filesystem::exists(shop.path(".out.ndjson.rill-new")));
    }
    /// For any columns read: rows that can't be read leave by `rejected`, with their place in the source.
    void rejectedRowsLeaveByTheirPort() {
        Workshop shop;
        shop.write("in.ndjson", "{\"id\":1}\n{\"id\":1.5}\n\n{\"id\":3\n{\"id\":4}\n");
        const Json select{{"id", "sel"}, {"type", "select"}, {"params", {{"columns", {"city"}}}}};
        QCOMPARE(
            shop.run({jsonSource(Json::object()), select, jsonSink("out", "out.ndjson"),
                      jsonSink("bad", "bad.ndjson")},
                     {wireText("src", "sel"), wireText("sel", "out"), wireText("src.rejected", "bad")}, 2),
            std::string());
        QCOMPARE(shop.read("out.ndjson"), std::string("{\"city\":null}\n{\"city\":null}\n"));
        QCOMPARE(shop.read("bad.ndjson"),
                 std::string("{\"node\":\"src\",\"error\":\"Column “id”: “1.5” is not of type INT.\","
                             "\"row\":\"{\\\"id\\\":1.5}\",\"position\":2}\n"
                             "{\"node\":\"src\",\"error\":\"The object does not end where the row ends.\","
                             "\"row\":\"{\\\"id\\\":3\",\"position\":3}\n"));
    }
    void failsOnRequest() {
        Workshop shop;
        shop.write("in.ndjson", "{\"id\":1}\n{\"id\":true}\n");
        shop.write("out.ndjson", "as it was\n");
        const std::string failure = shop.run(
            {jsonSource({{"on_error", "fail"}}), jsonSink("out", "out.ndjson")}, {wireText("src", "out")});
        QVERIFY2(failure.starts_with("src: Row 2 failed: Column “id”: “true” is not of type INT."),
                 failure.c_str());
        QCOMPARE(shop.read("out.ndjson"), std::string("as it was\n"));
        QCOMPARE(shop.run({jsonSource({{"on_error", "null"}, {"columns", {"id INT"}}}),
                           jsonSink("out", "out.ndjson")},
                          {wireText("src", "out")}),
                 std::string());
        QCOMPARE(shop.read("out.ndjson"), std::string("{\"id\":1}\n{\"id\":null}\n"));
    }
    void refusedWhenDesigning_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* params, const char* expected) {
            QTest::newRow(params) << params << expected;
        };
        const char* noPath = "src.columns[0]: What follows FROM is no path in quotes.";
        add(R"({"columns": ["a INT FROM"]})", noPath);
        add(R"({"columns": ["a INT FROM $.a"]})", noPath);
        add(R"({"columns": ["a INT FROM 'a'"]})", noPath);
        add(R"({"columns": ["a INT FROM '$.*'"]})", noPath);
        add(R"({"columns": ["a INT FROM '$.a' or more"]})", noPath);
        add(R"({"columns": ["a FROM '$.a'"]})", "src.columns[0]: “FROM '$.a'” is not a type.");
        add(R"({"columns": ["a INTT FROM '$.a'"]})", "src.columns[0]: “INTT” is not a type.");
        add(R"({"columns": ["a INT FROM '$.a'", "a INT"]})", "src.columns[1]: There are two columns “a”.");
        add(R"({"columns": ["a INT"], "event_time": "b"})", "src.event_time: There is no column “b”.");
        add(R"({"replay_speed": 1})", "src.replay_speed: Replay goes by the event times");
        add(R"({"path": "-"})", "src.path: Standard input can't be read by this node.");
    }
    void refusedWhenDesigning() {
        QFETCH(QString, params);
        QFETCH(QString, expected);
        Workshop shop;
        shop.write("in.ndjson", "{}\n");
        const Planned planned =
            shop.plan({jsonSource(Json::parse(params.toStdString())), jsonSink("out", "out.ndjson")},
                      {wireText("src", "out")});
        QVERIFY(!planned.plan);
        const QString issues = QString::fromStdString(Workshop::issues(planned));
        QVERIFY2(issues.contains(expected), qPrintable(issues));
    }
    /// The fault is marked where it stands in the text.
    void wrongPathsAreMarked() {
        Workshop shop;
        const std::string column = "`a b`  DECIMAL(5,2)  from  'x'";
        const Planned planned = shop.plan(
            {jsonSource({{"columns", {column}}}), jsonSink("out", "out.ndjson")}, {wireText("src", "out")});
        const auto issue = std::find_if(planned.issues.begin(), planned.issues.end(),
                                        [](const Issue& each) { return each.param == "columns"; });
        QVERIFY(issue != planned.issues.end());
        QCOMPARE(issue->position, column.find("'x'"));
        QCOMPARE(issue->length, std::size_t{3});
    }
    void columnsOfCsvHaveNoPath() {
        Workshop shop;
        const Json csv{{"id", "src"},
                       {"type", "csv_source"},
                       {"params", {{"path", "in.csv"}, {"columns", {"a INT FROM '$.a'"}}}}};
        const std::string issues =
            Workshop::issues(shop.plan({csv, jsonSink("out", "out.ndjson")}, {wireText("src", "out")}));
        QVERIFY2(issues.starts_with("src.columns[0]: “FROM” is for columns that are read from JSON."),
                 issues.c_str());
    }
    void pathsOfAllSorts() {
        Workshop shop;
        shop.write("in.ndjson", "{\"it's\":{\"a\":[{\"b\":1},{\"b\":2}]}}\n");
        const Json columns{"b INT from '$[\"it''s\"].a[1].b'", "`from` STRING FROM '$[\"it''s\"].a'",
                           "x DECIMAL(5,2)FROM'$[\"it''s\"].a[0].b'"};
        QCOMPARE(shop.run({jsonSource({{"columns", columns}}), jsonSink("out", "out.ndjson")},
                          {wireText("src", "out")}),
                 std::string());
        QCOMPARE(shop.read("out.ndjson"),
                 std::string("{\"b\":2,\"from\":\"[{\\\"b\\\":1},{\\\"b\\\":2}]\",\"x\":1.00}\n"));
    }
    void changingRowsSayWhatTheyDo() {
        Workshop shop;
        shop.write("in.ndjson", "{\"id\":1,\"ts\":\"2024-03-01\"}\n{\"id\":1,\"ts\":\"2024-03-02\"}\n");
        const Json last{
            {"id", "last"}, {"type", "deduplicate"}, {"params", {{"keys", {"id"}}, {"keep", "last"}}}};
        const auto run = [&](const Json& columns) {
            return shop.run({jsonSource({{"columns", columns}, {"event_time", "ts"}}), last,
                             jsonSink("out", "out.ndjson")},
                            {wireText("src", "last"), wireText("last", "out")}, 1, 1);
        };
        QCOMPARE(run({"id INT", "ts TIMESTAMP(3)"}), std::string());
        QCOMPARE(shop.read("out.ndjson"),
                 std::string("{\"op\":\"+I\",\"id\":1,\"ts\":\"2024-03-01 00:00:00.000\"}\n"
                             "{\"op\":\"-U\",\"id\":1,\"ts\":\"2024-03-01 00:00:00.000\"}\n"
                             "{\"op\":\"+U\",\"id\":1,\"ts\":\"2024-03-02 00:00:00.000\"}\n"));
        const std::string refused = run({"id INT", "op STRING", "ts TIMESTAMP(3)"});
        QVERIFY2(refused.starts_with("out.path: The changing rows have a column “op”"), refused.c_str());
    }
    void outputFolderMustBeThere() {
        Workshop shop;
        shop.write("in.ndjson", "{}\n");
        const std::string issues = Workshop::issues(shop.plan(
            {jsonSource(Json::object()), jsonSink("out", "no/such/out.ndjson")}, {wireText("src", "out")}));
        QVERIFY2(issues.starts_with("out.path: There is no folder “" + shop.path("no/such") + "”."),
                 issues.c_str());
    }
    void inferenceKeepsDeclaredTypes() {
        Workshop shop;
        shop.write("in.jsonl",
                   "{\"id\":1,\"price\":8.84}\n{\"id\":2,\"price\":\"n/a\"}\n{\"id\":3,\"price\":9}\n");
        const Catalogue catalogue = builtin();
        const Json params{{"path", "in.jsonl"}, {"columns", Json::array({"price DOUBLE"})}};
        const auto columns = catalogue.find("ndjson_source")->infer(params, shop.path(""));
        QVERIFY(columns.ok());
        QCOMPARE(Json(*columns), Json::array({"id INT", "price DOUBLE"}));
    }
    void inference() {
        Workshop shop;
        shop.write("in.jsonl", "{\"id\":1,\"the price\":2.5,\"ts\":\"2024-03-01 10:00:00\"}\n");
        const Catalogue catalogue = builtin();
        const NodeKind* kind = catalogue.find("ndjson_source");
        const auto columns = kind->infer({{"path", "in.jsonl"}}, shop.path(""));
        QVERIFY(columns.ok());
        QCOMPARE(*columns, (std::vector<std::string>{"id INT", "`the price` DOUBLE", "ts TIMESTAMP(3)"}));
        QVERIFY(!kind->infer({{"path", "none.jsonl"}}, shop.path("")).ok());
        // the guess can be read
        QCOMPARE(shop.run({jsonSource({{"path", "in.jsonl"}, {"columns", *columns}}),
                           jsonSink("out", "out.ndjson")},
                          {wireText("src", "out")}),
                 std::string());
        QCOMPARE(shop.read("out.ndjson"),
                 std::string("{\"id\":1,\"the price\":2.5,\"ts\":\"2024-03-01 10:00:00.000\"}\n"));
    }
    /// A file that is dropped on the window becomes the node that reads it.
    void filesByTheirEnding() {
        const Catalogue catalogue = builtin();
        std::vector<std::string> endings;
        for (const FileSort& sort : catalogue.find("ndjson_source")->files) endings.push_back(sort.ending);
        QCOMPARE(endings, (std::vector<std::string>{".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz", ".ndjson.zst",
                                                    ".jsonl.zst"}));
    }
};

QTEST_APPLESS_MAIN(TestNdjsonNodes)
#include "test_ndjson_nodes.moc"
