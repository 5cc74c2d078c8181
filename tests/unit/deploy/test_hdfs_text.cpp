// Files of HDFS on other engines: their statements, what is refused, and on what conditions the rest holds.
#include "core/deploy/hdfs_text.h"

#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

/// No name that programs of Hadoop pass over.
const std::string kName = "(?![._])(?![^/]*[.](_COPYING_|inprogress)(/|$))";

FlinkText filesOn(Engine engine, Json source, Json sink, bool secured = false) {
    return {{std::move(source), std::move(sink)}, {"orders>out"}, engine, outsideOptions(secured)};
}

std::string tableOf(const FlinkText& it, const char* name) {
    return statementOf(it, name, Statement::Kind::Table);
}

std::string insertOf(const FlinkText& it, const char* name) {
    return statementOf(it, name, Statement::Kind::Insert);
}

}  // namespace

class TestHdfsText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void places_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("place");
        QTest::newRow("plain") << "http://namenode:9870"
                               << "webhdfs://namenode:9870";
        QTest::newRow("slash") << "http://namenode:9870/"
                               << "webhdfs://namenode:9870";
        QTest::newRow("port") << "http://namenode"
                              << "webhdfs://namenode:80";
        QTest::newRow("secure") << "https://namenode"
                                << "swebhdfs://namenode:443";
        QTest::newRow("numbers") << "http://[::1]:9870"
                                 << "webhdfs://[::1]:9870";
        QTest::newRow("numbers, port") << "http://[::1]"
                                       << "webhdfs://[::1]:80";
        QTest::newRow("path") << "https://gate/hdfs"
                              << "";
        QTest::newRow("password") << "https://ann:secret@gate"
                                  << "";
        QTest::newRow("another") << "hdfs://namenode:8020"
                                 << "";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void places() {
        QFETCH(QString, address);
        QFETCH(QString, place);
        QCOMPARE(webhdfsPlace(address.toStdString()), place.toStdString());
    }

    void expressions() {
        const HdfsFiles folder = hdfsFiles("/data/in");
        QCOMPARE(folder.root, std::string("/data/in"));
        QCOMPARE(folder.expression, "\\Q/data/in\\E(/" + kName + "[^/]*)?");
        const HdfsFiles root = hdfsFiles("/");
        QCOMPARE(root.root, std::string("/"));
        QCOMPARE(root.expression, "/" + kName + "[^/]*");
        const HdfsFiles pattern = hdfsFiles("/data/day=*/a.b/orders-?.json");
        QCOMPARE(pattern.root, std::string("/data"));
        QCOMPARE(pattern.expression, "\\Q/data\\E/" + kName + "\\Qday=\\E[^/]*/\\Qa.b\\E/" + kName +
                                         "\\Qorders-\\E[^/]\\Q.json\\E");
        QCOMPARE(hdfsFiles("/*").expression, "/" + kName + "[^/]*");
        // What ends a text that means itself is in it.
        QCOMPARE(hdfsFiles("/a\\Eb").expression, "\\Q/a\\E\\\\E\\Qb\\E(/" + kName + "[^/]*)?");
    }

    // ── Flink ──

    void linesOnFlink() {
        const FlinkText it = filesOn(
            Engine::Flink,
            ordersFiles({{"path", "/data/day=*/orders-?.json"},
                         {"columns", {"id BIGINT", "item STRING FROM '$.a.b'", "file STRING FROM TOPIC"}},
                         {"follow", true},
                         {"every", "30s"}}),
            filesSink());
        COMPARE_TEXT(
            tableOf(it, "orders$cells"),
            "CREATE TEMPORARY TABLE `orders$cells` (\n"
            "  `$file.path` STRING METADATA FROM 'file.path' VIRTUAL,\n"
            "  `$line` STRING,\n"
            "  `id` AS COALESCE(JSON_VALUE(`$line`, '$.id'), JSON_QUERY(`$line`, '$.id')),\n"
            "  `item` AS COALESCE(JSON_VALUE(`$line`, '$.a.b'), JSON_QUERY(`$line`, '$.a.b'))\n"
            ") WITH ('connector' = 'filesystem', 'path' = '${lake_webhdfs}/data', "
            "'source.path.regex-pattern' = '\\Q/data\\E/" +
                kName + "\\Qday=\\E[^/]*/" + kName +
                "\\Qorders-\\E[^/]\\Q.json\\E', 'source.monitor-interval' = '30000 ms', 'format' = 'raw')");
        VERIFY_HOLDS(it.view("orders$read"), "WHEN `$line` IS NOT JSON OBJECT THEN");
        VERIFY_HOLDS(it.view("orders$read"), "`$file.path` AS `file`");
        VERIFY_HOLDS(it.view("orders$read"), "TRIM(`$line`) = ''");
        QCOMPARE(it.verdict("orders"), Verdict::Exact);
        VERIFY_HOLDS(it.said("orders"), "[while the programs of the cluster have HADOOP_USER_NAME=ann]");
        VERIFY_HOLDS(it.said("orders"),
                     "[while a file has all its rows when it gets its name, and none is appended later]");
        VERIFY_HOLDS(it.said("orders"), "classloader.check-leaked-classloader: false]");
        QVERIFY(it.translation().checkpoints);
    }

    void csvOnFlink() {
        const FlinkText it =
            filesOn(Engine::Flink, ordersFiles({{"format", "csv"}, {"delimiter", ";"}, {"header", true}}),
                    filesSink());
        COMPARE_TEXT(tableOf(it, "orders$cells"),
                     "CREATE TEMPORARY TABLE `orders$cells` (\n  `id` STRING,\n  `item` STRING\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${lake_webhdfs}/data/in', "
                     "'source.path.regex-pattern' = '\\Q/data/in\\E(/" +
                         kName + "[^/]*)?', 'format' = 'csv', 'csv.field-delimiter' = ';')");
        VERIFY_HOLDS(it.view("orders$read"), "`id` = 'id' AND `item` = 'item'");
        QCOMPARE(it.verdict("orders"), Verdict::Approximated);
        VERIFY_HOLDS(it.said("orders"), "[while each file begins with the names of these columns");
    }

    void textAndTimesOnFlink() {
        const FlinkText it =
            filesOn(Engine::Flink,
                    ordersFiles({{"format", "text"},
                                 {"columns", {"line STRING", "at TIMESTAMP(3) FROM TIMESTAMP"}},
                                 {"event_time", "at"},
                                 {"follow", true}}),
                    nodeOf("out", "csv_sink", {{"path", "out.csv"}}));
        VERIFY_HOLDS(
            tableOf(it, "orders$cells"),
            "`$file.modification-time` TIMESTAMP_LTZ(3) METADATA FROM 'file.modification-time' VIRTUAL");
        VERIFY_HOLDS(tableOf(it, "orders$cells"), "WATERMARK FOR");
        QVERIFY(!contains(it.view("orders$read"), "TRIM(`$line`) = ''"));
        QCOMPARE(it.verdict("orders"), Verdict::Approximated);
        VERIFY_HOLDS(it.said("orders"), "Flink reads the files of a folder in an order of its own");
    }

    void filesWrittenByFlink() {
        const FlinkText it =
            filesOn(Engine::Flink, ordersFiles(), filesSink({{"roll_size", 64}, {"roll_after", "5min"}}));
        COMPARE_TEXT(tableOf(it, "out"),
                     "CREATE TEMPORARY TABLE `out` (\n  `id` BIGINT,\n  `item` STRING\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${lake_hdfs}/out', 'format' = 'json', "
                     "'sink.rolling-policy.file-size' = '64MB', "
                     "'sink.rolling-policy.rollover-interval' = '300000 ms', "
                     "'sink.rolling-policy.inactivity-interval' = '300000 ms', "
                     "'sink.rolling-policy.check-interval' = '60000 ms')");
        COMPARE_TEXT(insertOf(it, "out"), "INSERT INTO `out` SELECT `id`, `item` FROM `orders`");
        QCOMPARE(it.verdict("out"), Verdict::Equivalent);
        const FlinkText csv = filesOn(Engine::Flink, ordersFiles(),
                                      filesSink({{"format", "csv"}, {"header", true}, {"delimiter", "\\t"}}));
        VERIFY_HOLDS(tableOf(csv, "out"),
                     "'format' = 'csv', 'csv.field-delimiter' = '\\t', 'sink.rolling-policy.");
        VERIFY_HOLDS(csv.said("out"), "equivalent header: Flink writes no header.");
        const FlinkText changes({ordersFiles(), totalsOf("item"), filesSink({{"format", "debezium"}})},
                                {"orders>totals", "totals>out"}, Engine::Flink, outsideOptions());
        VERIFY_HOLDS(tableOf(changes, "out"), "'format' = 'debezium-json'");
    }

    /// The address by Hadoop's own protocol is in no connection.
    void whatIsLeftOpen() {
        const FlinkText it = filesOn(Engine::Flink, ordersFiles(), filesSink(), true);
        std::string open;
        for (const Blank& blank : it.translation().blanks) {
            open += blank.name + "=" + blank.value + " ";
            QVERIFY(!blank.secret);
            QVERIFY(contains(english(blankText(blank)), "lake"));
        }
        QCOMPARE(open, std::string("lake_webhdfs=swebhdfs://namenode:443 lake_hdfs= "));
        VERIFY_HOLDS(it.said("orders"),
                     "[while the cluster itself signs in at “lake”: no token is taken along]");
        VERIFY_HOLDS(it.said("orders"), "[while Java there trusts the certificate of “lake”]");
    }

    // ── Spark ──

    void linesOnSpark() {
        const FlinkText it = filesOn(
            Engine::Spark,
            ordersFiles({{"path", "/data/day=*/orders-?.json"},
                         {"columns", {"id BIGINT", "item STRING FROM '$.a.b'", "file STRING FROM TOPIC"}}}),
            filesSink());
        const std::string text = tableOf(it, "orders");
        VERIFY_HOLDS(text, "json_cells(");
        VERIFY_HOLDS(text, "put_in(\"${lake_webhdfs}/data/day=*/orders-?.json\")");
        VERIFY_HOLDS(text, "{\"id\": \"$['id']\", \"item\": \"$['a']['b']\"}");
        VERIFY_HOLDS(text,
                     "url_decode(replace(regexp_replace(_metadata.file_path, '^[a-z]+://[^/]*', ''), "
                     "'+', '%2B'))");
        QCOMPARE(it.verdict("orders"), Verdict::Equivalent);
        COMPARE_TEXT(insertOf(it, "out"), "hdfs_folder(\"out\", orders, put_in(\"${lake_webhdfs}/out\"))");
    }

    void otherFormatsOnSpark() {
        const FlinkText csv =
            filesOn(Engine::Spark, ordersFiles({{"format", "csv"}, {"delimiter", ";"}, {"header", true}}),
                    filesSink({{"format", "csv"}, {"delimiter", "\\t"}}));
        VERIFY_HOLDS(tableOf(csv, "orders"), "csv_cells(");
        for (const char* part :
             {"[\"id\", \"item\"]", "header=True", "delimiter=\";\"", "beside={}", "only=finished"})
            VERIFY_HOLDS(tableOf(csv, "orders"), part);
        for (const char* part : {"form=\"csv\"", "header=False", "delimiter=\"\\t\""})
            VERIFY_HOLDS(insertOf(csv, "out"), part);
        const FlinkText text = filesOn(
            Engine::Spark, ordersFiles({{"format", "text"}, {"columns", {"line STRING"}}, {"path", "/"}}),
            filesSink({{"format", "text"}}));
        for (const char* part :
             {"{\"line\": None}", "whole=True", "only=finished", "put_in(\"${lake_webhdfs}/*\")"})
            VERIFY_HOLDS(tableOf(text, "orders"), part);
        VERIFY_HOLDS(insertOf(text, "out"), "form=\"text\"");
        VERIFY_HOLDS(text.said("out"), "[while no text has a line break]");
    }

    // ── Refusals ──

    void refusals_data() {
        QTest::addColumn<Engine>("engine");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("why");
        for (const Engine engine : kEngines) {
            const QByteArray name(engineWord(engine).data(),
                                  static_cast<qsizetype>(engineWord(engine).size()));
            const auto row = [&](const char* what, const char* params, const char* why) {
                const QByteArray tag = name + ' ' + what;
                QTest::newRow(tag.constData())
                    << engine << QString::fromUtf8(params) << QString::fromUtf8(why);
            };
            row("gate", "{\"connection\": \"gate\"}", "Hadoop's client reaches no WebHDFS below a path");
            row("debezium", "{\"format\": \"debezium\"}", "Files in the format Debezium (JSON) are not read");
            row("offset", "{\"columns\": [\"id BIGINT\", \"o BIGINT FROM OFFSET\"]}",
                "Column “o”: of a file its path and its time alone are known there.");
            row("bytes", "{\"format\": \"text\", \"columns\": [\"line BYTES\"]}",
                "Column “line” has bytes of the message");
        }
        QTest::newRow("spark hidden") << Engine::Spark << "{\"path\": \"/in/_a.json\"}"
                                      << "Spark reads nothing whose path";
        QTest::newRow("spark braces") << Engine::Spark << "{\"path\": \"/in/{a}\"}"
                                      << "Spark reads nothing whose path";
        QTest::newRow("flink arrival") << Engine::Flink << "{\"arrival_time\": \"came\"}"
                                       << "The time of arrival there is another one";
    }
    void refusals() {
        QFETCH(Engine, engine);
        QFETCH(QString, params);
        QFETCH(QString, why);
        const FlinkText it = filesOn(engine, ordersFiles(Json::parse(params.toStdString())),
                                     filesSink({{"format", "debezium"}}));
        VERIFY_HOLDS(it.said("orders"), "refused");
        VERIFY_HOLDS(it.said("orders"), why.toStdString());
        QCOMPARE(it.verdict("orders"), Verdict::Refused);
    }

    void changesAreRefusedOnSpark() {
        const FlinkText it({ordersFiles(), totalsOf("item"), filesSink({{"format", "debezium"}})},
                           {"orders>totals", "totals>out"}, Engine::Spark, outsideOptions());
        QCOMPARE(it.verdict("out"), Verdict::Refused);
        VERIFY_HOLDS(it.said("out"), "Files in the format Debezium (JSON) are not written there.");
    }
};

QTEST_APPLESS_MAIN(TestHdfsText)
#include "test_hdfs_text.moc"
