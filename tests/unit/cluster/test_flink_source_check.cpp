// checkFlinkSources(): rows that Flink would misread are found in the files, before a job is submitted.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/cluster/jobs/flink_source_check.h"
#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A source of `k STRING, v INT` in a folder of its own.
struct CheckedFolder {
    QTemporaryDir folder{};
    Pipeline pipeline{};

    explicit CheckedFolder(Json params = Json::object()) {
        params.emplace("path", "in.csv");
        params.emplace("columns", Json::array({"k STRING", "v INT"}));
        pipeline.nodes = {node("in", "csv_source", std::move(params)),
                          node("table", "table_view", Json::object())};
        pipeline.wires = {wire("in", "table")};
    }
    std::string path() const { return folder.path().toStdString(); }
    void write(const std::string& text, const char* name = "in.csv") const {
        std::ofstream(path() + "/" + name, std::ios::binary) << text;
    }
    std::vector<Issue> issues(const std::string& target = {}) const {
        SourceCheck check;
        check.validate.folder = path();
        check.folder = target;
        return checkFlinkSources(pipeline, builtin(), check);
    }
    /// Issues, one a line, without the folder.
    std::string said(const std::string& target = {}) const {
        std::string out;
        for (const Issue& issue : issues(target)) out += english(issue) + "\n";
        const std::string whole = path() + "/";
        for (std::size_t at = 0; (at = out.find(whole)) != std::string::npos;) out.erase(at, whole.size());
        return out;
    }
};

}  // namespace

class TestFlinkSourceCheck : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesThatFitAreSilent_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("plain") << QByteArray("k,v\na,1\nb,2\n");
        QTest::newRow("no rows") << QByteArray("k,v\n");
        QTest::newRow("nothing at all") << QByteArray("");
        QTest::newRow("no end of the last line") << QByteArray("k,v\na,1");
        QTest::newRow("CR LF") << QByteArray("k,v\r\na,1\r\n\"b\",2\r\n");
        QTest::newRow("empty cells") << QByteArray("k,v\n,1\nb,\n,\n");
        QTest::newRow("line breaks in a cell") << QByteArray("k,v\n\"a\n\nb\",1\n\"\r\n\r\n\",2\n");
        QTest::newRow("quotes in a cell") << QByteArray("k,v\n\"a\"\"\",1\n\"\"\"\",2\nc\"\",3\n");
        QTest::newRow("cells of another type") << QByteArray("k,v\na,ten\n");
        QTest::newRow("names in quotes") << QByteArray("\"k\",\"v\"\na,1\n");
    }
    void filesThatFitAreSilent() {
        QFETCH(QByteArray, text);
        const CheckedFolder in;
        in.write(text.toStdString());
        QCOMPARE(in.said(), std::string());
    }

    void byteOrderMarks() {
        CheckedFolder in;
        in.write("\xEF\xBB\xBFk,v\na,1\n");
        QCOMPARE(
            in.said(),
            std::string("in.path: “in.csv” begins with a byte order mark: Flink takes it for a part of the "
                        "first cell. Write the file as UTF-8 without a byte order mark.\n"));
    }

    void headersInAnotherOrder() {
        CheckedFolder in;
        in.write("v,k\n1,a\n");
        QCOMPARE(in.said(),
                 std::string("in.columns: “in.csv” has other columns than the node, or has them in "
                             "another order: v, k. Flink finds columns by their place alone. Name "
                             "all columns of the file, in its order.\n"));
        const Issue issue = in.issues().front();
        QCOMPARE(issue.quickFixes.size(), std::size_t{1});
        QCOMPARE(issue.quickFixes.front().value, Json::array({"v INT", "k STRING"}));
        in.pipeline.nodes.front().params["columns"] = issue.quickFixes.front().value;
        QCOMPARE(in.said(), std::string());
    }
    void headersWithMoreColumns() {
        CheckedFolder in;
        in.write("id,k,note x,v\n7,a,,1\n");
        const auto issues = in.issues();
        QCOMPARE(issues.size(), std::size_t{1});
        in.pipeline.nodes.front().params["columns"] = issues.front().quickFixes.front().value;
        QCOMPARE(in.said(), std::string());
    }
    void headersWithBlanks() {
        const CheckedFolder in;
        in.write("k, v\na,1\n");
        QVERIFY(in.said().starts_with("in.path: The header of “in.csv” names column “v” as “ v”"));
    }
    void headersOfAFolder() {
        const CheckedFolder in{{{"path", "./"}}};
        in.write("k,v\na,1\n", "1.csv");
        in.write("k,v\na,1\n", "2.csv");
        QCOMPARE(in.said(), std::string());
        in.write("v,k\n1,a\n", "3.csv");
        QVERIFY(in.said().starts_with("in.path: The header of “3.csv” is not that of “1.csv”."));
    }
    void headersWithoutAColumn() {
        const CheckedFolder in;
        in.write("k,w\na,1\n");
        QVERIFY(in.said().starts_with("in.path: The header of “in.csv” has no column “v”."));
    }

    void rowsThatEndAJob_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* name, const char* text, const char* said) {
            QTest::newRow(name) << QByteArray(text) << said;
        };
        row("too short", "k,v\na,1\nb\nc,2\nd\n",
            "Flink can't read row 2 of “in.csv”: Fields: 1 instead of 2. It would end the job there, and "
            "start "
            "it again for ever. Rows like that: 2.");
        row("too long", "k,v\na,1,\n", "Flink can't read row 1 of “in.csv”: Fields: 3 instead of 2.");
        row("broken quotes", "k,v\n\"a\"b,1\n",
            "Flink can't read row 1 of “in.csv”: Text follows the closing quote of field 1.");
        row("a CR alone", "k,v\nx,1\na\rb,2\n",
            "Flink can't read row 2 of “in.csv”: A carriage return stands in a cell without quotes.");
        row("an empty line", "k,v\na,1\n\nb,2\n", "“in.csv” has an empty line behind row 1: ");
        row("an empty line with CR LF", "k,v\r\na,1\r\n\r\nb,2\r\n",
            "“in.csv” has an empty line behind row 1: ");
        row("an empty line before the header", "\nk,v\na,1\n", "“in.csv” has an empty line behind row 0: ");
        row("an empty line at the end", "k,v\na,1\n\n", "“in.csv” has an empty line behind row 1: ");
        row("an empty text", "k,v\n,1\n\"\",2\n",
            "Row 2 of “in.csv” has an empty text in quotes in column “k”.");
        row("an empty number", "k,v\na,\"\"\n",
            "Row 1 of “in.csv” has an empty text in quotes in column “v”.");
    }
    void rowsThatEndAJob() {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        const CheckedFolder in;
        in.write(text.toStdString());
        const std::string all = in.said();
        QVERIFY2(all.starts_with("in.path: " + said.toStdString()), all.c_str());
        QCOMPARE(in.issues().size(), std::size_t{1});
    }
    void linesOfOneCellMayBeEmpty() {
        const CheckedFolder in{{{"columns", Json::array({"k STRING"})}}};
        in.write("k\na\n\nb\n");
        QCOMPARE(in.said(), std::string());
    }
    void withoutAHeader() {
        const CheckedFolder in{{{"header", false}}};
        in.write("a,1\nb,2\n");
        QCOMPARE(in.said(), std::string());
        in.write("a,1\nb\n");
        QVERIFY(in.said().starts_with("in.path: Flink can't read row 2 of “in.csv”"));
    }

    /// Rows are counted on from block to block.
    void farInTheFile() {
        const CheckedFolder in;
        std::string text = "k,v\n";
        for (int i = 0; i < 400'000; ++i) text += "some text," + std::to_string(i) + "\n";
        in.write(text + "short\n");
        QVERIFY2(in.said().starts_with("in.path: Flink can't read row 400001 of “in.csv”"),
                 in.said().c_str());
    }

    void onlyFilesThatAreSeenHere() {
        const CheckedFolder in;
        QCOMPARE(in.said(), std::string());  // there is none
        in.write("v,k\n1,a\n");
        QCOMPARE(in.said("s3://bucket/in"), std::string());
        QCOMPARE(in.said("/no/such/folder"), std::string());
        QVERIFY(!in.said("file://" + in.path()).empty());
        CheckedFolder absolute{{{"path", in.path() + "/in.csv"}}};
        QVERIFY(!absolute.said().empty());
    }
    void variablesStandInPaths() {
        CheckedFolder in{{{"path", "${day}.csv"}}};
        in.pipeline.variables = {{"day", "in"}};
        in.write("v,k\n1,a\n");
        QVERIFY(!in.said().empty());
    }
    void cancelled() {
        const CheckedFolder in;
        in.write("v,k\n1,a\n");
        SourceCheck check;
        check.validate.folder = in.path();
        check.cancelled = [] { return true; };
        QVERIFY(checkFlinkSources(in.pipeline, builtin(), check).empty());
    }

    /// Before somebody agreed: a folder holds what links in it lead to, too.
    void whatLiesElsewhereIsNotRead() {
        const QTemporaryDir elsewhere;
        const std::string away = elsewhere.path().toStdString() + "/other.csv";
        std::ofstream(away) << "k,v\nshort\n";
        const CheckedFolder in{{{"path", "data/"}}};
        std::filesystem::create_directory(in.path() + "/data");
        in.write("k,v\na,1\n", "data/own.csv");
        SourceCheck check;
        check.validate.folder = in.path();
        check.trust.agreed = false;
        SeenSources seen = seeFlinkSources(in.pipeline, builtin(), check);
        QCOMPARE(seen.surveys.at("in").rows, std::uint64_t{1});
        QVERIFY(seen.unread.empty() && seen.misread.empty());
        std::filesystem::create_symlink(away, in.path() + "/data/other.csv");
        seen = seeFlinkSources(in.pipeline, builtin(), check);
        QVERIFY(seen.surveys.empty() && seen.misread.empty());
        QVERIFY(english(seen.unread.at("in")).ends_with("it lies outside the folder of the pipeline."));
        check.trust.agreed = true;
        seen = seeFlinkSources(in.pipeline, builtin(), check);
        QCOMPARE(seen.surveys.at("in").rows, std::uint64_t{2});
        QCOMPARE(seen.misread.size(), std::size_t{1});
    }

    /// Nothing is given in.
    void aRunIsRefused() {
        Bench bench;
        const QTemporaryDir data;
        std::ofstream(data.path().toStdString() + "/bids.csv") << "v,k,ts\n1,a,2024-01-01 00:00:00\n";
        ClusterRequest request = bench.request();
        request.validate.folder = data.path().toStdString();
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Refused));
        const ClusterStatus look = bench.run->look();
        QCOMPARE(look.issues.size(), std::size_t{1});
        QCOMPARE(look.issues.front().node, NodeId("bids"));
        QCOMPARE(look.issues.front().param, std::string("columns"));
        QVERIFY(look.job.empty() && bench.store().all().empty());
    }
};

QTEST_APPLESS_MAIN(TestFlinkSourceCheck)
#include "test_flink_source_check.moc"
