// stdin in whole pipelines: both formats, one reader a run, an end, and a stop that does not wait for it.
#include "tests/support/memory_files.h"
#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;

namespace {

Json stdinNode(const char* id, Json params) {
    if (!params.contains("columns")) params["columns"] = {"id INT", "name STRING"};
    return {{"id", id}, {"type", "stdin"}, {"params", std::move(params)}};
}
Json csvSink(const char* id, const std::string& path) {
    return {{"id", id}, {"type", "csv_sink"}, {"params", {{"path", path}}}};
}

/// A run's standard input, all of it there.
std::shared_ptr<MemoryFiles> given(const std::string& bytes) {
    auto files = std::make_shared<MemoryFiles>();
    files->give(bytes);
    files->endInput();
    return files;
}

}  // namespace

class TestStdinNode : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void formats_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("input");
        QTest::newRow("csv") << R"({})"
                             << "name,id\na,1\n,2\n";
        QTest::newRow("csv, its own way") << "{\"header\": false, \"delimiter\": \";\", \"quote\": \"'\"}"
                                          << "1;'a'\n2;\n";
        QTest::newRow("json") << R"({"format": "ndjson"})"
                              << "{\"id\":1,\"name\":\"a\"}\n{\"id\":2}";
        QTest::newRow("json with paths")
            << "{\"format\": \"ndjson\", \"columns\": [\"id INT\", \"name STRING FROM '$.a[1]'\"]}"
            << "{\"id\":1,\"a\":[0,\"a\"]}\n{\"id\":2,\"name\":\"b\"}\n";
    }
    void formats() {
        QFETCH(QString, params);
        QFETCH(QString, input);
        for (const int parallelism : {1, 3}) {
            for (const std::size_t batch : {1U, 4096U}) {
                Workshop shop;
                shop.files = given(input.toStdString());
                QCOMPARE(
                    shop.run({stdinNode("in", Json::parse(params.toStdString())), csvSink("out", "out.csv")},
                             {wireText("in", "out")}, parallelism, batch),
                    std::string());
                QCOMPARE(shop.read("out.csv"), std::string("id,name\n1,a\n2,\n"));
            }
        }
    }
    /// Any lines are values, empty ones, too; one that is no text is reported.
    void linesOfText() {
        Workshop shop;
        shop.files = given("a, \"b\"\n\n{\"id\":1}\r\n\xff\nlast");
        const Json params{{"format", "text"}, {"columns", {"line STRING"}}};
        QCOMPARE(shop.run({stdinNode("in", params), csvSink("out", "out.csv"), csvSink("bad", "bad.csv")},
                          {wireText("in", "out"), wireText("in.rejected", "bad")}),
                 std::string());
        QCOMPARE(shop.read("out.csv"),
                 std::string("line\n\"a, \"\"b\"\"\"\n\"\"\n\"{\"\"id\"\":1}\"\nlast\n"));
        QVERIFY(shop.read("bad.csv").find("The row is not UTF-8 from byte 1 on.") != std::string::npos);
    }
    void textIsOneColumn() {
        for (const Json& columns : {Json{"line STRING", "more STRING"}, Json{"line INT"}}) {
            Workshop shop;
            const Json params{{"format", "text"}, {"columns", columns}};
            const std::string issues = Workshop::issues(
                shop.plan({stdinNode("in", params), csvSink("out", "o.csv")}, {wireText("in", "out")}));
            QVERIFY2(issues.find("Text has one column, of type STRING.") != std::string::npos,
                     issues.c_str());
        }
    }
    void manyRows() {
        std::string input = "id,name\n", expected;
        for (int i = 0; i < 100'000; ++i) expected += std::to_string(i) + ",n\n";
        Workshop shop;
        shop.files = given(input + expected);
        QCOMPARE(shop.run({stdinNode("in", Json::object()), csvSink("out", "out.csv")},
                          {wireText("in", "out")}, 3),
                 std::string());
        QVERIFY(shop.read("out.csv") == input + expected);
    }
    void rejectedRowsLeaveByTheirPort() {
        Workshop shop;
        shop.files = given("id,name\n1,a\nx,b\n");
        QCOMPARE(
            shop.run({stdinNode("in", Json::object()), csvSink("out", "out.csv"), csvSink("bad", "bad.csv")},
                     {wireText("in", "out"), wireText("in.rejected", "bad")}),
            std::string());
        QCOMPARE(shop.read("bad.csv"), std::string("node,error,row,position\n"
                                                   "in,Column “id”: “x” is not of type INT.,\"x,b\",2\n"));
    }
    void aWrongHeaderFailsTheRun() {
        Workshop shop;
        shop.files = given("id,more\n1,a\n");
        const std::string failure =
            shop.run({stdinNode("in", Json::object()), csvSink("out", "out.csv")}, {wireText("in", "out")});
        QVERIFY2(failure.starts_with("in: The header of “/dev/stdin” has no column “name”."),
                 failure.c_str());
    }
    /// It is not known whether it ends: windows close by the watermark, and outputs are written in place.
    void isLive() {
        Workshop shop;
        shop.files = given("");
        const Planned planned =
            shop.plan({stdinNode("in", Json::object()), csvSink("out", "out.csv")}, {wireText("in", "out")});
        QVERIFY(planned.plan);
        RunOptions options;
        options.files = shop.files;
        auto run = Run::start(planned.plan, options);
        QVERIFY(run.ok());
        QVERIFY(!(*run)->endsByItself());
        (*run)->wait();
        QVERIFY((*run)->status().ok());
    }
    void aStopDoesNotWaitForInput() {
        for (const StopMode mode : {StopMode::Drain, StopMode::Now, StopMode::Discard}) {
            Workshop shop;
            const auto silent = std::make_shared<MemoryFiles>();
            silent->give("id,name\n1,a\n2,");
            const Planned planned = shop.plan({stdinNode("in", Json::object()), csvSink("out", "out.csv")},
                                              {wireText("in", "out")});
            RunOptions options;
            options.files = silent;
            auto run = Run::start(planned.plan, options);
            QVERIFY(run.ok());
            QTRY_VERIFY_WITH_TIMEOUT(shop.read("out.csv") == "id,name\n1,a\n", 60'000);
            QVERIFY(!(*run)->finished());
            (*run)->stop(mode);
            (*run)->wait();
            QCOMPARE(shop.read("out.csv"), std::string("id,name\n1,a\n"));
        }
    }
    /// Bytes that one of them took the other would not get.
    void oneNodeARun() {
        Workshop shop;
        const std::vector<Json> nodes{stdinNode("first", {{"header", false}}),
                                      stdinNode("second", Json::object()), csvSink("a", "a.csv"),
                                      csvSink("b", "b.csv")};
        const std::vector<Json> wires{wireText("first", "a"), wireText("second", "b")};
        const std::string issues = Workshop::issues(shop.plan(nodes, wires));
        QCOMPARE(issues,
                 std::string("second: Standard input is already taken by “first”. Keep one of the nodes, "
                             "and lead several wires away from it.\n"));
        std::vector<Json> without = nodes;
        without[1]["disabled"] = true;
        QVERIFY(Workshop::issues(shop.plan(without, wires)).find("already taken") == std::string::npos);
        QCOMPARE(Workshop::issues(shop.plan({nodes[0], nodes[2], nodes[3]},
                                            {wireText("first", "a"), wireText("first", "b")})),
                 std::string());
    }
    /// A foreign pipeline needs a consent before a run.
    void isToldBeforeARun() {
        Workshop shop;
        const Planned planned =
            shop.plan({stdinNode("in", Json::object()), csvSink("out", "out.csv")}, {wireText("in", "out")});
        QVERIFY(planned.plan);
        std::vector<std::string> told;
        for (const Stage& stage : planned.plan->stages) {
            for (const Access& access : stage.nodes.front().bound->accesses)
                told.push_back(english(access.description));
        }
        QCOMPARE(told, std::vector<std::string>{"Standard input"});
    }
    void refusedWhenDesigning_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* params, const char* expected) {
            QTest::newRow(params) << params << expected;
        };
        add(R"({"delimiter": ""})", "in.delimiter: Fields need a delimiter");
        add("{\"columns\": [\"id INT FROM '$.id'\"]}", "in.columns[0]: “FROM” is for columns");
        add("{\"format\": \"ndjson\", \"columns\": [\"id INT FROM 'id'\"]}",
            "in.columns[0]: What follows FROM");
        add(R"({"format": "xml"})", "in.format: ");
        add(R"({"event_time": "ts"})", "in.event_time: There is no column “ts”.");
    }
    void refusedWhenDesigning() {
        QFETCH(QString, params);
        QFETCH(QString, expected);
        Workshop shop;
        const Planned planned =
            shop.plan({stdinNode("in", Json::parse(params.toStdString())), csvSink("out", "out.csv")},
                      {wireText("in", "out")});
        QVERIFY(!planned.plan);
        const QString issues = QString::fromStdString(Workshop::issues(planned));
        QVERIFY2(issues.contains(expected), qPrintable(issues));
    }
};

QTEST_GUILESS_MAIN(TestStdinNode)
#include "test_stdin_node.moc"
