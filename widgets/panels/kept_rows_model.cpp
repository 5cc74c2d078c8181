#include "widgets/panels/kept_rows_model.h"

#include <algorithm>

#include "core/data/text.h"
#include "core/diagnose/late_row.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {

// Oldest rows leave in blocks, so that a full table does not shift by one with every row.
constexpr int kBlock = 200;

QString timeText(Instant at) {
    if (at == kMinTimestamp) return QStringLiteral("–");
    std::string text;
    appendTimestamp(text, at);
    return QString::fromStdString(text);
}

}  // namespace

KeptRowsModel::KeptRowsModel(const PipelineDocument& document, QObject* parent)
    : QAbstractTableModel(parent), m_document(document) {}

void KeptRowsModel::add(std::vector<KeptRow> rows) {
    for (const KeptRow::Kind kind : {KeptRow::Kind::Late, KeptRow::Kind::Rejected}) {
        const auto isOfKind = [kind](const KeptRow& row) { return row.kind == kind; };
        const int arriving = static_cast<int>(std::count_if(rows.begin(), rows.end(), isOfKind));
        int tooMany = arriving - kCapacity;
        std::erase_if(rows, [&](const KeptRow& row) { return isOfKind(row) && tooMany-- > 0; });
        makeRoom(kind, std::min(arriving, kCapacity));
    }
    if (rows.empty()) return;
    const int first = rowCount();
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

// Rows of the other kind lie between those that leave, so these leave run by run.
void KeptRowsModel::makeRoom(KeptRow::Kind kind, int arriving) {
    const int before = count(kind);
    if (before + arriving <= kCapacity) return;
    int leaving = std::min(before, std::max(kBlock, before + arriving - kCapacity));
    for (int first = 0; leaving > 0;) {
        while (row(first).kind != kind) ++first;
        int end = first;
        while (end < rowCount() && end - first < leaving && row(end).kind == kind) ++end;
        beginRemoveRows({}, first, end - 1);
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + end);
        endRemoveRows();
        leaving -= end - first;
    }
}

int KeptRowsModel::count(KeptRow::Kind kind, const NodeId& node) const {
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [&](const KeptRow& row) {
        return row.kind == kind && (node.empty() || row.node == node);
    }));
}

void KeptRowsModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void KeptRowsModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int KeptRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int KeptRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString KeptRowsModel::text(const KeptRow& row, int column) const {
    const bool late = row.kind == KeptRow::Kind::Late;
    switch (column) {
        case Time:
            return timeText(row.eventTime);
        case Where:
            return appearanceOf(m_document, row.node).title;
        case Delay:
            return late ? u'+' + ageText(row.lateBy) : QStringLiteral("–");
        case Why:
            return late ? lateReason(row) : translated(row.reason);
        case Row:
            return QString::fromStdString(row.row);
        default:
            return row.position < 0 ? QStringLiteral("–")
                                    : countText(static_cast<std::uint64_t>(row.position) + 1);
    }
}

// Of a node with several inputs also which one was late.
QString KeptRowsModel::lateReason(const KeptRow& row) const {
    const QString reason = translated(lateRowText(row));
    const NodeKind* kind = m_document.kindOf(row.node);
    const int port = kind != nullptr ? kind->outputPort(row.port) : -1;
    if (port < 0 || kind->inputs.size() < 2) return reason;
    return tr("%1 (%2)").arg(reason, translated(kind->outputs[static_cast<std::size_t>(port)].label));
}

QVariant KeptRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const KeptRow& each = row(index.row());
    const Theme& theme = Theme::of(this);
    const bool late = each.kind == KeptRow::Kind::Late;
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return shownText(text(each, column));
        case Qt::ToolTipRole:
            if (column == Time && each.eventTime == kMinTimestamp)
                return tr("Rejected before its event time was known");
            if (column == Position && each.position < 0)
                return tr("Made in the pipeline: has no place in a source");
            return tipText(text(each, column));
        case Qt::FontRole:
            if (column == Where || column == Why) return {};
            return theme.font(TextStyle::CodeSmall);
        case Qt::DecorationRole:
            if (column == Why)
                return theme.icon(late ? u"hourglass" : u"blocked",
                                  late ? ColorRole::Warn : ColorRole::Error);
            if (column == Where) {
                const NodeAppearance mark = appearanceOf(m_document, each.node);
                return mark.icon.isEmpty() ? QVariant() : theme.icon(mark.icon, mark.role);
            }
            return {};
        case Qt::ForegroundRole:
            return column == Delay && late ? theme.tokens().warn.text : QVariant();
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                (column == Delay || column == Position ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default:
            return {};
    }
}

QVariant KeptRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && (section == Delay || section == Position))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    // The tip is the whole name, for which the column may be too narrow.
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (section) {
        case Time:
            return tr("Event time");
        case Where:
            return tr("Node");
        case Delay:
            return tr("Delay");
        case Why:
            return tr("Why");
        case Row:
            return tr("Row");
        default:
            return tr("Source row");
    }
}

void KeptRowsFilter::setKind(std::optional<KeptRow::Kind> kind) {
    m_kind = kind;
    invalidateFilter();
}

void KeptRowsFilter::setNode(const NodeId& node) {
    m_node = node;
    invalidateFilter();
}

void KeptRowsFilter::setSearchText(const QString& words) {
    m_searchText = words;
    invalidateFilter();
}

bool KeptRowsFilter::filterAcceptsRow(int row, const QModelIndex&) const {
    const auto& model = *static_cast<const KeptRowsModel*>(sourceModel());
    const KeptRow& each = model.row(row);
    if (m_kind && each.kind != *m_kind) return false;
    if (!m_node.empty() && each.node != m_node) return false;
    if (m_searchText.isEmpty()) return true;
    for (const int column : {KeptRowsModel::Where, KeptRowsModel::Why, KeptRowsModel::Row}) {
        if (model.text(each, column).contains(m_searchText, Qt::CaseInsensitive)) return true;
    }
    return false;
}

bool KeptRowsFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto& model = *static_cast<const KeptRowsModel*>(sourceModel());
    const KeptRow &a = model.row(left.row()), &b = model.row(right.row());
    switch (left.column()) {
        case KeptRowsModel::Time:
            return a.eventTime < b.eventTime;
        case KeptRowsModel::Delay:
            return a.lateBy < b.lateBy;
        case KeptRowsModel::Position:
            return a.position < b.position;
        default:
            return model.text(a, left.column()).compare(model.text(b, left.column()), Qt::CaseInsensitive) <
                   0;
    }
}

}  // namespace rw::ui
