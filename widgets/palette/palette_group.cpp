#include "widgets/palette/palette_group.h"

#include <QDrag>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "widgets/theme/heads.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

EntryList::EntryList(QWidget* parent) : QListView(parent) {
    setFrameShape(NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setProperty("surface", "panel");
    setItemDelegate(new TemplateDelegate(this));
    connect(this, &QListView::doubleClicked, this, &EntryList::chosen);
}

void EntryList::fitHeight() {
    setFixedHeight(model()->rowCount() * Theme::of().scaled(metrics::kItemRowHeight));
}

void EntryList::startDrag(Qt::DropActions) {
    const auto* templates = qobject_cast<TemplateModel*>(model());
    const TemplateEntry* entry = templates->entry(currentIndex());
    if (entry == nullptr) return;
    auto* drag = new QDrag(this);
    drag->setMimeData(toMimeData(entry->node).release());
    drag->setPixmap(dragPixmap(*entry, devicePixelRatioF()));
    drag->setHotSpot({20, 16});
    drag->exec(Qt::CopyAction);
}

void EntryList::keyPressEvent(QKeyEvent* event) {
    const int row = currentIndex().row();
    if (event->key() == Qt::Key_Up && row <= 0) {
        Q_EMIT navigatedUp();
    } else if (event->key() == Qt::Key_Down && row + 1 >= model()->rowCount()) {
        Q_EMIT navigatedDown();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT chosen(currentIndex());
    } else {
        QListView::keyPressEvent(event);
    }
}

void EntryList::wheelEvent(QWheelEvent* event) {
    event->ignore();
}  // the palette scrolls, not the list

void EntryList::focusOutEvent(QFocusEvent* event) {
    QListView::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) setCurrentIndex({});
}

PaletteGroup::PaletteGroup(NodeGroup group, QWidget* parent)
    : QWidget(parent),
      m_group(group),
      m_head(new SectionHead(this)),
      m_list(new EntryList(this)),
      m_model(new TemplateModel(this)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);  // few found entries stay together at the top
    m_head->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    m_list->setModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_list);
    connect(m_head, &SectionHead::toggled, this, &PaletteGroup::refreshHead);
    connect(m_list, &EntryList::chosen, this, [this](const QModelIndex& index) {
        if (const TemplateEntry* entry = m_model->entry(index)) Q_EMIT chosen(entry->node);
    });
    connect(m_list, &EntryList::navigatedUp, this, &PaletteGroup::navigatedUp);
    connect(m_list, &EntryList::navigatedDown, this, &PaletteGroup::navigatedDown);
    connect(&Theme::of(), &Theme::changed, m_list, &EntryList::fitHeight);
}

void PaletteGroup::setEntries(const QString& name, std::vector<TemplateEntry> entries) {
    m_entries = std::move(entries);
    m_head->setText(name);
    m_list->setAccessibleName(name);
    m_head->setCount(static_cast<int>(m_entries.size()));
}

bool PaletteGroup::filter(const QString& typed) {
    std::vector<TemplateEntry> found = matching(m_entries, typed);
    const bool any = !found.empty();
    m_bestScore = any ? matchScore(typed, found.front()) : 0;
    m_searching = !typed.trimmed().isEmpty();
    m_model->setEntries(std::move(found));
    m_list->fitHeight();
    refreshHead();
    setVisible(any);
    return any;
}

const TemplateEntry* PaletteGroup::bestEntry() const {
    return m_model->entry(m_model->index(0));
}

bool PaletteGroup::acceptsKeyboardFocus() const {
    return !isHidden() && m_list->isVisible() && m_model->rowCount() > 0;
}

void PaletteGroup::enterFrom(bool above) {
    m_list->setFocus(Qt::TabFocusReason);
    m_list->setCurrentIndex(m_model->index(above ? 0 : m_model->rowCount() - 1));
}

// A folded group opens while a search finds something in it.
void PaletteGroup::refreshHead() {
    m_head->setHeldOpen(m_searching);
    m_list->setVisible(m_head->isOpen());
}

}  // namespace rw::ui
