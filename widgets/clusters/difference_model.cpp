#include "widgets/clusters/difference_model.h"

#include <QStringList>
#include <algorithm>
#include <utility>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

QString valueText(const CompareCell& cell) {
    return cell ? QString::fromStdString(*cell) : QStringLiteral("NULL");
}

}  // namespace

bool DifferenceModel::set(std::shared_ptr<const CompareReport> report, const ComparedNode* node,
                          const ComparedSides& sides) {
    if (report == m_report && node == m_node && sides == m_sides) return false;
    beginResetModel();
    m_report = std::move(report);
    m_node = node;
    m_sides = sides;
    m_onlyA = node != nullptr ? std::min(node->difference.onlyA.size(), kMost) : 0;
    m_onlyB = node != nullptr ? std::min(node->difference.onlyB.size(), kMost) : 0;
    m_different = node != nullptr ? std::min(node->difference.different.size(), kMost) : 0;
    endResetModel();
    return true;
}

bool DifferenceModel::isCut() const {
    if (m_node == nullptr) return false;
    const RowDifference& difference = m_node->difference;
    return difference.onlyA.size() > m_onlyA || difference.onlyB.size() > m_onlyB ||
           difference.different.size() > m_different;
}

DifferenceModel::Place DifferenceModel::placeOf(int row) const {
    const auto at = static_cast<std::size_t>(row);
    if (at < m_onlyA) return {Kind::OnlyA, at};
    if (at < m_onlyA + m_onlyB) return {Kind::OnlyB, at - m_onlyA};
    return {Kind::Different, at - m_onlyA - m_onlyB};
}

DifferenceModel::Values DifferenceModel::valuesOf(int row, int column) const {
    const Place place = placeOf(row);
    const auto cell = static_cast<std::size_t>(column - 1);
    const RowDifference& difference = m_node->difference;
    if (place.kind == Kind::OnlyA) return {&difference.onlyA[place.at][cell], nullptr};
    if (place.kind == Kind::OnlyB) return {&difference.onlyB[place.at][cell], nullptr};
    const auto& [inA, inB] = difference.different[place.at];
    const bool same = inA[cell] == inB[cell];
    return {&inA[cell], same ? nullptr : &inB[cell]};
}

QString DifferenceModel::kindText(Kind kind) const {
    if (kind == Kind::Different) return tr("different");
    return tr("only on %1").arg(kind == Kind::OnlyA ? m_sides.a : m_sides.b);
}

QString DifferenceModel::cellText(int row, int column) const {
    if (column == 0) return kindText(placeOf(row).kind);
    const Values values = valuesOf(row, column);
    if (values.second == nullptr) return valueText(*values.first);
    return valueText(*values.first) + QStringLiteral(" ≠ ") + valueText(*values.second);
}

QString DifferenceModel::text(const std::vector<int>& rows) const {
    QStringList lines, head;
    for (int column = 0; column < columnCount(); ++column)
        head << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << head.join(QLatin1Char('\t'));
    for (const int row : rows) {
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column) cells << shownText(cellText(row, column));
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void DifferenceModel::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int DifferenceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_onlyA + m_onlyB + m_different);
}

int DifferenceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_node == nullptr ? 0 : static_cast<int>(m_node->schema->size()) + 1;
}

QVariant DifferenceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const int row = index.row(), column = index.column();
    if (role == Qt::TextAlignmentRole) return headerData(column, Qt::Horizontal, role);
    if (role == Qt::DisplayRole) return shownText(cellText(row, column));
    const Theme& theme = Theme::of(this);
    if (column == 0) {
        if (role == Qt::ToolTipRole) return tipText(cellText(row, column));
        if (role != Qt::DecorationRole) return {};
        const Kind kind = placeOf(row).kind;
        if (kind == Kind::Different) return theme.icon(u"compare", ColorRole::Warn);
        return theme.icon(kind == Kind::OnlyA ? u"chevron-left" : u"chevron-right", ColorRole::Accent);
    }
    const Values values = valuesOf(row, column);
    switch (role) {
        case Qt::FontRole:
            return theme.font(TextStyle::CodeSmall);
        case Qt::ForegroundRole:
            if (values.second != nullptr) return theme.tokens().warn.text;
            return *values.first ? QVariant() : QVariant(theme.tokens().dim);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: {
            QString whole = valueText(*values.first);
            if (values.second != nullptr)
                whole = m_sides.a + QStringLiteral(": ") + whole + u'\n' + m_sides.b + QStringLiteral(": ") +
                        valueText(*values.second);
            return role == Qt::ToolTipRole ? tipText(whole) : shownLines(whole, kTipLength);
        }
        default:
            return {};
    }
}

QVariant DifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    const bool kind = section == 0;
    const Field* field = kind ? nullptr : &m_node->schema->fields[static_cast<std::size_t>(section - 1)];
    switch (role) {
        case Qt::DisplayRole:
            return kind ? tr("Rows") : shownText(QString::fromStdString(field->name));
        case TypedHeader::kTypeRole:
            return kind ? QString() : QString::fromStdString(toString(field->type));
        case Qt::TextAlignmentRole: {
            const bool right = !kind && field->type.isNumeric();
            return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        default:
            return {};
    }
}

}  // namespace rw::ui
