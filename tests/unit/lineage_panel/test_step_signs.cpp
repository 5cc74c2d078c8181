// The signs of rows that had no part in a row: late ones, those that a condition left out and those that were
// rejected are told apart by their form, not by their colour alone. And in which order the fates of a missed
// row stand.
#include "tests/unit/lineage_panel/why_fixture.h"
#include "widgets/lineage/step_list.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// What is painted of a sign, in numbers: without the words, the line and the ring around it.
struct Sign {
    int filled = 0;                       ///< pixels of its colour
    bool middle = false, corner = false;  ///< has its colour there
};

/// Of the only step of a list, in the colour that it must have.
Sign signOf(Kind kind, const QColor& color) {
    constexpr int kRoom = 40, kHeight = 60, kHalf = 6;
    StepModel model;
    AnswerStep step;
    step.kind = kind;
    model.set({step});
    QListView list;
    list.setModel(&model);
    StepDelegate delegate;
    QImage image(200, kHeight, QImage::Format_RGB32);
    image.fill(Theme::of().tokens().panel);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = image.rect();
    option.widget = &list;
    option.font = list.font();
    delegate.paint(&painter, option, model.index(0, 0));
    painter.end();
    // As far apart as colours of one theme are, and as near as the edges of a form are blurred.
    const auto isIt = [&](QPoint at) {
        const QColor here = image.pixelColor(at);
        return std::abs(here.red() - color.red()) + std::abs(here.green() - color.green()) +
                   std::abs(here.blue() - color.blue()) <
               40;
    };
    const QPoint centre(kRoom / 2, kHeight / 2);
    Sign sign;
    for (int x = -kHalf; x <= kHalf; ++x) {
        for (int y = -kHalf; y <= kHalf; ++y) sign.filled += isIt(centre + QPoint(x, y)) ? 1 : 0;
    }
    sign.middle = isIt(centre + QPoint(-2, -1));
    sign.corner = isIt(centre + QPoint(3, -4));
    return sign;
}

}  // namespace

class TestStepSigns : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theyDifferByTheirForm() {
        const Tokens& tokens = Theme::of().tokens();
        const Sign late = signOf(Kind::Late, tokens.warn.line);
        const Sign filtered = signOf(Kind::Filtered, tokens.dim);
        const Sign rejected = signOf(Kind::Rejected, tokens.error.line);
        // A triangle to the right, a hollow square, a filled one.
        QVERIFY(late.filled > 0 && late.middle && !late.corner);
        QVERIFY(filtered.filled > 0 && !filtered.middle && filtered.corner);
        QVERIFY(rejected.filled > 0 && rejected.middle && rejected.corner);
        QVERIFY(late.filled < rejected.filled && filtered.filled < rejected.filled);
    }

    void aRejectedRowHasItsOwnStep() {
        WhyFixture fixture;
        fixture.document.setParam(fixture.good, "condition", "100 / (v + 5) BETWEEN 1 AND 10");
        fixture.askForm(fixture.sums, "shop = 'graz' AND window_end = '2024-01-01 00:00:10'", false);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Row) == 0, qPrintable(fixture.words()));
        const int rejected = fixture.find(Kind::Rejected);
        QVERIFY2(rejected > 0, qPrintable(fixture.labels()));
        QVERIFY2(fixture.choose(rejected).contains(QStringLiteral("1 row rejected by “Good”")),
                 qPrintable(fixture.choose(rejected)));
        QVERIFY2(fixture.line(0).contains(QLatin1String("-5")) &&
                     fixture.line(0).contains(QLatin1String("Division by zero")),
                 qPrintable(fixture.line(0)));
        // Nothing else says that it was left out.
        for (const AnswerStep& step : fixture.panel.steps().steps())
            QVERIFY2(step.kind != Kind::Filtered || step.node != fixture.good || step.count < 2,
                     qPrintable(step.title));
        QVERIFY2(fixture.labels().contains(QStringLiteral("1 row rejected by “Good”")),
                 qPrintable(fixture.labels()));
    }

    /// The one that got farthest first; what is not there at all is said where nothing else is.
    void theFatesOfAMissedRowStandInTheOrderOfTheWay() {
        WhyFixture fixture;
        fixture.askForm(fixture.sums, "shop = 'graz' AND window_end = '2024-01-01 00:00:10' AND total = 99",
                        true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.find(Kind::Late) > 0, qPrintable(fixture.words() + fixture.labels()));
        const int late = fixture.find(Kind::Late), filtered = fixture.find(Kind::Filtered);
        QVERIFY2(filtered > late, qPrintable(fixture.labels()));
        QVERIFY(fixture.choose(late).contains(QStringLiteral("too late for “Sums”")));
        QVERIFY(fixture.choose(filtered).contains(QStringLiteral("left out by “Good”")));
        fixture.askForm(fixture.sums, "shop = 'nowhere'", true);
        QVERIFY(fixture.answered());
        QTRY_VERIFY2(fixture.labels().contains(QStringLiteral("“Orders” has no such row")),
                     qPrintable(fixture.words() + fixture.labels()));
        for (const Kind kind : {Kind::Filtered, Kind::Rejected, Kind::Late}) QCOMPARE(fixture.find(kind), -1);
    }
};

QTEST_MAIN(TestStepSigns)
#include "test_step_signs.moc"
