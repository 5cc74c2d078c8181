// Small windows and large text: the palette's names are whole, the canvas has room, the inspector is over
// it where there is none beside it, and opened pipelines can be read.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/inspector_place.h"
#include "app/running/main_tool_bar.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/editing/template_list.h"
#include "widgets/document/examples.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/inspector.h"
#include "widgets/palette/palette.h"
#include "widgets/palette/palette_group.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct SizedWindow : WindowFixture {
    SizedWindow(QSize size, int percent) {
        window->findChild<FileActions*>()->startEmpty();
        preferences.setLook({.mode = ThemeMode::Dark, .textZoomPercent = percent});
        window->resize(size);
        if (!QTest::qWaitForWindowActive(window.get(), 30'000)) qFatal("the window does not come up");
        if (!QTest::qWaitFor([&] { return window->size() == size; }, 30'000)) qFatal("it has another size");
        settle();
    }
    ~SizedWindow() {
        document().startEmpty();
        preferences.setLook({.mode = ThemeMode::Dark});
    }
    void settle() const {
        for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
    }
    Inspector& inspector() const { return *window->findChild<Inspector*>(); }
    Palette& palette() const { return *window->findChild<Palette*>(); }
    /// Where it stands in the window.
    QRect place(const QWidget& widget) const { return {widget.mapTo(window.get(), QPoint()), widget.size()}; }
    QRect placeOf(const NodeId& node) const {
        CanvasView& view = canvas().view();
        return view.mapFromScene(view.canvas().node(node)->cardRect())
            .boundingRect()
            .translated(place(*view.viewport()).topLeft());
    }
    /// Names that the palette cuts.
    QStringList cutNames() const {
        QStringList cut;
        for (const EntryList* list : palette().findChildren<EntryList*>()) {
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                const QString name = list->model()->index(row, 0).data().toString();
                if (TemplateDelegate::widthFor(name) > list->viewport()->width()) cut << name;
            }
        }
        return cut;
    }
};

}  // namespace

class TestNarrowWindows : public QObject {
    Q_OBJECT

    static void sizes() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("percent");
        QTest::addColumn<bool>("narrow");
        QTest::newRow("1366 x 768") << QSize(1366, 768) << 100 << false;
        QTest::newRow("1366 x 768, 200 %") << QSize(1366, 768) << 200 << true;
        QTest::newRow("1120 x 700") << QSize(1120, 700) << 100 << true;
        QTest::newRow("1120 x 700, 200 %") << QSize(1120, 700) << 200 << true;
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void partsHaveTheirRoom_data() { sizes(); }
    void partsHaveTheirRoom() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        QFETCH(bool, narrow);
        const SizedWindow fixture(size, percent);
        QVERIFY(fixture.palette().isVisible());
        QCOMPARE(fixture.cutNames(), QStringList());
        QCOMPARE(fixture.inspector().isVisible(), !narrow);
        const QSize least = fixture.window->minimumSizeHint();
        QVERIFY2(least.width() <= size.width(),
                 qPrintable(QStringLiteral("at least %1 x %2").arg(least.width()).arg(least.height())));
        QVERIFY2(fixture.canvas().width() >= size.width() / 2,
                 qPrintable(QString::number(fixture.canvas().width())));
        const auto* run = fixture.window->findChild<QPushButton*>(QStringLiteral("runButton"));
        QCOMPARE(run->text().isEmpty(), narrow);
        leavePicture(*fixture.window, QStringLiteral("narrow_%1_%2").arg(size.width()).arg(percent));
    }

    void aSelectionOpensTheInspector_data() { sizes(); }
    void aSelectionOpensTheInspector() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        QFETCH(bool, narrow);
        const SizedWindow fixture(size, percent);
        PipelineDocument& document = fixture.document();
        const int room = fixture.canvas().width();
        const NodeId first = document.addNode({.type = "filter"}, {0, 0});
        const NodeId second = document.addNode({.type = "union"}, {300, 0});
        document.selection().clear();
        fixture.settle();
        fixture.canvas().view().fitAll();
        document.selection().reveal(second);
        QTRY_VERIFY(fixture.inspector().isVisible());
        fixture.settle();
        const QRect inspector = fixture.place(fixture.inspector());
        QVERIFY(fixture.window->rect().contains(inspector));
        QVERIFY(inspector.width() >= std::min(size.width() / 2, Theme::of().scaled(InspectorPlace::kLeast)));
        QCOMPARE(fixture.canvas().width(), room);  // it takes nothing from the canvas
        // As far as the card has room beside it.
        QVERIFY(fixture.placeOf(second).left() >= fixture.place(fixture.canvas()).left());
        QVERIFY(fixture.placeOf(second).left() < inspector.left());
        if (percent == 100) QVERIFY(fixture.placeOf(second).right() < inspector.left());
        QVERIFY(fixture.place(fixture.palette()).right() < inspector.left());
        leavePicture(*fixture.window, QStringLiteral("selected_%1_%2").arg(size.width()).arg(percent));
        document.selection().clear();
        QCOMPARE(fixture.inspector().isVisible(), !narrow);
    }

    void theInspectorOverTheCanvasIsClosed() {
        const SizedWindow fixture({1120, 700}, 100);
        const NodeId node = fixture.document().addNode({.type = "filter"}, {0, 0});
        QTRY_VERIFY(fixture.inspector().isVisible());
        auto* field = fixture.inspector().findChild<QLineEdit*>(QStringLiteral("nodeTitle"));
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!fixture.inspector().isVisible());
        QVERIFY(fixture.canvas().view().hasFocus());
        QTest::keyClick(&fixture.canvas().view(), Qt::Key_Return);
        QTRY_VERIFY(fixture.inspector().isVisible());
        fixture.inspector().findChild<QToolButton*>(QStringLiteral("closeInspector"))->click();
        QVERIFY(!fixture.inspector().isVisible());
        fixture.document().selection().clear();
        fixture.document().selection().set({node});
        QTRY_VERIFY(fixture.inspector().isVisible());
        fixture.action(QStringLiteral("Side panels"))->trigger();
        QVERIFY(!fixture.inspector().isVisible() && !fixture.palette().isVisible());
        fixture.action(QStringLiteral("Side panels"))->trigger();
        QVERIFY(fixture.inspector().isVisible() && fixture.palette().isVisible());
    }

    void thePanelsKeepTheirTools() {
        const SizedWindow fixture({1120, 700}, 100);
        auto* panels = fixture.window->findChild<BottomPanel*>();
        fixture.document().addNode({.type = "filter"}, {0, 0});
        QTRY_VERIFY(fixture.inspector().isVisible());
        for (const bool collapsed : {true, false}) {
            panels->setCollapsed(collapsed);
            QTRY_VERIFY(!fixture.place(fixture.inspector()).intersects(fixture.place(*panels)));
            QVERIFY(fixture.inspector().isVisible() && panels->isVisible());
            QVERIFY(fixture.inspector().height() >= fixture.inspector().minimumSizeHint().height());
        }
    }

    /// Those for which there is no room are in a menu: none is cut, and nothing scrolls.
    void tabsOfPanelsAreWhole_data() {
        QTest::addColumn<QSize>("size");
        for (const int width : {1120, 1240, 1366, 1500, 1590})
            QTest::addRow("%d", width) << QSize(width, 740);
    }
    void tabsOfPanelsAreWhole() {
        QFETCH(QSize, size);
        const SizedWindow fixture(size, 100);
        fixture.settle();
        const auto* tabs = fixture.window->findChild<BottomPanel*>()->findChild<QTabBar*>();
        QTRY_VERIFY(tabs->width() >= tabs->sizeHint().width());
        for (const QToolButton* scroll : tabs->findChildren<QToolButton*>(Qt::FindDirectChildrenOnly))
            QVERIFY(!scroll->isVisible());
    }

    void itIsDockedAgainInAWiderWindow() {
        const SizedWindow fixture({1120, 700}, 100);
        fixture.document().addNode({.type = "filter"}, {0, 0});
        QTRY_VERIFY(fixture.inspector().isVisible());
        const auto* dock = fixture.window->findChild<QDockWidget*>(QStringLiteral("inspectorDock"));
        QVERIFY(!dock->isVisible());
        fixture.window->resize(1400, 800);
        QTRY_VERIFY(dock->isVisible());
        fixture.settle();
        QVERIFY(dock->isAncestorOf(&fixture.inspector()) && fixture.inspector().isVisible());
        QCOMPARE(dock->width(), InspectorPlace::kWidth);
        const auto* close = fixture.inspector().findChild<QToolButton*>(QStringLiteral("closeInspector"));
        QVERIFY(!close->isVisible());
        fixture.document().selection().clear();
        QVERIFY(fixture.inspector().isVisible());
        fixture.window->resize(1120, 700);
        QTRY_VERIFY(!dock->isVisible());
        QVERIFY(!fixture.inspector().isVisible());
    }

    /// Fitted into the window the cards of a large one would be without names.
    void whatIsOpenedCanBeRead_data() { sizes(); }
    void whatIsOpenedCanBeRead() {
        QFETCH(QSize, size);
        QFETCH(int, percent);
        const SizedWindow fixture(size, percent);
        // As it is at first on a screen that low.
        if (percent == 200) fixture.window->findChild<BottomPanel*>()->setCollapsed(true);
        for (const Example& example : examples()) {
            fixture.window->findChild<FileActions*>()->openExample(example.file, false);
            fixture.settle();
            const CanvasView& view = fixture.canvas().view();
            std::size_t whole = 0;
            for (const auto& [id, item] : view.canvas().nodes()) {
                if (view.visibleSceneRect().contains(item->cardRect())) ++whole;
            }
            QVERIFY2(whole > 0, qPrintable(example.title));
            const double least = whole == view.canvas().nodes().size() ? 0.5 : 0.6;
            QVERIFY2(view.zoom() >= least, qPrintable(example.title + QString::number(view.zoom())));
            leavePicture(*fixture.window, QStringLiteral("%1_%2_%3")
                                              .arg(QFileInfo(example.file).baseName())
                                              .arg(size.width())
                                              .arg(percent));
        }
    }
};

QTEST_MAIN(TestNarrowWindows)
#include "test_narrow_windows.moc"
