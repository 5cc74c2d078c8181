// The window by keyboard: F6 from region to region, Tab through all of them in the same order.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/running/main_tool_bar.h"
#include "app/status_line.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/editor/python_edit.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/inspector.h"
#include "widgets/palette/palette.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A window with a node that is selected, so that every region has something that takes the focus.
struct BusyWindow : WindowFixture {
    BusyWindow() {
        window->findChild<FileActions*>()->startEmpty();
        document().addNode({.type = "filter"}, {});
    }
    ~BusyWindow() { document().startEmpty(); }

    QTabBar* tabs() const {
        for (QTabBar* each : window->findChildren<QTabBar*>())
            if (each->accessibleName() == QLatin1String("Views")) return each;
        return nullptr;
    }
    /// The region that has the focus.
    QString region() const {
        const QWidget* focus = QApplication::focusWidget();
        const auto in = [focus](const QWidget* area) {
            return focus && (area == focus || area->isAncestorOf(focus));
        };
        if (in(window->findChild<MainToolBar*>())) return QStringLiteral("toolbar");
        if (in(window->findChild<Palette*>())) return QStringLiteral("palette");
        if (in(tabs()->parentWidget())) return QStringLiteral("tabs");
        if (in(&canvas())) return QStringLiteral("canvas");
        if (in(window->findChild<Inspector*>())) return QStringLiteral("inspector");
        if (in(window->findChild<BottomPanel*>())) return QStringLiteral("dock");
        if (in(window->findChild<StatusLine*>())) return QStringLiteral("status");
        return focus ? QLatin1String(focus->metaObject()->className()) : QStringLiteral("nothing");
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
};

const QStringList kOrder{QStringLiteral("toolbar"), QStringLiteral("palette"),   QStringLiteral("tabs"),
                         QStringLiteral("canvas"),  QStringLiteral("inspector"), QStringLiteral("dock"),
                         QStringLiteral("status")};

}  // namespace

class TestFocusRegions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void f6GoesRound();
    void shiftF6GoesBack();
    void aRegionIsComeBackToWhereItWasLeft();
    void hiddenRegionsArePassedOver();
    void tabGoesThroughTheRegionsInTheSameOrder();
    void tabGoesByTheFormAlsoWhereItGrew();
    void tabLeavesEveryForm();
};

void TestFocusRegions::f6GoesRound() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.canvas().view().setFocus();
    QStringList seen;
    for (qsizetype i = 0; i < kOrder.size(); ++i) {
        fixture.press(Qt::Key_F6);
        seen << fixture.region();
    }
    QCOMPARE(seen, (kOrder.mid(4) + kOrder.mid(0, 4)));
}

void TestFocusRegions::shiftF6GoesBack() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.canvas().view().setFocus();
    QStringList seen;
    for (qsizetype i = 0; i < kOrder.size(); ++i) {
        fixture.press(Qt::Key_F6, Qt::ShiftModifier);
        seen.prepend(fixture.region());
    }
    QCOMPARE(seen, (kOrder.mid(3) + kOrder.mid(0, 3)));
}

void TestFocusRegions::aRegionIsComeBackToWhereItWasLeft() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.canvas().view().setFocus();
    fixture.press(Qt::Key_F6);
    const QWidget* first = QApplication::focusWidget();
    fixture.press(Qt::Key_Tab);
    const QWidget* left = QApplication::focusWidget();
    QVERIFY(left != first);
    QCOMPARE(fixture.region(), QStringLiteral("inspector"));
    fixture.press(Qt::Key_F6);
    QCOMPARE(fixture.region(), QStringLiteral("dock"));
    fixture.press(Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget(), left);
}

void TestFocusRegions::hiddenRegionsArePassedOver() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.canvas().view().setFocus();
    fixture.action(QStringLiteral("Side panels"))->trigger();
    fixture.press(Qt::Key_F6);
    QCOMPARE(fixture.region(), QStringLiteral("dock"));
    fixture.press(Qt::Key_F6);
    fixture.press(Qt::Key_F6);
    fixture.press(Qt::Key_F6);
    QCOMPARE(fixture.region(), QStringLiteral("tabs"));
}

void TestFocusRegions::tabGoesThroughTheRegionsInTheSameOrder() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.window->findChild<MainToolBar*>()->searchButton()->setFocus();
    const QWidget* start = QApplication::focusWidget();
    QStringList seen{fixture.region()};
    constexpr int kMoreThanThereAre = 300;
    for (int i = 0; i < kMoreThanThereAre; ++i) {
        fixture.press(Qt::Key_Tab);
        if (QApplication::focusWidget() == start) break;
        if (seen.last() != fixture.region()) seen << fixture.region();
    }
    QCOMPARE(seen.join(u' '), (kOrder + kOrder.mid(0, 1)).join(u' '));
    QCOMPARE(QApplication::focusWidget(), start);
}

void TestFocusRegions::tabGoesByTheFormAlsoWhereItGrew() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    const NodeId source = fixture.document().addNode({.type = "csv_source"}, {});
    fixture.document().setParam(source, "columns", Json::array({"a INT"}));
    auto* field = fixture.window->findChild<QWidget*>(QStringLiteral("field_columns"));
    const auto edits = [field] { return field->findChildren<QPlainTextEdit*>(); };
    QTRY_COMPARE(edits().size(), 1);
    fixture.document().setParam(source, "columns", Json::array({"a INT", "b INT"}));
    QTRY_COMPARE(edits().size(), 2);
    QTRY_VERIFY(edits()[1]->isVisible());
    edits()[0]->setFocus();
    QCOMPARE(QApplication::focusWidget(), edits()[0]);
    fixture.press(Qt::Key_Tab);  // the button that removes the line
    fixture.press(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), edits()[1]);
    fixture.press(Qt::Key_Tab, Qt::ShiftModifier);
    fixture.press(Qt::Key_Tab, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget(), edits()[0]);
}

void TestFocusRegions::tabLeavesEveryForm() {
    BusyWindow fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    const Json twoRows = {{"columns", {"a INT", "b INT"}}, {"rows", {{1, 2}, {3, 4}}}};
    for (const NodeKind& kind : fixture.catalogue.kinds()) {
        fixture.document().addNode(
            {.type = kind.type, .params = kind.type == "rows" ? twoRows : Json::object()}, {});
        QTRY_VERIFY(fixture.document().isValidated());
        fixture.canvas().view().setFocus();
        constexpr int kMoreThanAFormHas = 60;
        int taps = 0;
        do {
            // In an editor of code, Tab indents: Escape comes before it.
            if (qobject_cast<PythonEdit*>(QApplication::focusWidget())) fixture.press(Qt::Key_Escape);
            fixture.press(Qt::Key_Tab);
        } while (++taps < kMoreThanAFormHas && fixture.region() != QLatin1String("dock"));
        QVERIFY2(taps < kMoreThanAFormHas, kind.type.c_str());
        QVERIFY2(taps > 1, kind.type.c_str());
    }
}

QTEST_MAIN(TestFocusRegions)
#include "test_regions.moc"
