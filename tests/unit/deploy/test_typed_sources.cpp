// CSV sources for Flink where their files were looked at: types where all cells allow it, else care, and why.
#include <fstream>

#include "core/connect/csv/survey.h"
#include "tests/unit/deploy/flink_text.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kHead = "k,v,ts\n";
constexpr const char* kRows = "a,1,2024-03-01 12:00:00\n,,2024-03-01 12:00:01.5\n";

/// A source of `k STRING, v INT, ts TIMESTAMP(3)` whose file has this text.
struct SurveyedSource {
    QTemporaryDir folder{};
    Json source = timedSource("in", {"k STRING", "v INT"});
    std::vector<Json> more{};
    std::vector<std::string> wires{"in>out"};

    FlinkText translated(const std::string& text) const {
        const std::string path = folder.filePath("in.csv").toStdString();
        std::ofstream(path, std::ios::binary) << text;
        CsvSurveyOptions options;
        options.path = path;
        options.format.header = source["params"].value("header", true);
        options.columns = true;
        auto schema = std::make_shared<Schema>();
        schema->fields = {{"k", Type::of(TypeId::String)},
                          {"v", Type::of(TypeId::Int)},
                          {"ts", Type::of(TypeId::Timestamp)}};
        options.schema = schema;
        const Result<CsvSurvey> survey = surveyCsv(options);
        TranslateOptions translating;
        if (survey.ok()) translating.surveys = {{"in", *survey}};
        std::vector<Json> nodes = more;
        nodes.insert(nodes.begin(), {source, sinkOf("out")});
        return {nodes, wires, Engine::Flink, translating};
    }
    /// Why its cells are read as text; empty: they are not.
    std::string why(const std::string& text) const {
        const std::string head = "Its cells are read as text: ";
        const FlinkText made = translated(text);
        for (const Remark& remark : made.remarks("in")) {
            std::string said = english(remark.what);
            if (!said.starts_with(head)) continue;
            said.erase(0, head.size());
            const std::string place = folder.path().toStdString() + "/";
            for (std::size_t at = 0; (at = said.find(place)) != std::string::npos;)
                said.erase(at, place.size());
            return said;
        }
        return {};
    }
};

/// With an event_time node behind it.
SurveyedSource markedSource() {
    SurveyedSource in;
    in.source["params"].erase("event_time");
    in.source["params"].erase("watermark_delay");
    in.more = {nodeOf("time", "event_time", {{"column", "ts"}, {"watermark_delay", "1s"}})};
    in.wires = {"in>time", "time>out"};
    return in;
}

std::string tableOf(const FlinkText& text, const std::string& name) {
    for (const Statement& statement : text.translation().statements) {
        if (statement.kind == Statement::Kind::Table && statement.name == name) return statement.text;
    }
    return "no table " + name;
}

}  // namespace

class TestTypedSources : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFileWithNamesIsCastInAView() {
        const FlinkText text = SurveyedSource().translated(std::string(kHead) + kRows);
        COMPARE_TEXT(tableOf(text, "in$cells"),
                     "CREATE TEMPORARY TABLE `in$cells` (\n"
                     "  `k` STRING,\n"
                     "  `v` STRING,\n"
                     "  `ts` STRING,\n"
                     "  `ts$time` AS COALESCE(TRY_CAST(`ts` AS TIMESTAMP(3)), TIMESTAMP '1970-01-01 "
                     "00:00:00.000'),\n"
                     "  WATERMARK FOR `ts$time` AS `ts$time` - INTERVAL '5' SECOND\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${folder}/in.csv', 'format' = 'csv', "
                     "'csv.null-literal' = '')");
        COMPARE_TEXT(text.view("in"),
                     "SELECT `k`, TRY_CAST(`v` AS INT) AS `v`, `ts$time` AS `ts`\n"
                     "FROM `in$cells`\n"
                     "WHERE `v` IS DISTINCT FROM 'v'");
        QVERIFY(text.said("in").find("the files stay as they were when this was written") !=
                std::string::npos);
    }

    void oneWithoutNamesIsATable() {
        SurveyedSource in;
        in.source["params"]["header"] = false;
        const FlinkText text = in.translated(kRows);
        COMPARE_TEXT(tableOf(text, "in"),
                     "CREATE TEMPORARY TABLE `in` (\n"
                     "  `k` STRING,\n"
                     "  `v` INT,\n"
                     "  `ts` TIMESTAMP(3),\n"
                     "  WATERMARK FOR `ts` AS `ts` - INTERVAL '5' SECOND\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${folder}/in.csv', 'format' = 'csv', "
                     "'csv.null-literal' = '')");
        COMPARE_TEXT(text.view("in$read"), "no view in$read");
    }

    /// A name that may be a value is no sign of the header by itself.
    void allNamesTellTheHeaderWhereOneDoesNot() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("in.csv").toStdString();
        std::ofstream(path) << "k,7\na,7\n";
        auto schema = std::make_shared<Schema>();
        schema->fields = {{"k", Type::of(TypeId::String)}, {"7", Type::of(TypeId::Int)}};
        const auto survey = surveyCsv({.path = path, .schema = schema, .columns = true});
        QVERIFY(survey.ok());
        TranslateOptions options;
        options.surveys = {{"in", *survey}};
        const FlinkText text(
            {nodeOf("in", "csv_source", {{"path", "in.csv"}, {"columns", {"k STRING", "`7` INT"}}}),
             sinkOf("out")},
            {"in>out"}, Engine::Flink, options);
        COMPARE_TEXT(text.view("in"),
                     "SELECT `k`, TRY_CAST(`7` AS INT) AS `7`\n"
                     "FROM `in$cells`\n"
                     "WHERE (`k` = 'k' AND `7` = '7') IS NOT TRUE");
    }

    void nothingIsRejected() {
        SurveyedSource in;
        in.more = {sinkOf("bad")};
        in.wires.emplace_back("in.rejected>bad");
        const FlinkText text = in.translated(std::string(kHead) + kRows);
        QVERIFY(text.view("in$rejected").find("WHERE FALSE") != std::string::npos);
    }

    void whatIsInTheWay_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("why");
        const QByteArray head = kHead, rows = kRows;
        QTest::newRow("nothing") << head + rows << QByteArray();
        QTest::newRow("CR LF") << QByteArray("k,v,ts\r\na,1,2024-03-01 12:00:00\r\n") << QByteArray();
        QTest::newRow("no row") << head << QByteArray("The file has no rows yet.");
        QTest::newRow("byte order mark")
            << "\xEF\xBB\xBF" + head + rows << QByteArray("“in.csv” begins with a byte order mark.");
        QTest::newRow("short row") << head + rows + "a,1\n"
                                   << QByteArray("Row 3 of “in.csv” can't be read: Fields: 2 instead of 3.");
        QTest::newRow("empty line") << head + "a,1,2024-03-01 12:00:00\n\n" + rows
                                    << QByteArray("“in.csv” has an empty line behind row 1.");
        QTest::newRow("another order") << QByteArray("v,k,ts\n1,a,2024-03-01 12:00:00\n")
                                       << QByteArray(
                                              "The header of “in.csv” has other columns, or has them in "
                                              "another order.");
        QTest::newRow("more columns") << QByteArray("k,v,ts,x\na,1,2024-03-01 12:00:00,\n")
                                      << QByteArray(
                                             "The header of “in.csv” has other columns, or has them in "
                                             "another order.");
        QTest::newRow("quoted empty")
            << head + rows + "\"\",1,2024-03-01 12:00:00\n"
            << QByteArray("Row 3 of “in.csv” has an empty text in quotes in column “k”.");
        QTest::newRow("another spelling")
            << head + rows + "a,+1,2024-03-01 12:00:00\n"
            << QByteArray(
                   "Row 3 of “in.csv” has a cell in column “v” (INT) that Flink may read as another value.");
        QTest::newRow("no time") << head + rows + "a,1,\n"
                                 << QByteArray("Row 3 of “in.csv” has no time in column “ts”.");
        QTest::newRow("time as ISO 8601")
            << head + "a,1,2024-03-01T12:00:00Z\n"
            << QByteArray(
                   "Row 1 of “in.csv” has a cell in column “ts” (TIMESTAMP(3)) that "
                   "Flink may read as another value.");
    }
    void whatIsInTheWay() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, why);
        const SurveyedSource in;
        COMPARE_TEXT(in.why(text.toStdString()), why.toStdString());
        const bool asText = in.translated(text.toStdString()).view("in$read") != "no view in$read";
        QCOMPARE(asText, !why.isEmpty());
    }

    void aNodeBehindItMarksTheTimeInTheView() {
        const FlinkText text = markedSource().translated(std::string(kHead) + kRows);
        COMPARE_TEXT(tableOf(text, "in$cells"),
                     "CREATE TEMPORARY TABLE `in$cells` (\n"
                     "  `k` STRING,\n"
                     "  `v` STRING,\n"
                     "  `ts` STRING,\n"
                     "  `ts$time` AS COALESCE(TRY_CAST(`ts` AS TIMESTAMP(3)), TIMESTAMP '1970-01-01 "
                     "00:00:00.000'),\n"
                     "  WATERMARK FOR `ts$time` AS `ts$time` - INTERVAL '1' SECOND\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${folder}/in.csv', 'format' = 'csv', "
                     "'csv.null-literal' = '')");
        COMPARE_TEXT(text.view("in$marked"),
                     "SELECT `k`, TRY_CAST(`v` AS INT) AS `v`, `ts$time` AS `ts`\n"
                     "FROM `in$cells`\n"
                     "WHERE `v` IS DISTINCT FROM 'v'");
        COMPARE_TEXT(text.view("time"), "SELECT `k`, `v`, `ts`\nFROM `in$marked`");
        COMPARE_TEXT(text.view("in"), "no view in");
    }

    /// Rows that do not pass that node have a time, and no event time.
    void othersReadTheSameTable() {
        SurveyedSource in = markedSource();
        in.source["params"]["header"] = false;
        in.more.push_back(sinkOf("all"));
        in.more.push_back(sinkOf("bad"));
        in.wires = {"in>time", "time>out", "in>all", "time.rejected>bad"};
        const FlinkText text = in.translated(kRows);
        COMPARE_TEXT(tableOf(text, "in$marked"),
                     "CREATE TEMPORARY TABLE `in$marked` (\n"
                     "  `k` STRING,\n"
                     "  `v` INT,\n"
                     "  `ts` TIMESTAMP(3),\n"
                     "  WATERMARK FOR `ts` AS `ts` - INTERVAL '1' SECOND\n"
                     ") WITH ('connector' = 'filesystem', 'path' = '${folder}/in.csv', 'format' = 'csv', "
                     "'csv.null-literal' = '')");
        COMPARE_TEXT(text.view("in"),
                     "SELECT `k`, `v`, CAST(`ts` AS TIMESTAMP(3)) AS `ts`\nFROM `in$marked`");
        QVERIFY(text.view("time$rejected").find("WHERE FALSE") != std::string::npos);
    }

    /// That node rejects the row.
    void aRowWithoutItsTimeIsInTheWayOfThat() {
        const SurveyedSource in = markedSource();
        const std::string text = std::string(kHead) + kRows + "a,1,\n";
        COMPARE_TEXT(in.why(text), "Row 3 of “in.csv” has no time in column “ts”.");
        QVERIFY(in.translated(text).view("time").find("the event time is NULL") != std::string::npos);
    }

    /// In words without a folder of this computer, which the file would keep.
    void filesThatWereNotReadAreTold() {
        TranslateOptions options;
        options.validate.folder = "/home/me/shop";
        options.unread = {
            {"in", RW_TEXT("files", "There is no file “%1”.").with(std::string("/home/me/shop/in.csv"))}};
        const FlinkText text({timedSource("in", {"k STRING"}), sinkOf("out")}, {"in>out"}, Engine::Flink,
                             options);
        QVERIFY2(text.said("in").find("Its cells are read as text: There is no file “in.csv”.") !=
                     std::string::npos,
                 text.said("in").c_str());
        QVERIFY(text.view("in$read") != "no view in$read");
    }
};

QTEST_APPLESS_MAIN(TestTypedSources)
#include "test_typed_sources.moc"
