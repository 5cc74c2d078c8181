#include "widgets/palette/palette.h"

#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/palette/palette_group.h"
#include "widgets/pane/search_items.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr NodeGroup kGroups[] = {NodeGroup::Source, NodeGroup::Transform, NodeGroup::Window, NodeGroup::Sink};

QString groupName(NodeGroup group) {
    switch (group) {
        case NodeGroup::Source:
            return Palette::tr("Sources");
        case NodeGroup::Transform:
            return Palette::tr("Transform");
        case NodeGroup::Window:
            return Palette::tr("Windows");
        case NodeGroup::Sink:
            return Palette::tr("Sinks and charts");
    }
    return {};
}

}  // namespace

Palette::Palette(const Catalogue& catalogue, QWidget* parent)
    : QWidget(parent),
      m_catalogue(catalogue),
      m_search(new SearchField(tr("Search nodes"), QStringLiteral("/"), this)) {
    setObjectName(QStringLiteral("palette"));
    setProperty("surface", "panel");
    setAttribute(Qt::WA_StyledBackground);
    connect(&Theme::of(this), &Theme::changed, this, &Palette::fitNames);
    auto* list = new QWidget;
    auto* groups = new QVBoxLayout(list);
    groups->setContentsMargins(0, 0, 0, metrics::kGrid);
    groups->setSpacing(0);
    for (const NodeGroup group : kGroups) {
        auto* section = new PaletteGroup(group, list);
        connect(section, &PaletteGroup::chosen, this, &Palette::addRequested);
        connect(section, &PaletteGroup::navigatedUp, this, [this, section] {
            const auto at = std::find(m_groups.begin(), m_groups.end(), section);
            const auto above =
                std::find_if(std::make_reverse_iterator(at), m_groups.rend(),
                             [](PaletteGroup* other) { return other->acceptsKeyboardFocus(); });
            above != m_groups.rend() ? (*above)->enterFrom(false)
                                     : m_search->setFocus(Qt::BacktabFocusReason);
        });
        connect(section, &PaletteGroup::navigatedDown, this, [this, section] {
            const auto at = std::find(m_groups.begin(), m_groups.end(), section);
            const auto below = std::find_if(
                at + 1, m_groups.end(), [](PaletteGroup* other) { return other->acceptsKeyboardFocus(); });
            if (below != m_groups.end()) (*below)->enterFrom(true);
        });
        groups->addWidget(section);
        m_groups.push_back(section);
    }
    auto* nothing = new QLabel(list);
    nothing->setProperty("role", "dim");
    nothing->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, 0);
    nothing->setWordWrap(true);
    m_nothing = nothing;
    groups->addWidget(nothing);
    groups->addStretch();
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(list);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    head->addWidget(m_search);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(scroll, 1);
    m_scroll = scroll;
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &Palette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &Palette::addFirstFound);
    connect(m_search, &SearchField::left, this, &Palette::left);
    fill();
}

QSize Palette::sizeHint() const {
    return {Theme::of().scaled(kWidth), 600};
}

void Palette::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void Palette::addSearchItems(SearchItems& items) {
    items.add([this](std::vector<SearchItem>& found) {
        for (const TemplateEntry& entry : templateEntries(m_catalogue)) {
            found.push_back(
                {SearchItem::Kind::Add, entry.name, entry.hint, entry.icon, {}, [this, node = entry.node] {
                     Q_EMIT addRequested(node);
                 }});
        }
    });
}

void Palette::fill() {
    m_search->setPlaceholder(tr("Search nodes"));
    m_nothing->setText(tr("No node of that name."));
    const std::vector<TemplateEntry> entries = templateEntries(m_catalogue);
    for (PaletteGroup* section : m_groups) {
        std::vector<TemplateEntry> own;
        std::copy_if(entries.begin(), entries.end(), std::back_inserter(own),
                     [&](const TemplateEntry& entry) { return entry.group == section->group(); });
        section->setEntries(groupName(section->group()), std::move(own));
    }
    filter(m_search->text());
    fitNames();
}

// As narrow as it may be pulled, its names are whole.
void Palette::fitNames() {
    int least = kMinWidth;
    for (const TemplateEntry& entry : templateEntries(m_catalogue)) {
        least = std::max(least, TemplateDelegate::widthFor(entry.name) +
                                    m_scroll->verticalScrollBar()->sizeHint().width());
    }
    setMinimumWidth(least);
    setMaximumWidth(std::max(least, Theme::of(this).scaled(kMaxWidth)));
}

void Palette::filter(const QString& typed) {
    bool any = false;
    for (PaletteGroup* section : m_groups) any = section->filter(typed) || any;
    m_nothing->setVisible(!any);
}

void Palette::addFirstFound() {
    if (m_search->text().trimmed().isEmpty()) return;
    const PaletteGroup* best = nullptr;
    for (const PaletteGroup* section : m_groups) {
        if (section->bestScore() > (best != nullptr ? best->bestScore() : 0)) best = section;
    }
    if (best != nullptr) Q_EMIT addRequested(best->bestEntry()->node);
}

bool Palette::eventFilter(QObject*, QEvent* event) {
    if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Down)
        return false;
    const auto first = std::find_if(m_groups.begin(), m_groups.end(),
                                    [](PaletteGroup* group) { return group->acceptsKeyboardFocus(); });
    if (first != m_groups.end()) (*first)->enterFrom(true);
    return true;
}

void Palette::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) fill();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
