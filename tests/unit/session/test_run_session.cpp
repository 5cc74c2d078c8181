// Runs as the designer sees them: started, watched, changed and ended without the GUI thread ever waiting.
#include <QtTest/QtTest>
#include <utility>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/number_text.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/empty_reason.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestRunSession : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init();
    void cleanup();
    void runsToItsEnd();
    void pausesResumesAndStops();
    void refusesWhatHasErrors();
    void aFolderThatWasMovedIsNotMadeAgain();
    void stopsWhileStarting();
    void appliesAndReverts();
    void whatTakesItsPlaceDiscardsARun_data();
    void whatTakesItsPlaceDiscardsARun();
    void anotherDocumentHasNoRun();
    void aPausedRunDoesNotComeBack();
    void placesAndTitlesNeedNoRestart();
    void deletingAndRevertingLeavesNothingToApply();
    void aNodeThatIsNotInTheRunSaysSo();
    void orderIsNothingToApply();
    void givesTapsAndViews();
    void goesAwayWhileRunning();
    void picturesAreTheirOwn();
    void ratesFollowTheCounter();
    void ratesAreReadable();

 private:
    NodeId addGenerator(int rows, int rate);
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    NodeId m_source, m_filter, m_table;
};

void TestRunSession::init() {
    m_document = std::make_unique<PipelineDocument>(m_catalogue);
    m_session = std::make_unique<RunSession>(*m_document);
}

void TestRunSession::cleanup() {
    m_session.reset();
    m_document.reset();
}

// rows 0: endless.
NodeId TestRunSession::addGenerator(int rows, int rate) {
    m_source = m_document->addNode(
        {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", rows}, {"rate", rate}}}, {});
    m_filter = m_document->addNode({"filter", Json{{"condition", "n % 2 = 0"}}}, {});
    m_table = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {m_filter, "in"});
    m_document->connectPorts({m_filter, "out"}, {m_table, "in"});
    return m_source;
}

void TestRunSession::runsToItsEnd() {
    addGenerator(1000, 0);
    QSignalSpy updated(m_session.get(), &RunSession::updated);
    m_session->start();
    QCOMPARE(m_session->state(), State::Starting);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QTRY_VERIFY(updated.count() > 0);
    QCOMPARE(m_session->snapshot().node(m_table)->metrics.rowsIn, std::uint64_t{500});
    QCOMPARE(m_session->snapshot().wire({{m_source, "out"}, {m_filter, "in"}})->metrics.rows,
             std::uint64_t{1000});
    QVERIFY(m_session->endedAt().isValid());
    QVERIFY(!m_session->isActive());
}

void TestRunSession::pausesResumesAndStops() {
    addGenerator(0, 500);
    const auto rows = [&] { return m_session->snapshot().metrics.sourceRows; };
    m_session->start();
    QTRY_VERIFY(rows() > 0);
    m_session->pause();
    QCOMPARE(m_session->state(), State::Paused);
    QVERIFY(m_session->pausedAt().isValid());
    // Rows under way arrive; then no more come, for six frames in a row.
    std::uint64_t still = rows();
    int quiet = 0;
    const auto watch = connect(m_session.get(), &RunSession::updated, this, [&] {
        const std::uint64_t before = std::exchange(still, rows());
        quiet = still == before ? quiet + 1 : 0;
    });
    QTRY_VERIFY(quiet >= 6);
    disconnect(watch);
    m_session->resume();
    QTRY_VERIFY(rows() > still);
    m_session->stop();
    QTRY_COMPARE(m_session->state(), State::Stopped);
}

void TestRunSession::refusesWhatHasErrors() {
    addGenerator(10, 0);
    m_document->setParam(m_filter, "condition", "nothing > 1");
    QSignalSpy refused(m_session.get(), &RunSession::startRefused);
    m_session->start();
    QTRY_COMPARE(refused.count(), 1);
    QCOMPARE(m_session->state(), State::Stopped);
    QVERIFY(hasErrors(m_session->startIssues()));
    QVERIFY(m_session->wasRefused());
    m_document->setParam(m_filter, "condition", "n > 1");
    QTRY_VERIFY(!m_session->wasRefused());
    QVERIFY(m_session->readyNodes().empty());
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(m_session->readyNodes(), (std::set<NodeId>{m_source, m_filter, m_table}));
}

void TestRunSession::aFolderThatWasMovedIsNotMadeAgain() {
    const QTemporaryDir folder;
    const QDir outer(folder.path());
    QVERIFY(outer.mkdir(QStringLiteral("old")));
    addGenerator(10, 0);
    const NodeId sink = m_document->addNode({"csv_sink", Json{{"path", "out.csv"}}}, {});
    m_document->connectPorts({m_source, "out"}, {sink, "in"});
    QVERIFY(m_document->saveAs(outer.filePath(QStringLiteral("old/a.rill"))).ok());
    QVERIFY(QDir().rename(outer.filePath(QStringLiteral("old")), outer.filePath(QStringLiteral("new"))));
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Failed);
    const std::string said = english(m_session->failure().error());
    QVERIFY2(said.find("The folder of") == 0 && said.find("does not exist") != std::string::npos,
             said.c_str());
    QCOMPARE(outer.entryList(QDir::Dirs | QDir::NoDotAndDotDot), QStringList{QStringLiteral("new")});
}

void TestRunSession::stopsWhileStarting() {
    addGenerator(0, 10);
    m_session->start();
    m_session->stop();
    QCOMPARE(m_session->state(), State::Stopping);
    QTRY_COMPARE(m_session->state(), State::Stopped);
}

void TestRunSession::appliesAndReverts() {
    addGenerator(0, 500);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    QVERIFY(!m_session->hasUnappliedChanges());
    m_document->setParam(m_filter, "condition", "n % 10 = 0");
    QVERIFY(m_session->hasUnappliedChanges());
    m_session->revert();
    QVERIFY(!m_session->hasUnappliedChanges());
    QCOMPARE(m_document->pipeline().find(m_filter)->params["condition"].get<std::string>(),
             std::string("n % 2 = 0"));
    m_document->undoStack().undo();
    QVERIFY(m_session->hasUnappliedChanges());
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    m_session->apply();
    QVERIFY(!m_session->hasUnappliedChanges());
    QTRY_COMPARE(replaced.count(), 1);
    QCOMPARE(m_session->state(), State::Running);
    QCOMPARE(m_session->runningPipeline().find(m_filter)->params["condition"].get<std::string>(),
             std::string("n % 10 = 0"));
}

void TestRunSession::whatTakesItsPlaceDiscardsARun_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("kept");
    QTest::newRow("Stop") << QStringLiteral("stop") << true;
    QTest::newRow("Apply") << QStringLiteral("apply") << false;
    QTest::newRow("another document") << QStringLiteral("reset") << false;
    QTest::newRow("another document, as agreed") << QStringLiteral("agreed") << true;
    QTest::newRow("the session goes") << QStringLiteral("go") << false;
}

void TestRunSession::whatTakesItsPlaceDiscardsARun() {
    QFETCH(QString, what);
    QFETCH(bool, kept);
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("out.csv")));
    const auto content = [&] {
        const bool open = file.open(QIODevice::ReadWrite);
        const QByteArray all = open ? file.readAll() : QByteArray();
        file.close();
        return all;
    };
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("old\n") == 4);
    file.close();
    addGenerator(1'000'000, 1000);
    const NodeId sink = m_document->addNode({"csv_sink", Json{{"path", file.fileName().toStdString()}}}, {});
    m_document->connectPorts({m_source, "out"}, {sink, "in"});
    m_session->start();
    QTRY_VERIFY(QFileInfo(folder.filePath(QStringLiteral(".out.csv.rill-new"))).size() > 10);
    if (what == QLatin1String("stop")) m_session->stop();
    if (what == QLatin1String("agreed")) m_session->setStopWhenReplaced(StopMode::Now);
    if (what == QLatin1String("reset") || what == QLatin1String("agreed")) m_document->startEmpty();
    if (what == QLatin1String("go")) m_session.reset();
    if (what == QLatin1String("apply")) {
        m_document->setParam(m_filter, "condition", "n < 0");
        QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
        m_session->apply();
        QTRY_COMPARE(replaced.count(), 1);
    } else if (m_session) {
        QTRY_COMPARE(m_session->state(), State::Stopped);
    }
    if (kept) QTRY_VERIFY(content() != QByteArray("old\n"));
    m_session.reset();  // any work under way is over
    QCOMPARE(content().left(6), kept ? QByteArray("n\n0\n1\n") : QByteArray("old\n"));
}

void TestRunSession::anotherDocumentHasNoRun() {
    addGenerator(0, 500);
    m_session->start();
    QTRY_VERIFY(m_session->snapshot().metrics.sourceRows > 0);
    m_document->setParam(m_filter, "condition", "n < 0");
    QVERIFY(m_session->hasUnappliedChanges());
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    m_document->startEmpty();
    QCOMPARE(m_session->state(), State::Stopped);
    QCOMPARE(replaced.count(), 1);
    QVERIFY(!m_session->hasUnappliedChanges());
    QVERIFY(m_session->startedAt().isNull());
    QVERIFY(m_session->snapshot().nodes.empty());
    QVERIFY(m_session->runningPipeline().nodes.empty());
    QVERIFY(!m_session->view(m_table));
    QVERIFY(!m_session->tap({m_source, "out"}));
    m_session->revert();
    QVERIFY(m_document->pipeline().nodes.empty());
    QVERIFY(!m_document->isModified());
}

void TestRunSession::aPausedRunDoesNotComeBack() {
    addGenerator(0, 500);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    m_session->pause();
    m_document->startEmpty();
    addGenerator(10, 0);
    m_session->start();
    QCOMPARE(m_session->state(), State::Starting);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(m_session->snapshot().metrics.sourceRows, std::uint64_t{10});
}

void TestRunSession::deletingAndRevertingLeavesNothingToApply() {
    addGenerator(0, 500);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    const std::string before = savePipeline(m_document->pipeline());
    m_document->remove({m_filter});
    QVERIFY(m_session->hasUnappliedChanges());
    m_session->revert();
    QVERIFY(!m_session->hasUnappliedChanges());
    QCOMPARE(QByteArray::fromStdString(savePipeline(m_document->pipeline())),
             QByteArray::fromStdString(before));
    m_document->undoStack().undo();
    QVERIFY(m_session->hasUnappliedChanges());
    m_document->undoStack().undo();
    QVERIFY(!m_session->hasUnappliedChanges());
}

// It has no rows because it is not there yet, and not for as long as the run lasts.
void TestRunSession::aNodeThatIsNotInTheRunSaysSo() {
    addGenerator(0, 500);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    const NodeId added = m_document->addNode({"table_view"}, {});
    QCOMPARE(emptyReason(*m_session, added), QStringLiteral("Apply to see data"));
    QVERIFY(emptyReason(*m_session, m_table) != QStringLiteral("Apply to see data"));
}

// Removed and drawn again a wire is the last of the file, a parameter the last of its node.
void TestRunSession::orderIsNothingToApply() {
    addGenerator(0, 500);
    m_document->setParam(m_filter, "on_error", "fail");
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    m_document->remove({Wire{{m_source, "out"}, {m_filter, "in"}}});
    QVERIFY(m_session->hasUnappliedChanges());
    m_document->connectPorts({m_source, "out"}, {m_filter, "in"});
    QVERIFY(!m_session->hasUnappliedChanges());
    m_document->setParam(m_filter, "condition", nullptr);
    QVERIFY(m_session->hasUnappliedChanges());
    m_document->setParam(m_filter, "condition", "n % 2 = 0");
    QVERIFY(!m_session->hasUnappliedChanges());
}

void TestRunSession::placesAndTitlesNeedNoRestart() {
    addGenerator(0, 100);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    m_document->move({{m_filter, {300, 300}}});
    m_document->setTitle(m_filter, QStringLiteral("Even"));
    m_document->addNote({"a note", {}});
    QVERIFY(!m_session->hasUnappliedChanges());
    m_document->setDisabled({m_filter}, true);
    QVERIFY(m_session->hasUnappliedChanges());
}

void TestRunSession::givesTapsAndViews() {
    addGenerator(0, 1000);
    QVERIFY(!m_session->tap({m_source, "out"}));
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    const std::shared_ptr<Tap> tap = m_session->tap({m_source, "out"});
    QVERIFY(tap != nullptr);
    QVERIFY(m_session->tap({m_source, "nowhere"}) == nullptr);
    QTRY_VERIFY(tap->version() > 0);
    QVERIFY(m_session->view(m_table) != nullptr);
    QVERIFY(m_session->view(m_source) == nullptr);
}

void TestRunSession::goesAwayWhileRunning() {
    addGenerator(0, 0);
    m_session->start();
    m_session.reset();
    init();
    addGenerator(0, 0);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    QElapsedTimer timer;
    timer.start();
    m_session.reset();
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
}

// They tell one picture of a run from another; other sessions do not count.
void TestRunSession::picturesAreTheirOwn() {
    RunSnapshot one, other;
    one.update({}, {}, 0);
    one.update({}, {}, 50);
    other.update({}, {}, 50);
    QCOMPARE(one.sequence, std::uint64_t{2});
    QCOMPARE(other.sequence, std::uint64_t{1});
    one.clear();
    one.update({}, {}, 100);
    QVERIFY(one.sequence > 2);
}

void TestRunSession::ratesFollowTheCounter() {
    RateMeter meter;
    for (std::int64_t ms = 0; ms <= 20'000; ms += 50) meter.add(ms, static_cast<std::uint64_t>(ms) * 5);
    QCOMPARE(qRound(meter.perSecond()), 5000);
    QCOMPARE(meter.history().size(), std::size_t{20});
    QVERIFY(std::abs(meter.history().back() - 5000) < 1);
    for (std::int64_t ms = 20'050; ms <= 32'000; ms += 50) meter.add(ms, 100'000);
    QCOMPARE(meter.perSecond(), 0.0);
    RateMeter slow;  // one row every five seconds
    for (std::int64_t ms = 0; ms <= 60'000; ms += 50) slow.add(ms, static_cast<std::uint64_t>(ms / 5000));
    QVERIFY(std::abs(slow.perSecond() - 0.2) < 0.11);
    for (std::int64_t ms = 60'050; ms <= 200'000; ms += 50)
        slow.add(ms, static_cast<std::uint64_t>(ms / 5000));
    QCOMPARE(slow.history().size(), std::size_t{60});
}

void TestRunSession::ratesAreReadable() {
    QCOMPARE(rateText(0), QStringLiteral("0/s"));
    QCOMPARE(rateText(0.12), QStringLiteral("0.1/s"));
    QCOMPARE(rateText(1.63), QStringLiteral("1.6/s"));
    QCOMPARE(rateText(712.4), QStringLiteral("712/s"));
    QCOMPARE(rateText(1640), QStringLiteral("1.6\u2009k/s"));
    QCOMPARE(rateText(999'999), QStringLiteral("1.0\u2009M/s"));
    QCOMPARE(rateText(250'000), QStringLiteral("250\u2009k/s"));
    QCOMPARE(ageText(6820), QStringLiteral("6.8\u2009s"));
    QCOMPARE(ageText(130'000), QStringLiteral("2\u2009min 10\u2009s"));
    QCOMPARE(watermarkAge(kMinTimestamp, 0), QStringLiteral("–"));
    QCOMPARE(watermarkAge(kMaxTimestamp, 0), QStringLiteral("end"));
    constexpr Instant kNoon = 1'709'294'400'000, kYears = 2 * 365 * 86'400'000LL;  // 2024-03-01 12:00:00
    QCOMPARE(watermarkText(kMinTimestamp, kNoon), QStringLiteral("–"));
    QCOMPARE(watermarkText(kMaxTimestamp, kNoon), QStringLiteral("end"));
    QCOMPARE(watermarkText(kNoon, kNoon + 6820), QStringLiteral("6.8\u2009s"));
    QCOMPARE(watermarkText(kNoon + 11'999, kNoon + kYears), QStringLiteral("12:00:11"));
    QCOMPARE(countText(1234567), QStringLiteral("1\u2009234\u2009567"));
}

QTEST_MAIN(TestRunSession)
#include "test_run_session.moc"
