#include "widgets/pipeline_tests/steps_model.h"

#include <algorithm>
#include <utility>

#include "core/data/text.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/cell_text.h"
#include "widgets/pipeline_tests/step_words.h"
#include "widgets/pipeline_tests/test_edits.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostCells = 500;  // columns of a table; more are in the file only

std::vector<StepLine> linesOfTest(const PipelineTest& test) {
    std::vector<StepLine> lines;
    for (std::size_t step = 0; step < test.steps.size(); ++step) {
        lines.push_back({StepLine::Kind::Words, step, 0});
        if (!hasRows(test.steps[step]) || test.steps[step].rows->empty()) continue;
        lines.push_back({StepLine::Kind::Columns, step, 0});
        for (std::size_t row = 0; row < test.steps[step].rows->size(); ++row)
            lines.push_back({StepLine::Kind::Row, step, row});
    }
    return lines;
}

/// As the file of tests has it, in UTC.
QString fileTime(Instant at) {
    std::string text;
    appendTimestamp(text, at);
    return QString::fromStdString(text);
}

}  // namespace

void StepsModel::set(const TestFileRef& file, const std::string& name, TestResultRef result) {
    const PipelineTest* const test = file ? testNamed(*file, name) : nullptr;
    std::vector<StepLine> lines = test != nullptr ? linesOfTest(*test) : std::vector<StepLine>();
    std::vector<std::vector<StepColumn>> columns;
    std::vector<std::vector<std::optional<Instant>>> watermarks;
    std::size_t most = 0;
    if (test != nullptr) {
        watermarks = watermarksOf(m_document, *test);
        for (const PipelineTestStep& step : test->steps) {
            const std::size_t behind = watermarks[columns.size()].empty() ? 0 : 1;
            columns.push_back(columnsOf(m_document, step));
            most = std::max(most, columns.back().size());
            if (!hasRows(step)) continue;
            for (const Json& row : *step.rows) most = std::max(most, row.size() + behind);
        }
    }
    most = std::min(most, kMostCells);
    const bool same = lines == m_lines && most == m_mostCells;
    if (!same) beginResetModel();
    m_file = file;
    m_test = test;
    m_result = std::move(result);
    m_columns = std::move(columns);
    m_watermarks = std::move(watermarks);
    m_lines = std::move(lines);
    m_mostCells = most;
    if (!same) return endResetModel();
    refresh();
}

void StepsModel::refresh() {
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const StepLine* StepsModel::line(int row) const {
    if (row < 0 || row >= static_cast<int>(m_lines.size())) return nullptr;
    return &m_lines[static_cast<std::size_t>(row)];
}

int StepsModel::lineOf(const StepLine& line) const {
    const auto found = std::find(m_lines.begin(), m_lines.end(), line);
    return found == m_lines.end() ? -1 : static_cast<int>(found - m_lines.begin());
}

std::size_t StepsModel::cellsOf(std::size_t step) const {
    if (m_test == nullptr || step >= m_test->steps.size()) return 0;
    const PipelineTestStep& shown = m_test->steps[step];
    if (hasRows(shown) && !shown.rows->empty()) return shown.rows->front().size();
    return m_columns[step].size();
}

int StepsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int StepsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_mostCells) + 1;
}

const Json* StepsModel::cell(const StepLine& line, int column) const {
    if (line.kind != StepLine::Kind::Row || column <= kNumber) return nullptr;
    const Json& row = (*m_test->steps[line.step].rows)[line.row];
    const auto at = static_cast<std::size_t>(column - 1);
    return at < row.size() ? &row[at] : nullptr;
}

const TestFailure* StepsModel::failureOf(std::size_t step) const {
    if (!m_result) return nullptr;
    for (const TestFailure& failure : m_result->outcome.failures) {
        if (failure.step == step) return &failure;
    }
    return nullptr;
}

QVariant StepsModel::wordsData(const StepLine& line, int role) const {
    const PipelineTestStep& step = m_test->steps[line.step];
    const TestFailure* const failure = failureOf(line.step);
    const bool judged =
        m_result && m_result->outcome.state != TestOutcome::State::NotRun && isExpectation(step.verb);
    const Tokens& t = Theme::of(this).tokens();
    QString words = countText(line.step + 1) + QStringLiteral("  ") + stepWords(m_document, step);
    if (failure != nullptr) words += QStringLiteral(" · ") + translated(failure->message);
    switch (role) {
        case LineDelegate::kLineRole:
        case Qt::AccessibleTextRole:
            return words;
        case Qt::ToolTipRole:
            return tipText(words);
        case LineDelegate::kIconRole:
            return failure != nullptr ? QStringLiteral("error")
                   : judged           ? QStringLiteral("check-circle")
                                      : verbIcon(step.verb);
        case LineDelegate::kColorRole:
            return static_cast<int>(failure != nullptr ? ColorRole::Error
                                    : judged           ? ColorRole::Ok
                                                       : ColorRole::Dim);
        case Qt::BackgroundRole:
            return failure != nullptr ? t.error.tint : t.panel2;
        default:
            return {};
    }
}

bool StepsModel::isWatermark(std::size_t step, int column) const {
    return !m_watermarks[step].empty() && column == static_cast<int>(cellsOf(step)) + 1;
}

QVariant StepsModel::watermarkData(const StepLine& line, int role) const {
    const Theme& theme = Theme::of(this);
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    if (role == Qt::ForegroundRole) return theme.tokens().dim;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const std::optional<Instant>& after = m_watermarks[line.step][line.row];
    const QString time = after ? fileTime(*after) : tr("none yet");
    return role == Qt::DisplayRole ? time
                                   : tipText(tr("Watermark of the source after this row: %1").arg(time));
}

QVariant StepsModel::columnsData(const StepLine& line, int column, int role) const {
    const auto& columns = m_columns[line.step];
    const Theme& theme = Theme::of(this);
    if (role == Qt::ForegroundRole) return theme.tokens().dim;
    if (role == Qt::FontRole) return theme.font(TextStyle::Caption);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (column == kNumber) return QString();
    if (isWatermark(line.step, column)) return tr("watermark after");
    const auto at = static_cast<std::size_t>(column - 1);
    if (at >= cellsOf(line.step)) return QString();
    if (at >= columns.size()) return tr("column %1").arg(countText(at + 1));
    const QString name = QString::fromStdString(columns[at].name);
    if (role == Qt::DisplayRole) return shownText(name);
    return tipText(columns[at].type ? name + u' ' + QString::fromStdString(toString(*columns[at].type))
                                    : name);
}

QVariant StepsModel::data(const QModelIndex& index, int role) const {
    const StepLine* const shown = index.isValid() ? line(index.row()) : nullptr;
    if (shown == nullptr) return {};
    if (shown->kind == StepLine::Kind::Words) return wordsData(*shown, role);
    if (shown->kind == StepLine::Kind::Columns) return columnsData(*shown, index.column(), role);
    if (isWatermark(shown->step, index.column())) return watermarkData(*shown, role);
    const Theme& theme = Theme::of(this);
    const Json* const value = cell(*shown, index.column());
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    if (role == Qt::ForegroundRole) {
        const bool dim = index.column() == kNumber || value == nullptr || value->is_null();
        return dim ? QVariant(theme.tokens().dim) : QVariant();
    }
    if (role == kOwnWordsRole) return index.column() == kNumber;
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::ToolTipRole) return {};
    if (index.column() == kNumber) return countText(shown->row + 1);
    if (value == nullptr) return {};
    const QString text = cellText(*value);
    return role == Qt::DisplayRole ? shownCell(text) : role == Qt::ToolTipRole ? tipText(text) : text;
}

Qt::ItemFlags StepsModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const StepLine* const shown = line(index.row());
    if (shown != nullptr && cell(*shown, index.column()) != nullptr) flags |= Qt::ItemIsEditable;
    return flags;
}

bool StepsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const StepLine* const shown = line(index.row());
    if (role != Qt::EditRole || shown == nullptr) return false;
    const Json* const before = cell(*shown, index.column());
    if (before == nullptr || cellText(*before) == value.toString()) return false;
    const StepLine where = *shown;  // the model may be reset by what hears of it
    Q_EMIT typed(where.step, where.row, static_cast<std::size_t>(index.column() - 1), value.toString());
    return true;
}

}  // namespace rw::ui
