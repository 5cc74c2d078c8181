// A chart in a window of its own gives way to the answer to a question about it.
#include <QPointer>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/charts/cards/chart_window.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestLargeChart : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// It would stand over the answer, which is in the main window.
    void aQuestionAboutItsRowsClosesIt() {
        const Catalogue catalogue = builtin();
        PipelineDocument document{catalogue};
        const NodeTemplate bars{"bar_chart", Json{{"category", "name"}, {"value", "n"}}};
        const NodeId chart = document.addNode(bars, {}), other = document.addNode(bars, {300, 0});
        RunSession session(document);
        ChartScheduler scheduler;
        QWidget main;
        main.resize(400, 300);
        main.show();
        QTRY_VERIFY(main.isActiveWindow());
        const QPointer<ChartWindow> large = new ChartWindow(chart, document, session, scheduler, &main);
        large->show();
        QTRY_VERIFY(large->isActiveWindow());
        Q_EMIT scheduler.questions().asked(other, {});
        Q_EMIT scheduler.questions().missed(other, {});
        QVERIFY(large->isVisible());
        Q_EMIT scheduler.questions().asked(chart, {});
        QTRY_VERIFY(large.isNull());

        // Asked elsewhere, beside it.
        const QPointer<ChartWindow> again = new ChartWindow(chart, document, session, scheduler, &main);
        again->show();
        QTRY_VERIFY(again->isActiveWindow());
        main.activateWindow();
        QTRY_VERIFY(main.isActiveWindow());
        Q_EMIT scheduler.questions().asked(chart, {});
        QVERIFY(again->isVisible());
        again->activateWindow();
        QTRY_VERIFY(again->isActiveWindow());
        Q_EMIT scheduler.questions().missed(chart, {});
        QTRY_VERIFY(again.isNull());
    }
};

QTEST_MAIN(TestLargeChart)
#include "test_large_chart.moc"
