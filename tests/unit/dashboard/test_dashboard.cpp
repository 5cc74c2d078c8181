// The dashboard over a real run: its one button holds all charts, those added later too, until the next run.
#include <QPushButton>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestDashboard : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void holdsAllChartsUntilTheNextRun() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        const NodeId rows = document.addNode(
            {"rows", Json::parse(R"({"columns": ["name STRING", "n INT"], "rows": [["b", 2], ["a", 1]]})")},
            {});
        std::vector<NodeId> bars;
        for (int i = 0; i < 2; ++i) {
            bars.push_back(
                document.addNode({"bar_chart", Json::parse(R"({"category": "name", "value": "n"})")}, {}));
            document.connectPorts({rows, "out"}, {bars.back(), "in"});
        }
        document.setCards({{.node = bars[0], .column = 0, .row = 0, .width = 6, .height = 4}}, {});
        RunSession session(document);
        ChartScheduler scheduler;
        Dashboard dashboard(document, session, scheduler);
        dashboard.resize(1200, 800);
        dashboard.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dashboard));
        const auto runToItsEnd = [&] {
            session.start();
            QTRY_COMPARE(session.state(), RunSession::State::Finished);
        };
        const auto frozen = [&] {
            int count = 0;
            for (const ChartCard* card : dashboard.findChildren<ChartCard*>())
                count += card->chart() && card->chart()->isFrozen() ? 1 : 0;
            return count;
        };
        runToItsEnd();
        QPushButton* freeze = nullptr;
        for (auto* button : dashboard.findChildren<QPushButton*>()) {
            if (button->isCheckable()) freeze = button;
        }
        QVERIFY(freeze != nullptr);
        freeze->click();
        QCOMPARE(frozen(), 1);
        document.setCards({{.node = bars[0], .column = 0, .row = 0, .width = 6, .height = 4},
                           {.node = bars[1], .column = 6, .row = 0, .width = 6, .height = 4}},
                          {});
        QCOMPARE(frozen(), 2);
        runToItsEnd();
        QVERIFY(!freeze->isChecked());
        QCOMPARE(frozen(), 0);
    }
};

QTEST_MAIN(TestDashboard)
#include "test_dashboard.moc"
