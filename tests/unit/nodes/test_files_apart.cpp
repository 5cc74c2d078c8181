// Binding looks at no file: errors that files reveal are a question of its own, asked where one may
// wait for the answer.
#include <SQLiteCpp/Database.h>
#include <sys/stat.h>

#include <QtTest>
#include <algorithm>

#include "core/connect/sqlite/browser.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"
#include "tests/support/child.h"
#include "tests/support/file_accesses.h"

using namespace rw;
using rw::testing::FileAccesses;

class TestFilesApart : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();
    const rw::testing::ScratchFolder m_folder{"watched"};

    /// A source that reads in.csv, and a sink.
    Pipeline pipelineTo(const char* type, const Json& params) const {
        Pipeline pipeline;
        pipeline.nodes.push_back({.id = "source",
                                  .type = "csv_source",
                                  .title = {},
                                  .at = {},
                                  .params = {{"path", "in.csv"}, {"columns", {"a BIGINT", "b STRING"}}}});
        pipeline.nodes.push_back({.id = "sink", .type = type, .title = {}, .at = {}, .params = params});
        pipeline.wires.push_back({{"source", "out"}, {"sink", "in"}});
        return pipeline;
    }
    ValidateOptions options(bool files) const {
        ValidateOptions options;
        options.folder = m_folder.path().string();
        options.files = files;
        return options;
    }
    std::vector<std::string> said(const Pipeline& pipeline, bool files) const {
        std::vector<std::string> all;
        for (const Issue& issue : validate(pipeline, m_catalogue, options(files)).issues)
            all.push_back(issue.node + "." + issue.param);
        return all;
    }

 private Q_SLOTS:
    void whatFilesSayIsAskedApart_data();
    void whatFilesSayIsAskedApart();
    void aPipeIsNotWaitedFor();
};

void TestFilesApart::whatFilesSayIsAskedApart_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("params");
    QTest::addColumn<QString>("complaint");
    QTest::newRow("folder of a CSV file") << "csv_sink"
                                          << R"({"path": "none/out.csv"})"
                                          << "sink.path";
    QTest::newRow("folder of a database") << "sqlite_sink"
                                          << R"({"database": "none/out.sqlite", "table": "t"})"
                                          << "sink.database";
    QTest::newRow("columns of a table") << "sqlite_sink"
                                        << R"({"database": "there.sqlite", "table": "t", "mode": "append"})"
                                        << "sink.table";
    QTest::newRow("an input") << "csv_sink"
                              << R"({"path": "in.csv"})"
                              << "sink.path";
}

void TestFilesApart::whatFilesSayIsAskedApart() {
    QFETCH(QString, type);
    QFETCH(QString, params);
    QFETCH(QString, complaint);
    const std::string database = (m_folder.path() / "there.sqlite").string();
    SQLite::Database(database, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE IF NOT EXISTS t (x REAL)");
    const Pipeline pipeline = pipelineTo(type.toUtf8().constData(), Json::parse(params.toStdString()));
    const auto withFiles = said(pipeline, true);
    QVERIFY(std::count(withFiles.begin(), withFiles.end(), complaint.toStdString()) == 1);

    FileAccesses::watch(m_folder.path().string());
    const Validated typed = validate(pipeline, m_catalogue, options(false));
    QVERIFY(typed.issues.empty());
    QVERIFY(typed.runnable());
    QVERIFY(typed.nodes.at("sink").bound != nullptr);
    // A wire that is being drawn, with and without the results of a validation.
    Pipeline apart = pipeline;
    apart.wires.clear();
    QVERIFY(!checkWire(apart, m_catalogue, options(true), pipeline.wires.front()));
    const Validated known = validate(apart, m_catalogue, options(false));
    QVERIFY(!checkWire(apart, m_catalogue, options(true), pipeline.wires.front(), &known));
    std::string touched;
    for (const std::string& each : FileAccesses::ofThisThread()) touched += each + "\n";
    QVERIFY2(touched.empty(), touched.c_str());
    FileAccesses::forget();
}

void TestFilesApart::aPipeIsNotWaitedFor() {
    const std::string pipe = (m_folder.path() / "pipe.sqlite").string();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const auto complaints =
        said(pipelineTo("sqlite_sink", {{"database", "pipe.sqlite"}, {"table", "t"}}), true);
    QVERIFY(std::count(complaints.begin(), complaints.end(), "sink.database") == 1);
    const std::atomic<bool> cancelled{false};
    QVERIFY(!listSqlite(pipe, &cancelled).ok());
    QVERIFY(!loadPipelineFile(pipe).ok());
}

QTEST_APPLESS_MAIN(TestFilesApart)
#include "test_files_apart.moc"
