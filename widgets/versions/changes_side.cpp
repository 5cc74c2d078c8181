#include "widgets/versions/changes_side.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/versions/lines_delegate.h"

namespace rw::ui {

namespace {

constexpr int kChangesWidth = 304, kListShare = 3, kFatesShare = 1, kWidestNode = 130;

int fateOrder(const NodeForecast& node) {
    if (node.fate == StateFate::Cannot) return 0;
    return node.fate == StateFate::StartsAnew ? 1 : node.fate == StateFate::CarriesOver ? 2 : 3;
}

QIcon fateIcon(StateFate fate) {
    const Theme& theme = Theme::of();
    if (fate == StateFate::Keeps) return theme.icon(u"check", ColorRole::Ok);
    if (fate == StateFate::CarriesOver) return theme.icon(u"copy", ColorRole::Warn);
    return fate == StateFate::StartsAnew ? theme.icon(u"warning", ColorRole::Warn)
                                         : theme.icon(u"error", ColorRole::Error);
}

QTableWidgetItem* fateCell(const QString& text, const QString& tip) {
    auto* item = new QTableWidgetItem(shownText(text));
    item->setToolTip(tipText(tip));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

ChangesSide::ChangesSide(QWidget* parent)
    : QWidget(parent),
      m_model(new ChangesModel(this)),
      m_title(new QLabel),
      m_sides(new ElidedLabel),
      m_list(new QListView),
      m_fatesHead(new QLabel),
      m_fatesWords(new QLabel),
      m_fates(new QTableWidget(0, 2)),
      m_takeBack(new QPushButton),
      m_takeAllBack(new QPushButton),
      m_foot(new QWidget) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "left");
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    head->setSpacing(0);
    m_title->setProperty("role", "title");
    m_sides->setProperty("role", "caption");
    m_sides->setElideMode(Qt::ElideRight);
    head->addWidget(m_title);
    head->addWidget(m_sides);
    auto* delegate = new LinesDelegate(m_list);
    m_list->setObjectName(QStringLiteral("changes_list"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(delegate);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_fatesHead->setProperty("role", "section");
    m_fatesHead->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding,
                                    metrics::kStep);
    m_fatesWords->setProperty("role", "dim");
    m_fatesWords->setWordWrap(true);
    m_fatesWords->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_fatesWords->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, metrics::kGrid);
    m_fates->setObjectName(QStringLiteral("fates"));
    m_fates->setHorizontalHeaderLabels({QString(), QString()});
    applyTableStyle(*m_fates);
    m_fates->setFrameShape(QFrame::NoFrame);
    m_takeBack->setObjectName(QStringLiteral("take_back_one"));
    m_takeAllBack->setObjectName(QStringLiteral("take_back_all"));
    m_foot->setAttribute(Qt::WA_StyledBackground);
    m_foot->setProperty("edge", "top");
    auto* foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    foot->addWidget(m_takeAllBack);
    foot->addStretch();
    foot->addWidget(m_takeBack);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_list, kListShare);
    column->addWidget(m_fatesHead);
    column->addWidget(m_fatesWords);
    column->addWidget(m_fates, kFatesShare);
    column->addWidget(m_foot);
    setFocusProxy(m_list);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_takeBack->setEnabled(current() >= 0);
        Q_EMIT currentChanged(current());
    });
    connect(delegate, &LinesDelegate::arrowClicked, this,
            [this](const QModelIndex& index) { Q_EMIT takeBackRequested(index.row()); });
    connect(m_takeBack, &QPushButton::clicked, this, [this] { Q_EMIT takeBackRequested(current()); });
    connect(m_takeAllBack, &QPushButton::clicked, this, &ChangesSide::takeAllBackRequested);
    connect(&Theme::of(this), &Theme::changed, this, &ChangesSide::fit);
    retranslate();
    fit();
}

void ChangesSide::fit() {
    // Wider text needs more room, but not the whole of a small window.
    const int share = parentWidget() == nullptr ? 0 : parentWidget()->width() / 4;
    setFixedWidth(std::min(Theme::of(this).scaled(kChangesWidth), std::max(kChangesWidth, share)));
    m_list->doItemsLayout();
}

void ChangesSide::retranslate() {
    m_list->setAccessibleName(tr("Changes"));
    m_fatesHead->setText(tr("If applied to a run of A"));
    m_fates->setHorizontalHeaderLabels({tr("Node"), tr("What becomes of its state")});
    m_fates->setAccessibleName(tr("What becomes of the state of each node"));
    m_takeBack->setText(tr("Take back"));
    m_takeBack->setToolTip(tr("Makes this one thing as it is in A, in one step of undo"));
    m_takeAllBack->setText(tr("Take all back"));
    m_takeAllBack->setToolTip(
        tr("Makes the pipeline run as A does, in one step of undo. Places and looks stay."));
}

void ChangesSide::setChanges(const std::vector<VersionChange>& changes, const QString& sides,
                             bool takesBack) {
    const int row = current();
    m_model->set(changes, takesBack);
    m_title->setText(translated(figures::counted(changes.size(), RW_TEXT("versions", "1 change"),
                                                 RW_TEXT("versions", "%1 changes"))));
    m_sides->setText(sides);
    m_foot->setVisible(takesBack);
    const bool effect = std::any_of(changes.begin(), changes.end(), [](const VersionChange& change) {
        return change.kind != VersionChange::Kind::Looks;
    });
    m_takeAllBack->setEnabled(effect);
    m_takeBack->setEnabled(false);
    if (row >= 0 && !changes.empty()) choose(std::min(row, static_cast<int>(changes.size()) - 1));
}

void ChangesSide::setForecast(const std::optional<Result<Forecast>>& forecast, const Pipeline& a,
                              const Pipeline& b) {
    std::vector<std::pair<NodeId, NodeForecast>> told;
    QString words;
    if (forecast && !forecast->ok()) {
        words = errorLines(forecast->error());
    } else if (forecast) {
        for (const auto& [id, node] : (*forecast)->nodes) {
            if (node.fate != StateFate::NoState && !(*forecast)->isSubflow(id)) told.emplace_back(id, node);
        }
        if (told.empty()) words = tr("No node keeps a state that could be lost.");
    }
    std::stable_sort(told.begin(), told.end(),
                     [](const auto& x, const auto& y) { return fateOrder(x.second) < fateOrder(y.second); });
    m_fates->setRowCount(static_cast<int>(told.size()));
    int row = 0;
    for (const auto& [id, node] : told) {
        const QString title = titleOf(node.gone ? a : b, id), said = fateWords(node);
        QTableWidgetItem* const cell = fateCell(title, title);
        cell->setIcon(fateIcon(node.fate));
        m_fates->setItem(row, 0, cell);
        m_fates->setItem(
            row, 1,
            fateCell(said, node.fix.empty() ? said : said + QLatin1Char('\n') + translated(node.fix)));
        ++row;
    }
    fitColumns(*m_fates, Theme::of(this).scaled(kWidestNode));
    m_fatesWords->setText(words);
    m_fatesWords->setVisible(!words.isEmpty());
    m_fatesHead->setVisible(forecast.has_value());
    m_fates->setVisible(!told.empty());
}

int ChangesSide::current() const {
    return m_list->currentIndex().row();
}

void ChangesSide::choose(int change) {
    m_list->setCurrentIndex(m_model->index(change, 0));
}

void ChangesSide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
