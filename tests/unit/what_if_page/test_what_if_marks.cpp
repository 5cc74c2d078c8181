// What the What if page says without a run: what it touches, whether a parameter differs, how far its sliders
// go, and that what it shows is of settings that were.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/ab_slider.h"
#include "widgets/what_if/comparison_view.h"
#include "widgets/what_if/input_bar.h"
#include "widgets/what_if/overlay_chart.h"
#include "widgets/what_if/settings_side.h"
#include "widgets/what_if/what_if_page.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

struct MarkedPage : SessionFixture {
    WhatIfPage page{parts};
    NodeId orders, some, sums;
    std::string delay;

    MarkedPage() {
        page.resize(1200, 800);
        page.show();
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"),
                                         Json::parse(R"json({"columns": ["ts TIMESTAMP(3)", "v INT"],
                "rows": [["2024-01-01 00:00:01", 10], ["2024-01-01 00:00:13", 5], ["2024-01-01 00:00:09", 7],
                         ["2024-01-01 00:00:25", 4]], "event_time": "ts", "watermark_delay": "1s"})json")),
                                  {0, 0});
        some = document.addNodeBehind(nodeOf("sample", QStringLiteral("Some"), Json{{"fraction", 1.0}}),
                                      {150, 0}, {orders, "out"});
        sums = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Sums"),
                   Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"SUM(v) AS total"}}}),
            {300, 0}, {some, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {600, 0},
                               {sums, "out"});
        delay = orders + ".watermark_delay";
        QCoreApplication::processEvents();
    }
    void type(const char* value) {
        QLineEdit& field = page.settings().card(delay)->field(CompareSide::B);
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QLatin1String(value));
    }
    bool answered() {
        const bool came = QTest::qWaitFor([this] { return !page.isWaiting(); }, kLong);
        QCoreApplication::processEvents();  // then it is shown
        return came;
    }
    /// Words of the card of the watermark delay that can be seen.
    QStringList seen() const {
        QStringList words;
        for (const auto* label : page.settings().card(delay)->findChildren<QLabel*>()) {
            if (label->isVisible() && !label->text().isEmpty()) words << label->text();
        }
        return words;
    }
};

int pixelsOf(const QImage& image, const QColor& color) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y).rgb() == color.rgb() ? 1 : 0;
    }
    return found;
}

}  // namespace

class TestWhatIfMarks : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void aShieldSaysWhatIsNotTouched() {
        const MarkedPage fixture;
        const auto* shield = fixture.page.findChild<InputBar*>()->findChild<Chip*>();
        QVERIFY(shield != nullptr && shield->isVisible());
        QVERIFY2(shield->text().contains(QStringLiteral("touches no output"), Qt::CaseInsensitive),
                 qPrintable(shield->text()));
        for (const char* words : {"write nothing", "open no connection", "run no code", "ask nobody"})
            QVERIFY2(shield->toolTip().contains(QLatin1String(words)), words);
        // In the accent, with its sign.
        QVERIFY(shield->property("tone").toString() == QLatin1String("accent"));
        bool signs = false;
        for (const auto* label : shield->findChildren<QLabel*>())
            signs = signs || (label->isVisible() && !label->pixmap(Qt::ReturnByValue).isNull());
        QVERIFY(signs);
    }

    void eachParameterSaysWhetherItDiffers() {
        MarkedPage fixture;
        QVERIFY2(fixture.seen().contains(QStringLiteral("same")) &&
                     !fixture.seen().contains(QStringLiteral("differs")),
                 qPrintable(fixture.seen().join(u'|')));
        fixture.type("5s");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.seen().contains(QStringLiteral("differs")), kLong);
        QVERIFY(!fixture.seen().contains(QStringLiteral("same")));
        fixture.type("1s");
        QTRY_VERIFY_WITH_TIMEOUT(fixture.seen().contains(QStringLiteral("same")), kLong);
        QVERIFY(!fixture.seen().contains(QStringLiteral("differs")));
        QVERIFY(fixture.answered());
    }

    /// What a declaration bounds goes so far, and what it does not, as far as the value asks for.
    void slidersGoAsFarAsTheDeclaration() {
        const MarkedPage fixture;
        const std::string fraction = fixture.some + ".fraction";
        bool found = false;
        for (const Variation& each : variationsOf(fixture.document.pipeline(), fixture.catalogue)) {
            if (each.name != fraction) continue;
            found = true;
            QVERIFY(each.amount.lowest && each.amount.highest);
            QCOMPARE(*each.amount.highest, 1.0);
            QCOMPARE(each.amount.most, 1.0);
            QVERIFY(each.amount.least >= *each.amount.lowest && each.amount.least < 0.1);
            // However far a value is, the declaration's end stays the end.
            QCOMPARE(widened(each.amount, 0.5).most, 1.0);
        }
        QVERIFY(found);
        for (const Variation& each : variationsOf(fixture.document.pipeline(), fixture.catalogue)) {
            if (each.name != fixture.delay) continue;
            QVERIFY(each.amount.least == 0 && each.amount.most > 1'000);
            QVERIFY(widened(each.amount, 90'000).most >= 90'000);
        }
    }

    void curvesOfSettingsThatWereAreAtSixtyPercent() {
        QCOMPARE(opacityOf(Shade::Stale), 0.6);
        MarkedPage fixture;
        fixture.type("5s");
        QVERIFY(fixture.answered());
        OverlayChart& chart = fixture.page.comparison().chart();
        const QColor solid = colorOf(CompareSide::B);
        QTRY_VERIFY_WITH_TIMEOUT(!chart.isStale() && pixelsOf(chart.grab().toImage(), solid) > 0, kLong);
        const QImage present = chart.grab().toImage();
        // The next value is asked for: they stay, and are paler.
        fixture.type("9s");
        QVERIFY(fixture.page.isWaiting() && chart.isStale());
        const QImage before = chart.grab().toImage();
        QVERIFY(before != present);
        QVERIFY(pixelsOf(before, solid) < pixelsOf(present, solid));
        QVERIFY(fixture.answered());
        QTRY_VERIFY_WITH_TIMEOUT(!chart.isStale(), kLong);
        QVERIFY(pixelsOf(chart.grab().toImage(), solid) > 0);
    }

    void aKeyOpensIt() {
        const MarkedPage fixture;
        QAction* open = nullptr;
        for (const Pane::Entry& entry : fixture.page.entries()) {
            if (entry.action->shortcut() == QKeySequence(QStringLiteral("Ctrl+5"))) open = entry.action;
        }
        QVERIFY(open != nullptr);
        QSignalSpy asked(&fixture.page, &Pane::openRequested);
        open->trigger();
        QCOMPARE(asked.size(), 1);
    }
};

QTEST_MAIN(TestWhatIfMarks)
#include "test_what_if_marks.moc"
