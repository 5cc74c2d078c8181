// The What if page: a slider of B moves, both run, and the curves, figures and rows say what that would give;
// B comes into the pipeline as one step; and what is said where there is nothing to compare.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/document/save_rows.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/ab_slider.h"
#include "widgets/what_if/comparison_view.h"
#include "widgets/what_if/figure_cards.h"
#include "widgets/what_if/input_bar.h"
#include "widgets/what_if/overlay_chart.h"
#include "widgets/what_if/param_picker.h"
#include "widgets/what_if/settings_side.h"
#include "widgets/what_if/what_if_page.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

// Of shop graz the third row comes late for its window of 10 s, unless the watermark waits 5 s.
const char* const kRows = R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING", "v INT"],
    "rows": [["2024-01-01 00:00:01", "graz", 10], ["2024-01-01 00:00:13", "graz", 5],
             ["2024-01-01 00:00:09", "graz", 7], ["2024-01-01 00:00:12", "wien", 30],
             ["2024-01-01 00:00:25", "wien", 4]], "event_time": "ts", "watermark_delay": "1s"})json";

struct WhatIfFixture : SessionFixture {
    WhatIfPage page{parts};
    NodeId orders, sums, table;
    std::string delay, size;  ///< parameters of these

    WhatIfFixture() {
        page.resize(1200, 800);
        page.show();
        build();
    }
    void build() {
        document.setVariables({{"factor", "2"}, {"name", "abc"}});
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"), Json::parse(kRows)), {0, 0});
        sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"),
                                             Json{{"window", "tumble"},
                                                  {"size", "10s"},
                                                  {"keys", {"shop"}},
                                                  {"aggregates", {"SUM(v * ${factor}) AS total"}}}),
                                      {300, 0}, {orders, "out"});
        table = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {600, 0}, {sums, "out"});
        delay = orders + ".watermark_delay";
        size = sums + ".size";
        QCoreApplication::processEvents();
    }
    bool answered() {
        const bool came = QTest::qWaitFor([this] { return !page.isWaiting(); }, kLong);
        QCoreApplication::processEvents();  // then it is shown
        return came;
    }
    /// As if typed.
    void type(const std::string& name, CompareSide side, const char* value) {
        QLineEdit& field = page.settings().card(name)->field(side);
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QLatin1String(value));
    }
    /// Types B's watermark delay, and waits for what comes of it.
    bool tried(const char* text) {
        type(delay, CompareSide::B, text);
        return answered();
    }
    /// What is said in place of an answer.
    QString words() const {
        const auto* empty = page.findChild<EmptyState*>();
        return empty->isVisible() ? empty->accessibleName() + u' ' + empty->accessibleDescription()
                                  : QString();
    }
    QString hint() const {
        const auto* box = page.findChild<HintBox*>();
        QStringList all;
        for (const auto* label : box->findChildren<QLabel*>()) {
            if (label->isVisible()) all << label->text();
        }
        return box->isVisible() ? all.join(u' ') : QString();
    }
    QString line(int row) const {
        QStringList cells;
        const DifferenceRows& rows = page.comparison().rows();
        for (int column = 0; column < DifferenceRows::kBar; ++column)
            cells << rows.index(row, column).data().toString();
        return cells.join(QStringLiteral(" | "));
    }
    SegmentedControl& kinds() const { return *page.comparison().findChild<SegmentedControl*>(); }
    QString value(const NodeId& node, const char* param) const {
        const Json& params = document.node(node)->params;
        return params.contains(param) ? QString::fromStdString(params[param].get<std::string>()) : QString();
    }
};

/// How often a colour begins anew along each row of the picture, at most.
int piecesAcross(const QImage& image, const QColor& color) {
    int most = 0;
    for (int y = 0; y < image.height(); ++y) {
        int pieces = 0;
        bool inside = false;
        for (int x = 0; x < image.width(); ++x) {
            const bool is = image.pixelColor(x, y).rgb() == color.rgb();
            pieces += is && !inside ? 1 : 0;
            inside = is;
        }
        most = std::max(most, pieces);
    }
    return most;
}

}  // namespace

class TestWhatIfPage : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void whatPeopleAskAboutIsOfferedFirst() {
        const WhatIfFixture fixture;
        QStringList names;
        for (const ParamCard* card : fixture.page.settings().cards())
            names << QString::fromStdString(card->variation().name);
        QCOMPARE(names,
                 (QStringList{QString::fromStdString(fixture.delay), QString::fromStdString(fixture.size)}));
        QVERIFY(!fixture.page.settings().differs());
        QVERIFY2(fixture.words().startsWith(QStringLiteral("No parameter differs yet")),
                 qPrintable(fixture.words()));
        QVERIFY(!fixture.page.isWaiting());
    }

    void aLongerDelayLosesNoRow() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        QVERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
        const FigureCards& figures = fixture.page.comparison().figures();
        QCOMPARE(figures.words(0), QStringLiteral("Late rows: A 1, B 0, −1"));
        QVERIFY(figures.words(1).startsWith(QStringLiteral("Late share: A 20")));
        QCOMPARE(figures.words(2), QStringLiteral("Rows of the result: A 4, B 4, ±0"));
        QVERIFY2(figures.words(3).startsWith(QStringLiteral("Result after the window: A 1")) &&
                     figures.words(3).contains(QStringLiteral("+4")),
                 qPrintable(figures.words(3)));
        QCOMPARE(fixture.page.comparison().rows().rowCount(), 1);
        QCOMPARE(fixture.line(0), QStringLiteral("00:00:00 – 00:00:10 | graz | 20 | 34 | +14"));
        const ResultSeries& series = fixture.page.comparison().chart().series();
        QCOMPARE(series.a.size(), std::size_t{3});
        QCOMPARE(series.a[0].y(), 20.0);
        QCOMPARE(series.b[0].y(), 34.0);
        QCOMPARE(series.a[1].y(), 60.0);  // the largest of both shops
        keepPicture(fixture.page, QStringLiteral("what_if_page"));
    }

    /// Without a colour: in the curves, their legend and the sliders.
    void aIsDashedAndBIsNot() {
        QVERIFY(penOf(CompareSide::A, 2).style() == Qt::CustomDashLine &&
                penOf(CompareSide::B, 2).style() == Qt::SolidLine);
        const auto pictureOf = [](CompareSide side) {
            SideSign sign(side, true);
            sign.resize(sign.sizeHint());
            return sign.grab().toImage();
        };
        QVERIFY(piecesAcross(pictureOf(CompareSide::A), colorOf(CompareSide::A)) > 2);
        QCOMPARE(piecesAcross(pictureOf(CompareSide::B), colorOf(CompareSide::B)), 1);
        // Of a curve that is level: the other one has its ends far above.
        OverlayChart chart;
        chart.resize(600, 300);
        chart.show();
        constexpr double kNoon = 1'709'294'400'000;
        const std::vector<QPointF> level{{kNoon, 5}, {kNoon + 60'000, 5}},
            high{{kNoon, 20}, {kNoon + 60'000, 20}};
        chart.setSeries({level, high, {}}, QStringLiteral("total"));
        QVERIFY(piecesAcross(chart.grab().toImage(), colorOf(CompareSide::A)) > 10);
        QVERIFY(piecesAcross(chart.grab().toImage(), colorOf(CompareSide::B)) <= 2);
    }

    /// Where there are none, the card has something else to say.
    void rejectedRowsHaveACard() {
        WhatIfFixture fixture;
        const NodeId rate = fixture.document.addNodeBehind(
            nodeOf("filter", QStringLiteral("Rate"), Json{{"condition", "60 / (v - ${factor}) > -100"}}),
            {300, 200}, {fixture.orders, "out"});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Rates"), Json::object()),
                                       {600, 200}, {rate, "out"});
        fixture.page.settings().add("factor");
        // No row has a 2, one a 5.
        fixture.type("factor", CompareSide::B, "5");
        QVERIFY(fixture.answered());
        QVERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
        const FigureCards& figures = fixture.page.comparison().figures();
        QCOMPARE(figures.words(2), QStringLiteral("Rejected rows: A 0, B 1, +1"));
        fixture.type("factor", CompareSide::B, "6");
        QVERIFY(fixture.answered());
        QVERIFY2(figures.words(2).startsWith(QStringLiteral("Rows of the result: ")),
                 qPrintable(figures.words(2)));
    }

    void oneKeyIsDrawnAlone() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        QComboBox* keys = nullptr;
        for (auto* each : fixture.page.comparison().findChildren<QComboBox*>()) {
            if (each->accessibleName() == QLatin1String("Key")) keys = each;
        }
        QCOMPARE(keys->count(), 3);
        keys->setCurrentIndex(keys->findData(QStringLiteral("graz")));
        Q_EMIT keys->activated(keys->currentIndex());
        QCOMPARE(fixture.page.comparison().chart().series().a.size(), std::size_t{2});
        QCOMPARE(fixture.page.comparison().chart().series().a[1].y(), 10.0);
    }

    void theChartTellsItsValuesByKeyboard() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        OverlayChart& chart = fixture.page.comparison().chart();
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(chart.words(), QStringLiteral("00:00:00 – 00:00:10, A 20, B 34"));
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.words().startsWith(QStringLiteral("00:00:10 – 00:00:20")));
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(chart.words().startsWith(QStringLiteral("00:00:20 – 00:00:30")));
        // A row of the table marks its time.
        fixture.page.comparison().table().setCurrentIndex(fixture.page.comparison().rows().index(0, 0));
        QVERIFY(chart.words().startsWith(QStringLiteral("00:00:00")));
    }

    void rowsOfEachKindAreShownAndSorted() {
        WhatIfFixture fixture;
        fixture.type(fixture.size, CompareSide::B, "20s");
        QVERIFY(fixture.answered());
        const DifferenceRows& rows = fixture.page.comparison().rows();
        const auto choose = [&](int kind) {
            fixture.kinds().setCurrentIndex(kind);
            Q_EMIT fixture.kinds().chosen(kind);
        };
        choose(1);
        const int onlyA = rows.rowCount();
        QVERIFY(onlyA > 0);
        QVERIFY(fixture.line(0).startsWith(QStringLiteral("00:00:10 – 00:00:20")));
        choose(0);
        QVERIFY(rows.rowCount() > 0);
        choose(3);
        const auto sort = [&](int column) {
            Q_EMIT fixture.page.comparison().table().horizontalHeader()->sectionClicked(column);
        };
        choose(1);
        sort(DifferenceRows::kA);
        QVERIFY(!rows.isDescending());
        const QString least = rows.index(0, DifferenceRows::kA).data().toString();
        sort(DifferenceRows::kA);
        QVERIFY(rows.isDescending());
        QCOMPARE(rows.index(onlyA - 1, DifferenceRows::kA).data().toString(), least);
    }

    void differencesBecomeRowsOfAFile() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        QVERIFY(fixture.page.comparison().mayExport());
        const std::string csv = csvOf(differencesOf(*fixture.page.comparison().difference()));
        QVERIFY2(csv.starts_with("difference,window_start,shop,a_window_end,"), csv.c_str());
        QVERIFY2(csv.find("\ndiffers,2024-01-01 00:00:00.000,graz,") != std::string::npos, csv.c_str());
    }

    void bGoesIntoThePipelineAsOneStep() {
        WhatIfFixture fixture;
        QVERIFY(!fixture.page.settings().useButton().isEnabled());
        fixture.page.settings().add("factor");
        fixture.type("factor", CompareSide::B, "3");
        fixture.type(fixture.delay, CompareSide::B, "5s");
        QVERIFY(fixture.answered());
        const int steps = fixture.document.undoStack().index();
        fixture.page.settings().useButton().click();
        QCOMPARE(fixture.document.undoStack().index(), steps + 1);
        QCOMPARE(fixture.value(fixture.orders, "watermark_delay"), QStringLiteral("5s"));
        QCOMPARE(fixture.document.pipeline().variables[0].value, std::string("3"));
        QCOMPARE(fixture.document.pipeline().variables[1].value, std::string("abc"));
        QVERIFY(!fixture.page.settings().differs());
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.value(fixture.orders, "watermark_delay"), QStringLiteral("1s"));
        QCOMPARE(fixture.document.pipeline().variables[0].value, std::string("2"));
    }

    void aVariableIsVaried() {
        WhatIfFixture fixture;
        fixture.page.settings().add("factor");
        QVERIFY(fixture.page.settings().card("name") == nullptr);
        fixture.type("factor", CompareSide::B, "4");
        QVERIFY(fixture.answered());
        QCOMPARE(fixture.page.comparison().chart().series().b[0].y(), 40.0);
        // And where A has it, B is as the pipeline is.
        fixture.page.settings().swapButton().click();
        QVERIFY(fixture.answered());
        QCOMPARE(fixture.page.comparison().chart().series().a[0].y(), 40.0);
        QCOMPARE(fixture.page.comparison().chart().series().b[0].y(), 20.0);
    }

    void sidesAreSwapped() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        fixture.page.settings().swapButton().click();
        QVERIFY(fixture.page.isWaiting());
        QVERIFY(fixture.page.comparison().chart().isStale());
        QVERIFY(fixture.answered());
        QVERIFY(!fixture.page.comparison().chart().isStale());
        QCOMPARE(fixture.page.comparison().figures().words(0), QStringLiteral("Late rows: A 0, B 1, +1"));
        QVERIFY(!fixture.page.settings().useButton().isEnabled());
    }

    void theSliderGoesWithTheField() {
        WhatIfFixture fixture;
        ParamCard& card = *fixture.page.settings().card(fixture.delay);
        card.slider(CompareSide::B).setValue(SideSlider::kSteps / 2);
        QCOMPARE(card.field(CompareSide::B).text(), QStringLiteral("5s"));
        QVERIFY(card.differs());
        card.slider(CompareSide::B).setValue(SideSlider::kSteps / 10);
        QCOMPARE(card.value(CompareSide::B), std::string("1s"));
        QVERIFY(!card.differs());
        // A value beyond the range widens it, and the slider keeps up.
        fixture.type(fixture.delay, CompareSide::B, "1min");
        QCOMPARE(card.slider(CompareSide::B).value(), SideSlider::kSteps);
    }

    void aTextThatIsNoValueIsRefusedAtTheField() {
        WhatIfFixture fixture;
        fixture.type(fixture.delay, CompareSide::B, "soon");
        ParamCard& card = *fixture.page.settings().card(fixture.delay);
        QCOMPARE(card.field(CompareSide::B).property("state").toString(), QStringLiteral("error"));
        bool told = false;
        for (const auto* label : card.findChildren<QLabel*>())
            told |= label->isVisible() && label->text().contains(QLatin1String("500ms"));
        QVERIFY(told);
        QVERIFY(!card.differs() && !fixture.page.isWaiting());
        fixture.type(fixture.size, CompareSide::B, "-5s");
        QVERIFY(!fixture.page.settings().card(fixture.size)->differs());
    }

    void aBrokenPipelineIsNamed() {
        WhatIfFixture fixture;
        fixture.document.setParam(fixture.sums, "keys", Json::array({"nobody"}));
        QVERIFY(fixture.tried("5s"));
        QVERIFY2(fixture.words().contains(QStringLiteral("“Sums”")) &&
                     fixture.words().contains(QStringLiteral("nobody")),
                 qPrintable(fixture.words()));
        // Mended, it is compared at once.
        fixture.document.undoStack().undo();
        QVERIFY(fixture.answered());
        QVERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
    }

    void theAnswerBeforeStaysUnderAFailure() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        fixture.document.setParam(fixture.sums, "keys", Json::array({"nobody"}));
        QVERIFY(fixture.answered());
        QVERIFY2(fixture.hint().contains(QStringLiteral("nobody")), qPrintable(fixture.hint()));
        QVERIFY(fixture.page.comparison().chart().isStale());
    }

    void aLiveSourceNeedsATape() {
        WhatIfFixture fixture;
        fixture.document.startEmpty();
        const NodeId live = fixture.document.addNode(
            nodeOf("generator", QStringLiteral("Live"),
                   Json::parse(R"json({"columns": ["n BIGINT = i", "ts TIMESTAMP(3)"], "rate": 100,
                                       "event_time": "ts", "watermark_delay": "1s"})json")),
            {0, 0});
        fixture.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {300, 0}, {live, "out"});
        QVERIFY(fixture.validated());
        fixture.type(live + ".watermark_delay", CompareSide::B, "5s");
        QVERIFY(fixture.answered());
        QVERIFY2(fixture.words().startsWith(QStringLiteral("Record a tape first")) &&
                     fixture.words().contains(QStringLiteral("Live")),
                 qPrintable(fixture.words()));
        auto* button = fixture.page.findChild<EmptyState*>()->findChild<QPushButton*>();
        QVERIFY(button->isVisible());
        QCOMPARE(button->text(), QStringLiteral("Record 5 min"));
    }

    void theTapeOfTheRunIsTheInput() {
        const QTemporaryDir folder;
        WhatIfFixture fixture;
        fixture.session.setTape({.recordInto = folder.path()});
        QVERIFY(fixture.runToTheEnd());
        QTRY_VERIFY(!fixture.page.input().tape().isEmpty());
        QVERIFY(fixture.tried("5s"));
        QVERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
        QCOMPARE(fixture.page.comparison().answer()->asked.tape, fixture.session.lastTape());
        QCOMPARE(fixture.page.comparison().figures().words(0), QStringLiteral("Late rows: A 1, B 0, −1"));
        // A tape that has gone is no answer, and said so.
        QVERIFY(QFile::remove(fixture.session.lastTape()));
        fixture.page.input().againButton().click();
        QVERIFY(fixture.answered());
        QVERIFY(!fixture.hint().isEmpty());
    }

    void bBecomesATest() {
        const QTemporaryDir folder;
        WhatIfFixture fixture;
        std::vector<VariantForTest> asked;
        QObject::connect(&fixture.page, &WhatIfPage::testRequested, &fixture.page,
                         [&asked](const VariantForTest& variant) { asked.push_back(variant); });
        QPushButton& save = fixture.page.settings().saveButton();
        QVERIFY(fixture.tried("5s"));
        QVERIFY(!save.isEnabled());  // there is no file beside which tests could be
        QVERIFY(fixture.document.saveAs(folder.filePath(QStringLiteral("p.rill"))).ok());
        QVERIFY(fixture.answered());
        QVERIFY(save.isEnabled());
        save.click();
        QCOMPARE(asked.size(), std::size_t{1});
        const VariantForTest& variant = asked.front();
        QCOMPARE(variant.file, fixture.document.path());
        QVERIFY(variant.pipeline.find(fixture.orders)->params["watermark_delay"] == "5s");
        QCOMPARE(variant.node, fixture.table);
        QVERIFY2(variant.name.contains(QStringLiteral("watermark_delay=5s")), qPrintable(variant.name));
        QVERIFY(variant.set.empty() && variant.tape.isEmpty());
        QCOMPARE(fixture.value(fixture.orders, "watermark_delay"), QStringLiteral("1s"));
    }

    void nothingIsLeftOfAPageThatWasClosed() {
        WhatIfFixture fixture;
        QVERIFY(fixture.tried("5s"));
        fixture.page.hide();
        fixture.page.closed();
        QVERIFY(fixture.page.comparison().answer() == nullptr);
        fixture.page.show();
        QVERIFY(!fixture.page.settings().differs());
        QCOMPARE(fixture.page.settings().cards().size(), std::size_t{2});
        QVERIFY(fixture.words().startsWith(QStringLiteral("No parameter differs yet")));
    }

    void itEndsWhileItComputes() {
        for (int way = 0; way < 4; ++way) {
            auto fixture = std::make_unique<WhatIfFixture>();
            fixture->type(fixture->delay, CompareSide::B, "5s");
            QTest::qWait(VariantAsker::kRestMillis + 20);
            if (way == 0) fixture->document.startEmpty();
            if (way == 1) fixture->page.hide();
            if (way == 2) fixture->document.remove({fixture->sums});
            if (way == 3) QTest::keyClick(&fixture->page, Qt::Key_Escape);
            QVERIFY(fixture->answered());
            if (way == 0) QVERIFY(fixture->page.settings().cards().empty());
            if (way == 2) QVERIFY(fixture->page.settings().card(fixture->size) == nullptr);
            fixture->document.setParam(fixture->orders, "watermark_delay", "2s");
            fixture.reset();
        }
    }

    void aParameterIsFoundByTyping() {
        WhatIfFixture fixture;
        fixture.page.settings().addButton().click();
        auto* picker = fixture.page.findChild<ParamPicker*>();
        QVERIFY(picker->isVisible());
        auto* field = picker->findChild<QLineEdit*>();
        QTest::keyClicks(field, QStringLiteral("factor"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!picker->isVisible());
        QVERIFY(fixture.page.settings().card("factor") != nullptr);
        toolIn(*fixture.page.settings().card("factor"), "Take factor").click();
        QVERIFY(fixture.page.settings().card("factor") == nullptr);
    }
};

QTEST_MAIN(TestWhatIfPage)
#include "test_what_if_page.moc"
