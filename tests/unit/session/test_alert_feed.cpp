// The board of a run's alerts as the window sees it: copied when it has changed, on the GUI thread, and what
// a person does with it.
#include <QtTest/QtTest>
#include <thread>

#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "tests/support/made_remote_run.h"
#include "widgets/session/run_session.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

const Json kBusyRows = {
    {"columns", {"core INT", "load DOUBLE", "ts TIMESTAMP"}},
    {"rows",
     {{1, 0.9, "2024-03-01 12:00:00"}, {2, 0.5, "2024-03-01 12:00:10"}, {1, 0.95, "2024-03-01 12:00:30"}}},
    {"event_time", "ts"}};

}  // namespace

class TestAlertFeed : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void changesAreSeen() {
        MadeBoard made;
        AlertFeed feed;
        QSignalSpy changed(&feed, &AlertFeed::changed);
        feed.show(made.board);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(feed.look().rules.size(), std::size_t{1});
        QCOMPARE(feed.open(), 0);
        // From a thread of the engine.
        std::thread([&made] { made.put("7", AlertStage::Open); }).join();
        QCOMPARE(feed.open(), 0);
        QTRY_COMPARE(feed.open(), 1);
        QCOMPARE(feed.look().entries.front().alert.message, std::string("Core 7 is busy"));
        QVERIFY(feed.ruleOf("alert") != nullptr && feed.ruleOf("other") == nullptr);
        feed.show(nullptr);
        QCOMPARE(feed.open(), 0);
        QVERIFY(feed.look().entries.empty() && feed.ruleOf("alert") == nullptr);
    }

    /// Thousands of changes are some looks.
    void manyChangesAreFewLooks() {
        MadeBoard made;
        AlertFeed feed;
        feed.show(made.board);
        QSignalSpy changed(&feed, &AlertFeed::changed);
        for (int core = 0; core < 2'000; ++core) made.put(std::to_string(core), AlertStage::Open);
        QTRY_COMPARE(feed.open(), 2'000);
        QVERIFY2(changed.count() <= 3, qPrintable(QString::number(changed.count())));
    }

    void aBoardThatIsNotShownAnyMoreIsSilent() {
        MadeBoard before, now;
        AlertFeed feed;
        feed.show(before.board);
        before.put("7", AlertStage::Open);
        feed.show(now.board);
        QSignalSpy changed(&feed, &AlertFeed::changed);
        before.put("8", AlertStage::Open);
        QTest::qWait(3 * AlertFeed::kLookMillis);
        QCOMPARE(changed.count(), 0);
        QCOMPARE(feed.open(), 0);
        {
            AlertFeed other;
            other.show(before.board);
        }
        before.put("9", AlertStage::Open);  // nobody is called who is gone
    }

    void eachHasItsSign() {
        MadeBoard made;
        AlertFeed feed;
        made.put("1", AlertStage::Waiting);
        made.put("2", AlertStage::Open);
        made.put("3", AlertStage::Open, AlertKind::NoData);
        made.put("4", AlertStage::Cleared);
        made.put("5", AlertStage::Cleared, AlertKind::NoData);
        made.put("6", AlertStage::Spared);
        feed.show(made.board);
        QMap<QString, AlertSign> signs;
        for (const AlertBoard::Entry& entry : feed.look().entries)
            signs[QString::fromStdString(entry.alert.key.front().value)] = feed.signOf(entry);
        QVERIFY(signs["1"] == AlertSign::Waiting && signs["2"] == AlertSign::Alert);
        QVERIFY(signs["3"] == AlertSign::NoData && signs["4"] == AlertSign::Cleared);
        QVERIFY(signs["5"] == AlertSign::DataAgain && signs["6"] == AlertSign::Spared);
        QCOMPARE(feed.countsOf("alert"), (AlertCounts{.open = 1, .noData = 1, .waiting = 1}));
        QCOMPARE(feed.countsOf("other"), AlertCounts());
        QCOMPARE(feed.open(), 2);
    }

    void oneThatWasSeenIsNotOpen() {
        MadeBoard made;
        AlertFeed feed;
        made.put("1", AlertStage::Open);
        made.put("2", AlertStage::Open);
        feed.show(made.board);
        feed.acknowledge({feed.look().entries.front().number});
        QCOMPARE(feed.open(), 1);  // at once
        QCOMPARE(feed.countsOf("alert"), (AlertCounts{.open = 1, .acknowledged = 1}));
        QVERIFY(feed.signOf(feed.look().entries.front()) == AlertSign::Acknowledged);
        feed.acknowledge({4711});
        QCOMPARE(feed.open(), 1);
    }

    void aSilenceIsOfAKeyOrOfTheRule() {
        MadeBoard made;
        AlertFeed feed;
        made.put("1", AlertStage::Open);
        made.put("2", AlertStage::Open);
        feed.show(made.board);
        const Alert one = loadAlert("1", AlertStage::Open), two = loadAlert("2", AlertStage::Open);
        feed.silence("alert", one.key, systemClock()->now() + 3'600'000);
        QVERIFY(feed.silenceOf(one) != nullptr && feed.silenceOf(two) == nullptr);
        QCOMPARE(feed.countsOf("alert"), (AlertCounts{.open = 1, .silenced = 1}));
        feed.silence("alert", {}, kMaxTimestamp);
        QVERIFY(feed.silenceOf(two) != nullptr);
        QCOMPARE(feed.silenceOf(one)->until, kMaxTimestamp);  // the longest
        QCOMPARE(feed.open(), 0);
        feed.silence("alert", {}, 0);
        feed.silence("alert", one.key, 0);
        QCOMPARE(feed.open(), 2);
    }

    /// Nothing else happens at its end.
    void theEndOfASilenceIsSeen() {
        MadeBoard made;
        AlertFeed feed;
        made.put("1", AlertStage::Open);
        feed.show(made.board);
        feed.silence("alert", {}, systemClock()->now() + 2'000);
        QCOMPARE(feed.open(), 0);
        QTRY_COMPARE(feed.open(), 1);
    }

    void raisedTellsOfEachOnce() {
        MadeBoard made;
        AlertFeed feed;
        QStringList told;
        connect(&feed, &AlertFeed::raised, this, [&told](const std::vector<AlertBoard::Entry>& entries) {
            for (const AlertBoard::Entry& entry : entries)
                told << QString::fromStdString(entry.alert.key.front().value);
        });
        made.put("1", AlertStage::Open);
        made.put("2", AlertStage::Waiting);
        feed.show(made.board);
        QCOMPARE(told, QStringList{QStringLiteral("1")});
        made.put("2", AlertStage::Open);
        QTRY_COMPARE(told.size(), 2);
        // A cluster was shown meanwhile.
        feed.show(nullptr);
        feed.show(made.board);
        QCOMPARE(told.size(), 2);
        MadeBoard other;
        other.put("1", AlertStage::Open);
        feed.show(other.board);
        QCOMPARE(told.size(), 3);
    }

    void aButtonOfANotificationAsksForIt() {
        MadeBoard made;
        AlertFeed feed;
        made.put("1", AlertStage::Open);
        feed.show(made.board);
        QSignalSpy asked(&feed, &AlertFeed::asked);
        made.board->ask(loadAlert("1", AlertStage::Open).id());
        QTRY_COMPARE(asked.count(), 1);
        QCOMPARE(asked.at(0).at(0).value<std::uint64_t>(), feed.look().entries.front().number);
        made.put("2", AlertStage::Open);
        QTRY_COMPARE(feed.open(), 2);
        QCOMPARE(asked.count(), 1);
    }

    /// Alerts of a real run, and what stays for the next one.
    void aSessionHasTheAlertsOfItsRun() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        const NodeId rows = document.addNode({"rows", kBusyRows}, {});
        const NodeId alert = document.addNodeBehind({"alert",
                                                     Json{{"condition", "load > 0.8"},
                                                          {"keys", {"core"}},
                                                          {"message", "Core {core}"},
                                                          {"value", "load"}},
                                                     QStringLiteral("Busiest core")},
                                                    {}, {rows, "out"});
        document.addNodeBehind({"table_view"}, {}, {alert, "out"});
        QVERIFY(session.alerts().look().rules.empty());
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        QTRY_COMPARE(session.alerts().open(), 1);
        const AlertBoard::Entry& entry = session.alerts().look().entries.front();
        QCOMPARE(entry.alert.message, std::string("Core 1"));
        QCOMPARE(session.alerts().ruleOf(alert)->rule.title, std::string("Busiest core"));
        // A run elsewhere has none, and hides those of this one.
        MadeRemoteRun remote;
        session.show(&remote);
        QCOMPARE(session.alerts().open(), 0);
        session.show(nullptr);
        QCOMPARE(session.alerts().open(), 1);
        // The next run knows what was silenced.
        session.alerts().silence(alert, {}, kMaxTimestamp);
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Finished);
        QTRY_VERIFY(!session.alerts().look().entries.empty());
        QCOMPARE(session.alerts().open(), 0);
        QCOMPARE(session.alerts().look().silences.size(), std::size_t{1});
        // Another document does not.
        document.startEmpty();
        QVERIFY(session.alerts().board() == nullptr && session.alerts().look().silences.empty());
    }
};

QTEST_MAIN(TestAlertFeed)
#include "test_alert_feed.moc"
