// A run elsewhere is shown instead of the own one: views of the session see it alone, and the own run goes
// on by itself.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/diff.h"
#include "tests/support/made_remote_run.h"
#include "widgets/session/run_session.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestShownRun : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() {
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        m_session = std::make_unique<RunSession>(*m_document);
        m_remote = std::make_unique<MadeRemoteRun>();
    }
    void cleanup() {
        m_session.reset();
        m_remote.reset();
        m_document.reset();
    }
    void answersOfTheRunThatIsShown();
    void ownSignalsWaitUntilItIsShownAgain();
    void signalsComeFromTheRunThatIsShown();
    void aRunThatIsGoneIsShownNoMore();
    void whatStartsAndStopsIsTheOwnRun();
    void changesAreThoseToTheJob();

 private:
    /// rows 0: endless.
    void addGenerator(int rows) {
        m_source = m_document->addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", rows}, {"rate", rows > 0 ? 0 : 500}}},
            {});
        m_table = m_document->addNode({"table_view"}, {});
        m_document->connectPorts({m_source, "out"}, {m_table, "in"});
        m_remote->deployed = m_document->pipeline();
    }
    JobFigures figures() const {
        JobFigures figures;
        figures.nodes[m_source].rowsOut = 40;
        return figures;
    }

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    std::unique_ptr<MadeRemoteRun> m_remote;
    NodeId m_source, m_table;
};

void TestShownRun::answersOfTheRunThatIsShown() {
    addGenerator(1000);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Finished);
    QVERIFY(m_session->view(m_table) != nullptr);
    QVERIFY(m_session->tap({m_source, "out"}) != nullptr);

    m_remote->broken = Status(Error{ErrorCode::Io, RW_TEXT("test", "It broke"), {}, m_table, {}});
    m_remote->refused.push_back({.message = RW_TEXT("test", "Refused")});
    m_remote->turn(State::Running);
    m_remote->tell(figures());
    m_session->show(m_remote.get());
    QCOMPARE(m_session->shown(), m_remote.get());
    QCOMPARE(m_session->state(), State::Running);
    QVERIFY(m_session->isActive());
    QCOMPARE(m_session->snapshot().node(m_source)->metrics.rowsOut, std::uint64_t{40});
    QVERIFY(!m_session->snapshot().node(m_table)->known.in);
    QCOMPARE(m_session->failedNode(), m_table);
    QCOMPARE(m_session->startIssues().size(), std::size_t{1});
    QCOMPARE(m_session->startedAt(), m_remote->started);
    QVERIFY(m_session->endedAt().isNull());
    QVERIFY(m_session->pausedAt().isNull());
    QCOMPARE(m_session->readyNodes(), (std::set<NodeId>{m_source, m_table}));
    QVERIFY(m_session->view(m_table) == nullptr);
    QVERIFY(m_session->tap({m_source, "out"}) == nullptr);
    QVERIFY(m_session->keptRows(0).empty());
    QVERIFY(m_session->findings().advice().empty());
    QVERIFY(!m_session->watermarkHold(m_table));
    QVERIFY(m_session->heldNode().empty());
    QVERIFY(!m_session->mayStopWaiting());
    QVERIFY(!m_session->isAwaitingConsent());

    m_session->show(nullptr);
    QCOMPARE(m_session->state(), State::Finished);
    QCOMPARE(m_session->snapshot().node(m_source)->metrics.rowsOut, std::uint64_t{1000});
    QVERIFY(m_session->view(m_table) != nullptr);
    QVERIFY(m_session->failedNode().empty());
    QVERIFY(m_session->startIssues().empty());
}

void TestShownRun::ownSignalsWaitUntilItIsShownAgain() {
    addGenerator(0);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Running);
    QTRY_VERIFY(m_session->snapshot().metrics.sourceRows > 0);
    m_session->show(m_remote.get());
    QSignalSpy states(m_session.get(), &RunSession::stateChanged);
    QSignalSpy pictures(m_session.get(), &RunSession::updated);
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    m_session->stop();
    QTest::qWait(10 * RunSession::kFrameMillis);
    QCOMPARE(states.count() + pictures.count() + replaced.count(), 0);
    m_session->show(nullptr);
    QVERIFY(states.count() > 0 && pictures.count() > 0 && replaced.count() > 0);
    QTRY_COMPARE(m_session->state(), State::Stopped);
    QVERIFY(m_session->snapshot().metrics.sourceRows > 0);
}

void TestShownRun::signalsComeFromTheRunThatIsShown() {
    addGenerator(10);
    m_session->show(m_remote.get());
    QSignalSpy states(m_session.get(), &RunSession::stateChanged);
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    QSignalSpy notes(m_session.get(), &RunSession::noted);
    QSignalSpy ready(m_session.get(), &RunSession::nodesReady);
    std::uint64_t seen = 0;
    connect(m_session.get(), &RunSession::updated, this, [&](const RunSnapshot& snapshot) {
        const LiveNode* node = snapshot.node(m_source);  // the own run has not begun
        if (node != nullptr) seen = node->metrics.rowsOut;
    });
    m_remote->turn(State::Running);
    m_remote->tell(figures());
    Q_EMIT m_remote->replaced();
    Q_EMIT m_remote->noted({{}, RW_TEXT("test", "Something")});
    QCOMPARE(states.count(), 1);
    QCOMPARE(replaced.count(), 1);
    QCOMPARE(notes.count(), 1);
    QCOMPARE(ready.count(), 1);
    QCOMPARE(seen, std::uint64_t{40});
    m_session->show(nullptr);
    states.clear();
    m_remote->turn(State::Stopped);
    QCOMPARE(states.count(), 0);
}

void TestShownRun::aRunThatIsGoneIsShownNoMore() {
    addGenerator(10);
    m_remote->turn(State::Running);
    m_session->show(m_remote.get());
    QVERIFY(m_session->isActive());
    QSignalSpy states(m_session.get(), &RunSession::stateChanged);
    m_remote.reset();
    QVERIFY(m_session->shown() == nullptr);
    QCOMPARE(m_session->state(), State::Stopped);
    QCOMPARE(states.count(), 1);
    m_session->start();
    QTRY_COMPARE(m_session->state(), State::Finished);
}

void TestShownRun::whatStartsAndStopsIsTheOwnRun() {
    addGenerator(0);
    m_remote->turn(State::Running);
    m_session->show(m_remote.get());
    m_session->stop();
    m_session->pause();
    m_session->resume();
    m_session->apply();
    QCOMPARE(m_session->state(), State::Running);
    m_session->start();
    m_session->show(nullptr);
    QTRY_COMPARE(m_session->state(), State::Running);
    m_session->show(m_remote.get());
    m_session->pause();
    QCOMPARE(m_session->state(), State::Running);
    m_session->show(nullptr);
    QCOMPARE(m_session->state(), State::Paused);
}

void TestShownRun::changesAreThoseToTheJob() {
    addGenerator(10);
    m_remote->turn(State::Running);
    m_session->show(m_remote.get());
    QVERIFY(!m_session->hasUnappliedChanges());
    QSignalSpy changes(m_session.get(), &RunSession::unappliedChangesChanged);
    m_document->setParam(m_source, "rows", 20);
    QVERIFY(m_session->hasUnappliedChanges());
    m_session->revert();
    QVERIFY(!m_session->hasUnappliedChanges());
    QVERIFY(runAlike(m_document->pipeline(), m_remote->deployed));
    QCOMPARE(changes.count(), 2);
    m_document->setParam(m_source, "rows", 30);
    m_remote->turn(State::Stopped);
    QVERIFY(!m_session->hasUnappliedChanges());
}

QTEST_MAIN(TestShownRun)
#include "test_shown_run.moc"
