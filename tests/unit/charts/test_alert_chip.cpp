// The bell of a chart with a threshold: it makes the alert, and then shows its state.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/support/made_alerts.h"
#include "widgets/charts/alert_chip.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::test;
using namespace rw::ui;

namespace {

const Json kChipRows = {{"columns", {"core INT", "load DOUBLE", "ts TIMESTAMP"}},
                        {"rows", {{1, 0.9, "2024-03-01 12:00:00"}}},
                        {"event_time", "ts"}};

struct ChipFixture {
    const Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler scheduler{};
    QWidget dashboard{};  // gives a card any size, as a window of its own would not
    NodeId rows, gauge;
    ChartCard* card = nullptr;

    explicit ChipFixture(Json params) {
        rows = document.addNode({"rows", kChipRows}, {});
        params["value"] = "load";
        gauge = document.addNodeBehind({"gauge", std::move(params), QStringLiteral("Load")}, {300, 0},
                                       {rows, "out"});
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
        dashboard.resize(640, 440);
        card = new ChartCard(gauge, document, session, scheduler, false, &dashboard);
        card->resize(600, 400);
        dashboard.show();
        if (!QTest::qWaitForWindowExposed(&dashboard, 30'000)) qFatal("not shown");
    }
    AlertChip& chip() const { return *card->findChild<AlertChip*>(); }
    bool validated() {
        return QTest::qWaitFor([this] { return document.isValidated(); }, 30'000);
    }
};

}  // namespace

class TestAlertChip : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void isThereWithAThreshold() {
        ChipFixture f(Json::object());
        QVERIFY(!f.chip().isVisible());
        f.document.setParam(f.gauge, "threshold", 80);
        QTRY_VERIFY(f.chip().isVisible());
        QVERIFY(f.chip().accessibleDescription().contains(QLatin1String("Make an alert above 80")));
        QVERIFY(f.chip().accessibleName().contains(QLatin1String("Make an alert")));
        QVERIFY(!f.chip().toolTip().isEmpty());
        f.document.setParam(f.gauge, "threshold", nullptr);
        QTRY_VERIFY(!f.chip().isVisible());
    }

    void aClickMakesTheAlertAndTheNextGoesThere() {
        ChipFixture f(Json{{"threshold", 80}});
        QSignalSpy revealed(&f.document.selection(), &Selection::revealed);
        const std::size_t before = f.document.pipeline().nodes.size();
        QTest::mouseClick(&f.chip(), Qt::LeftButton);
        QCOMPARE(f.document.pipeline().nodes.size(), before + 1);
        const Node& alert = f.document.pipeline().nodes.back();
        QCOMPARE(alert.type, std::string("alert"));
        QCOMPARE(alert.params["condition"], Json("load > 80"));
        QCOMPARE(revealed.count(), 1);
        QTRY_VERIFY(f.chip().accessibleDescription().contains(QLatin1String("Show the alert")));
        // By the keyboard as well.
        QTest::keyClick(&f.chip(), Qt::Key_Space);
        QCOMPARE(revealed.count(), 2);
        QCOMPARE(f.document.pipeline().nodes.size(), before + 1);
        f.document.undoStack().undo();
        QTRY_VERIFY(f.chip().accessibleDescription().contains(QLatin1String("Make an alert")));
        QCOMPARE(f.document.pipeline().nodes.size(), before);
    }

    void whatCanNotBeMadeSaysWhy() {
        ChipFixture f(Json{{"threshold", 80}});
        f.document.setParam(f.rows, "event_time", nullptr);
        QTRY_VERIFY(f.chip().accessibleDescription().contains(QLatin1String("event time")));
        const std::size_t before = f.document.pipeline().nodes.size();
        QTest::mouseClick(&f.chip(), Qt::LeftButton);
        QCOMPARE(f.document.pipeline().nodes.size(), before);
    }

    void showsTheStateOfItsAlert() {
        ChipFixture f(Json{{"threshold", 80}});
        QTest::mouseClick(&f.chip(), Qt::LeftButton);
        QCOMPARE(f.document.pipeline().nodes.back().id, NodeId("alert"));  // as the made rule calls it
        QVERIFY(f.validated());
        const MadeBoard made;
        f.session.alerts().show(made.board);
        QTRY_VERIFY(f.chip().text().isEmpty());  // nothing runs
        made.put("1", AlertStage::Open);
        QTRY_COMPARE(f.chip().text(), QStringLiteral("1 alert"));
        QVERIFY(f.chip().isVisible());
        f.session.alerts().acknowledge({f.session.alerts().look().entries.front().number});
        QTRY_COMPARE(f.chip().text(), QStringLiteral("Acknowledged"));
        made.put("1", AlertStage::Cleared);
        QTRY_VERIFY(f.chip().text().isEmpty());
    }

    /// The title needs the room more; what is raised is there all the same.
    void inLittleRoomOnlyNewsAreShown() {
        ChipFixture f(Json{{"threshold", 80}});
        f.card->resize(220, 160);
        QTRY_VERIFY(!f.chip().isVisible());
        (void)makeAlert(f.document, f.gauge);
        QVERIFY(f.validated());
        const MadeBoard made;
        made.put("1", AlertStage::Open);
        f.session.alerts().show(made.board);
        QTRY_VERIFY(f.chip().isVisible());
    }
};

QTEST_MAIN(TestAlertChip)
#include "test_alert_chip.moc"
