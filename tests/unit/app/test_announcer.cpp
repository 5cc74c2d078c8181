// Announcements for a screen reader: the state of the run, and new problems.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/announcer.h"
#include "core/connect/connections/connections.h"
#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "tests/support/patience.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/document/unfinished.h"

using namespace rw;
using namespace rw::ui;

class TestAnnouncer : public QObject {
    Q_OBJECT

    static constexpr int kAtOnce = 0, kNever = 24 * 3600 * 1000;
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    QStringList m_said;

    /// An endless source and a table that shows it.
    void addSource() {
        const NodeId source =
            m_document->addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 1000}}}, {});
        m_document->connectPorts({source, "out"}, {m_document->addNode({"table_view"}, {}), "in"});
        QTRY_VERIFY(m_document->isValidated());
    }
    std::unique_ptr<Announcer> makeAnnouncer(int pauseMillis) {
        auto made = std::make_unique<Announcer>(*m_document, *m_session, nullptr, pauseMillis);
        connect(made.get(), &Announcer::announced, this, [this](const QString& words) { m_said << words; });
        return made;
    }
    /// One with an error; missing parts are not announced while a pipeline is being built.
    void addBroken(const char* title) {
        const Json params{{"columns", {"n BIGINT = nothing"}}};
        const NodeId source = m_document->addNode({"generator", params}, {});
        m_document->setTitle(source, QString::fromLatin1(title));
        m_document->connectPorts({source, "out"}, {m_document->addNode({"table_view"}, {}), "in"});
    }

 private Q_SLOTS:
    void init() {
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        m_session = std::make_unique<RunSession>(*m_document);
        m_said.clear();
    }
    void cleanup() {
        m_session.reset();
        m_document.reset();
    }
    void tellsHowTheRunStands();
    void tellsThatAReplayIsHeld();
    void tellsThatRowsAreMissing();
    void tellsNothingOfARefusedStart();
    void tellsThatARunWaitsForAServer();
    void tellsNoRates();
    void tellsOfAlerts();
    void tellsProblemsThatAreNew();
    void countsSeveralNewProblems();
    void waitsBetweenAnnouncements();
    void liveRegionIsANotification();
};

void TestAnnouncer::tellsHowTheRunStands() {
    addSource();
    const auto announcer = makeAnnouncer(kAtOnce);
    m_session->start();
    QTRY_COMPARE(m_said, QStringList{QStringLiteral("Running")});
    m_session->pause();
    QTRY_COMPARE(m_said.last(), QStringLiteral("Paused"));
    m_session->stop();
    QTRY_COMPARE(m_said.last(), QStringLiteral("Stopped"));
    QCOMPARE(m_said.size(), 3);
}

void TestAnnouncer::tellsThatAReplayIsHeld() {
    const QTemporaryDir folder;
    const Json columns = {"n BIGINT = i",
                          "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"};
    const NodeId source = m_document->addNode(
        {"generator", Json{{"columns", columns}, {"rows", 300}, {"rate", 1000}, {"event_time", "ts"}}}, {});
    m_document->connectPorts({source, "out"}, {m_document->addNode({"table_view"}, {}), "in"});
    QTRY_VERIFY(m_document->isValidated());
    m_session->setTape({.recordInto = folder.path()});
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    const QStringList names = QDir(folder.path()).entryList({QStringLiteral("*.tape")});
    QCOMPARE(names.size(), 1);
    const auto announcer = makeAnnouncer(kAtOnce);
    m_session->setTape({.replay = folder.filePath(names.first()), .speed = 0.1});
    m_session->seek(1'709'294'400'000 + 150'000);
    QTRY_VERIFY(!m_said.isEmpty());
    QTRY_COMPARE(m_said.last(), QStringLiteral("The replay is held at 2024-03-01 12:02:30"));
    m_session->continueReplay();
    QTRY_COMPARE(m_said.last(), QStringLiteral("Running"));
    m_session->stop();
    QTRY_COMPARE(m_said.last(), QStringLiteral("Stopped"));
}

void TestAnnouncer::tellsThatRowsAreMissing() {
    const Json columns = Json::array({"t STRING = CASE WHEN i = 7 THEN 'x' ELSE CAST(i AS STRING) END"});
    const NodeId source = m_document->addNode({"generator", Json{{"columns", columns}, {"rows", 100}}}, {});
    const NodeId filter = m_document->addNode({"filter", Json{{"condition", "CAST(t AS BIGINT) >= 0"}}}, {});
    m_document->connectPorts({source, "out"}, {filter, "in"});
    m_document->connectPorts({filter, "out"}, {m_document->addNode({"table_view"}, {}), "in"});
    QTRY_VERIFY(m_document->isValidated());
    const auto announcer = makeAnnouncer(kAtOnce);
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_COMPARE(m_said.last(), QStringLiteral("Finished · 1 rejected"));
}

// The state is that of the run before once more, which was told.
void TestAnnouncer::tellsNothingOfARefusedStart() {
    const QTemporaryDir folder;
    const NodeId source =
        m_document->addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 3}}}, {});
    m_document->connectPorts({source, "out"}, {m_document->addNode({"table_view"}, {}), "in"});
    QTRY_VERIFY(m_document->isValidated());
    RunConsent consent(*m_document, folder.path());
    m_session->setConsent(&consent);
    const auto announcer = makeAnnouncer(kAtOnce);
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Finished);
    QTRY_COMPARE(m_said.last(), QStringLiteral("Finished"));
    m_said.clear();
    int refused = 0;
    connect(m_session.get(), &RunSession::tapeRefused, this, [&refused] { ++refused; });
    m_session->setTape({.replay = folder.filePath(QStringLiteral("gone.tape"))});
    m_session->start();
    QTRY_COMPARE(refused, 1);
    QCOMPARE(m_session->state(), RunSession::State::Finished);
    QTest::qWait(50);
    QVERIFY2(m_said.isEmpty(), qPrintable(m_said.join(u'|')));
    m_session.reset();  // before the consent
}

void TestAnnouncer::tellsOfAlerts() {
    const auto announcer = makeAnnouncer(kAtOnce);
    const NodeId alert = m_document->addNode({"alert", Json::object(), QStringLiteral("Busiest core")}, {});
    QCOMPARE(alert, NodeId("alert"));  // as the made rule calls it
    const test::MadeBoard made;
    m_session->alerts().show(made.board);
    m_said.clear();
    made.put("7", AlertStage::Open);
    QTRY_COMPARE(m_said, QStringList{QStringLiteral("Alert of “Busiest core”: Core 7 is busy")});
    made.put("7", AlertStage::Cleared);
    made.put("8", AlertStage::Open, AlertKind::NoData);
    QTRY_COMPARE(m_said.size(), 2);
    QCOMPARE(m_said.last(), QStringLiteral("“Busiest core” has no data"));
    for (const char* core : {"1", "2", "3"}) made.put(core, AlertStage::Open);
    QTRY_COMPARE(m_said.size(), 3);
    QCOMPARE(m_said.last(), QStringLiteral("3 new alerts"));
}

void TestAnnouncer::tellsThatARunWaitsForAServer() {
    m_document->setConnections(
        std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret));
    QVERIFY(m_document->openCopy(QStringLiteral(":/examples/orders_kafka.rill")).ok());
    m_document->setOffers({{"local_kafka", {RW_TEXT("test", "Waits for the server")}},
                           {"local_postgresql", {RW_TEXT("test", "Waits for the server")}}});
    QTRY_VERIFY(m_document->isValidated());
    QTRY_VERIFY(waitsForOffers(m_document->issues()));
    const auto announcer = makeAnnouncer(kAtOnce);
    m_session->reportStartBlocked();
    QTRY_COMPARE(m_said.size(), 1);  // not once for each node
    QVERIFY2(m_said.first().startsWith(QStringLiteral("Waits for the server")), qPrintable(m_said.first()));
}

void TestAnnouncer::tellsNoRates() {
    addSource();
    const auto announcer = makeAnnouncer(kAtOnce);
    QSignalSpy updates(m_session.get(), &RunSession::updated);
    m_session->start();
    QTRY_VERIFY(updates.count() > 20);
    QCOMPARE(m_said, QStringList{QStringLiteral("Running")});
}

void TestAnnouncer::tellsProblemsThatAreNew() {
    const auto announcer = makeAnnouncer(kAtOnce);
    addBroken("Both");
    QTRY_COMPARE(m_said.size(), 1);
    QVERIFY2(m_said.last().contains(QStringLiteral("“Both”")), qPrintable(m_said.last()));
    addSource();  // nothing is wrong with these
    QCOMPARE(m_said.size(), 1);
    addBroken("Neither");
    QTRY_COMPARE(m_said.size(), 2);
    QVERIFY2(m_said.last().contains(QStringLiteral("“Neither”")), qPrintable(m_said.last()));
    QVERIFY2(!m_said.last().contains(QStringLiteral("“Both”")), qPrintable(m_said.last()));
}

void TestAnnouncer::countsSeveralNewProblems() {
    addBroken("Both");
    addBroken("Neither");
    const auto announcer = makeAnnouncer(kAtOnce);
    QTRY_COMPARE(m_said, QStringList{QStringLiteral("2 new problem(s)")});
}

void TestAnnouncer::waitsBetweenAnnouncements() {
    addSource();
    const auto announcer = makeAnnouncer(kNever);
    m_session->start();
    QTRY_COMPARE(m_session->state(), RunSession::State::Running);
    m_session->stop();
    QTRY_COMPARE(m_session->state(), RunSession::State::Stopped);
    QCOMPARE(m_said, QStringList{QStringLiteral("Running")});
}

void TestAnnouncer::liveRegionIsANotification() {
    QWidget window;
    LiveRegion region(&window);
    QAccessibleInterface* seen = QAccessible::queryAccessibleInterface(&region);
    QCOMPARE(seen->role(), QAccessible::Notification);
    region.announce(QStringLiteral("Running"));
    QCOMPARE(seen->text(QAccessible::Name), QStringLiteral("Running"));
    region.announce(QStringLiteral("Stopped"));
    QCOMPARE(seen->text(QAccessible::Name), QStringLiteral("Stopped"));
}

QTEST_MAIN(TestAnnouncer)
#include "test_announcer.moc"
