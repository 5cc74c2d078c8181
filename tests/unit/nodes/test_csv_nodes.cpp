// csv_source and csv_sink in whole pipelines: their refusals at design time, their rows in a run.
#include <filesystem>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;

namespace {

Json source(Json params) {
    if (!params.contains("path")) params["path"] = "in.csv";
    if (!params.contains("columns")) params["columns"] = {"id INT", "name STRING", "ts TIMESTAMP(3)"};
    return {{"id", "src"}, {"type", "csv_source"}, {"params", std::move(params)}};
}
Json sink(const char* id, const std::string& path) {
    return {{"id", id}, {"type", "csv_sink"}, {"params", {{"path", path}}}};
}

}  // namespace

class TestCsvNodes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// The parameters of the form: the rows are read by them.
    void decimalCommasAndNumbersAsTimes() {
        const Workshop shop;
        shop.write("in.csv", "price;ts\n1.234,50;1709287200\n2,5;2024-03-01 10:00:01\n1.5;1\n");
        const Json params{{"columns", {"price DOUBLE", "ts TIMESTAMP(3)"}},
                          {"delimiter", ";"},
                          {"decimal", "comma"},
                          {"epoch", "seconds"},
                          {"event_time", "ts"}};
        Json in = source(params);
        QCOMPARE(shop.run({in, sink("out", "out.csv"), sink("bad", "bad.csv")},
                          {wireText("src", "out"), wireText("src.rejected", "bad")}),
                 std::string());
        QCOMPARE(shop.read("out.csv"), std::string("price,ts\n1234.5,2024-03-01 10:00:00.000\n"
                                                   "2.5,2024-03-01 10:00:01.000\n"));
        QVERIFY(shop.read("bad.csv").find("1.5") != std::string::npos);
        in["params"]["decimal"] = "semicolon";
        QVERIFY(!shop.run({in, sink("out", "out.csv")}, {wireText("src", "out")}).empty());
    }

    /// Base64 in, BYTES in between, Base64 out.
    void bytesFromFileToFile() {
        const Workshop shop;
        shop.write("in.csv", "id,b\n1,/24=\n2,SGVsbG8=\n3,no base64\n4,\n");
        const Json in = source({{"columns", {"id INT", "b BYTES"}}});
        const Json chosen{{"columns", {"id", "b", "CAST(b AS STRING) AS text", "OCTET_LENGTH(b) AS n"}}};
        QCOMPARE(shop.run({in,
                           {{"id", "sel"}, {"type", "select"}, {"params", chosen}},
                           sink("out", "out.csv"),
                           sink("bad", "bad.csv")},
                          {wireText("src", "sel"), wireText("sel", "out"), wireText("src.rejected", "bad")}),
                 std::string());
        QCOMPARE(shop.read("out.csv"),
                 std::string("id,b,text,n\n1,/24=,\uFFFDn,2\n2,SGVsbG8=,Hello,5\n4,,,\n"));
        QVERIFY(shop.read("bad.csv").find("no base64") != std::string::npos);
    }

    /// Thousands of columns: a batch is bounded in bytes, too.
    void wideRowsComeInFewerPerBatch() {
        const Workshop shop;
        std::vector<std::string> columns;
        std::string header;
        for (int i = 0; i < 2'000; ++i) {
            columns.push_back(fmt::format("c{} STRING", i));
            header += fmt::format("{}c{}", i == 0 ? "" : ",", i);
        }
        std::string content = header + "\n";
        for (int row = 0; row < 900; ++row) content += std::string(1'999, ',') + "\n";
        shop.write("wide.csv", content);
        const Planned planned = shop.plan(
            {{{"id", "in"}, {"type", "csv_source"}, {"params", {{"path", "wide.csv"}, {"columns", columns}}}},
             {{"id", "view"}, {"type", "table_view"}}},
            {{{"from", "in"}, {"to", "view"}}});
        QVERIFY(planned.plan);
        MakeContext context;
        context.clock = systemClock();
        for (const Stage& stage : planned.plan->stages) {
            if (!stage.source) continue;
            const PlannedNode& node = stage.nodes.front();
            auto made = node.kind->make(*node.bound, context);
            const auto source = std::get<std::unique_ptr<Source>>(std::move(made).value());
            QVERIFY(source->open().ok());
            std::size_t rows = 0;
            for (;;) {
                std::unique_ptr<Chunk> chunk;
                if (source->poll(chunk)->kind == Poll::Kind::End) break;
                ParsedChunk parsed;
                QVERIFY(source->parse(*chunk, parsed).ok());
                for (const Batch& batch : parsed.batches) {
                    rows += batch.rows;
                    // 8 MB of columns, and the block of the file that their texts point into
                    QVERIFY2(batch.memoryBytes() <= 12'000'000,
                             qPrintable(QString::number(batch.memoryBytes())));
                }
            }
            QCOMPARE(rows, std::size_t{900});
            return;
        }
        QFAIL("no source");
    }
    void copies() {
        Workshop shop;
        shop.write("in.csv", "ts,id,name\n2024-03-01T10:00:00Z,1,\"a,b\"\n,2,\n2024-03-01,3,\"\"\n");
        for (const int parallelism : {1, 2, 5}) {
            for (const std::size_t batch : {1U, 2U, 4096U}) {
                const std::string failure = shop.run({source(Json::object()), sink("out", "out.csv")},
                                                     {wireText("src", "out")}, parallelism, batch);
                QCOMPARE(failure, std::string());
                QCOMPARE(shop.read("out.csv"),
                         std::string("id,name,ts\n1,\"a,b\",2024-03-01 10:00:00.000\n2,,\n"
                                     "3,\"\",2024-03-01 00:00:00.000\n"));
            }
        }
    }
    /// For any columns read: rows that can't be read leave by `rejected`, with their place in the source.
    void rejectedRowsLeaveByTheirPort() {
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n1,a,\nx,b,\n3,c\n4,d,\n");
        const Json select{{"id", "sel"}, {"type", "select"}, {"params", {{"columns", {"name"}}}}};
        QCOMPARE(
            shop.run({source(Json::object()), select, sink("out", "out.csv"), sink("bad", "bad.csv")},
                     {wireText("src", "sel"), wireText("sel", "out"), wireText("src.rejected", "bad")}, 2),
            std::string());
        QCOMPARE(shop.read("out.csv"), std::string("name\na\nd\n"));
        QCOMPARE(shop.read("bad.csv"), std::string("node,error,row,position\n"
                                                   "src,Column “id”: “x” is not of type INT.,\"x,b,\",2\n"
                                                   "src,Fields: 2 instead of 3.,\"3,c\",3\n"));
    }
    void failsOnRequest() {
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n1,a,\nx,b,\n");
        const std::string failure =
            shop.run({source({{"on_error", "fail"}}), sink("out", "out.csv")}, {wireText("src", "out")});
        QVERIFY2(failure.starts_with("src: Row 2 failed: Column “id”: “x” is not of type INT."),
                 failure.c_str());
        QCOMPARE(shop.run({source({{"on_error", "null"}}), sink("out", "out.csv")}, {wireText("src", "out")}),
                 std::string());
        QCOMPARE(shop.read("out.csv"), std::string("id,name,ts\n1,a,\n,b,\n"));
    }
    void refusedWhenDesigning_data() {
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char* params, const char* expected) {
            QTest::newRow(params) << params << expected;
        };
        add(R"({"delimiter": "ab"})", "src.delimiter: One character is expected here, not 2.");
        add(R"({"delimiter": ""})", "src.delimiter: Fields need a delimiter");
        add(R"({"delimiter": "é"})", "src.delimiter: “é” can't be used here.");
        add(R"({"delimiter": "\n"})", "src.delimiter: “\n” can't be used here.");
        add(R"({"delimiter": ";", "quote": ";"})", "src.quote: Delimiter and quote are the same");
        add(R"({"columns": ["id INTT"]})", "src.columns[0]: “INTT” is not a type.");
        add(R"({"columns": ["id INT", "id INT"]})", "src.columns[1]: There are two columns “id”.");
        add(R"({"event_time": "name"})", "src.event_time: “name” is STRING");
        add(R"({"event_time": "tz"})", "src.event_time: There is no column “tz”.");
        add(R"({"replay_speed": 1})", "src.replay_speed: Replay goes by the event times");
        add(R"({"replay_speed": 1, "arrival_time": "at", "event_time": "at"})",
            "src.replay_speed: Replay goes by the event times");
        add(R"({"rate": -1})", "src.rate: -1");
        add(R"({"path": "-"})", "src.path: Standard input");
        for (const char* params :
             {R"({"follow": true, "path": "in.csv.gz"})", R"({"follow": true, "path": "in.CSV.ZST"})"})
            add(params, "src.follow: A compressed file can't be followed");
    }
    void refusedWhenDesigning() {
        QFETCH(QString, params);
        QFETCH(QString, expected);
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n");
        const Planned planned = shop.plan({source(Json::parse(params.toStdString())), sink("out", "out.csv")},
                                          {wireText("src", "out")});
        QVERIFY(!planned.plan);
        const QString issues = QString::fromStdString(Workshop::issues(planned));
        QVERIFY2(issues.contains(expected), qPrintable(issues));
    }
    void tabsAndOtherQuotes() {
        Workshop shop;
        shop.write("in.csv", "id\tname\tts\n1\t'a\tb'\t\n");
        for (const char* tab : {"\t", "\\t"}) {
            QCOMPARE(shop.run({source({{"delimiter", tab}, {"quote", "'"}}), sink("out", "out.csv")},
                              {wireText("src", "out")}),
                     std::string());
            QCOMPARE(shop.read("out.csv"), std::string("id,name,ts\n1,a\tb,\n"));
        }
    }
    void missingInputFailsTheRun() {
        Workshop shop;
        const std::string failure =
            shop.run({source(Json::object()), sink("out", "out.csv")}, {wireText("src", "out")});
        QVERIFY2(failure.find("There is no file “" + shop.path("in.csv") + "”.") != std::string::npos,
                 failure.c_str());
    }
    void fullDiskFailsTheRunOnce() {
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n1,a,\n");
        const std::string failure =
            shop.run({source(Json::object()), sink("out", "/dev/full")}, {wireText("src", "out")});
        QVERIFY2(failure.starts_with("out: “/dev/full” can't be written: No space left on device."),
                 failure.c_str());
    }
    void outputFolderMustBeThere() {
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n");
        const Planned planned =
            shop.plan({source(Json::object()), sink("out", "no/such/out.csv")}, {wireText("src", "out")});
        QVERIFY(!planned.plan);
        const std::string issues = Workshop::issues(planned);
        QVERIFY2(issues.starts_with("out.path: There is no folder “" + shop.path("no/such") + "”."),
                 issues.c_str());
    }
    /// A sink never empties a source's input, nor another sink's output.
    void filesAreNotWrittenTwiceOrWhileRead() {
        Workshop shop;
        shop.write("in.csv", "id,name,ts\n");
        std::filesystem::create_directory(shop.path("data"));
        std::filesystem::create_symlink(shop.path("in.csv"), shop.path("link.csv"));
        const auto issues = [&shop](const Json& params, const std::string& out, const std::string& second) {
            return Workshop::issues(shop.plan({source(params), sink("out", out), sink("more", second)},
                                              {wireText("src", "out"), wireText("src", "more")}));
        };
        QCOMPARE(issues({{"path", "in.csv"}}, "out.csv", "more.csv"), std::string());
        QVERIFY(issues({{"path", "in.csv"}}, "in.csv", "more.csv")
                    .starts_with("out.path: “in.csv” would be overwritten while “src” reads it."));
        QVERIFY(issues({{"path", "in.csv"}}, "link.csv", "more.csv").find("while “src” reads it") !=
                std::string::npos);
        QVERIFY(issues({{"path", "data"}}, "data/out.csv", "more.csv").find("while “src” reads it") !=
                std::string::npos);
        QVERIFY(issues({{"path", "data/*.csv"}}, "data/out.csv", "more.csv").find("while “src” reads it") !=
                std::string::npos);
        QCOMPARE(issues({{"path", "data/*.csv"}}, "data/out.txt", "more.csv"), std::string());
        QVERIFY(issues({{"path", "in.csv"}}, "out.csv", "data/../out.csv")
                    .starts_with("more.path: “out.csv” is already written by “out”."));
        QCOMPARE(issues({{"path", "in.csv"}}, "/dev/null", "/dev/null"), std::string());
    }
    void inferenceKeepsDeclaredTypes() {
        Workshop shop;
        shop.write("in.csv", "id;price;note\n1;8,84;a\n2;n/a;b\n3;9,73;c\n");
        const Catalogue catalogue = builtin();
        const Json params{{"path", "in.csv"},
                          {"delimiter", ";"},
                          {"decimal", "comma"},
                          {"columns", Json::array({"price DOUBLE"})}};
        const auto columns = catalogue.find("csv_source")->infer(params, shop.path(""));
        QVERIFY(columns.ok());
        QCOMPARE(Json(*columns), Json::array({"id INT", "price DOUBLE", "note STRING"}));
    }
    void inference() {
        Workshop shop;
        shop.write("in.csv", "id;the price;ts;date\n1;2.5;2024-03-01 10:00:00;x\n");
        const Catalogue catalogue = builtin();
        const NodeKind* kind = catalogue.find("csv_source");
        const auto columns = kind->infer({{"path", "in.csv"}, {"delimiter", ";"}}, shop.path(""));
        QVERIFY(columns.ok());
        QCOMPARE(columns->size(), std::size_t{4});
        QCOMPARE((*columns)[0], std::string("id INT"));
        QCOMPARE((*columns)[1], std::string("`the price` DOUBLE"));
        QCOMPARE((*columns)[2], std::string("ts TIMESTAMP(3)"));
        QVERIFY(!kind->infer({{"path", "none.csv"}}, shop.path("")).ok());
        // the guess can be read
        QCOMPARE(shop.run({source({{"columns", *columns}, {"delimiter", ";"}}), sink("out", "out.csv")},
                          {wireText("src", "out")}),
                 std::string());
        QCOMPARE(shop.read("out.csv"),
                 std::string("id,the price,ts,date\n1,2.5,2024-03-01 10:00:00.000,x\n"));
    }
};

QTEST_APPLESS_MAIN(TestCsvNodes)
#include "test_csv_nodes.moc"
