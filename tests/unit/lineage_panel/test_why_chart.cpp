// The Why panel asked from charts, and about rows that came too late or were rejected.
#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/panels/late_rejected_panel.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ChartFixture : WhyFixture {
    NodeId curve, bars;

    ChartFixture() {
        curve = document.addNodeBehind(
            nodeOf("line_chart", QStringLiteral("Line"), Json{{"y", {"total"}}, {"series", "shop"}}),
            {900, 200}, {sums, "out"});
        bars = document.addNodeBehind(
            nodeOf("bar_chart", QStringLiteral("Bars"), Json{{"category", "shop"}, {"value", "total"}}),
            {900, 400}, {sums, "out"});
    }
    std::unique_ptr<ChartCard> ran(const NodeId& node) {
        if (session.startedAt().isNull() && !(validated() && runToTheEnd())) qFatal("it does not run");
        auto card = std::make_unique<ChartCard>(node, document, session, charts, true);
        card->resize(600, 400);
        card->show();
        (void)QTest::qWaitFor([&] { return card->chart() != nullptr && card->chart()->isVisible(); }, kLong);
        card->chart()->refresh();
        card->activateWindow();
        card->chart()->setFocus();
        (void)QTest::qWaitFor([&] { return card->chart()->hasFocus(); }, 30'000);
        return card;
    }
    QAction* why() const { return panel.entries().front().action; }
    QAction* missing() const { return panel.entries()[1].action; }
    QString typed() const { return QString::fromStdString(panel.findChild<WhyForm*>()->condition()); }
};

QStringList menuOf(QWidget& card) {
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(5, 5), card.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(&card, &event);
    QStringList words;
    for (auto* menu : card.findChildren<QMenu*>()) {
        for (const QAction* action : menu->actions()) words << action->text();
        menu->close();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return words;
}

}  // namespace

class TestWhyChart : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aPointLeadsToItsRows() {
        ChartFixture fixture;
        const auto card = fixture.ran(fixture.curve);
        QVERIFY(!menuOf(*card).join(u'|').contains(QLatin1String("Why this")));
        QTest::keyClick(card->chart(), Qt::Key_Right);
        QTest::keyClick(card->chart(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(card->rowAsked());
        QVERIFY2(menuOf(*card).contains(QStringLiteral("Why this point?\tCtrl+I")),
                 qPrintable(menuOf(*card).join(u'|')));
        fixture.why()->trigger();
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY(fixture.choose(0).contains(QStringLiteral("The row of “Sums”")));
        QVERIFY(fixture.find(Kind::Rows) > 0);
        QCOMPARE(fixture.panel.steps().steps().front().count, std::uint64_t{1});
    }

    void anEmptyPlaceOpensTheForm() {
        ChartFixture fixture;
        const auto card = fixture.ran(fixture.curve);
        // Vienna has no row in the second window.
        QTest::keyClick(card->chart(), Qt::Key_Left);
        QTest::keyClick(card->chart(), Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(menuOf(*card).contains(QStringLiteral("Why no row here?")));
        fixture.missing()->trigger();
        QVERIFY2(fixture.typed().contains(QLatin1String("shop = 'wien'")), qPrintable(fixture.typed()));
        QVERIFY2(fixture.typed().contains(QLatin1String("00:00:10")), qPrintable(fixture.typed()));
        QVERIFY(!fixture.panel.isWaiting());
        QCOMPARE(fixture.panel.findChild<WhyForm*>()->from().node, fixture.sums);
        // What is proposed can be asked as it stands.
        Q_EMIT fixture.panel.findChild<WhyForm*>()->asked(true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Other) >= 0, qPrintable(fixture.words()));
    }

    void aBarLeadsToItsRows() {
        ChartFixture fixture;
        const auto card = fixture.ran(fixture.bars);
        fixture.missing()->trigger();
        QVERIFY2(fixture.typed().endsWith(QLatin1String("shop = ''")), qPrintable(fixture.typed()));
        QVERIFY2(fixture.typed().contains(QLatin1String("window_end = ")), qPrintable(fixture.typed()));
        card->activateWindow();
        card->chart()->setFocus();
        QTRY_VERIFY(card->chart()->hasFocus());
        QTest::keyClick(card->chart(), Qt::Key_Down);
        QVERIFY(menuOf(*card).contains(QStringLiteral("Why this bar?\tCtrl+I")));
        fixture.why()->trigger();
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
    }

    // By the time that somebody looks the row has gone on changing: it is the one of its key.
    void aChangingPointIsAskedByItsKey() {
        ChartFixture fixture;
        const NodeId totals =
            fixture.document.addNodeBehind(nodeOf("group_aggregate", QStringLiteral("Totals"),
                                                  Json{{"keys", {"shop"}}, {"aggregates", {"SUM(v) AS t"}}}),
                                           {600, 300}, {fixture.good, "out"});
        const NodeId table = fixture.document.addNodeBehind(
            nodeOf("table_view", QStringLiteral("All"), Json::object()), {900, 600}, {totals, "out"});
        const auto card = fixture.ran(table);
        auto* rows = card->chart()->findChild<QTableView*>();
        rows->setCurrentIndex(rows->model()->index(0, 0));
        QVERIFY2(menuOf(*card).contains(QStringLiteral("Why this row?\tCtrl+I")),
                 qPrintable(menuOf(*card).join(u'|')));
        QCOMPARE(card->rowAsked()->where.find(" AND "), std::string::npos);
        card->activateWindow();
        rows->setFocus();
        QTRY_VERIFY(rows->hasFocus());
        fixture.why()->trigger();
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
    }

    void aChartOfAnEarlierPipelineSaysSo() {
        ChartFixture fixture;
        const auto card = fixture.ran(fixture.curve);
        QTest::keyClick(card->chart(), Qt::Key_Right);
        const auto asked = card->rowAsked();
        QVERIFY(asked);
        fixture.document.remove({ItemRef(fixture.good)});
        fixture.panel.askChart(fixture.curve, *asked);
        QVERIFY(fixture.answered());
        // The run that gave it is asked about, not the pipeline as it is now.
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY(fixture.labels().contains(QLatin1String("edited since")));
        // A chart that the run did not have asks nothing.
        fixture.panel.askChart("nowhere", *asked);
        QVERIFY(!fixture.panel.isWaiting());
    }

    void aLateRowSaysWhatItMissed() {
        ChartFixture fixture;
        LateRejectedPanel late(fixture.parts);
        fixture.panel.serve(late);
        late.resize(800, 300);
        const auto card = fixture.ran(fixture.curve);
        card->hide();
        late.show();
        QTRY_COMPARE(late.model().rowCount(), 1);
        auto& table = tableIn(late, "Late and rejected rows");
        QVERIFY(!late.currentRow(table));
        table.setCurrentIndex(table.model()->index(0, 0));
        late.activateWindow();
        table.setFocus();
        QTRY_VERIFY(table.hasFocus());
        fixture.why()->trigger();
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        const int step = fixture.find(Kind::Late);
        QVERIFY(step == 1);
        QVERIFY2(
            fixture.choose(step).contains(QStringLiteral("the window until 2024-01-01 00:00:10 had closed")),
            qPrintable(fixture.choose(step)));
        // By the row that came before it.
        QVERIFY2(fixture.line(0).contains(QLatin1String("30")), qPrintable(fixture.line(0)));
        QVERIFY2(fixture.labels().contains(QLatin1String("Window until")), qPrintable(fixture.labels()));
        QVERIFY(fixture.find(Kind::Rows) > 0);
    }

    void aRejectedRowLeadsToWhatItWas() {
        ChartFixture fixture;
        Json rows = Json::parse(kRows)["rows"];
        rows.push_back({"2024-01-01 00:00:14", "linz", 0});
        fixture.document.setParam(fixture.orders, "rows", rows);
        fixture.document.setParam(fixture.good, "condition", "100 / v > 0");
        LateRejectedPanel late(fixture.parts);
        fixture.panel.serve(late);
        const auto card = fixture.ran(fixture.curve);
        card->hide();
        late.show();
        auto& table = tableIn(late, "Late and rejected rows");
        int rejected = -1;
        QTRY_VERIFY(late.model().count(KeptRow::Kind::Rejected) == 1);
        for (int i = 0; i < late.model().rowCount(); ++i) {
            if (late.model().row(i).kind == KeptRow::Kind::Rejected) rejected = i;
        }
        table.setCurrentIndex(table.model()->index(rejected, 0));
        const auto row = late.currentRow(table);
        QVERIFY(row && row->from.port == "rejected");
        fixture.panel.askAbout(*row);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        QVERIFY(fixture.find(Kind::Rows) > 0);
        fixture.choose(fixture.find(Kind::Rows));
        QVERIFY2(fixture.line(0).contains(QLatin1String("linz")), qPrintable(fixture.line(0)));
    }
};

QTEST_MAIN(TestWhyChart)
#include "test_why_chart.moc"
