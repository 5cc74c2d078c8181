// What runs say becomes lines of the log and of the log file.
#include <spdlog/sinks/ostream_sink.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <sstream>

#include "tests/unit/panels/bench.h"
#include "widgets/panels/log_recorder.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct LogBench : Bench {
    LogSink sink;
    std::vector<LogEntry> lines{};
    std::ostringstream file;
    LogRecorder recorder{
        session, sink,
        std::make_shared<spdlog::logger>("file", std::make_shared<spdlog::sinks::ostream_sink_st>(file)),
        nullptr};

    const std::vector<LogEntry>& all() {
        for (LogEntry& entry : sink.take().entries) lines.push_back(std::move(entry));
        return lines;
    }
    bool hasLine(LogLevel level, const QString& words) {
        return std::any_of(all().begin(), all().end(), [&](const LogEntry& entry) {
            return entry.level == level && entry.words().contains(words);
        });
    }
};

}  // namespace

class TestLogRecorder : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRunFromStartToEnd() {
        LogBench bench;
        const NodeId rows = bench.document.addNode(
            nodeOf("rows", QStringLiteral("Some rows"), {{"columns", {"a INT"}}, {"rows", {{1}, {2}, {3}}}}),
            {0, 0});
        bench.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {300, 0},
                                     {rows, "out"});
        bench.session.start();
        QTRY_COMPARE(bench.session.state(), RunSession::State::Finished);
        QVERIFY(bench.hasLine(LogLevel::Info, QStringLiteral("Run started")));
        QVERIFY(bench.hasLine(LogLevel::Info, QStringLiteral("Run finished")));
        QVERIFY(bench.file.str().find("Run started") != std::string::npos);
    }

    void aPipelineThatCannotRunNamesItsNode() {
        LogBench bench;
        bench.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 0});
        bench.session.start();
        QTRY_VERIFY(!bench.all().empty());
        QTRY_COMPARE(bench.session.state(), RunSession::State::Stopped);
        bool named = false;
        for (const LogEntry& entry : bench.all()) {
            named = named || (entry.level == LogLevel::Error && entry.title == QLatin1String("Orders"));
        }
        QVERIFY(named);
    }
};

QTEST_MAIN(TestLogRecorder)
#include "test_log_recorder.moc"
