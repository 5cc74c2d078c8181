// The events of runs become lines of the log and of the log file.
#include <spdlog/sinks/ostream_sink.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <sstream>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/log/log_recorder.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct LogRecorderFixture : SessionFixture {
    LogSink sink;
    std::vector<LogEntry> lines{};
    std::ostringstream file;
    LogRecorder recorder{
        session, sink,
        std::make_shared<spdlog::logger>("file", std::make_shared<spdlog::sinks::ostream_sink_st>(file)),
        nullptr};

    const std::vector<LogEntry>& all() {
        for (LogEntry& entry : sink.drain().entries) lines.push_back(std::move(entry));
        return lines;
    }
    bool hasLine(LogLevel level, const QString& words) {
        return std::any_of(all().begin(), all().end(), [&](const LogEntry& entry) {
            return entry.level == level && entry.fullText().contains(words);
        });
    }
};

}  // namespace

class TestLogRecorder : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aRunFromStartToEnd() {
        LogRecorderFixture fixture;
        const NodeId rows = fixture.document.addNode(
            nodeOf("rows", QStringLiteral("Some rows"), {{"columns", {"a INT"}}, {"rows", {{1}, {2}, {3}}}}),
            {0, 0});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {300, 0}, {rows, "out"});
        fixture.session.start();
        QTRY_COMPARE(fixture.session.state(), RunSession::State::Finished);
        QVERIFY(fixture.hasLine(LogLevel::Info, QStringLiteral("Run started")));
        QVERIFY(fixture.hasLine(LogLevel::Info, QStringLiteral("Run finished")));
        QVERIFY(fixture.file.str().find("Run started") != std::string::npos);
    }

    void aPipelineThatCannotRunNamesItsNode() {
        LogRecorderFixture fixture;
        fixture.document.addNode(nodeOf("csv_source", QStringLiteral("Orders"), Json::object()), {0, 0});
        fixture.session.start();
        QTRY_VERIFY(!fixture.all().empty());
        QTRY_COMPARE(fixture.session.state(), RunSession::State::Stopped);
        bool named = false;
        for (const LogEntry& entry : fixture.all()) {
            named = named || (entry.level == LogLevel::Error && entry.title == QLatin1String("Orders"));
        }
        QVERIFY(named);
    }
};

QTEST_MAIN(TestLogRecorder)
#include "test_log_recorder.moc"
