#include "widgets/pipeline_tests/test_difference_model.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/step_words.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

using Kind = RowMismatch::Kind;

QString markOf(Kind kind) {
    return kind == Kind::Missing      ? QStringLiteral("−")
           : kind == Kind::Unexpected ? QStringLiteral("+")
                                      : QStringLiteral("≠");
}

std::size_t allOf(const RowMismatches& rows) {
    return rows.missing + rows.unexpected + rows.changed;
}

}  // namespace

bool TestDifferenceModel::set(TestResultRef result) {
    if (result == m_result) return false;
    beginResetModel();
    m_result = std::move(result);
    m_lines.clear();
    m_mostCells = 0;
    const std::size_t failures = m_result ? m_result->outcome.failures.size() : 0;
    for (std::size_t i = 0; i < failures; ++i) {
        const RowMismatches& rows = m_result->outcome.failures[i].rows;
        m_lines.push_back({Line::Kind::Words, i, 0});
        if (rows.rows.empty()) continue;
        m_mostCells = std::max(m_mostCells, rows.columns.size());
        m_lines.push_back({Line::Kind::Columns, i, 0});
        for (std::size_t row = 0; row < rows.rows.size(); ++row) m_lines.push_back({Line::Kind::Row, i, row});
        if (rows.rows.size() < allOf(rows)) m_lines.push_back({Line::Kind::More, i, 0});
    }
    endResetModel();
    return true;
}

QModelIndex TestDifferenceModel::firstChange() const {
    for (int row = 0; row < rowCount(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            if (data(index(row, column), LineDelegate::kStruckRole).isValid()) return index(row, column);
        }
    }
    return {};
}

void TestDifferenceModel::refresh() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int TestDifferenceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int TestDifferenceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_mostCells) + 1;
}

QString TestDifferenceModel::wordsOfLine(const Line& line) const {
    const TestFailure& failure = failureOf(line);
    if (line.kind == Line::Kind::More) {
        return translated(figures::counted(allOf(failure.rows) - failure.rows.rows.size(),
                                           RW_TEXT("tests panel", "and 1 more row"),
                                           RW_TEXT("tests panel", "and %1 more rows")));
    }
    const QString message = translated(failure.message);
    if (failure.step >= m_result->test.steps.size()) return message;
    return countText(failure.step + 1) + QStringLiteral("  ") +
           stepWords(m_document, m_result->test.steps[failure.step]) + QStringLiteral(" · ") + message;
}

QVariant TestDifferenceModel::lineData(const Line& line, int role) const {
    const Tokens& t = Theme::of(this).tokens();
    const bool more = line.kind == Line::Kind::More;
    switch (role) {
        case LineDelegate::kLineRole:
        case Qt::AccessibleTextRole:
            return wordsOfLine(line);
        case Qt::ToolTipRole:
            return tipText(wordsOfLine(line));
        case LineDelegate::kIconRole:
            return more ? QString() : QStringLiteral("error");
        case LineDelegate::kColorRole:
            return static_cast<int>(more ? ColorRole::Dim : ColorRole::Error);
        case Qt::BackgroundRole:
            return more ? QVariant() : QVariant(t.panel2);
        default:
            return {};
    }
}

QVariant TestDifferenceModel::columnsData(const Line& line, int column, int role) const {
    const Theme& theme = Theme::of(this);
    const auto& columns = failureOf(line).rows.columns;
    const auto at = static_cast<std::size_t>(column - 1);
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            if (column == kMark || at >= columns.size()) return QString();
            return shownText(QString::fromStdString(columns[at]));
        case Qt::ForegroundRole:
            return theme.tokens().dim;
        case Qt::FontRole:
            return theme.font(TextStyle::Caption);
        default:
            return {};
    }
}

QVariant TestDifferenceModel::rowData(const Line& line, int column, int role) const {
    const Theme& theme = Theme::of(this);
    const Tokens& t = theme.tokens();
    const RowMismatch& row = failureOf(line).rows.rows[line.row];
    const auto& cells = row.kind == Kind::Missing ? row.expected : row.got;
    const auto at = static_cast<std::size_t>(column - 1);
    const bool changed = column != kMark && row.kind == Kind::Changed && at < row.differs.size() &&
                         row.differs[at] && at < row.expected.size();
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    if (role == Qt::BackgroundRole && row.kind != Kind::Changed) return t.error.tint;
    if (role == Qt::BackgroundRole) return changed || column == kMark ? QVariant(t.error.tint) : QVariant();
    if (column == kMark) {
        if (role == Qt::DisplayRole) return markOf(row.kind);
        if (role == Qt::ForegroundRole) return t.error.text;
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
            return row.kind == Kind::Missing      ? tr("Missing")
                   : row.kind == Kind::Unexpected ? tr("Unexpected")
                                                  : tr("Changed");
        }
        return {};
    }
    if (at >= cells.size()) return {};
    const QString text = QString::fromStdString(cells[at]);
    if (role == Qt::DisplayRole) return shownCell(text);
    if (role == LineDelegate::kStruckRole && changed)
        return QStringList{{}, shownText(QString::fromStdString(row.expected[at])), shownCell(text)};
    if (role == LineDelegate::kColorRole && changed) return static_cast<int>(ColorRole::Error);
    if (role == Qt::ToolTipRole && changed)
        return tipText(tr("Expected: %1\nCame: %2").arg(QString::fromStdString(row.expected[at]), text));
    if (role == Qt::ToolTipRole) return tipText(text);
    return {};
}

QVariant TestDifferenceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Line& line = m_lines[static_cast<std::size_t>(index.row())];
    switch (line.kind) {
        case Line::Kind::Columns:
            return columnsData(line, index.column(), role);
        case Line::Kind::Row:
            return rowData(line, index.column(), role);
        case Line::Kind::Words:
        case Line::Kind::More:
            break;
    }
    return lineData(line, role);
}

}  // namespace rw::ui
