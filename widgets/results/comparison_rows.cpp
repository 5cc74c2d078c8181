#include "widgets/results/comparison_rows.h"

#include <utility>

#include "core/connect/sqlite/values.h"
#include "widgets/document/number_text.h"
#include "widgets/results/result_model.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr qsizetype kShownOfCell = 300;  // of a long text, of which a changed cell shows two

QString signOf(RowDiffering::Kind kind) {
    switch (kind) {
        case RowDiffering::Kind::OnlyHere:
            return QStringLiteral("+");
        case RowDiffering::Kind::OnlyThere:
            return QStringLiteral("−");
        case RowDiffering::Kind::Changed:
            return QStringLiteral("Δ");
    }
    return {};
}

QString wordsOf(RowDiffering::Kind kind) {
    switch (kind) {
        case RowDiffering::Kind::OnlyHere:
            return ComparisonRows::tr("only here");
        case RowDiffering::Kind::OnlyThere:
            return ComparisonRows::tr("only there");
        case RowDiffering::Kind::Changed:
            return ComparisonRows::tr("changed");
    }
    return {};
}

const StateColors& colorsOf(const Tokens& tokens, RowDiffering::Kind kind) {
    switch (kind) {
        case RowDiffering::Kind::OnlyHere:
            return tokens.ok;
        case RowDiffering::Kind::OnlyThere:
            return tokens.error;
        case RowDiffering::Kind::Changed:
            break;
    }
    return tokens.warn;
}

}  // namespace

void ComparisonRows::set(std::shared_ptr<const TableDifference> difference) {
    beginResetModel();
    m_difference = std::move(difference);
    select();
    endResetModel();
}

void ComparisonRows::show(std::optional<Kind> kind) {
    beginResetModel();
    m_kind = kind;
    select();
    endResetModel();
}

void ComparisonRows::select() {
    m_rows.clear();
    if (!m_difference) return;
    for (std::size_t i = 0; i < m_difference->rows.size(); ++i)
        if (!m_kind || m_difference->rows[i].kind == *m_kind) m_rows.push_back(i);
}

void ComparisonRows::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ComparisonRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ComparisonRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_difference ? 0 : static_cast<int>(m_difference->columns.size()) + 1;
}

const RowDiffering& ComparisonRows::rowAt(int row) const {
    return m_difference->rows[m_rows[static_cast<std::size_t>(row)]];
}

QString ComparisonRows::words(const RowDiffering& row, std::size_t column, bool whole) const {
    const SqliteColumn& of = m_difference->columns[column];
    const auto text = [&](const SqliteRow& cells) {
        const QString all = cellText(cells[column], of);
        return whole ? all : shownText(all, kShownOfCell);
    };
    if (row.kind == Kind::OnlyHere) return text(row.here);
    if (row.kind == Kind::OnlyThere) return text(row.there);
    return row.changed[column] ? QStringLiteral("%1 → %2").arg(text(row.there), text(row.here))
                               : text(row.here);
}

QString ComparisonRows::tabbed(int first, int count) const {
    QString lines;
    const auto text = [](const SqliteRow& row, std::size_t column) {
        return column < row.size() && row[column].kind != SqliteCell::Kind::Null
                   ? QString::fromStdString(row[column].text)
                   : QString();
    };
    for (int i = first; i < first + count && i < rowCount(); ++i) {
        const RowDiffering& row = rowAt(i);
        lines += wordsOf(row.kind);
        for (std::size_t column = 0; column < m_difference->columns.size(); ++column) {
            const bool key = column < m_difference->keys;
            if (key) {
                lines += u'\t' + text(row.here.empty() ? row.there : row.here, column);
            } else {
                lines += u'\t' + text(row.there, column) + u'\t' + text(row.here, column);
            }
        }
        lines += u'\n';
    }
    return lines;
}

QVariant ComparisonRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    const RowDiffering& row = rowAt(index.row());
    const StateColors& colors = colorsOf(theme.tokens(), row.kind);
    const bool sign = index.column() == 0;
    const auto column = static_cast<std::size_t>(index.column() - 1);
    const bool changed = !sign && row.kind == Kind::Changed && row.changed[column];
    switch (role) {
        case Qt::FontRole:
            return theme.font(TextStyle::CodeSmall);
        case Qt::TextAlignmentRole:
            if (sign) return QVariant::fromValue(Qt::AlignCenter);
            return headerData(index.column(), Qt::Horizontal, role);
        case Qt::DisplayRole:
            return sign ? signOf(row.kind) : words(row, column, false);
        case Qt::AccessibleTextRole:
            return sign ? QVariant(wordsOf(row.kind)) : QVariant();
        case Qt::ToolTipRole:
            return tipText(sign ? wordsOf(row.kind) : words(row, column, true));
        case Qt::ForegroundRole:
            return sign || changed ? QVariant(colors.text) : QVariant();
        default:
            return {};
    }
}

QVariant ComparisonRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_difference) return {};
    if (orientation == Qt::Vertical) {
        if (role == Qt::FontRole) return Theme::of(this).font(TextStyle::CodeSmall);
        return role == Qt::DisplayRole ? QVariant(countText(static_cast<std::uint64_t>(section) + 1))
                                       : QVariant();
    }
    if (section < 0 || section >= columnCount()) return {};
    if (section == 0) {
        if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignCenter);
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) return tr("how the row differs");
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("±")) : QVariant();
    }
    const auto place = static_cast<std::size_t>(section - 1);
    const SqliteColumn& column = m_difference->columns[place];
    const bool key = place < m_difference->keys;
    switch (role) {
        case Qt::DisplayRole:
            return shownText(QString::fromStdString(column.name));
        case TypedHeader::kTypeRole: {
            const QString type = shownText(QString::fromStdString(std::string(shownType(column))));
            return key ? tr("%1 · key").arg(type) : type;
        }
        case Qt::TextAlignmentRole:
            return QVariant::fromValue((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        default:
            return {};
    }
}

}  // namespace rw::ui
