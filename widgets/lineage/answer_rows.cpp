#include "widgets/lineage/answer_rows.h"

#include <algorithm>
#include <utility>

#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/save_rows.h"
#include "widgets/document/translated.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

/// The watermark when the row came; kCleanStamp: nothing is known of it.
Instant stampOf(const Batch& row) {
    return row.stamps ? row.stamps->front() : kCleanStamp;
}

ColumnRef textColumn(const QString& text) {
    ColumnBuilder builder(Type::of(TypeId::String));
    text.isEmpty() ? builder.appendNull() : builder.appendString(text.toStdString());
    return builder.finish();
}

}  // namespace

void AnswerRows::set(AnswerStep step) {
    beginResetModel();
    m_step = std::move(step);
    const auto any = [this](const auto& has) { return std::ranges::any_of(m_step.rows, has); };
    m_origins = any([](const LineageRow& row) { return row.origin.has_value(); });
    m_folded = static_cast<int>(m_step.rows.size()) > kMostShown;
    m_parts.clear();
    if (!m_step.rows.empty() && m_step.schema) {
        m_parts.push_back({Part::Origin});
        if (any([](const LineageRow& row) { return row.lateBy > 0 || !row.why.empty(); }))
            m_parts.push_back({Part::Reason});
        for (int field = 0; field < static_cast<int>(m_step.schema->size()); ++field)
            m_parts.push_back({Part::Value, field});
        if (any([](const LineageRow& row) { return stampOf(row.row) != kCleanStamp; }))
            m_parts.push_back({Part::Stamp});
    }
    endResetModel();
}

void AnswerRows::showAll() {
    if (!m_folded) return;
    const int hidden = static_cast<int>(m_step.rows.size()) - kFirstShown - kLastShown;
    // The line that stood for them is the first of them now.
    beginInsertRows({}, kFirstShown + 1, kFirstShown + hidden - 1);
    m_folded = false;
    endInsertRows();
    Q_EMIT dataChanged(index(kFirstShown, 0), index(kFirstShown, columnCount() - 1));
}

void AnswerRows::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const LineageRow* AnswerRows::rowAt(int line) const {
    if (line < 0 || line >= rowCount() || (m_folded && line == kFirstShown)) return nullptr;
    auto at = static_cast<std::size_t>(line);
    if (m_folded && line > kFirstShown) at += m_step.rows.size() - static_cast<std::size_t>(rowCount());
    return &m_step.rows[at];
}

int AnswerRows::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || m_parts.empty()) return 0;
    return m_folded ? kFirstShown + 1 + kLastShown : static_cast<int>(m_step.rows.size());
}

int AnswerRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_parts.size());
}

QString AnswerRows::originOf(int line, bool whole) const {
    const LineageRow* const row = rowAt(line);
    if (row == nullptr) {
        const std::size_t hidden = m_step.rows.size() - kFirstShown - kLastShown;
        return tr("… %1 more").arg(countText(hidden));
    }
    if (m_origins) return row->origin ? originText(*row->origin, whole) : QString();
    return countText(m_step.after + static_cast<std::uint64_t>(row - m_step.rows.data()) + 1);
}

QString AnswerRows::reasonOf(const LineageRow& row) const {
    if (!row.why.empty()) return translated(row.why);
    return row.lateBy > 0 ? tr("Late by %1").arg(ageText(row.lateBy)) : QString();
}

QString AnswerRows::textOf(int line, const ColumnPart& part, bool whole) const {
    if (part.part == Part::Origin) return originOf(line, whole);
    const LineageRow* const row = rowAt(line);
    if (row == nullptr) return {};
    if (part.part == Part::Reason) return reasonOf(*row);
    if (part.part == Part::Stamp) {
        const Instant stamp = stampOf(row->row);
        return stamp == kCleanStamp ? QString() : eventTimeText(stamp);
    }
    const ColumnRef& column = row->row.columns[static_cast<std::size_t>(part.field)];
    if (!column || column->isNull(0)) return QStringLiteral("NULL");
    return dataText(*column, 0);
}

QVariant AnswerRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const ColumnPart part = partOf(index.column());
    const LineageRow* const row = rowAt(index.row());
    const Theme& theme = Theme::of(this);
    switch (role) {
        case Qt::DisplayRole:
            return part.part == Part::Value ? shownCell(textOf(index.row(), part, false))
                                            : shownText(textOf(index.row(), part, false));
        case kOwnWordsRole:
            return part.part != Part::Value;
        case Qt::ToolTipRole: {
            // Of a line of a file, its text as well.
            QString words = textOf(index.row(), part, true);
            if (part.part == Part::Origin && row != nullptr && row->origin && !row->origin->text.empty())
                words += u'\n' + QString::fromStdString(row->origin->text);
            return tipText(words);
        }
        case Qt::FontRole:
            return theme.font(part.part == Part::Reason ? TextStyle::Body : TextStyle::CodeSmall);
        case Qt::ForegroundRole: {
            if (row == nullptr || part.part == Part::Origin) return theme.tokens().dim;
            if (part.part == Part::Reason) return theme.tokens().warn.text;
            if (part.part == Part::Stamp) return {};
            const ColumnRef& column = row->row.columns[static_cast<std::size_t>(part.field)];
            return !column || column->isNull(0) ? QVariant(theme.tokens().dim) : QVariant();
        }
        case Qt::TextAlignmentRole:
            return headerData(index.column(), Qt::Horizontal, role);
        default:
            return {};
    }
}

QVariant AnswerRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const ColumnPart part = partOf(section);
    const Field* const field =
        part.part == Part::Value ? &m_step.schema->fields[static_cast<std::size_t>(part.field)] : nullptr;
    switch (role) {
        case Qt::DisplayRole:
            if (field != nullptr) return shownText(QString::fromStdString(field->name));
            if (part.part == Part::Reason) return tr("Why not");
            if (part.part == Part::Stamp) return tr("Watermark then");
            return m_origins ? tr("From") : QStringLiteral("#");
        case Qt::ToolTipRole:
            if (field != nullptr)
                return tipText(QString::fromStdString(field->name + ' ' + toString(field->type)));
            return headerData(section, orientation, Qt::DisplayRole);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                (field != nullptr && field->type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                Qt::AlignVCenter);
        default:
            return {};
    }
}

QString AnswerRows::copied(std::vector<int> lines) const {
    if (m_parts.empty()) return {};
    if (lines.empty()) {
        for (int line = 0; line < rowCount(); ++line) lines.push_back(line);
    }
    auto schema = std::make_shared<Schema>();
    for (int column = 0; column < columnCount(); ++column) {
        const ColumnPart part = partOf(column);
        if (part.part == Part::Value) {
            schema->fields.push_back(m_step.schema->fields[static_cast<std::size_t>(part.field)]);
        } else {
            schema->fields.push_back(
                {headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toStdString(),
                 Type::of(TypeId::String)});
        }
    }
    std::vector<Batch> rows;
    for (const int line : lines) {
        const LineageRow* const row = rowAt(line);
        Batch& batch = rows.emplace_back();
        batch.schema = schema;
        batch.rows = 1;
        for (const ColumnPart& part : m_parts) {
            if (part.part != Part::Value) {
                batch.columns.push_back(textColumn(textOf(line, part, true)));
                continue;
            }
            const auto field = static_cast<std::size_t>(part.field);
            ColumnRef value = row != nullptr ? row->row.columns[field] : nullptr;
            if (!value) value = Column::nulls(m_step.schema->fields[field].type, 1);
            batch.columns.push_back(std::move(value));
        }
    }
    return tabbedOf(rows);
}

}  // namespace rw::ui
