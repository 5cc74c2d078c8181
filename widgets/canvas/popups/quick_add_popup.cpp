#include "widgets/canvas/popups/quick_add_popup.h"

#include <QListView>

#include "widgets/canvas/popups/place_popup.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kMostRows = 7;
}  // namespace

QuickAddPopup::QuickAddPopup(CanvasView& view, QWidget* parent)
    : PickPopup(new TemplateModel, new TemplateDelegate, parent),
      m_view(view),
      m_model(static_cast<TemplateModel*>(list().model())) {
    setObjectName(QStringLiteral("quick_add"));
}

void QuickAddPopup::openAt(QPointF scene, const QuickAddContext& context) {
    m_at = scene;
    m_context = context;
    m_entries = templateEntries(m_view.canvas().document().catalogue());
    std::erase_if(m_entries, [this](const TemplateEntry& entry) { return !fits(entry); });
    field().setPlaceholder(tr("Add a node"));
    list().setAccessibleName(tr("Nodes found"));
    field().clear();
    filter({});
    setFixedWidth(Theme::of().scaled(248));
    const QPoint at = m_view.mapTo(parentWidget(), m_view.mapFromScene(scene));
    placePopup(*this, at, 4);
    m_isAbove = geometry().bottom() < at.y();
    show();
    field().setFocus(Qt::PopupFocusReason);
}

bool QuickAddPopup::fits(const TemplateEntry& entry) const {
    const PipelineDocument& document = m_view.canvas().document();
    if (m_context.wire) {
        const NodeKind* kind = document.catalogue().of(entry.node.type, entry.node.params);
        return kind != nullptr && !kind->outputs.empty() &&
               document.couldFollow(entry.node, m_context.wire->from);
    }
    if (!m_context.port) return true;
    return m_context.portIsInput ? document.couldPrecede(entry.node, *m_context.port)
                                 : document.couldFollow(entry.node, *m_context.port);
}

void QuickAddPopup::filter(const QString& typed) {
    const int bottom = geometry().bottom();
    m_model->setEntries(matching(m_entries, typed));
    fitList(kMostRows, tr("No fitting node is called “%1”.").arg(typed.trimmed()));
    if (isVisible() && m_isAbove) move(x(), bottom - height() + 1);
}

void QuickAddPopup::accept() {
    const TemplateEntry* entry = m_model->entry(list().currentIndex());
    if (entry == nullptr) return;
    const NodeTemplate node = entry->node;
    PipelineDocument& document = m_view.canvas().document();
    QPointF corner = m_at - QPointF(0, m_context.port ? 82 : 0);
    if (m_context.wire) corner = m_at + QPointF(-cardWidth(entry->group) / 2, 32);
    corner = {snapped(corner.x()), snapped(corner.y())};
    NodeId added;
    if (m_context.wire) {
        added = m_view.insertOnWire(node, *m_context.wire, corner);
    } else if (m_context.port) {
        const Point at =
            m_view.placeBeside(corner, entry->group, m_context.port->node, m_context.portIsInput);
        added = m_context.portIsInput ? document.addNodeBefore(node, at, *m_context.port)
                                      : document.addNodeBehind(node, at, *m_context.port);
    } else {
        added = document.addNode(node, m_view.placeAt(corner, entry->group));
    }
    leave();
    m_view.revealNew(added);
}

void QuickAddPopup::leave() {
    hide();
    m_view.setFocus(Qt::PopupFocusReason);
    const auto& selected = m_view.canvas().document().selection().nodes();
    if (!selected.empty()) m_view.canvas().setFocusTarget({.item = selected.back()});
}

}  // namespace rw::ui
