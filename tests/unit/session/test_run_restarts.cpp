// A run of the designer whose output is away for a while: it waits in sight, goes on, and can be stopped.
#include <QDir>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>

#include "core/nodes/catalogue.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/tape_issues.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestRunRestarts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init();
    void cleanup();
    void goesOnWhenTheFolderIsBack();
    void aStopEndsTheWait();
    void aRecordingThatHasEndedIsAWarning();

 private:
    void begin(const char* restart);
    bool isWaiting() const { return m_session->snapshot().metrics.restart.waiting(); }

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    NodeId m_sink;
};

void TestRunRestarts::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_document = std::make_unique<PipelineDocument>(m_catalogue);
    m_session = std::make_unique<RunSession>(*m_document);
}

void TestRunRestarts::cleanup() {
    m_session.reset();
    m_document.reset();
    m_folder.reset();
}

/// A run into out/x.csv whose folder goes away before its end; returns when it waits to be tried again.
void TestRunRestarts::begin(const char* restart) {
    QDir home(m_folder->path());
    QVERIFY(home.mkdir(QStringLiteral("out")));
    Settings settings = m_document->pipeline().settings;
    settings.unknown["restart"] = restart;
    m_document->setSettings(settings);
    const NodeId source = m_document->addNode(
        {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 2000}, {"rate", 1000}}}, {});
    m_sink = m_document->addNode(
        {"csv_sink", Json{{"path", m_folder->filePath(QStringLiteral("out/x.csv")).toStdString()}}}, {});
    m_document->connectPorts({source, "out"}, {m_sink, "in"});
    m_session->start();
    const QString staging = m_folder->filePath(QStringLiteral("out/.x.csv.rill-new"));
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(staging).size() > 0, 20'000);
    QVERIFY(home.rename(QStringLiteral("out"), QStringLiteral("away")));
    QTRY_VERIFY_WITH_TIMEOUT(isWaiting(), 20'000);
}

void TestRunRestarts::goesOnWhenTheFolderIsBack() {
    QSignalSpy noted(m_session.get(), &RunSession::noted);
    begin("fixed:200ms:1000");
    if (QTest::currentTestFailed()) return;
    QCOMPARE(m_session->state(), State::Running);
    QCOMPARE(m_session->snapshot().metrics.restart.node, m_sink);
    QVERIFY(noted.count() > 0);
    const auto first = noted.first().first().value<RunNote>();
    QVERIFY2(first.warning, english(first.text).c_str());
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    QVERIFY(QDir(m_folder->path()).rename(QStringLiteral("away"), QStringLiteral("out")));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), State::Finished, 20'000);
    // Views, taps and kept rows are those of the try that came to the end.
    QVERIFY(replaced.count() > 0);
    QVERIFY(!isWaiting());
    QCOMPARE(m_session->snapshot().node(m_sink)->metrics.rowsIn, std::uint64_t{2000});
    QFile file(m_folder->filePath(QStringLiteral("out/x.csv")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 2001);
}

void TestRunRestarts::aStopEndsTheWait() {
    begin("fixed:1h:3");
    if (QTest::currentTestFailed()) return;
    m_session->stop();
    // There is no checkpoint, and nothing is in place: that is no stop as others are.
    QTRY_COMPARE(m_session->state(), State::Failed);
    QCOMPARE(m_session->failedNode(), m_sink);
}

/// A tape is of one try: the next one is not recorded.
void TestRunRestarts::aRecordingThatHasEndedIsAWarning() {
    m_session->setTape({.recordInto = m_folder->filePath(QStringLiteral("tapes"))});
    QVERIFY(m_session->recordingTrouble().empty() && tapeIssues(*m_session).empty());
    bool warned = false;
    connect(m_session.get(), &RunSession::noted, this, [&warned](const RunNote& note) {
        const std::string text = english(note.text);
        warned = warned || (note.warning && text.starts_with("Recording has ended, the run goes on: "));
    });
    begin("fixed:200ms:1000");
    if (QTest::currentTestFailed()) return;
    QVERIFY(QDir(m_folder->path()).rename(QStringLiteral("away"), QStringLiteral("out")));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), State::Finished, 20'000);
    QVERIFY(warned && !m_session->recordingTrouble().empty());
    const std::vector<Issue> issues = tapeIssues(*m_session);
    QCOMPARE(issues.size(), std::size_t{1});
    QVERIFY(issues[0].severity == Severity::Warning);
    m_session->setTape({});
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    QVERIFY(tapeIssues(*m_session).empty());
}

QTEST_MAIN(TestRunRestarts)
#include "test_run_restarts.moc"
