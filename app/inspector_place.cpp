#include "app/inspector_place.h"

#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QMainWindow>
#include <QPointer>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/canvas/canvas_widget.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/inspector.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

InspectorPlace::InspectorPlace(const Parts& parts, PipelineDocument& document)
    : QFrame(parts.window), m_parts(parts), m_document(document) {
    setObjectName(QStringLiteral("inspectorOver"));
    setProperty("surface", "panel");
    setProperty("edge", "left");
    setAttribute(Qt::WA_StyledBackground);
    hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &InspectorPlace::openNow);
    connect(&document.selection(), &Selection::changed, this, &InspectorPlace::onSelection);
    connect(&document.selection(), &Selection::revealed, this, &InspectorPlace::onSelection);
    connect(parts.canvas, &CanvasWidget::nodeActivated, this, &InspectorPlace::openNow);
    connect(parts.inspector, &Inspector::closeRequested, this, &InspectorPlace::shut);
    connect(parts.inspector, &Inspector::openRequested, this, &InspectorPlace::openForPipeline);
    connect(&Theme::of(this), &Theme::changed, this, &InspectorPlace::fit);
    parts.window->installEventFilter(this);
    parts.pages->installEventFilter(this);
    parts.centre->installEventFilter(this);
    dock();
}

void InspectorPlace::setShown(bool shown) {
    m_shown = shown;
    m_parts.dock->setVisible(shown && !m_over);
    place();
}

bool InspectorPlace::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_parts.window) fit();
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move ||
        event->type() == QEvent::LayoutRequest)
        place();
    return QFrame::eventFilter(watched, event);
}

void InspectorPlace::fit() {
    const Theme& theme = Theme::of(this);
    const bool over = m_parts.window->width() < theme.scaled(kWideFrom);
    if (over == m_over) {
        if (!over) dock();
        return place();
    }
    QWidget* const focus = QApplication::focusWidget();
    const QPointer<QWidget> field = m_parts.inspector->isAncestorOf(focus) ? focus : nullptr;
    m_over = over;
    over ? lieOver() : dock();
    setShown(m_shown);
    if (field) (field->isVisible() ? field.data() : &m_parts.canvas->view())->setFocus(Qt::OtherFocusReason);
    Q_EMIT moved();
}

void InspectorPlace::dock() {
    const Theme& theme = Theme::of(this);
    m_parts.inspector->setClosable(false);
    m_parts.inspector->setMinimumWidth(theme.scaled(kLeast));
    m_parts.inspector->setMaximumWidth(theme.scaled(kMost));
    if (m_parts.dock->widget() != m_parts.inspector) m_parts.dock->setWidget(m_parts.inspector);
}

void InspectorPlace::lieOver() {
    m_parts.inspector->setClosable(true);
    m_parts.inspector->setMinimumWidth(0);
    m_parts.inspector->setMaximumWidth(QWIDGETSIZE_MAX);
    layout()->addWidget(m_parts.inspector);
    m_parts.inspector->show();
    m_open = m_document.selection().single() != nullptr;
}

// By mouse it waits until nothing is dragged, and a second click would have come: that is meant for the
// canvas. By keyboard the canvas has the node in sight first.
void InspectorPlace::onSelection() {
    const bool byMouse = QApplication::mouseButtons() != Qt::NoButton;
    if (m_document.selection().single() == nullptr) {
        m_soon.stop();
        m_open = false;
        return place();
    }
    m_soon.start(byMouse ? QApplication::doubleClickInterval() : 0);
}

void InspectorPlace::openNow() {
    if (QApplication::mouseButtons() != Qt::NoButton)
        return m_soon.start(QApplication::doubleClickInterval());
    m_open = m_document.selection().single() != nullptr;
    place();
    if (isVisible()) uncover();
}

// Its settings are asked for: no node is selected.
void InspectorPlace::openForPipeline() {
    m_soon.stop();
    m_open = true;
    if (!m_over) m_parts.dock->show();
    place();
}

void InspectorPlace::shut() {
    m_open = false;
    place();
}

void InspectorPlace::place() {
    const bool shown = m_over && m_shown && m_open;
    if (shown) {
        const QRect centre(m_parts.centre->mapTo(m_parts.window, QPoint()), m_parts.centre->size());
        QRect room = centre;
        room.setTop(m_parts.pages->mapTo(m_parts.window, QPoint()).y());
        // The panels under the pages keep their tools, unless the pages are too low for any form.
        const int height = std::max(m_parts.pages->height(), minimumSizeHint().height());
        room.setHeight(std::min(height, centre.bottom() + 1 - room.top()));
        const int width = std::min(Theme::of(this).scaled(kWidth), room.width() * 3 / 4);
        setGeometry(room.adjusted(room.width() - width, 0, 0, 0));
        raise();
    }
    const bool focused = !shown && isAncestorOf(QApplication::focusWidget());
    setVisible(shown);
    // Qt would give the keyboard to the next widget, and a space pauses the run.
    if (focused) m_parts.canvas->view().setFocus(Qt::OtherFocusReason);
}

// The card that it is about must not be under it.
void InspectorPlace::uncover() {
    CanvasView& view = m_parts.canvas->view();
    if (!view.isVisible()) return;
    const QRect card = view.mapFromScene(view.canvas().rectOf(m_document.selection().nodes())).boundingRect();
    const int free = view.viewport()->mapFrom(m_parts.window, pos()).x() - metrics::kPanelPadding;
    const int over = card.right() - free;
    if (over > 0 && free > 0)
        view.panBy({-std::min(over, std::max(0, card.left() - metrics::kPanelPadding)), 0});
}

void InspectorPlace::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) return QFrame::keyPressEvent(event);
    shut();
}

}  // namespace rw::ui
