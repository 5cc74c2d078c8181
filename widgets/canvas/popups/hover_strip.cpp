#include "widgets/canvas/popups/hover_strip.h"

#include <QHBoxLayout>

#include "widgets/theme/icon_button.h"

namespace rw::ui {

HoverStrip::HoverStrip(CanvasView& view, QWidget* parent)
    : QFrame(parent),
      m_view(view),
      m_collapse(new IconButton(QStringLiteral("eye"), {}, this)),
      m_duplicate(new IconButton(QStringLiteral("copy"), {}, this)),
      m_disable(new IconButton(QStringLiteral("bypass"), {}, this)),
      m_remove(new IconButton(QStringLiteral("trash"), {}, this)) {
    setProperty("surface", "popover");
    setObjectName(QStringLiteral("hover_strip"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 1, 2, 1);
    layout->setSpacing(0);
    for (IconButton* button : {m_collapse, m_duplicate, m_disable, m_remove}) {
        button->setFocusPolicy(Qt::NoFocus);
        layout->addWidget(button);
    }
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(250);
    connect(&m_leaving, &QTimer::timeout, this, &QWidget::hide);
    PipelineDocument& document = view.canvas().document();
    connect(&view.canvas(), &CanvasScene::hoverChanged, this, &HoverStrip::follow);
    connect(&view, &CanvasView::viewChanged, this, &QWidget::hide);
    connect(&document, &PipelineDocument::changed, this, &QWidget::hide);
    const auto node = [&document, this] { return document.node(m_node); };
    connect(m_collapse, &QToolButton::clicked, this, [&document, node, this] {
        if (node() != nullptr) document.setCollapsed({m_node}, !node()->collapsed);
    });
    connect(m_duplicate, &QToolButton::clicked, this, [&document, this] { document.duplicate({m_node}); });
    connect(m_disable, &QToolButton::clicked, this, [&document, node, this] {
        if (node() != nullptr) document.setDisabled({m_node}, !node()->disabled);
    });
    connect(m_remove, &QToolButton::clicked, this, [&document, this] { document.remove({m_node}); });
    retranslate();
    hide();
}

void HoverStrip::follow() {
    const NodeId node = nodeOf(m_view.canvas().hover().item);
    if (node.empty() || m_view.isToolActive()) {
        if (isVisible() && !m_leaving.isActive()) m_leaving.start();
        return;
    }
    m_leaving.stop();
    if (m_node == node && isVisible()) return;
    m_node = node;
    place();
}

void HoverStrip::place() {
    const NodeItem* item = m_view.canvas().node(m_node);
    if (item == nullptr) return;
    adjustSize();
    constexpr int kGap = 4;
    const QRect card = m_view.mapFromScene(item->cardRect()).boundingRect();
    QRect above(QPoint(), size()), below = above;
    above.moveBottomRight({card.right(), card.top() - kGap});
    below.moveTopRight({card.right(), card.bottom() + kGap});
    above.moveTop(qMax(0, above.top()));
    const bool room = below.bottom() < m_view.viewport()->height() && !m_view.hasCardUnder(below);
    move(m_view.mapTo(parentWidget(), (m_view.hasCardUnder(above) && room ? below : above).topLeft()));
    show();
    raise();
}

void HoverStrip::enterEvent(QEnterEvent*) {
    m_leaving.stop();
}

void HoverStrip::leaveEvent(QEvent*) {
    m_leaving.start();
}

void HoverStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void HoverStrip::retranslate() {
    m_collapse->setLabel(tr("Collapse or expand the node"));
    m_duplicate->setLabel(tr("Duplicate the node"));
    m_disable->setLabel(tr("Disable or enable the node"));
    m_remove->setLabel(tr("Delete the node"));
}

}  // namespace rw::ui
