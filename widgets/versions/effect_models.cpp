#include "widgets/versions/effect_models.h"

#include <QPainter>
#include <QVariantList>
#include <algorithm>

#include "core/data/value.h"
#include "widgets/document/data_text.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kSharesHeight = 8;

std::uint64_t changedRows(const WhatIfDifference& difference) {
    return difference.changed.size();
}

QString cellText(const Value& value, Type type) {
    return isNull(value) ? QStringLiteral("NULL") : dataText(value, type);
}

}  // namespace

void EffectOutputs::set(EffectAnswerRef answer) {
    beginResetModel();
    m_answer = std::move(answer);
    endResetModel();
}

void EffectOutputs::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumns - 1));
}

const WhatIfPort* EffectOutputs::port(int row) const {
    return row >= 0 && row < rowCount() ? &m_answer->answer.ports[static_cast<std::size_t>(row)] : nullptr;
}

QString EffectOutputs::nameOf(int row) const {
    const WhatIfPort* const of = port(row);
    if (of == nullptr) return {};
    QStringList names;
    for (const NodeId& node : of->shown) {
        const Node* found = m_answer->asked.a->find(node);
        if (found == nullptr) found = m_answer->asked.b->find(node);
        names << (found != nullptr ? titleOf(*found) : shownText(QString::fromStdString(node)));
    }
    return names.join(QStringLiteral(", "));
}

int EffectOutputs::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_answer ? 0 : static_cast<int>(m_answer->answer.ports.size());
}

int EffectOutputs::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QString EffectOutputs::text(int row, int column) const {
    const WhatIfPort& of = *port(row);
    const WhatIfDifference& difference = of.differences.front();
    switch (column) {
        case kOutput:
            return nameOf(row);
        case kA:
            return countText(of.sides.front().rows);
        case kB:
            return countText(of.sides.back().rows);
        default:
            break;
    }
    if (!difference.compared()) return column == kShares ? translated(difference.missing) : QString();
    switch (column) {
        case kGone:
            return countText(difference.onlyACount());
        case kNew:
            return countText(difference.onlyBCount());
        case kChanged:
            return countText(changedRows(difference));
        case kSame:
            return countText(difference.same);
        default:
            return {};
    }
}

QVariant EffectOutputs::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || port(index.row()) == nullptr) return {};
    const WhatIfDifference& difference = port(index.row())->differences.front();
    switch (role) {
        case Qt::DisplayRole:
            return shownText(text(index.row(), index.column()));
        case Qt::ToolTipRole:
            return difference.compared()
                       ? QVariant()
                       : tipText(translated(difference.missing) + u' ' + translated(difference.fix));
        case Qt::TextAlignmentRole:
            return headerData(index.column(), Qt::Horizontal, role);
        case Qt::FontRole: {
            const bool figure = index.column() > kOutput && index.column() < kShares;
            return Theme::of(this).font(figure ? TextStyle::CodeSmall : TextStyle::Body);
        }
        case kSharesRole: {
            const std::array<std::uint64_t, 4> parts{difference.onlyACount(), difference.onlyBCount(),
                                                     changedRows(difference), difference.same};
            std::uint64_t all = 0;
            for (const std::uint64_t part : parts) all += part;
            if (index.column() != kShares || !difference.compared() || all == 0) return {};
            QVariantList shares;
            for (const std::uint64_t part : parts)
                shares << static_cast<double>(part) / static_cast<double>(all);
            return shares;
        }
        default:
            return {};
    }
}

QVariant EffectOutputs::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool figure = section > kOutput && section < kShares;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((figure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kOutput:
            return tr("Output");
        case kA:
            return tr("A rows");
        case kB:
            return tr("B rows");
        case kGone:
            return differenceSign(DifferenceKind::Removed) + u' ' + tr("gone");
        case kNew:
            return differenceSign(DifferenceKind::Added) + u' ' + tr("new");
        case kChanged:
            return differenceSign(DifferenceKind::Changed) + u' ' + tr("changed");
        case kSame:
            return QStringLiteral("= ") + tr("same");
        default:
            return tr("Of all rows");
    }
}

void SharesDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    QStyledItemDelegate::paint(painter, option, index);
    const QVariantList shares = index.data(EffectOutputs::kSharesRole).toList();
    if (shares.isEmpty()) return;
    const Tokens& t = Theme::of(this).tokens();
    const std::array<QColor, 4> colors{t.error.line, t.ok.line, t.warn.line, t.line2};
    const QRect cell = option.rect.adjusted(metrics::kGrid, 0, -metrics::kGrid, 0);
    double left = cell.left();
    painter->save();
    for (qsizetype i = 0; i < shares.size(); ++i) {
        const double wide = shares[i].toDouble() * cell.width();
        painter->fillRect(QRectF(left, cell.center().y() - kSharesHeight / 2.0, wide, kSharesHeight),
                          colors.at(static_cast<std::size_t>(i)));
        left += wide;
    }
    painter->restore();
}

void EffectRows::set(EffectAnswerRef answer, const WhatIfPort* port) {
    beginResetModel();
    m_answer = std::move(answer);
    m_lines.clear();
    m_difference =
        port != nullptr && port->differences.front().compared() ? &port->differences.front() : nullptr;
    const auto room = [this] { return m_lines.size() < kMost; };
    if (m_difference != nullptr) {
        for (const WhatIfChange& change : m_difference->changed)
            if (room()) m_lines.push_back({&change.a, &change.b, &change});
        for (const WhatIfRow& row : m_difference->onlyA)
            if (room()) m_lines.push_back({&row, nullptr, nullptr});
        for (const WhatIfRow& row : m_difference->onlyB)
            if (room()) m_lines.push_back({nullptr, &row, nullptr});
    }
    endResetModel();
}

void EffectRows::refresh() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::uint64_t EffectRows::total() const {
    if (m_difference == nullptr) return 0;
    return changedRows(*m_difference) + m_difference->onlyACount() + m_difference->onlyBCount();
}

int EffectRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int EffectRows::columnCount(const QModelIndex& parent) const {
    if (parent.isValid() || m_difference == nullptr || !m_difference->schema) return 0;
    return static_cast<int>(m_difference->schema->size()) + 1;
}

QString EffectRows::cell(const Line& line, std::size_t column) const {
    const Type type = m_difference->schema->fields[column].type;
    if (line.change == nullptr) return cellText((line.a != nullptr ? *line.a : *line.b)[column], type);
    const QString after = cellText((*line.b)[column], type);
    if (!line.change->changed[column]) return after;
    return cellText((*line.a)[column], type) + QStringLiteral(" → ") + after;
}

QVariant EffectRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    const Tokens& t = Theme::of(this).tokens();
    const DifferenceKind kind = line.change != nullptr ? DifferenceKind::Changed
                                : line.a != nullptr    ? DifferenceKind::Removed
                                                       : DifferenceKind::Added;
    const bool sign = index.column() == 0;
    const auto column = static_cast<std::size_t>(index.column()) - 1;
    switch (role) {
        case Qt::DisplayRole:
            return sign ? differenceSign(kind) : shownText(cell(line, column));
        case Qt::ToolTipRole:
            return sign ? QVariant() : tipText(cell(line, column));
        case Qt::AccessibleTextRole:
            if (!sign) return {};
            return kind == DifferenceKind::Changed ? tr("changed")
                   : kind == DifferenceKind::Added ? tr("only in B")
                                                   : tr("only in A");
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::CodeSmall);
        case Qt::ForegroundRole:
            if (kind == DifferenceKind::Removed) return t.error.text;
            if (kind == DifferenceKind::Added) return t.ok.text;
            return sign || line.change->changed[column] ? QVariant(t.warn.text) : QVariant();
        default:
            return {};
    }
}

QVariant EffectRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || m_difference == nullptr || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole || section == 0) return {};
    return shownText(
        QString::fromStdString(m_difference->schema->fields[static_cast<std::size_t>(section) - 1].name));
}

}  // namespace rw::ui
