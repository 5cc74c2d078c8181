// The panels around the pages: every page keeps its own side panels and bottom panel.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/inspector.h"
#include "widgets/log/log_panel.h"
#include "widgets/palette/palette.h"

using namespace rw;
using namespace rw::ui;

class TestLayout : public QObject {
    Q_OBJECT

    enum Page { Pipeline, Dashboard, Results };

    static void go(const WindowFixture& fixture, int page) {
        for (auto* bar : fixture.window->findChildren<QTabBar*>()) {
            if (bar->accessibleName() == QLatin1String("Views")) return bar->setCurrentIndex(page);
        }
        QFAIL("there is no bar with the views");
    }
    /// Whether both show; one without the other fails.
    static bool sides(const WindowFixture& fixture) {
        const bool left = fixture.window->findChild<Palette*>()->isVisible();
        if (left != fixture.window->findChild<Inspector*>()->isVisible())
            QTest::qFail("one side panel shows without the other", __FILE__, __LINE__);
        return left;
    }
    static bool bottom(const WindowFixture& fixture) {
        return !fixture.window->findChild<BottomPanel*>()->isCollapsed();
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void chartsAndResultsHaveTheRoom() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        QVERIFY(sides(fixture) && bottom(fixture));
        for (const int page : {Dashboard, Results}) {
            go(fixture, page);
            QVERIFY(!sides(fixture) && !bottom(fixture));
        }
        go(fixture, Pipeline);
        QVERIFY(sides(fixture) && bottom(fixture));
    }

    void oneKeyBringsThePanelsBackWhereOneIs() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        QAction* panels = fixture.action(QStringLiteral("Side panels"));
        QVERIFY(panels);
        go(fixture, Dashboard);
        panels->trigger();
        QVERIFY(sides(fixture));
        go(fixture, Results);
        QVERIFY(!sides(fixture));
        go(fixture, Dashboard);
        QVERIFY(sides(fixture));
        go(fixture, Pipeline);
        panels->trigger();
        QVERIFY(!sides(fixture));
        go(fixture, Dashboard);
        QVERIFY(sides(fixture));
    }

    void tabsAreWholeFromTheStart() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        int seen = 0;
        for (const auto* tabs : fixture.window->findChildren<QTabBar*>()) {
            QVERIFY(tabs->count() > 0);
            seen += tabs->isVisible() ? 1 : 0;
            QTRY_VERIFY2(!tabs->isVisible() || tabs->width() >= tabs->sizeHint().width(),
                         qPrintable(tabs->accessibleName()));
        }
        QVERIFY(seen >= 2);  // of the pages, and of the panel below
    }

    void toolsOfAPanelAreWholeInASmallWindow() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        auto* bottom = fixture.window->findChild<BottomPanel*>();
        auto* log = fixture.window->findChild<LogPanel*>();
        for (const QSize size : {QSize(1120, 700), QSize(1600, 1000), QSize(1120, 700)}) {
            fixture.window->resize(size);
            bottom->open(log);
            QCoreApplication::sendPostedEvents();  // layouts
            const QWidget* tools = log->tools();
            QVERIFY(tools->isVisible());
            QVERIFY(bottom->rect().contains(QRect(tools->mapTo(bottom, QPoint()), tools->size())));
            QVERIFY(!tools->findChildren<QPushButton*>().isEmpty());
            for (const auto* button : tools->findChildren<QPushButton*>())
                QVERIFY2(button->width() >= button->minimumWidth() &&
                             tools->rect().contains(QRect(button->mapTo(tools, QPoint()), button->size())),
                         qPrintable(button->text()));
            const auto* tabs = bottom->findChild<QTabBar*>();
            QVERIFY(tabs->width() >= tabs->sizeHint().width());
        }
    }

    void barsGrowWithTheText() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        fixture.document().selection().set({fixture.document().addNode({"filter"}, {})});
        const auto back = qScopeGuard([&] { fixture.preferences.setLook({.mode = ThemeMode::Dark}); });
        for (const int percent : {150, 200, 100}) {
            fixture.preferences.setLook({.mode = ThemeMode::Dark, .textZoomPercent = percent});
            QCoreApplication::processEvents();
            const QList<QWidget*> bars{fixture.window->findChild<QToolBar*>(), fixture.window->statusBar(),
                                       fixture.window->findChild<Inspector*>()};
            for (const QWidget* bar : bars) {
                for (const QWidget* part : bar->findChildren<QWidget*>()) {
                    const bool words = qobject_cast<const QPushButton*>(part) || part->inherits("QLabel") ||
                                       part->objectName() == QLatin1String("nodeTitle");
                    if (!words || !part->isVisible()) continue;
                    const bool fixed = fixture.window->statusBar()->isAncestorOf(part);  // as high as it is
                    const int needed = fixed                               ? part->fontMetrics().height()
                                       : qobject_cast<const QLabel*>(part) ? part->minimumSizeHint().height()
                                                                           : part->sizeHint().height();
                    QVERIFY2(part->height() >= needed,
                             qPrintable(QStringLiteral("%1 %: %2 %3 has %4 of %5")
                                            .arg(percent)
                                            .arg(QLatin1String(part->metaObject()->className()),
                                                 part->objectName() + part->property("text").toString())
                                            .arg(part->height())
                                            .arg(needed)));
                }
            }
        }
    }

    void paletteShowsWholeNamesInLargeText() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        const auto* palette = fixture.window->findChild<Palette*>();
        const auto back = qScopeGuard([&] { fixture.preferences.setLook({.mode = ThemeMode::Dark}); });
        fixture.preferences.setLook({.mode = ThemeMode::Dark, .textZoomPercent = 200});
        QTRY_VERIFY2(palette->width() >= 300, qPrintable(QString::number(palette->width())));
        QVERIFY(fixture.canvas().width() >= 500);
    }

    void anotherPipelineLeavesTheDashboardItsRoom() {
        WindowFixture fixture;
        go(fixture, Dashboard);
        fixture.document().addNode({.type = "filter"}, {});
        QVERIFY(!bottom(fixture));
        go(fixture, Pipeline);
        QVERIFY(bottom(fixture));
    }
};

QTEST_MAIN(TestLayout)
#include "test_layout.moc"
