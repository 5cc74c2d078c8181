// Several variants on the page What if: each has its sliders, all are drawn, one stands beside A in figures
// and rows, and that one can be used.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/ab_slider.h"
#include "widgets/what_if/comparison_view.h"
#include "widgets/what_if/figure_cards.h"
#include "widgets/what_if/overlay_chart.h"
#include "widgets/what_if/settings_side.h"
#include "widgets/what_if/what_if_page.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

Json row(const char* time, const char* shop, int value) {
    return Json::array({time, shop, value});
}

/// Of shop graz the third row comes late for its window of 10 s, unless the watermark waits 5 s.
struct VariantsFixture : SessionFixture {
    WhatIfPage page{parts};
    NodeId orders{}, sums{};
    std::string delay{}, size{};  ///< parameters of these

    VariantsFixture() {
        page.resize(1200, 800);
        page.show();
        const Json rows{
            {"columns", Json::array({"ts TIMESTAMP(3)", "shop STRING", "v INT"})},
            {"rows",
             Json::array({row("2024-01-01 00:00:01", "graz", 10), row("2024-01-01 00:00:13", "graz", 5),
                          row("2024-01-01 00:00:09", "graz", 7), row("2024-01-01 00:00:25", "wien", 4)})},
            {"event_time", "ts"},
            {"watermark_delay", "1s"}};
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"), rows), {0, 0});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", Json::array({"shop"})},
                                                  {"aggregates", Json::array({"SUM(v) AS total"})}}),
                                      {300, 0}, {orders, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {sums, "out"});
        delay = orders + ".watermark_delay";
        size = sums + ".size";
        QCoreApplication::processEvents();
    }
    bool answered() {
        const bool came = QTest::qWaitFor([this] { return !page.isWaiting(); }, kLong);
        QCoreApplication::processEvents();  // then it is shown
        return came;
    }
    void type(const std::string& name, CompareSide side, const char* value) {
        QLineEdit& field = page.settings().card(name)->field(side);
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QLatin1String(value));
    }
    std::string value(CompareSide side) const { return page.settings().card(delay)->value(side); }
    QString lateRows() const { return page.comparison().figures().words(0); }
    /// B waits 5 s and C 2 s, which is not enough.
    bool threeSides() {
        type(delay, CompareSide::B, "5s");
        page.settings().addVariantButton().click();
        type(delay, CompareSide::C, "2s");
        return answered();
    }
};

}  // namespace

class TestWhatIfVariants : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void anotherVariantBeginsAsTheLast() {
        VariantsFixture fixture;
        const SettingsSide& settings = fixture.page.settings();
        QCOMPARE(settings.sides(), std::size_t{2});
        QVERIFY(!settings.variants().isVisible());
        QVERIFY(!settings.card(fixture.delay)->field(CompareSide::C).isVisible());
        fixture.type(fixture.delay, CompareSide::B, "5s");
        settings.addVariantButton().click();
        QCOMPARE(settings.sides(), std::size_t{3});
        QVERIFY(settings.shown() == CompareSide::C);
        QCOMPARE(fixture.value(CompareSide::C), std::string("5s"));
        QVERIFY(settings.card(fixture.delay)->field(CompareSide::C).isVisible());
        QVERIFY(settings.variants().isVisible());
        settings.addVariantButton().click();
        QCOMPARE(settings.sides(), kMostSides);
        QVERIFY(!settings.addVariantButton().isEnabled());
        fixture.page.settings().addVariant();  // there is no room for it
        QCOMPARE(settings.sides(), kMostSides);
    }

    /// Where a button has nothing to do any more, the other one of the two has the keyboard.
    void theKeyboardStaysAtTheVariants() {
        VariantsFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page, 30'000));
        const SettingsSide& settings = fixture.page.settings();
        settings.addVariantButton().setFocus();
        settings.addVariantButton().click();
        QVERIFY(settings.addVariantButton().hasFocus());
        settings.addVariantButton().click();
        QVERIFY(settings.removeVariantButton().hasFocus());
        settings.removeVariantButton().click();
        QVERIFY(settings.removeVariantButton().hasFocus());
        settings.removeVariantButton().click();
        QVERIFY(settings.addVariantButton().hasFocus());
    }

    void allAreDrawnAndOneIsCompared() {
        VariantsFixture fixture;
        QVERIFY(fixture.threeSides());
        const OverlayChart& chart = fixture.page.comparison().chart();
        QCOMPARE(chart.series().others.size(), std::size_t{1});
        QVERIFY(chart.series().shown == CompareSide::C);
        QVERIFY(chart.series().others[0].side == CompareSide::B);
        QCOMPARE(chart.series().a[0].y(), 10.0);
        QCOMPARE(chart.series().b[0].y(), 10.0);
        QCOMPARE(chart.series().others[0].points[0].y(), 17.0);
        QCOMPARE(fixture.lateRows(), QStringLiteral("Late rows: A 1, C 1, ±0"));
        fixture.page.settings().choose(CompareSide::B);
        QCOMPARE(fixture.lateRows(), QStringLiteral("Late rows: A 1, B 0, −1"));
        QCOMPARE(chart.series().b[0].y(), 17.0);
        const DifferenceRows& rows = fixture.page.comparison().rows();
        QCOMPARE(rows.rowCount(), 1);
        QVERIFY(rows.headerData(DifferenceRows::kB, Qt::Horizontal, Qt::DisplayRole)
                    .toString()
                    .startsWith(QStringLiteral("B ")));
        fixture.page.comparison().chart().mark(chart.series().a[0].x());
        QCOMPARE(chart.words(), QStringLiteral("00:00:00 – 00:00:10, A 10, B 17, C 10"));
        keepPicture(fixture.page, QStringLiteral("what_if_variants"));
    }

    /// Whoever tells no colours apart goes by the dashes.
    void linesTellSidesApart() {
        QVERIFY(penOf(CompareSide::B, 2).style() == Qt::SolidLine);
        std::vector<QList<qreal>> patterns;
        for (const CompareSide side : {CompareSide::A, CompareSide::C, CompareSide::D}) {
            QVERIFY(penOf(side, 2).style() == Qt::CustomDashLine);
            patterns.push_back(penOf(side, 2).dashPattern());
        }
        QVERIFY(patterns[0] != patterns[1] && patterns[1] != patterns[2] && patterns[0] != patterns[2]);
        QCOMPARE(letterOf(CompareSide::D), QStringLiteral("D"));
    }

    void aVariantThatGoesLeavesTheOthers() {
        VariantsFixture fixture;
        QVERIFY(fixture.threeSides());
        fixture.page.settings().choose(CompareSide::B);
        fixture.page.settings().removeVariantButton().click();
        QCOMPARE(fixture.page.settings().sides(), std::size_t{2});
        QCOMPARE(fixture.value(CompareSide::B), std::string("2s"));
        QVERIFY(!fixture.page.settings().variants().isVisible());
        QVERIFY(fixture.answered());
        QVERIFY(fixture.page.comparison().chart().series().others.empty());
        QCOMPARE(fixture.lateRows(), QStringLiteral("Late rows: A 1, B 1, ±0"));
        fixture.page.settings().removeVariant(CompareSide::B);  // one stays
        QCOMPARE(fixture.page.settings().sides(), std::size_t{2});
    }

    void theOneOnShowIsUsed() {
        VariantsFixture fixture;
        QVERIFY(fixture.threeSides());
        const int steps = fixture.document.undoStack().index();
        fixture.page.settings().useButton().click();
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QCOMPARE(fixture.document.node(fixture.orders)->params["watermark_delay"], Json("2s"));
        // A has become that, and B is as it was tried.
        QCOMPARE(fixture.value(CompareSide::A), std::string("2s"));
        QCOMPARE(fixture.value(CompareSide::B), std::string("5s"));
    }

    void theOneOnShowIsSwapped() {
        VariantsFixture fixture;
        QVERIFY(fixture.threeSides());
        fixture.page.settings().swapButton().click();
        QCOMPARE(fixture.value(CompareSide::A), std::string("2s"));
        QCOMPARE(fixture.value(CompareSide::B), std::string("5s"));
        QCOMPARE(fixture.value(CompareSide::C), std::string("1s"));
    }

    /// Windows of another size: their starts are matched, and no curve hides another.
    void variantsMayHaveOtherWindows() {
        VariantsFixture fixture;
        fixture.type(fixture.delay, CompareSide::B, "5s");
        fixture.page.settings().addVariantButton().click();
        fixture.type(fixture.size, CompareSide::C, "20s");
        QVERIFY(fixture.answered());
        const ResultSeries& series = fixture.page.comparison().chart().series();
        QCOMPARE(series.b[0].y(), 22.0);
        QCOMPARE(series.others[0].points[0].y(), 17.0);
        QCOMPARE(series.spans[0].second - series.spans[0].first, 20'000.0);
    }

    void aClosedPageBeginsWithOneVariant() {
        VariantsFixture fixture;
        QVERIFY(fixture.threeSides());
        fixture.page.hide();
        fixture.page.closed();
        fixture.page.show();
        QCOMPARE(fixture.page.settings().sides(), std::size_t{2});
        QVERIFY(fixture.page.settings().shown() == CompareSide::B);
        QVERIFY(!fixture.page.settings().differs());
    }
};

QTEST_MAIN(TestWhatIfVariants)
#include "test_what_if_variants.moc"
