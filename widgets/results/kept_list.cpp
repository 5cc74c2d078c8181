#include "widgets/results/kept_list.h"

#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kKeptHeight = 44, kRowsInSight = 4;
constexpr int kKeepingLeavesMillis = 500;

QString rowsOf(const KeptResult& kept) {
    return translated(figures::counted(static_cast<std::uint64_t>(kept.rows), RW_TEXT("results", "1 row"),
                                       RW_TEXT("results", "%1 rows")));
}

void showFailure(QWidget* parent, const QString& title, const Error& error) {
    QMessageBox box(QMessageBox::Warning, title, translated(error.message), QMessageBox::NoButton, parent);
    box.setInformativeText(translated(error.fix));
    box.addButton(QMessageBox::Close);
    box.exec();
}

}  // namespace

QString nameOfKept(const KeptResult& kept) {
    return kept.name.empty() ? momentText(kept.kept) : shownText(QString::fromStdString(kept.name));
}

void KeptModel::set(std::vector<KeptResult> kept) {
    if (kept == m_kept) return;
    beginResetModel();
    m_kept = std::move(kept);
    endResetModel();
}

QStringList KeptModel::captionOf(const KeptResult& kept) const {
    QStringList words{shownText(QString::fromStdString(kept.table)), rowsOf(kept)};
    if (!kept.run.replayOf.empty()) words << tr("replay");
    if (kept.run.recomputed) words << tr("recomputed");
    if (!kept.name.empty()) words << momentText(kept.kept);
    return words;
}

void KeptModel::refresh() {
    if (!m_kept.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int KeptModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_kept.size());
}

QVariant KeptModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const KeptResult& kept = m_kept[static_cast<std::size_t>(index.row())];
    const QString table = shownText(QString::fromStdString(kept.table));
    switch (role) {
        case Qt::DisplayRole:
            return nameOfKept(kept);
        case Qt::EditRole:
            return QString::fromStdString(kept.name);
        case kCaptionRole:
            return captionOf(kept).join(QStringLiteral(" · "));
        case Qt::ToolTipRole: {
            QString words =
                tr("“%1” as it was at %2 · %3").arg(table, momentText(kept.kept), sizeText(kept.bytes));
            words +=
                u'\n' + (kept.run.id.empty()
                             ? tr("Which run wrote it is not known.")
                             : tr("Written by run %1").arg(shownText(QString::fromStdString(kept.run.id))));
            if (!kept.run.replayOf.empty())
                words += u'\n' + tr("A run of its own: the replay of the tape “%1”.")
                                     .arg(shownText(QString::fromStdString(kept.run.replayOf)));
            if (kept.run.recomputed)
                words +=
                    u'\n' + tr("Recomputed: an edit was applied to this run, and what it would have lost was "
                               "computed anew from the input.");
            return tipText(words);
        }
        case Qt::AccessibleTextRole:
            return nameOfKept(kept) + QStringLiteral(", ") + captionOf(kept).join(QStringLiteral(", "));
        default:
            return {};
    }
}

Qt::ItemFlags KeptModel::flags(const QModelIndex& index) const {
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

bool KeptModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole) return false;
    const KeptResult& kept = m_kept[static_cast<std::size_t>(index.row())];
    const QString name = value.toString().trimmed();
    if (name != QString::fromStdString(kept.name)) Q_EMIT renamed(QString::fromStdString(kept.file), name);
    return true;
}

void KeptDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    QStyleOptionViewItem back = option;
    initStyleOption(&back, index);
    back.text.clear();
    const QStyle* style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &back, painter, option.widget);
    const QRect inner = option.rect.adjusted(metrics::kListPadding, 0, -metrics::kListPadding, 0);
    const int body = theme.lineHeight(TextStyle::Body), caption = theme.lineHeight(TextStyle::Caption);
    QRect line(inner.left(), inner.top() + (inner.height() - body - caption) / 2, inner.width(), body);
    const auto write = [&](TextStyle text, const QColor& color, const QString& words) {
        painter->setFont(theme.font(text));
        painter->setPen(color);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, line.width()));
    };
    painter->save();
    write(TextStyle::Body, theme.tokens().text, index.data().toString());
    line = QRect(line.left(), line.bottom() + 1, line.width(), caption);
    write(TextStyle::Caption, theme.tokens().dim, index.data(KeptModel::kCaptionRole).toString());
    painter->restore();
}

QSize KeptDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {0, Theme::of(this).scaled(kKeptHeight)};
}

KeptList::KeptList(QWidget* parent)
    : QWidget(parent), m_title(new QLabel(this)), m_list(new QListView(this)) {
    m_title->setProperty("role", "section");
    m_title->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kStep);
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new KeptDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setTabKeyNavigation(false);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT chosen(kept()[static_cast<std::size_t>(index.row())]);
    });
    connect(m_list, &QListView::customContextMenuRequested, this, &KeptList::showMenu);
    connect(&m_model, &KeptModel::renamed, this, [this](const QString& file, const QString& name) {
        change([file = file.toStdString(), name = name.toStdString()] { return renameKept(file, name); });
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &KeptList::fit);
    connect(&Theme::of(this), &Theme::changed, this, &KeptList::fit);
    fit();
    retranslate();
}

KeptList::~KeptList() {
    m_keeping.drop();
    (void)m_worker.wait(kKeepingLeavesMillis);
}

void KeptList::setDatabase(const QString& path) {
    if (path == m_database) return;  // while a run writes, the same is listed again and again
    m_model.set({});
    m_database = path;
    look();
}

void KeptList::look() {
    if (m_database.isEmpty()) return m_looking.drop();
    m_looking.ask(
        m_worker,
        [path = m_database.toStdString()](const Latest::Question& question) {
            return keptResults(path, question.flag());
        },
        [this](std::vector<KeptResult> found) { m_model.set(std::move(found)); });
}

void KeptList::keep(const QString& database, const SqliteEntry& table, const KeptRun& run) {
    if (isKeeping()) return;
    m_keeping.ask(
        m_worker,
        [path = database.toStdString(), table, run, now = QDateTime::currentMSecsSinceEpoch()](
            const Latest::Question& question) { return keepResult(path, table, now, question.flag(), run); },
        [this](const Result<KeptResult>& made) {
            Q_EMIT keepingChanged();
            look();
            if (!made.ok() && made.error().code != ErrorCode::Cancelled)
                showFailure(this, tr("Not kept"), made.error());
        });
    Q_EMIT keepingChanged();
}

// A quick change of a small file; the list is read again whatever came of it.
void KeptList::change(std::function<Status()> act) {
    runInBackground(this, std::move(act), [this](const Status& status) {
        look();
        if (!status.ok()) showFailure(this, tr("Not changed"), status.error());
    });
}

void KeptList::showMenu(const QPoint& at) {
    const QModelIndex index = m_list->indexAt(at);
    if (!index.isValid()) return;
    const KeptResult kept = m_model.kept()[static_cast<std::size_t>(index.row())];
    QMenu menu(this);
    menu.addAction(tr("Compare with the table"), this, [this, kept] { Q_EMIT chosen(kept); });
    menu.addAction(tr("Show its rows"), this,
                   [this, kept] { Q_EMIT openRequested(QString::fromStdString(kept.file)); });
    menu.addSeparator();
    menu.addAction(tr("Rename"), this, [this, row = index.row()] { m_list->edit(m_model.index(row)); });
    menu.addAction(tr("Delete…"), this, [this, kept] { remove(kept); });
    menu.exec(m_list->viewport()->mapToGlobal(at));
}

void KeptList::remove(const KeptResult& kept) {
    QMessageBox box(
        QMessageBox::Question, tr("Delete the kept result"),
        tr("Delete “%1” of “%2”?").arg(nameOfKept(kept), shownText(QString::fromStdString(kept.table))),
        QMessageBox::NoButton, this);
    box.setInformativeText(tr("Its rows are gone then. The table itself stays as it is."));
    const QPushButton* yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    box.addButton(tr("Cancel"), QMessageBox::RejectRole);
    box.exec();
    if (box.clickedButton() == yes) change([file = kept.file] { return dropKept(file); });
}

void KeptList::fit() {
    setVisible(m_model.rowCount() > 0);
    const int rows = std::min(m_model.rowCount(), kRowsInSight);
    m_list->setFixedHeight(rows * Theme::of(this).scaled(kKeptHeight) + 2 * m_list->frameWidth());
    m_list->doItemsLayout();
}

void KeptList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void KeptList::retranslate() {
    m_title->setText(tr("Kept results"));
    m_list->setAccessibleName(tr("Kept results"));
    m_model.refresh();
}

}  // namespace rw::ui
