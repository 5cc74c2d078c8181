#include "tests/unit/canvas/fixture.h"

namespace rw::ui {

CanvasFixture::CanvasFixture(Catalogue kinds) : catalogue(std::move(kinds)) {
    canvas.setWindowTitle(QStringLiteral("canvas"));
}

void CanvasFixture::show(QSize size) {
    canvas.resize(size);
    canvas.show();
    canvas.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&canvas, 30'000));
    canvas.view().setFocus();
    canvas.view().centerOn(size.width() / 2.0, size.height() / 2.0);
}

NodeId CanvasFixture::add(const std::string& type, const char* title, Point at, const char* params) {
    return document.addNode({type, Json::parse(params), QString::fromUtf8(title)}, at);
}

void CanvasFixture::waitForChecks() {
    QTRY_VERIFY(document.isValidated());
}

QPoint CanvasFixture::portOf(const NodeId& node, const std::string& port, bool input) const {
    const NodeItem* item = canvas.view().canvas().node(node);
    return canvas.view().mapFromScene(item->portAt(item->portIndex(port, input)));
}

QPoint CanvasFixture::titleOf(const NodeId& node) const {
    const NodeItem* item = canvas.view().canvas().node(node);
    return canvas.view().mapFromScene(item->mapToScene(item->layout().title.center()));
}

QPoint CanvasFixture::middleOf(const Wire& wire) const {
    return canvas.view().mapFromScene(canvas.view().canvas().wire(wire)->course().middle());
}

void CanvasFixture::drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys, Qt::MouseButton button) {
    QTest::mouseMove(viewport(), from);
    QTest::mousePress(viewport(), button, keys, from);
    for (int step = 1; step <= 4; ++step) dragOnTo(from + (to - from) * step / 4, keys, button);
    QTest::mouseRelease(viewport(), button, keys, to);
}

void CanvasFixture::dragOnTo(QPoint at, Qt::KeyboardModifiers keys, Qt::MouseButton button) {
    QMouseEvent move(QEvent::MouseMove, at, viewport()->mapToGlobal(at), Qt::NoButton, button, keys);
    QCoreApplication::sendEvent(viewport(), &move);
}

void CanvasFixture::drop(const NodeTemplate& node, QPoint at) {
    const std::unique_ptr<QMimeData> data = toMimeData(node);
    QDragEnterEvent enter(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDragMoveEvent move(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport(), &move);
    QDropEvent end(at, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(viewport(), &end);
}

void leavePicture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QTest::qWait(100);
    widget.screen()->grabWindow(widget.winId()).save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

}  // namespace rw::ui
