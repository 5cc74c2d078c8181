// A canvas on a real screen over a document of the program's own node types.
#pragma once
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

struct CanvasFixture {
    explicit CanvasFixture(Catalogue kinds = builtin());
    /// Shows the canvas in a window of that size and waits until it is active.
    void show(QSize size = {1032, 632});
    /// A node of that type at that place, with its id; parameters as JSON text.
    NodeId add(const std::string& type, const char* title, Point at, const char* params = "{}");
    void wire(const PortRef& from, const PortRef& to) { document.connectPorts(from, to); }
    void waitForChecks();
    /// Middle of something, in pixels of the viewport.
    QPoint portOf(const NodeId& node, const std::string& port, bool input) const;
    QPoint titleOf(const NodeId& node) const;
    QPoint middleOf(const Wire& wire) const;
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers keys = Qt::NoModifier,
              Qt::MouseButton button = Qt::LeftButton);
    /// A move while the button is held.
    void dragOnTo(QPoint at, Qt::KeyboardModifiers keys = Qt::NoModifier,
                  Qt::MouseButton button = Qt::LeftButton);
    /// From the palette, into the viewport.
    void drop(const NodeTemplate& node, QPoint at);
    QWidget* viewport() const { return canvas.view().viewport(); }
    void key(Qt::Key key, Qt::KeyboardModifiers keys = Qt::NoModifier) {
        QTest::keyClick(&canvas.view(), key, keys);
    }

    Catalogue catalogue;
    PipelineDocument document{catalogue};
    RunSession session{document};
    CanvasWidget canvas{document, session};
};

/// Leaves a picture in the folder that RILLWRIGHT_SCREENSHOTS names, if it does.
void leavePicture(QWidget& widget, const QString& name);

}  // namespace rw::ui
