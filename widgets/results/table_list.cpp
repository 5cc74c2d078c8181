#include "widgets/results/table_list.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {

constexpr int kRowPadding = 12, kGap = 8, kRowHeight = 32;

}  // namespace

QString shownTable(const SqliteEntry& entry) {
    const std::string staged(stagedTable(entry.name));
    return QString::fromStdString(staged.empty() ? entry.name : staged);
}

void TableListModel::set(std::vector<SqliteEntry> entries, const QMap<QString, QString>& written) {
    std::vector<Line> lines;
    for (const bool views : {false, true}) {
        const auto heading = lines.size();
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (entries[i].view != views) continue;
            if (lines.size() == heading) lines.push_back({-1, views, 0});
            lines.push_back({static_cast<int>(i), views, 0});
            ++lines[heading].below;
        }
    }
    const bool same = entries == m_entries;
    if (!same) beginResetModel();
    m_entries = std::move(entries);
    m_lines = std::move(lines);
    m_written = written;
    if (!same) endResetModel();
    if (same) refresh();
}

void TableListModel::refresh() {
    if (!m_lines.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

const SqliteEntry* TableListModel::entry(const QModelIndex& index) const {
    if (!index.isValid()) return nullptr;
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    return line.entry < 0 ? nullptr : &m_entries[static_cast<std::size_t>(line.entry)];
}

QModelIndex TableListModel::find(const std::string& table) const {
    for (int row = 0; row < rowCount(); ++row) {
        const SqliteEntry* each = entry(index(row));
        if (each != nullptr && each->name == table) return index(row);
    }
    return {};
}

QModelIndex TableListModel::first() const {
    QModelIndex best;
    int most = -1;
    for (int row = 0; row < rowCount(); ++row) {
        const SqliteEntry* each = entry(index(row));
        if (each == nullptr) continue;
        const bool written = m_written.contains(QString::fromStdString(each->name));
        const bool staged = !stagedTable(each->name).empty();
        const int worth = (written ? 4 : 0) + (staged ? 2 : 0) + (each->rows != 0 ? 1 : 0);
        if (worth <= most) continue;
        most = worth;
        best = index(row);
    }
    return best;
}

int TableListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

Qt::ItemFlags TableListModel::flags(const QModelIndex& index) const {
    return entry(index) == nullptr ? Qt::NoItemFlags : QAbstractListModel::flags(index);
}

QVariant TableListModel::headingData(const Line& line, int role) const {
    if (role == Qt::DisplayRole) return line.views ? tr("Views") : tr("Tables");
    if (role == kCountRole) return QString::number(line.below);
    return role == kHeadingRole ? QVariant(true) : QVariant();
}

// A run that writes the table anew has its rows beside it until it ends: those in it are of one before.
QString TableListModel::tipOf(const SqliteEntry& entry, const QString& name) const {
    const QString writer = shownText(m_written.value(shownTable(entry)));
    if (writer.isEmpty()) return name;
    QString words = name + u'\n' + tr("Written by “%1”").arg(writer);
    const bool anew = std::any_of(m_entries.begin(), m_entries.end(), [&entry](const SqliteEntry& each) {
        return sameSqliteName(std::string(stagedTable(each.name)), entry.name);
    });
    if (!m_replayed.isEmpty() && !anew)
        words +=
            u'\n' + tr("The run that wrote last was a replay of the tape “%1”.").arg(shownText(m_replayed));
    return words;
}

QVariant TableListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    if (line.entry < 0) return headingData(line, role);
    const SqliteEntry& each = m_entries[static_cast<std::size_t>(line.entry)];
    const bool staged = !stagedTable(each.name).empty();
    const QString table = shownTable(each);
    const QString words = shownText(table);
    const QString name = staged ? tr("%1 · being written by a run").arg(words) : words;
    const QString writer = shownText(m_written.value(table));
    switch (role) {
        case Qt::DisplayRole:
            return name;
        case kCountRole:
            return each.rows < 0 ? QStringLiteral("–") : countText(static_cast<std::uint64_t>(each.rows));
        case Qt::DecorationRole:
            if (!writer.isEmpty()) return Theme::of(this).icon(u"table", ColorRole::SinkText);
            return Theme::of(this).icon(each.view ? u"eye" : u"table", ColorRole::Dim);
        case Qt::ToolTipRole:
            if (each.rows < 0) return tr("Its rows can't be read: it may refer to a table that is gone.");
            if (staged)
                return tipText(
                    tr("A run collects these rows. They become the table “%1” when it ends.").arg(words));
            return tipText(tipOf(each, name));
        case Qt::AccessibleTextRole:
            if (each.rows < 0) return name;
            return tr("%1, %2").arg(name, translated(figures::counted(static_cast<std::uint64_t>(each.rows),
                                                                      RW_TEXT("results", "1 row"),
                                                                      RW_TEXT("results", "%1 rows"))));
        default:
            return {};
    }
}

void TableListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const bool heading = index.data(TableListModel::kHeadingRole).toBool();
    QStyleOptionViewItem box = option;
    initStyleOption(&box, index);
    box.text.clear();
    box.icon = {};
    box.features &= ~QStyleOptionViewItem::HasDecoration;
    QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    if (!heading) style->drawControl(QStyle::CE_ItemViewItem, &box, painter, option.widget);
    painter->save();
    if (!heading && option.state & QStyle::State_Selected)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()), t.accent);
    QRect row = option.rect.adjusted(kRowPadding, 0, -kRowPadding, 0);
    const QIcon icon = index.data(Qt::DecorationRole).value<QIcon>();
    if (!icon.isNull()) {
        const int size = theme.scaled(metrics::kIconSmall);
        icon.paint(painter, QRect(row.left(), row.center().y() - size / 2, size, size));
        row.setLeft(row.left() + size + kGap);
    }
    const QString count = index.data(TableListModel::kCountRole).toString();
    painter->setFont(theme.font(TextStyle::CodeSmall));
    painter->setPen(t.dim);
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, count);
    row.setRight(row.right() - painter->fontMetrics().horizontalAdvance(count) - kGap);
    painter->setFont(theme.font(heading ? TextStyle::BodyStrong : TextStyle::Body));
    painter->setPen(t.text);
    painter->drawText(
        row, Qt::AlignVCenter,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, row.width()));
    painter->restore();
}

QSize TableListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), Theme::of(this).scaled(kRowHeight)};
}

}  // namespace rw::ui
