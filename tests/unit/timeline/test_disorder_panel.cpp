// Disorder beside the timeline: figures of two delays, slider, field and keys, Apply as one undo step, what
// it says where there is nothing to weigh, and its place in a narrow window.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/disorder_slider.h"
#include "widgets/timeline/timeline_panel.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kLong = 60'000;

/// Windows of ten seconds: the row of second 4 is 9 s behind the newest, the one of second 8 is 17 s behind.
const char* const kDisordered = R"json({"columns": ["ts TIMESTAMP(3)", "shop STRING"],
    "rows": [["2024-01-01 00:00:01", "graz"], ["2024-01-01 00:00:02", "graz"], ["2024-01-01 00:00:13", "wien"],
             ["2024-01-01 00:00:04", "graz"], ["2024-01-01 00:00:25", "wien"], ["2024-01-01 00:00:08", "graz"]],
    "event_time": "ts", "watermark_delay": "2s"})json";

Json tumble() {
    return {{"window", "tumble"}, {"size", "10s"}, {"keys", {"shop"}}, {"aggregates", {"COUNT(*) AS n"}}};
}

struct DisorderFixture : SessionFixture {
    TimelinePanel panel{parts};
    NodeId orders;

    explicit DisorderFixture(const Json& window = tumble(), int width = 1200) {
        panel.resize(width, 420);
        panel.show();
        orders = document.addNode(nodeOf("rows", QStringLiteral("Orders"), Json::parse(kDisordered)), {0, 0});
        const NodeId sums = document.addNodeBehind(nodeOf("window_aggregate", QStringLiteral("Sums"), window),
                                                   {600, 0}, {orders, "out"});
        document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()), {900, 0},
                               {sums, "out"});
    }
    bool ran() {
        if (!validated() || !runToTheEnd()) return false;
        return QTest::qWaitFor([this] { return panel.disorder().counts().has_value(); }, kLong);
    }
    DisorderPanel& disorder() { return panel.disorder(); }
    QStringList words() {
        QStringList words;
        for (const QLabel* label : panel.disorder().findChildren<QLabel*>()) {
            if (label->isVisible()) words << label->text();
        }
        return words;
    }
    template <class T>
    T* part(const char* name) {
        for (T* each : panel.disorder().findChildren<T*>()) {
            if (each->accessibleName() == QLatin1String(name)) return each;
        }
        return nullptr;
    }
    QPushButton* button(const QString& words) {
        for (QPushButton* each : panel.disorder().findChildren<QPushButton*>()) {
            if (each->text().startsWith(words)) return each;
        }
        return nullptr;
    }
    DisorderSlider* slider() { return part<DisorderSlider>("Watermark delay that would be"); }
    QDoubleSpinBox* field() { return part<QDoubleSpinBox>("Watermark delay that would be"); }
};

}  // namespace

class TestDisorderPanel : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void cleanup() { Theme::of().apply({.mode = ThemeMode::Dark}); }

    void figuresOfBothDelays() {
        DisorderFixture of;
        QVERIFY(of.ran());
        // The rows of second 4 (needs 3.001 s) and of second 8 (needs 15.001 s).
        const DisorderOf& counts = *of.disorder().counts();
        QCOMPARE(counts.judged(), std::uint64_t{6});
        QCOMPARE(counts.lateNow(), std::uint64_t{2});
        QVERIFY(of.words().contains(QStringLiteral("now 2.0\u2009s")));
        QVERIFY(of.words().contains(QStringLiteral("33.3\u00A0%")));
        QVERIFY(of.words().contains(QStringLiteral("of 6 rows")));
        QVERIFY(!of.button(QStringLiteral("Apply"))->isEnabled());
        of.slider()->setValue(40);
        QCOMPARE(of.disorder().chosen(), Millis{4'000});
        QVERIFY(of.words().contains(QStringLiteral("new 4.0\u2009s")));
        QVERIFY(of.words().contains(QStringLiteral("16.7\u00A0%")));
        QVERIFY(of.words().contains(QStringLiteral("4.0\u2009s")));  // results after the window
        QCOMPARE(of.field()->value(), 4.0);
        QVERIFY(of.button(QStringLiteral("Apply"))->isEnabled());
        keepPicture(of.panel, QStringLiteral("disorder"));
        const QString said = of.slider()->accessibleDescription();
        QVERIFY2(said.contains(QStringLiteral("late now 33.3\u00A0%, then 16.7\u00A0%, of 6 rows")),
                 qPrintable(said));
        of.button(QStringLiteral("Revert"))->click();
        QCOMPARE(of.disorder().chosen(), Millis{2'000});
        QVERIFY(!of.button(QStringLiteral("Revert"))->isEnabled());
    }

    void keysAndFieldMoveIt() {
        DisorderFixture of;
        QVERIFY(of.ran());
        QTest::keyClick(&of.panel.view(), Qt::Key_BracketRight);
        QCOMPARE(of.disorder().chosen(), Millis{2'100});
        QTest::keyClick(of.field(), Qt::Key_BracketRight);
        QTest::keyClick(of.slider(), Qt::Key_BracketRight);
        QCOMPARE(of.disorder().chosen(), Millis{2'300});
        QTest::keyClick(of.slider(), Qt::Key_BracketLeft);
        QTest::keyClick(of.slider(), Qt::Key_Left);
        QCOMPARE(of.disorder().chosen(), Millis{2'100});
        QTest::keyClick(of.slider(), Qt::Key_Home);
        QCOMPARE(of.disorder().chosen(), Millis{0});
        QTest::keyClick(&of.panel.view(), Qt::Key_BracketLeft);  // there is no shorter one
        QCOMPARE(of.disorder().chosen(), Millis{0});
        of.field()->setFocus();
        of.field()->selectAll();
        QTest::keyClicks(of.field(), QStringLiteral("1000"));
        QTest::keyClick(of.field(), Qt::Key_Return);
        QCOMPARE(of.disorder().chosen(), Millis{1'000'000});  // beyond the bins
        QVERIFY(of.words().contains(QStringLiteral("0\u00A0%")));
        QTest::keyClick(of.slider(), Qt::Key_Left);  // from the end of what bins tell apart
        QCOMPARE(of.disorder().chosen(), Millis{299'900});
        auto* units = of.part<QComboBox>("Unit");
        units->setCurrentIndex(0);
        Q_EMIT units->activated(0);
        QCOMPARE(of.field()->value(), 299'900.0);
        of.field()->setValue(2'050);
        QCOMPARE(of.disorder().chosen(), Millis{2'050});
        QVERIFY(of.words().join(u' ').contains(QStringLiteral("≈")));  // between two bins
    }

    void theWheelChangesNothing() {
        DisorderFixture of;
        QVERIFY(of.ran());
        const auto wheel = [](QWidget* at) {
            QWheelEvent turned(QPointF(5, 5), at->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton,
                               Qt::NoModifier, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(at, &turned);
        };
        for (QWidget* at : {static_cast<QWidget*>(of.slider()), static_cast<QWidget*>(of.field()),
                            static_cast<QWidget*>(of.part<QComboBox>("Unit"))}) {
            at->setFocus();
            wheel(at);
            QCOMPARE(of.disorder().chosen(), Millis{2'000});
            QCOMPARE(of.field()->value(), 2.0);
        }
    }

    void applyIsOneStepInTheDocument() {
        DisorderFixture of;
        QVERIFY(of.ran());
        const int steps = of.document.undoStack().count();
        of.slider()->setValue(35);
        of.button(QStringLiteral("Apply"))->click();
        QCOMPARE(of.document.undoStack().count(), steps + 1);
        QCOMPARE(of.document.node(of.orders)->params["watermark_delay"], Json("3500ms"));
        // The run is over: it is the next one that has it.
        QCOMPARE(of.session.state(), RunSession::State::Finished);
        QCOMPARE(of.disorder().counts()->delay, Millis{2'000});
        of.document.undoStack().undo();
        QCOMPARE(of.document.node(of.orders)->params["watermark_delay"], Json("2s"));
        of.document.undoStack().redo();
        QVERIFY(of.validated() && of.runToTheEnd());
        QTRY_VERIFY(of.disorder().counts() && of.disorder().counts()->delay == 3'500);
        QCOMPARE(of.disorder().counts()->lateNow(), std::uint64_t{1});
        QCOMPARE(of.disorder().chosen(), Millis{3'500});
    }

    void aRunUnderWayTakesItOver() {
        DisorderFixture of;
        const NodeId live = of.document.addNode(
            nodeOf(
                "generator", QStringLiteral("Live"),
                {{"rate", 200},
                 {"disorder", "4s"},
                 {"columns",
                  {"shop INT = CAST(RANDOM() * 3 AS INT)",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i * 10, TIMESTAMP '2024-03-01 00:00:00')"}},
                 {"event_time", "ts"},
                 {"watermark_delay", "1s"}}),
            {0, 300});
        const NodeId sums = of.document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("All"), tumble()), {600, 300}, {live, "out"});
        of.document.addNodeBehind(nodeOf("table_view", QStringLiteral("Each"), Json::object()), {900, 300},
                                  {sums, "out"});
        QVERIFY(of.validated());
        of.session.start();
        auto* sources = of.part<QComboBox>("Whose watermark delay");
        QTRY_COMPARE_WITH_TIMEOUT(sources->count(), 2, kLong);
        const int place = sources->findText(QStringLiteral("Live"));
        sources->setCurrentIndex(place);
        Q_EMIT sources->activated(place);
        QCOMPARE(of.disorder().counts()->stamper, live);
        QCOMPARE(of.disorder().chosen(), Millis{1'000});
        QTest::keyClick(&of.panel.view(), Qt::Key_BracketRight);
        // What was chosen stays while rows come.
        const std::uint64_t rows = of.disorder().counts()->behind.total();
        QTRY_VERIFY_WITH_TIMEOUT(of.disorder().counts()->behind.total() > rows, kLong);
        QCOMPARE(of.disorder().chosen(), Millis{1'100});
        of.button(QStringLiteral("Apply"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(of.disorder().counts() && of.disorder().counts()->delay == 1'100, kLong);
        QCOMPARE(of.disorder().counts()->stamper, live);
        QVERIFY(!of.button(QStringLiteral("Apply"))->isEnabled());
        of.session.stop(StopMode::Now);
        QTRY_VERIFY_WITH_TIMEOUT(!of.session.isActive(), kLong);
    }

    void saysWhatCanNotBeWeighed() {
        DisorderFixture of;
        QVERIFY(of.ran());
        // The node is gone while its run is shown.
        of.document.remove({ItemRef(of.orders)});
        QVERIFY(of.words().contains(QStringLiteral("The node is not in the pipeline any more.")));
        QVERIFY(!of.button(QStringLiteral("Apply"))->isEnabled());
        // A panel by itself, without a run.
        DisorderPanel alone(of.document, of.session);
        alone.show();
        alone.look(nullptr, {});
        QCOMPARE(alone.findChild<EmptyState*>()->accessibleName(), QStringLiteral("Run, or open a tape"));
        const auto disorder = std::make_shared<Disorder>();
        disorder->begin({}, {}, false);
        const DisorderWatch watch(disorder);
        alone.look(&watch, {});
        QCOMPARE(alone.findChild<EmptyState*>()->accessibleName(),
                 QStringLiteral("No node gives an event time"));
    }

    void sessionsAreAbout() {
        DisorderFixture of({{"window", "session"}, {"gap", "3s"}, {"aggregates", {"COUNT(*) AS n"}}});
        QVERIFY(of.ran());
        QVERIFY(of.words().join(u' ').contains(QStringLiteral("≈ At most: a session")));
    }

    void rowsAreCountedWhileItIsInSight() {
        DisorderFixture of(tumble(), 600);
        QVERIFY(of.validated() && of.runToTheEnd());
        QTRY_VERIFY(of.panel.model().rowCount() > 0);
        const auto disorder = of.session.watchWindows()->disorder();
        QPushButton* const opens = of.panel.tools()->findChild<QPushButton*>();
        QVERIFY(!opens->isHidden());
        QVERIFY(of.disorder().isHidden());
        const auto watchers = [&disorder] {
            // The first rows of a run are a watcher, too, until they have come.
            disorder->begin({}, {}, false);
            return disorder->watched();
        };
        QVERIFY(!watchers());
        opens->click();
        QVERIFY(of.disorder().isVisible());
        QVERIFY(watchers());
        QCOMPARE(of.disorder().geometry().right(), of.panel.rect().right());
        QTest::keyClick(&of.disorder(), Qt::Key_Escape);
        QVERIFY(of.disorder().isHidden());
        QVERIFY(!watchers());
        of.panel.resize(1200, 420);
        QVERIFY(of.disorder().isVisible());
        QVERIFY(opens->isHidden());
        QVERIFY(watchers());
        of.panel.hide();
        QVERIFY(!watchers());
    }

    void largeTextIsNotCut() {
        DisorderFixture of;
        QVERIFY(of.ran());
        of.slider()->setValue(40);
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = 200});
        of.panel.resize(2'000, 1'000);
        QTRY_COMPARE(of.disorder().width(), Theme::of().scaled(DisorderPanel::kWidth));
        QCoreApplication::processEvents();
        const auto* area = of.disorder().findChild<QScrollArea*>();
        QVERIFY(area->widget()->minimumSizeHint().width() <= area->viewport()->width());
        keepPicture(of.panel, QStringLiteral("disorder_200"));
    }

    void axesAreRound() {
        DisorderOf counts;
        QCOMPARE(axisEnd(counts, 0), Millis{2'000});
        counts.delay = 2'000;
        QCOMPARE(axisEnd(counts, 4'000), Millis{5'000});
        QCOMPARE(axisEnd(counts, 4'100), Millis{6'000});
        QCOMPARE(axisEnd(counts, kMaxTimestamp / 1'000), Millis{300'000});  // all that bins tell apart
        QCOMPARE(DisorderWords::delay(4'000), QStringLiteral("4.0\u2009s"));
        QCOMPARE(DisorderWords::changed(2'000, 4'000), QStringLiteral("Results 2.0\u2009s later."));
        QCOMPARE(DisorderWords::changed(2'000, 1'500), QStringLiteral("Results 0.5\u2009s sooner."));
        QCOMPARE(DisorderWords::share({.delay = 0, .late = 1, .rows = 1'000'000}),
                 QStringLiteral("<0.01\u00A0%"));
        QCOMPARE(DisorderWords::share({}), QStringLiteral("–"));
    }
};

QTEST_MAIN(TestDisorderPanel)
#include "test_disorder_panel.moc"
