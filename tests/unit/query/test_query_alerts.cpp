// The alerts of a run as a table of queries.
#include "core/query/alert_rows.h"

#include "core/data/text.h"
#include "tests/support/made_alerts.h"
#include "tests/unit/query/asked.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::vector<AlertTarget> kTargets{{AlertTarget::Kind::Desktop, {}},
                                        {AlertTarget::Kind::Webhook, "ops-hook"}};

QString askAlerts(const Asked& asked, const MadeBoard& made, const char* sql) {
    Query query = asked.query(sql);
    query.live.push_back(liveAlerts("alerts", made.board));
    return told(runQuery(query, nullptr));
}

}  // namespace

class TestQueryAlerts : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void anAlertIsARow() {
        const Asked asked;
        const MadeBoard made;
        made.put("7", AlertStage::Open);
        QCOMPARE(
            askAlerts(asked, made,
                      "SELECT state, kind, rule, node, key, since, started, ended, value, peak, message, "
                      "told, not_told FROM alerts"),
            QStringLiteral("alert|condition|Busiest core|alert|core 7|2024-03-01 12:00:00.000|"
                           "2024-03-01 11:59:40.000|NULL|0.85|0.925|Core 7 is busy|NULL|NULL"));
        QCOMPARE(askAlerts(asked, made, "SELECT count(*) FROM live.alerts WHERE since >= '2024-03-01 12:00'"),
                 QStringLiteral("1"));
    }

    /// Each state has its word, and a silence counts where nobody has seen the alert.
    void statesHaveWords() {
        const Asked asked;
        const MadeBoard made;
        made.put("1", AlertStage::Waiting);
        made.put("2", AlertStage::Open);
        made.put("3", AlertStage::Open, AlertKind::NoData);
        made.put("4", AlertStage::Cleared);
        made.put("5", AlertStage::Spared);
        made.put("6", AlertStage::Open);
        made.put("7", AlertStage::Open);
        for (const AlertBoard::Entry& entry : made.board->look().entries) {
            if (entry.alert.key.front().value == "6") QVERIFY(made.board->acknowledge(entry.number));
        }
        made.board->silence("alert", {{"core", "7"}}, kMaxTimestamp);
        QCOMPARE(askAlerts(asked, made, "SELECT key, state FROM alerts ORDER BY key"),
                 QStringLiteral("core 1|waiting;core 2|alert;core 3|no_data;core 4|cleared;core 5|spared;"
                                "core 6|acknowledged;core 7|silenced"));
        QCOMPARE(askAlerts(asked, made, "SELECT ended, message FROM alerts WHERE state = 'spared'"),
                 QStringLiteral("2024-03-01 11:59:55.000|NULL"));
    }

    void whatProvisionalValuesRaisedIsMarked() {
        const Asked asked;
        const MadeBoard made;
        made.put("1", AlertStage::Open);
        Alert alert = loadAlert("2", AlertStage::Open);
        alert.provisional = true;
        made.board->put(alert, AlertBoard::Telling::Nothing);
        QCOMPARE(askAlerts(asked, made, "SELECT key FROM alerts WHERE provisional"),
                 QStringLiteral("core 2"));
        QCOMPARE(askAlerts(asked, made, "SELECT key FROM alerts WHERE NOT provisional"),
                 QStringLiteral("core 1"));
    }

    void whoWasTold() {
        const Asked asked;
        const MadeBoard made(loadRule(kTargets));
        made.put("7", AlertStage::Open);
        QCOMPARE(made.carrier->letters.size(), std::size_t{2});
        AlertDelivery done, failed;
        done.target = kTargets[0];
        done.state = AlertDelivery::State::Done;
        failed.target = kTargets[1];
        failed.state = AlertDelivery::State::Failed;
        made.deliver(0, done);
        QCOMPARE(askAlerts(asked, made, "SELECT told, not_told FROM alerts"), QStringLiteral("desktop|NULL"));
        made.deliver(1, failed);
        QCOMPARE(askAlerts(asked, made, "SELECT told, not_told FROM alerts"),
                 QStringLiteral("desktop|ops-hook"));
    }

    /// A statement sees the alerts that are there when it begins, not those of when it was put together.
    void alertsAreThoseOfTheQuery() {
        const Asked asked;
        const MadeBoard made;
        Query query = asked.query("SELECT count(*) FROM alerts");
        query.live.push_back(liveAlerts("alerts", made.board));
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("0"));
        made.put("7", AlertStage::Open);
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("1"));
    }

    void aBoardThatIsGoneHasNone() {
        const Asked asked;
        Query query = asked.query("SELECT count(*) FROM alerts");
        query.live.push_back(liveAlerts("alerts", MadeBoard().board));
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("0"));
    }

    /// The board is left alone by a statement that does not read the table.
    void onlyWhatIsReadIsFilledIn() {
        const Asked asked;
        Query query = asked.query("SELECT 1");
        query.live.push_back(liveAlerts("alerts", {}));
        bool wasAsked = false;
        query.live.back().later = [&wasAsked](const AskedLimits&) {
            wasAsked = true;
            return std::vector<Batch>{};
        };
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("1"));
        QVERIFY(!wasAsked);
        query.sql = "SELECT count(*) FROM alerts";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("0"));
        QVERIFY(wasAsked);
    }

    /// A table that a sink has written keeps its name.
    void theTableOfADatabaseComesFirst() {
        Asked asked;
        asked.make("results.db", "CREATE TABLE alerts (n INTEGER); INSERT INTO alerts VALUES (5)");
        const MadeBoard made;
        made.put("7", AlertStage::Open);
        QCOMPARE(askAlerts(asked, made, "SELECT * FROM alerts"), QStringLiteral("5"));
        QCOMPARE(askAlerts(asked, made, "SELECT key FROM live.alerts"), QStringLiteral("core 7"));
    }

    void theTableIsOnlyRead() {
        const Asked asked;
        const MadeBoard made;
        QVERIFY(
            askAlerts(asked, made, "DELETE FROM alerts").startsWith(QLatin1String("This tab only reads.")));
        QVERIFY(askAlerts(asked, made, "SELECT severity FROM alerts").contains(QLatin1String("severity")));
    }

    void withoutARunItIsSaidHowThereIsOne() {
        const Asked asked;
        const QString words = told(asked.ask("SELECT * FROM alerts"));
        QVERIFY2(words.contains(QLatin1String("alert node")), qPrintable(words));
    }
};

QTEST_GUILESS_MAIN(TestQueryAlerts)
#include "test_query_alerts.moc"
