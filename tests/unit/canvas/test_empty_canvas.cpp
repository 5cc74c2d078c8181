// A canvas on which nothing is says how to begin, and takes the mouse all the same.
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;

class TestEmptyCanvas : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void itSaysHowToBegin() {
        CanvasFixture f;
        f.show();
        const auto* hint = f.canvas.findChild<QWidget*>(QStringLiteral("emptyCanvas"));
        QVERIFY(hint && hint->isVisible());
        QCOMPARE(hint->geometry(), f.canvas.rect());
        leavePicture(f.canvas, QStringLiteral("empty_canvas"));
        const NodeId node = f.add("filter", "Large", {0, 0});
        QVERIFY(!hint->isVisible());
        f.document.remove({node});
        QVERIFY(hint->isVisible());
        f.canvas.resize(700, 400);
        QTRY_COMPARE(hint->geometry(), f.canvas.rect());
        f.document.addNote({});
        QVERIFY(!hint->isVisible());
    }

    void aDoubleClickThroughItAddsANode() {
        CanvasFixture f;
        f.show();
        const QWidget* under = f.canvas.childAt(f.canvas.rect().center());
        QCOMPARE(under, static_cast<const QWidget*>(f.viewport()));
    }
};

QTEST_MAIN(TestEmptyCanvas)
#include "test_empty_canvas.moc"
