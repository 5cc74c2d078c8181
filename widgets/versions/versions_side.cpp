#include "widgets/versions/versions_side.h"

#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/versions/lines_delegate.h"

namespace rw::ui {

namespace {

constexpr int kVersionsWidth = 216;

QLabel* wordsOf(const char* role) {
    auto* label = new QLabel;
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

}  // namespace

VersionsSide::VersionsSide(QWidget* parent)
    : QWidget(parent),
      m_model(new VersionsModel(this)),
      m_title(wordsOf("strong")),
      m_hint(wordsOf("caption")),
      m_trouble(wordsOf("warn")),
      m_list(new QListView),
      m_file(new QPushButton),
      m_merge(new QPushButton) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "right");
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    head->setSpacing(metrics::kStep);
    head->addWidget(m_title);
    head->addWidget(m_hint);
    head->addWidget(m_trouble);
    m_trouble->hide();
    m_list->setObjectName(QStringLiteral("versions_list"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new LinesDelegate(m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_file->setObjectName(QStringLiteral("other_file"));
    m_file->setIcon(Theme::of(this).icon(u"folder-open"));
    m_merge->setObjectName(QStringLiteral("merge_version"));
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding,
                             metrics::kListPadding);
    foot->setSpacing(metrics::kGrid);
    foot->addWidget(m_file);
    foot->addWidget(m_merge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, 1);
    column->addLayout(foot);
    setFocusProxy(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &VersionsSide::follow);
    connect(m_file, &QPushButton::clicked, this, &VersionsSide::fileRequested);
    connect(m_merge, &QPushButton::clicked, this, &VersionsSide::mergeRequested);
    connect(&Theme::of(this), &Theme::changed, this, &VersionsSide::fit);
    retranslate();
    fit();
}

void VersionsSide::fit() {
    // Wider text needs more room, but not the whole of a small window.
    const int share = parentWidget() == nullptr ? 0 : parentWidget()->width() / 6;
    setFixedWidth(std::min(Theme::of(this).scaled(kVersionsWidth), std::max(kVersionsWidth, share)));
    m_list->doItemsLayout();
}

void VersionsSide::retranslate() {
    m_title->setText(tr("Versions"));
    m_hint->setText(
        tr("One is compared with the working copy, two with each other (Ctrl+click). A is the older."));
    m_list->setAccessibleName(tr("Versions"));
    m_file->setText(tr("Other file…"));
    m_merge->setText(tr("Merge…"));
    m_merge->setToolTip(tr("Merges another version or file into the working copy"));
    m_model->refresh();
}

void VersionsSide::setTrouble(const QString& words) {
    m_trouble->setText(words);
    m_trouble->setVisible(!words.isEmpty());
}

void VersionsSide::setEntries(std::vector<VersionEntry> entries) {
    const int scrolled = m_list->verticalScrollBar()->value();
    {
        const QSignalBlocker silent(m_list->selectionModel());
        m_model->set(std::move(entries));
    }
    mark();
    m_list->verticalScrollBar()->setValue(scrolled);
}

void VersionsSide::choose(const QString& a, const QString& b) {
    m_a = a;
    m_b = b;
    mark();
}

void VersionsSide::mark() {
    m_model->setSides(m_a, m_b);
    QItemSelection both;
    for (const QString& key : {m_a, m_b}) {
        const QModelIndex row = m_model->index(m_model->rowOf(key), 0);
        if (row.isValid()) both.select(row, row);
    }
    const QSignalBlocker silent(m_list->selectionModel());
    m_list->selectionModel()->select(both, QItemSelectionModel::ClearAndSelect);
    m_list->viewport()->update();
}

/// The higher of two in the list is the newer.
void VersionsSide::follow() {
    std::vector<int> rows;
    for (const QModelIndex& index : m_list->selectionModel()->selectedIndexes()) rows.push_back(index.row());
    if (rows.empty()) return mark();
    std::sort(rows.begin(), rows.end());
    if (rows.size() > 2) rows.erase(rows.begin());  // the working copy, with which one was compared before
    const auto key = [this](int row) { return m_model->entries()[static_cast<std::size_t>(row)].key; };
    const QString working = m_model->entries().front().key;
    QString b = key(rows.front()), a = key(rows.back());
    if (rows.size() == 1) b = working;
    if (a == b) {  // the working copy alone: with its file, or whatever comes next
        const auto next = std::find_if(m_model->entries().begin() + 1, m_model->entries().end(),
                                       [](const VersionEntry& entry) { return entry.failure.ok(); });
        if (next == m_model->entries().end()) return mark();
        a = next->key;
    }
    const bool other = a != m_a || b != m_b;
    m_a = a;
    m_b = b;
    mark();
    if (other) Q_EMIT chosen();
}

void VersionsSide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
