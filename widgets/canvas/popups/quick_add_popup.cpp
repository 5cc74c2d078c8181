#include "widgets/canvas/popups/quick_add_popup.h"

#include <QKeyEvent>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/canvas/popups/place_popup.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

QuickAddPopup::QuickAddPopup(CanvasView& view, QWidget* parent)
    : QFrame(parent),
      m_view(view),
      m_field(new SearchField(tr("Add a node"), {}, this)),
      m_list(new QListView(this)),
      m_model(new TemplateModel(this)) {
    setProperty("surface", "popover");
    setObjectName(QStringLiteral("quick_add"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new TemplateDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Nodes found"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &QuickAddPopup::filter);
    connect(m_field, &SearchField::left, this, &QuickAddPopup::leave);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) {
        m_list->setCurrentIndex(index);
        accept();
    });
    hide();
}

void QuickAddPopup::openAt(QPointF scene, const QuickAddContext& context) {
    m_at = scene;
    m_context = context;
    m_entries = templateEntries(m_view.canvas().document().catalogue());
    std::erase_if(m_entries, [this](const TemplateEntry& entry) { return !fits(entry); });
    m_field->setWords(tr("Add a node"));
    m_field->clear();
    filter({});
    setFixedWidth(Theme::of().scaled(248));
    placePopup(*this, m_view.mapTo(parentWidget(), m_view.mapFromScene(scene)), 4);
    show();
    m_field->setFocus(Qt::PopupFocusReason);
}

bool QuickAddPopup::fits(const TemplateEntry& entry) const {
    const PipelineDocument& document = m_view.canvas().document();
    if (m_context.wire) {
        const NodeKind* kind = document.catalogue().find(entry.node.type);
        return kind != nullptr && !kind->outputs.empty() &&
               document.couldFollow(entry.node, m_context.wire->from);
    }
    if (!m_context.port) return true;
    return m_context.portIsInput ? document.couldPrecede(entry.node, *m_context.port)
                                 : document.couldFollow(entry.node, *m_context.port);
}

void QuickAddPopup::filter(const QString& typed) {
    std::vector<std::pair<int, const TemplateEntry*>> found;
    for (const TemplateEntry& entry : m_entries) {
        if (const int score = matchScore(typed, entry); score > 0) found.emplace_back(score, &entry);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<TemplateEntry> shown;
    for (const auto& [score, entry] : found) shown.push_back(*entry);
    const int rows = std::clamp(static_cast<int>(shown.size()), 1, 7);
    m_model->setEntries(std::move(shown));
    m_list->setFixedHeight(rows * Theme::of().scaled(metrics::kItemRowHeight) + 2);
    m_list->setCurrentIndex(m_model->index(0));
    adjustSize();
}

bool QuickAddPopup::eventFilter(QObject*, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_list->currentIndex().row();
    switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const int count = m_model->rowCount();
            if (count > 0)
                m_list->setCurrentIndex(
                    m_model->index((row + (key->key() == Qt::Key_Down ? 1 : count - 1)) % count));
            return true;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
            accept();
            return true;
        case Qt::Key_Escape:
            leave();
            return true;
        default:
            return false;
    }
}

void QuickAddPopup::accept() {
    const TemplateEntry* entry = m_model->entry(m_list->currentIndex());
    if (entry == nullptr) return;
    const NodeTemplate node = entry->node;
    PipelineDocument& document = m_view.canvas().document();
    const Point at{snapped(m_at.x()), snapped(m_at.y() - (m_context.port ? 82 : 0))};
    if (m_context.wire) {
        document.insertNode(node, {snapped(m_at.x() - cardWidth(entry->group) / 2), snapped(m_at.y() + 32)},
                            *m_context.wire);
    } else if (m_context.port && m_context.portIsInput) {
        document.addNodeBefore(node, at, *m_context.port);
    } else if (m_context.port) {
        document.addNodeBehind(node, at, *m_context.port);
    } else {
        document.addNode(node, at);
    }
    leave();
}

void QuickAddPopup::leave() {
    hide();
    m_view.setFocus(Qt::PopupFocusReason);
    const auto& selected = m_view.canvas().document().selection().nodes();
    if (!selected.empty()) m_view.canvas().setFocusTarget({.node = selected.back()});
}

}  // namespace rw::ui
