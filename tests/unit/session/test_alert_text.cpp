// Alerts in words: their signs, and how it goes with those who are told.
#include <QtTest/QtTest>

#include "tests/support/made_alerts.h"
#include "widgets/session/words/alert_text.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

AlertDelivery toHook(AlertDelivery::State state) {
    AlertDelivery delivery;
    delivery.state = state;
    delivery.target = {AlertTarget::Kind::Webhook, "ops-hook"};
    delivery.tries = 2;
    delivery.most = 5;
    return delivery;
}

}  // namespace

class TestAlertText : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void deliveriesSayHowTheyGo() {
        using State = AlertDelivery::State;
        constexpr Instant kNow = 1'000'000;
        AlertDelivery retrying = toHook(State::Retrying);
        retrying.answer = "503";
        retrying.nextTry = kNow + 8'000;
        QCOMPARE(deliveryText(retrying, kNow), QStringLiteral("ops-hook: 503, try 3 of 5 in 8\u2009s"));
        // Its time has come.
        QCOMPARE(deliveryText(retrying, kNow + 20'000),
                 QStringLiteral("ops-hook: 503, try 3 of 5 in 0\u2009s"));
        retrying.answer.clear();
        QVERIFY(deliveryText(retrying, kNow).contains(QLatin1String("no answer")));
        AlertDelivery done = toHook(State::Done);
        QCOMPARE(deliveryText(done, kNow), QStringLiteral("ops-hook"));
        done.answer = "204";
        done.took = 41;
        QCOMPARE(deliveryText(done, kNow), QStringLiteral("ops-hook: 204, 41\u2009ms"));
        AlertDelivery failed = toHook(State::Failed);
        failed.tries = 5;
        failed.answer = "410";
        QCOMPARE(deliveryText(failed, kNow), QStringLiteral("ops-hook: 410, given up after 5 tries"));
        failed.tries = 1;
        QCOMPARE(deliveryText(failed, kNow), QStringLiteral("ops-hook: 410, given up after 1 try"));
        AlertDelivery desktop;
        desktop.target.kind = AlertTarget::Kind::Desktop;
        desktop.state = State::Done;
        QCOMPARE(deliveryText(desktop, kNow), QStringLiteral("desktop"));
        for (const State each : {State::Waiting, State::Silenced, State::TooSoon, State::Impossible})
            QVERIFY(deliveryText(toHook(each), kNow).startsWith(QLatin1String("ops-hook: ")));
    }

    void tipsSayAllThatIsKnown() {
        AlertDelivery failed = toHook(AlertDelivery::State::Failed);
        failed.trouble = Text{"test", "The server refuses the token."};
        failed.more = 3;
        const QString tip = deliveryTip(failed, 0);
        QVERIFY(tip.startsWith(QLatin1String("That it was raised: ops-hook")));
        QVERIFY(tip.contains(QLatin1String("The server refuses the token.")));
        QVERIFY(tip.contains(QLatin1String("3 more alerts")));
        failed.about = AlertDelivery::About::Ended;
        QVERIFY(deliveryTip(failed, 0).startsWith(QLatin1String("That it is over")));
    }

    void deliveriesHaveSigns() {
        using State = AlertDelivery::State;
        QVERIFY(deliverySign(toHook(State::Done)) == DeliverySign::Done);
        QVERIFY(deliverySign(toHook(State::Waiting)) == DeliverySign::UnderWay);
        QVERIFY(deliverySign(toHook(State::Silenced)) == DeliverySign::Held);
        QVERIFY(deliverySign(toHook(State::TooSoon)) == DeliverySign::Held);
        for (const State each : {State::Retrying, State::Failed, State::Impossible})
            QVERIFY(deliverySign(toHook(each)) == DeliverySign::Failed);
    }

    void timesAreThoseOfTheAlert() {
        Alert alert = loadAlert("7", AlertStage::Open);
        QCOMPARE(sinceOf(alert), kRaisedAt);
        QCOMPARE(lastedOf(alert, kRaisedAt + 18'000), Millis{18'000});
        QCOMPARE(lastedOf(alert, kMinTimestamp), Millis{-1});
        QCOMPARE(lastedOf(alert, kMaxTimestamp), Millis{-1});
        QCOMPARE(lastedOf(loadAlert("7", AlertStage::Cleared), kMaxTimestamp), Millis{60'000});
        alert = loadAlert("7", AlertStage::Spared);
        QCOMPARE(sinceOf(alert), kRaisedAt - 20'000);
        QCOMPARE(lastedOf(alert, 0), Millis{15'000});
        alert = loadAlert("7", AlertStage::Waiting);
        QCOMPARE(lastedOf(alert, kRaisedAt - 10'000), Millis{10'000});
    }

    void signsSayUntilWhen() {
        const AlertBoard::Silence forever{"alert", {}, kMaxTimestamp};
        QCOMPARE(alertSignText(AlertSign::Silenced, &forever), QStringLiteral("Silenced"));
        const AlertBoard::Silence until{"alert", {}, systemClock()->now() + 60'000};
        QVERIFY(alertSignText(AlertSign::Silenced, &until).startsWith(QLatin1String("Silenced until ")));
        QCOMPARE(alertSignText(AlertSign::NoData, nullptr), QStringLiteral("No data"));
    }

    void badgesSayTheWorst() {
        QCOMPARE(alertBadgeText({.open = 1, .noData = 2}), QStringLiteral("1 alert"));
        QCOMPARE(alertBadgeText({.open = 12}), QStringLiteral("12 alerts"));
        QCOMPARE(alertBadgeText({.noData = 2, .waiting = 1}), QStringLiteral("No data"));
        QCOMPARE(alertBadgeText({.acknowledged = 1, .silenced = 1}), QStringLiteral("Acknowledged"));
        QCOMPARE(alertBadgeText({.silenced = 1, .waiting = 1}), QStringLiteral("Silenced"));
        QCOMPARE(alertBadgeText({.waiting = 1}), QStringLiteral("Waiting"));
        QVERIFY(alertBadgeText({}).isEmpty());
        QCOMPARE(openAlertsText(1), QStringLiteral("1 alert open"));
        QCOMPARE(openAlertsText(3), QStringLiteral("3 alerts open"));
    }
};

QTEST_MAIN(TestAlertText)
#include "test_alert_text.moc"
