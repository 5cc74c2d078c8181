// The strip and the tooltip of cards of sources and sinks: out of reach, blocked, and what they guarantee;
// and the badge of alerts.
#include <QAbstractButton>
#include <QGraphicsSceneHelpEvent>
#include <QMenu>
#include <QMessageBox>
#include <QTimer>
#include <QToolTip>

#include "tests/support/made_alerts.h"
#include "tests/unit/canvas/fixture.h"
#include "tests/unit/inspector/live_orders.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/session/live_text.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct LiveCards : CanvasFixture {
    NodeId source, topic, file;

    LiveCards() {
        source = add("generator", "Numbers", {16, 48}, R"({"columns": ["n BIGINT = i"]})");
        topic = add("kafka_sink", "Counts", {320, 48}, R"({"connection": "shop", "topic": "counts"})");
        file = add("csv_sink", "File", {320, 348}, R"({"path": "-"})");
        wire({source, "out"}, {topic, "in"});
        wire({source, "out"}, {file, "in"});
        waitForChecks();
    }
    /// The card that the facts of a run would make.
    CardModel with(const NodeId& id, const CardFacts& facts) {
        return cardModel(document, session, WireIndex(document.pipeline()), *document.node(id), facts);
    }
    const CardModel& card(const NodeId& id) const { return canvas.view().canvas().node(id)->card(); }
};

CardFacts outOf(LiveState state, const QString& words) {
    CardFacts facts;
    facts.dot = DotState::Running;
    facts.finding = Text{"test", "It waits"};
    facts.waits = true;
    facts.state = state;
    facts.out = words;
    return facts;
}

CardFacts promising(Guarantee::Promise promise) {
    CardFacts facts;
    facts.guarantee = {promise, Guarantee::Means::Transaction};
    return facts;
}

}  // namespace

class TestCardState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whoIsOutOfReachSaysSoInAmber() {
        LiveCards f;
        CardModel card =
            f.with(f.source, outOf(LiveState::Disconnected, QStringLiteral("Disconnected for 40 s")));
        QCOMPARE(card.strip, QStringLiteral("Disconnected for 40 s"));
        QVERIFY(card.stripKind == StripKind::Unplugged && card.dot == DotState::Look);
        card = f.with(f.source, outOf(LiveState::Blocked, QStringLiteral("1 of 4 partitions blocked")));
        QVERIFY(card.stripKind == StripKind::Blocked && card.dot == DotState::Look);
        card = f.with(f.source, outOf(LiveState::Connecting, QStringLiteral("Connecting for 2 s")));
        QVERIFY(card.stripKind == StripKind::Waiting && card.dot == DotState::Running);
        CardFacts paused = outOf(LiveState::Blocked, QStringLiteral("Blocked"));
        paused.dot = DotState::Paused;
        QVERIFY(f.with(f.source, paused).dot == DotState::Paused);
    }

    void theGuaranteeStandsWhereNothingWorseDoes() {
        LiveCards f;
        CardModel card = f.with(f.file, promising(Guarantee::Promise::ExactlyOnce));
        QCOMPARE(card.strip, QStringLiteral("Exactly once, every 10\u2009s"));
        QVERIFY(card.stripKind == StripKind::Assured && card.dot == DotState::Idle);
        QVERIFY(card.guarantee.contains(QStringLiteral("none is there twice")));
        card = f.with(f.file, promising(Guarantee::Promise::AtLeastOnce));
        QCOMPARE(card.strip, QStringLiteral("At least once, may double"));
        QVERIFY(card.stripKind == StripKind::Unassured);
        CardFacts out = outOf(LiveState::Disconnected, QStringLiteral("Disconnected for 40 s"));
        out.guarantee = promising(Guarantee::Promise::AtLeastOnce).guarantee;
        card = f.with(f.file, out);
        QVERIFY(card.stripKind == StripKind::Unplugged && !card.guarantee.isEmpty());
        // Of a source that each row comes once is no news, that some may be lost is.
        card = f.with(f.source, promising(Guarantee::Promise::ExactlyOnce));
        QVERIFY(card.stripKind == StripKind::None && !card.guarantee.isEmpty());
        card = f.with(f.source, promising(Guarantee::Promise::AtMostOnce));
        QVERIFY(card.stripKind == StripKind::Unassured);
    }

    void cardsOfFilesGuaranteeInTheInspector() {
        LiveCards f;
        f.show();
        QVERIFY(f.card(f.file).guarantee.isEmpty());
        QVERIFY(shownGuarantee(f.document, f.session, f.file).promise == Guarantee::Promise::AtLeastOnce);
        QVERIFY(shownGuarantee(f.document, f.session, f.topic).promise == Guarantee::Promise::ExactlyOnce);
        f.document.setParam(f.topic, "delivery", "at_least_once");
        QTRY_VERIFY(shownGuarantee(f.document, f.session, f.topic).promise ==
                    Guarantee::Promise::AtLeastOnce);
        QTRY_VERIFY(!f.card(f.topic).guarantee.isEmpty());
    }

    void theTooltipHasTheLagAndThePartitions() {
        LiveCards f;
        MadeRemoteRun remote;
        remote.deployed = f.document.pipeline();
        remote.now = State::Running;
        remote.started = remote.seen = QDateTime::currentDateTime();
        f.session.show(&remote);
        f.show();
        tellPartitions(remote, f.source, orderPartitions());
        const QPointF at = f.canvas.view().canvas().node(f.source)->cardRect().center();
        QGraphicsSceneHelpEvent help(QEvent::GraphicsSceneHelp);
        help.setScenePos(at);
        help.setScreenPos(f.canvas.view().mapToGlobal(f.canvas.view().mapFromScene(at)));
        QApplication::sendEvent(&f.canvas.view().canvas(), &help);
        const QString tip = f.canvas.view().canvas().node(f.source)->toolTip();
        QVERIFY2(tip.contains(QStringLiteral("1 of 4 partitions blocked")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("Lag: 1\u2009327 rows")), qPrintable(tip));
        QVERIFY2(tip.contains(QStringLiteral("orders/2 · blocked · at 918002 · lag 1\u2009301 rows")),
                 qPrintable(tip));
        QVERIFY(tip.indexOf(QStringLiteral("orders/2")) < tip.indexOf(QStringLiteral("orders/0")));
        QToolTip::hideText();
        f.session.show(nullptr);
    }

    void raisedAlertsAreMarked() {
        LiveCards f;
        CardFacts facts;
        facts.alerts = {.open = 2, .noData = 1, .waiting = 4};
        CardModel card = f.with(f.file, facts);
        QCOMPARE(card.badge, QStringLiteral("2 alerts"));
        QVERIFY(card.badgeKind == BadgeKind::Error && card.badgeIcon == QStringLiteral("bell"));
        QVERIFY(card.dot == DotState::Look);
        QVERIFY(spoken(card).contains(QStringLiteral("2 alerts")));
        facts.late = 7;  // an alert that nobody has seen matters more
        QCOMPARE(f.with(f.file, facts).badge, QStringLiteral("2 alerts"));
        facts.alerts = {.noData = 1};
        card = f.with(f.file, facts);
        QVERIFY(card.badge == QStringLiteral("No data") && card.badgeKind == BadgeKind::Warning);
        facts.alerts = {.acknowledged = 1};
        QCOMPARE(f.with(f.file, facts).badge, QStringLiteral("7 late"));
        facts.late = 0;
        card = f.with(f.file, facts);
        QVERIFY(card.badge == QStringLiteral("Acknowledged") && card.badgeKind == BadgeKind::Neutral);
        QVERIFY(card.dot == DotState::Idle);
        facts.alerts = {.silenced = 1};
        QCOMPARE(f.with(f.file, facts).badgeIcon, QStringLiteral("bell-off"));
        facts.alerts = {.waiting = 1};
        QCOMPARE(f.with(f.file, facts).badge, QStringLiteral("Waiting"));
        facts.alerts = {};
        QVERIFY(f.with(f.file, facts).badge.isEmpty());
    }

    /// By the menu of a card, too.
    void theMenuOfAChartMakesAnAlertOfItsThreshold() {
        CanvasFixture f;
        const NodeId rows = f.add("rows", "Loads", {16, 48},
                                  R"({"columns": ["load DOUBLE", "ts TIMESTAMP"], "event_time": "ts", )"
                                  R"("rows": [[0.5, "2024-03-01 12:00:00"]]})");
        const NodeId gauge = f.add("gauge", "Load", {320, 48}, R"({"value": "load", "threshold": 0.8})");
        f.wire({rows, "out"}, {gauge, "in"});
        f.waitForChecks();
        const auto entry = [&f](QMenu& menu, const NodeId& node) -> QAction* {
            f.canvas.actions().fillMenu(menu, {.item = ItemRef(node)});
            for (QAction* each : menu.actions()) {
                if (each->text().contains(QLatin1String("alert"))) return each;
            }
            return nullptr;
        };
        QMenu first, none, second;
        QVERIFY(entry(none, rows) == nullptr);
        QAction* make = entry(first, gauge);
        QVERIFY(make != nullptr && make->isEnabled());
        const std::size_t nodes = f.document.pipeline().nodes.size();
        make->trigger();
        QCOMPARE(f.document.pipeline().nodes.size(), nodes + 1);
        QCOMPARE(f.document.pipeline().nodes.back().params["condition"], Json("load > 0.8"));
        f.waitForChecks();
        QAction* show = entry(second, gauge);
        QVERIFY(show != nullptr && show->text().startsWith(QLatin1String("Show the alert")));
        show->trigger();
        QCOMPARE(f.document.pipeline().nodes.size(), nodes + 1);
    }

    /// By the menu of a card; its tip says why it can't be done.
    void theMenuOfANodeThatLearnsResetsItsModel() {
        CanvasFixture f;
        const NodeId source = f.add("generator", "Rows", {16, 48}, R"json({"rate": 500, "event_time": "ts",
            "columns": ["x DOUBLE = 0.0", "y DOUBLE = 1.0",
                        "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"]})json");
        const NodeId model =
            f.add("regress", "Learns", {320, 48}, R"({"target": "y", "features": ["x"], "scale": "none"})");
        const NodeId table = f.add("table_view", "Table", {640, 48});
        f.wire({source, "out"}, {model, "in"});
        f.wire({model, "out"}, {table, "in"});
        f.waitForChecks();
        const auto entry = [&f](QMenu& menu, const NodeId& node) -> QAction* {
            f.canvas.actions().fillMenu(menu, {.item = ItemRef(node)});
            for (QAction* each : menu.actions()) {
                if (each->text() == QStringLiteral("&Reset model…")) return each;
            }
            return nullptr;
        };
        QMenu none, off, on;
        QVERIFY(entry(none, source) == nullptr);
        QAction* reset = entry(off, model);
        QVERIFY(reset != nullptr);
        QVERIFY(!reset->isEnabled());
        QVERIFY(off.toolTipsVisible());
        QCOMPARE(reset->toolTip(), QStringLiteral("The pipeline does not run"));
        f.session.start();
        QTRY_VERIFY_WITH_TIMEOUT(f.session.whyNotAsked(model).isEmpty(), 30'000);
        reset = entry(on, model);
        QVERIFY(reset != nullptr && reset->isEnabled() && !on.toolTipsVisible());
        QString asked;
        QTimer::singleShot(0, &f.canvas, [&asked] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box != nullptr);
            asked = box->text();
            for (QAbstractButton* button : box->buttons()) {
                if (button->text() == QLatin1String("Reset model")) button->click();
            }
        });
        QSignalSpy notes(&f.session, &RunSession::noted);
        reset->trigger();
        QVERIFY2(asked.startsWith(QLatin1String("The model forgets what it learnt from ")),
                 qPrintable(asked));
        QTRY_VERIFY_WITH_TIMEOUT(notes.size() >= 2, 30'000);
        f.session.stop(StopMode::Discard);
        QTRY_VERIFY(!f.session.isActive());
    }

    void theCardOfAnAlertNodeFollowsTheBoard() {
        LiveCards f;
        const NodeId alert = f.add("alert", "Busy", {320, 648}, R"({"condition": "n > 1", "message": "m"})");
        QCOMPARE(alert, NodeId("alert"));  // as the made rule calls it
        f.show();
        QVERIFY(f.card(alert).badge.isEmpty());
        const test::MadeBoard made;
        made.put("7", AlertStage::Open);
        f.session.alerts().show(made.board);
        QCOMPARE(f.card(alert).badge, QStringLiteral("1 alert"));
        made.put("7", AlertStage::Cleared);
        QTRY_VERIFY(f.card(alert).badge.isEmpty());
    }

    void wordsGrowWithTheTimeThatItLasts() {
        NodeMetrics node;
        node.partitions = {orderPartition(0, PartitionState::Disconnected, 5)};
        const Instant since = node.partitions.front().since;
        QCOMPARE(outWords(*liveSummary(node), since + 40'000), QStringLiteral("Disconnected for 40\u2009s"));
        node.partitions.push_back(orderPartition(1, PartitionState::Live, 5));
        QCOMPARE(outWords(*liveSummary(node), since + 40'000),
                 QStringLiteral("1 of 2 partitions disconnected"));
    }
};

QTEST_MAIN(TestCardState)
#include "test_card_state.moc"
