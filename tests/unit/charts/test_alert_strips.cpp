// The strip of states below a line chart: what the alert rules on its rows were, in a run and in the picture.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "widgets/charts/alert_strips.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

/// 12:00:00 well, from :10 too high, raised at :30, over at :50, too high for five seconds from :60.
const Json kStripRows = {{"columns", {"load DOUBLE", "ts TIMESTAMP"}},
                         {"rows",
                          {{1, "2024-03-01 12:00:00"},
                           {9, "2024-03-01 12:00:10"},
                           {9, "2024-03-01 12:00:40"},
                           {1, "2024-03-01 12:00:50"},
                           {9, "2024-03-01 12:01:00"},
                           {1, "2024-03-01 12:01:05"},
                           {1, "2024-03-01 12:01:30"}}},
                         {"event_time", "ts"}};

struct StripFixture {
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler scheduler{};
    NodeId rows, line, alert;
    std::unique_ptr<ChartCard> card{};

    StripFixture() {
        rows = document.addNode({"rows", kStripRows}, {});
        line = document.addNodeBehind({"line_chart", Json{{"y", {"load"}}}, QStringLiteral("Load")}, {300, 0},
                                      {rows, "out"});
        alert = document.addNodeBehind(
            {"alert", Json{{"condition", "load > 5"}, {"for", "20s"}, {"message", "busy"}},
             QStringLiteral("Busy")},
            {300, 200}, {rows, "out"});
        document.addNodeBehind({"table_view"}, {600, 200}, {alert, "out"});
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
        card = std::make_unique<ChartCard>(line, document, session, scheduler, false);
        card->resize(800, 500);
        card->show();
        if (!QTest::qWaitForWindowExposed(card.get(), 30'000)) qFatal("not shown");
    }
    bool run() {
        session.start();
        return QTest::qWaitFor([this] { return session.state() == RunSession::State::Finished; }, 30'000) &&
               QTest::qWaitFor(
                   [this] {
                       return plot() != nullptr && plot()->strips().size() == 1 &&
                              plot()->strips().front().blocks.size() == 6;
                   },
                   30'000);
    }
    Plot* plot() const { return card->findChild<Plot*>(); }
};

std::vector<RuleSign> signsOf(const StateStrip& strip) {
    std::vector<RuleSign> signs;
    for (const StateStrip::Block& block : strip.blocks) signs.push_back(block.span.sign);
    return signs;
}

}  // namespace

class TestAlertStrips : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aRunIsReplayedBelowItsChart() {
        StripFixture f;
        QVERIFY(f.run());
        const StateStrip& strip = f.plot()->strips().front();
        QCOMPARE(strip.title, QStringLiteral("Busy"));
        QCOMPARE(strip.name, QStringLiteral("state"));
        QVERIFY(signsOf(strip) == std::vector({RuleSign::Fine, RuleSign::Waiting, RuleSign::Raised,
                                               RuleSign::Fine, RuleSign::Spared, RuleSign::Fine}));
        QCOMPARE(strip.blocks[1].words, QStringLiteral("20\u2009s"));
        QCOMPARE(strip.blocks[2].words, QStringLiteral("Alert 20\u2009s"));
        QCOMPARE(strip.blocks[4].span.to - strip.blocks[4].span.from, Millis{5'000});
    }

    /// Each state has its colour where it was, below the plot and not in it.
    void blocksAreWhereTheirTimesAre() {
        StripFixture f;
        QVERIFY(f.run());
        QTRY_VERIFY(f.plot()->horizontal().length() > 60'000);
        const StateStrip strip = f.plot()->strips().front();
        const QRectF place = f.plot()->placeOfStrip(0);
        QVERIFY(place.top() > f.plot()->plotArea().bottom());
        QVERIFY(place.bottom() < f.plot()->height());
        const QImage image = f.plot()->grab().toImage();
        const double ratio = image.devicePixelRatio();
        const Tokens& tokens = Theme::of(f.plot()).tokens();
        const auto colorAt = [&](std::size_t block) {
            const AlertSpan& span = strip.blocks.at(block).span;
            const auto quarter = static_cast<double>(span.from + (span.to - span.from) / 4);
            // Below the words.
            const QPointF at(f.plot()->toScene(quarter, 0).x(), place.bottom() - 3);
            return image.pixelColor((at * ratio).toPoint()).rgb();
        };
        QCOMPARE(colorAt(0), tokens.ok.tint.rgb());
        QCOMPARE(colorAt(1), tokens.warn.tint.rgb());
        QCOMPARE(colorAt(2), tokens.error.tint.rgb());
        QCOMPARE(colorAt(3), tokens.ok.tint.rgb());
    }

    /// That all is well is known of a rule, too, which never had anything to tell.
    void aRuleThatNeverRaisedIsFine() {
        StripFixture f;
        f.document.setParam(f.alert, "condition", "load > 100");
        QVERIFY(QTest::qWaitFor([&f] { return f.document.isValidated(); }, 30'000));
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        QTRY_VERIFY(f.plot() != nullptr && f.plot()->strips().size() == 1 &&
                    signsOf(f.plot()->strips().front()) == std::vector{RuleSign::Fine});
    }

    void aSmallChartKeepsItsRoom() {
        StripFixture f;
        QVERIFY(f.run());
        const double with = f.plot()->height() - f.plot()->plotArea().bottom();
        f.card->resize(800, 180);
        QTRY_VERIFY(f.plot()->height() - f.plot()->plotArea().bottom() < with - 10);
    }

    void aChartWithoutARuleHasNone() {
        StripFixture f;
        QVERIFY(f.run());
        f.document.remove({f.alert});
        QTRY_VERIFY(f.plot()->strips().empty());
    }

    /// One strip a rule, each with its name, and no more than there is room for.
    void rulesOnTheSameRowsHaveAStripEach() {
        StripFixture f;
        for (int i = 0; i < 4; ++i) {
            f.document.addNodeBehind(
                {"alert", Json{{"condition", "load > 7"}, {"message", "busier"}}, QStringLiteral("Busier")},
                {300, 400 + i * 200.0}, {f.rows, "out"});
        }
        QVERIFY(QTest::qWaitFor([&f] { return f.document.isValidated(); }, 30'000));
        f.session.start();
        QTRY_COMPARE(f.session.state(), RunSession::State::Finished);
        QTRY_VERIFY(f.plot() != nullptr && f.plot()->strips().size() == 3);
        QCOMPARE(f.plot()->strips()[0].name, QStringLiteral("Busy"));
        QCOMPARE(f.plot()->strips()[1].name, QStringLiteral("Busier"));
    }

    void aPictureThatIsHeldKeepsItsStates() {
        StripFixture f;
        QVERIFY(f.run());
        f.card->setFrozen(true);
        f.document.remove({f.alert});
        QTest::qWait(50);
        QCOMPARE(f.plot()->strips().size(), std::size_t{1});
        f.card->setFrozen(false);
        QTRY_VERIFY(f.plot()->strips().empty());
    }

    /// Neither OK nor an alert: a state of its own, and the picture above is hatched for that long.
    void noDataIsAStateOfItsOwn() {
        const MadeBoard made;
        Alert quiet = loadAlert("8", AlertStage::Open, AlertKind::NoData);
        quiet.start = quiet.raised = kRaisedAt + 30'000;
        made.board->put(quiet, AlertBoard::Telling::Nothing);
        made.board->setJudged("alert", kRaisedAt, kRaisedAt + 90'000);
        const StateStrip strip = stripOf(made.board->look(), "alert", made.board->judgedOf("alert"));
        QVERIFY(signsOf(strip) == std::vector({RuleSign::Fine, RuleSign::Quiet}));
        QCOMPARE(strip.blocks[1].words, QStringLiteral("No data 1\u2009min 0\u2009s"));
        QCOMPARE(strip.blocks[1].span.from, kRaisedAt + 30'000);
        const QString tip = stripTip(QStringLiteral("Busy"), strip.blocks[1].span, QTimeZone::utc());
        QVERIFY2(tip.startsWith(QStringLiteral("Busy: no data")), qPrintable(tip));
        Plot plot;
        plot.resize(600, 300);
        plot.setHorizontal({static_cast<double>(kRaisedAt), static_cast<double>(kRaisedAt + 90'000)}, {});
        plot.setVertical({0, 1}, {});
        plot.show();
        QVERIFY(QTest::qWaitForWindowExposed(&plot, 30'000));
        const auto picture = [&plot] { return plot.grab().toImage(); };
        StateStrip fine = strip;
        fine.blocks[1].span.sign = RuleSign::Fine;
        plot.setStrips({fine});
        const QImage calm = picture();
        plot.setStrips({strip});
        const QImage shown = picture();
        const QRectF area = plot.plotArea();
        const auto differs = [&](double from, double to) {
            int pixels = 0;
            for (int x = static_cast<int>(area.left() + from * area.width());
                 x < static_cast<int>(area.left() + to * area.width()); ++x) {
                for (int y = static_cast<int>(area.top()) + 2; y < static_cast<int>(area.bottom()) - 2; ++y)
                    pixels += shown.pixel(x, y) != calm.pixel(x, y) ? 1 : 0;
            }
            return pixels;
        };
        QVERIFY(differs(0.4, 0.95) > 500);  // the hatch
        QCOMPARE(differs(0.0, 0.3), 0);
        int inStrip = 0;
        const QRect strips = plot.placeOfStrip(0).toAlignedRect() & shown.rect();
        for (int y = strips.top(); y <= strips.bottom(); ++y) {
            for (int x = strips.left(); x <= strips.right(); ++x)
                inStrip += shown.pixel(x, y) != calm.pixel(x, y) ? 1 : 0;
        }
        QVERIFY2(inStrip > 200, qPrintable(QString::number(inStrip)));
    }

    void theTipSaysWhatWasWhen() {
        const AlertSpan span{RuleSign::Raised, kNoon, kNoon + 70'000, false};
        const QString tip = stripTip(QStringLiteral("Busy"), span, QTimeZone::utc());
        QVERIFY2(tip.startsWith(QStringLiteral("Busy: alert for 1\u2009min 10\u2009s\n12:00:00")),
                 qPrintable(tip));
        QVERIFY2(tip.endsWith(QStringLiteral("12:01:10")), qPrintable(tip));
    }
};

QTEST_MAIN(TestAlertStrips)
#include "test_alert_strips.moc"
