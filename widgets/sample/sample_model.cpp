#include "widgets/sample/sample_model.h"

#include <algorithm>
#include <utility>

#include "widgets/document/data_text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/zoned_text.h"
#include "widgets/sample/sample_header.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

void SampleModel::set(SampleRef sample, int input, int output, SampleLines lines) {
    beginResetModel();
    m_sample = std::move(sample);
    m_input = input;
    m_output = output;
    m_lines = std::move(lines);
    m_firstRows.clear();
    if (const LookedPort* const shown = port()) {
        int rows = 0;
        for (const Batch& batch : shown->batches) {
            m_firstRows.push_back(rows);
            rows += static_cast<int>(batch.rows);
        }
    }
    endResetModel();
}

void SampleModel::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const LookedPort* SampleModel::port() const {
    const int number = m_side == Side::In ? m_input : m_output;
    if (!m_sample || number < 0) return nullptr;
    const auto& ports = m_side == Side::In ? m_sample->look.inputs : m_sample->look.outputs;
    return &ports[static_cast<std::size_t>(number)];
}

const ColumnProfile* SampleModel::profile(int column) const {
    if (port() == nullptr || column <= kNumber) return nullptr;
    const int number = m_side == Side::In ? m_input : m_output;
    const auto& ports = m_side == Side::In ? m_sample->inputs : m_sample->outputs;
    return &ports[static_cast<std::size_t>(number)][static_cast<std::size_t>(column - 1)];
}

int SampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || port() == nullptr ? 0 : static_cast<int>(m_lines->size());
}

int SampleModel::columnCount(const QModelIndex& parent) const {
    const LookedPort* const shown = parent.isValid() ? nullptr : port();
    return shown == nullptr ? 0 : static_cast<int>(shown->type.schema->size()) + 1;
}

SampleModel::Cell SampleModel::cellAt(int row) const {
    const auto next = std::upper_bound(m_firstRows.begin(), m_firstRows.end(), row) - 1;
    return {&port()->batches[static_cast<std::size_t>(next - m_firstRows.begin())],
            static_cast<std::size_t>(row - *next)};
}

std::optional<Batch> SampleModel::rowAt(int line) const {
    if (line < 0 || line >= rowCount()) return std::nullopt;
    const int row = rowIn((*m_lines)[static_cast<std::size_t>(line)]);
    if (row < 0) return std::nullopt;
    const Cell cell = cellAt(row);
    return cell.batch->slice(cell.row, 1);
}

std::optional<std::size_t> SampleModel::numberAt(int line) const {
    if (line < 0 || line >= rowCount()) return std::nullopt;
    const int row = rowIn((*m_lines)[static_cast<std::size_t>(line)]);
    return row < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(row));
}

/// Of what came in; of rows that were made, their own.
int SampleModel::numberOf(int line) const {
    const SampleLine& both = (*m_lines)[static_cast<std::size_t>(line)];
    const bool belongs = m_side == Side::In || (m_input >= 0 && !m_sample->matches.makes);
    return belongs ? both.in : both.out;
}

QString SampleModel::noteOf(int line) const {
    const SampleLine& both = (*m_lines)[static_cast<std::size_t>(line)];
    if (both.in < 0 || m_input < 0) return {};
    if (m_side == Side::Out && (both.out >= 0 || m_sample->matches.makes)) return {};
    return fateText(*m_sample, m_input, both.in);
}

QVariant SampleModel::numberData(int line, int role) const {
    const Tokens& t = Theme::of(this).tokens();
    switch (role) {
        case Qt::DisplayRole:
            return numberOf(line) < 0 ? QVariant()
                                      : countText(static_cast<std::uint64_t>(numberOf(line)) + 1);
        case kOwnWordsRole:
            return true;
        case Qt::ForegroundRole:
            return m_side == Side::In && !noteOf(line).isEmpty() ? t.warn.text : t.dim;
        case Qt::ToolTipRole:
            return tipText(noteOf(line));
        default:
            return {};
    }
}

/// Of a line in which there is no row.
QVariant SampleModel::noteData(const QModelIndex& index, int role) const {
    const QString note = noteOf(index.row());
    const SampleLine& both = (*m_lines)[static_cast<std::size_t>(index.row())];
    const Tokens& t = Theme::of(this).tokens();
    if (!note.isEmpty() && index.column() != kNumber) {
        const RowFate fate = fateOf(*m_sample, m_input, both.in);
        const bool rejected = fate == RowFate::Rejected;
        switch (role) {
            case kNoteRole:
            case Qt::AccessibleTextRole:
                return note;
            case Qt::ToolTipRole:
                return tipText(note);
            case Qt::ForegroundRole:
                return rejected ? t.error.text : fate == RowFate::Late ? t.warn.text : t.dim;
            case Qt::BackgroundRole:
                return rejected                ? QVariant(t.error.tint)
                       : fate == RowFate::Late ? QVariant(t.warn.tint)
                                               : QVariant();
            default:
                return {};
        }
    }
    return index.column() == kNumber ? numberData(index.row(), role) : QVariant();
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    const Theme& theme = Theme::of(this);
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    const int row = rowIn((*m_lines)[static_cast<std::size_t>(index.row())]);
    if (row < 0) return noteData(index, role);
    if (index.column() == kNumber) return numberData(index.row(), role);
    const Cell cell = cellAt(row);
    const ColumnRef& column = cell.batch->columns[static_cast<std::size_t>(index.column() - 1)];
    const bool null = !column || column->isNull(cell.row);
    if (role == Qt::ForegroundRole) return null ? QVariant(theme.tokens().dim) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (null) return QStringLiteral("NULL");
    const QString whole = dataText(*column, cell.row);
    return role == Qt::ToolTipRole ? tipText(withZoned(whole, *column, cell.row, m_zone)) : shownCell(whole);
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    const LookedPort* const shown = port();
    if (orientation != Qt::Horizontal || shown == nullptr) return {};
    if (section == kNumber) {
        if (role == Qt::DisplayRole) return QStringLiteral("#");
        if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    }
    const Field& field = shown->type.schema->fields[static_cast<std::size_t>(section - 1)];
    switch (role) {
        case Qt::DisplayRole:
            return shownText(QString::fromStdString(field.name));
        case TypedHeader::kTypeRole:
            return withUtc(section - 1 == shown->type.eventTime
                               ? tr("event time")
                               : QString::fromStdString(toString(field.type)),
                           field.type, m_zone);
        case Qt::ToolTipRole:
            return tipText((QStringList(QString::fromStdString(field.name + ' ' + toString(field.type)))
                            << profileTip(*profile(section)))
                               .join(u'\n'));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue((field.type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        default:
            return {};
    }
}

}  // namespace rw::ui
