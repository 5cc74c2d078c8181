#include "core/stream/flatten.h"

#include <algorithm>
#include <utility>

#include "core/sql/eval/evaluate.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {
constexpr std::size_t kBytesOfCall = 4U << 20;  // some milliseconds
}  // namespace

Flatten::Flatten(FlattenPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_eval(context.eval),
      m_nullOnError(context.nullOnError),
      m_showsText(context.wanted.empty() || context.wanted[static_cast<std::size_t>(m_plan->column)]),
      m_batchRows(context.batchRows),
      m_indexes(Type::of(TypeId::Int)) {
    for (const Field& field : m_plan->texts->fields) m_texts.emplace_back(field.type);
}

Status Flatten::onBatch(int, const Batch& batch, Output& out) {
    m_batch = batch;
    m_row = 0;
    m_opened = false;
    return resume(out);
}

Status Flatten::resume(Output& out) {
    m_rows.clear();
    m_found.clear();
    m_read = 0;
    RW_TRY(collect(out));
    RW_TRY(emit(out));
    if (m_row == m_batch->rows) m_batch.reset();
    return {};
}

Status Flatten::collect(Output& out) {
    const std::size_t enough = std::max(m_batchRows, m_batch->rows);
    while (m_row < m_batch->rows) {
        if (m_rows.size() >= enough || m_read >= kBytesOfCall) return {};
        if (!m_opened) RW_TRY(open(out));
        if (const auto element = m_elements ? m_elements->next() : std::nullopt) {
            add(element);
            continue;
        }
        if (m_index == 0 && m_opened && m_plan->keepsEmpty) add(std::nullopt);
        ++m_row;
        m_opened = false;
    }
    return {};
}

Status Flatten::open(Output& out) {
    m_elements.reset();
    m_index = 0;
    m_opened = true;
    const Column& texts = m_batch->column(m_plan->column);
    if (texts.isNull(m_row)) return {};
    const std::string_view text = texts.string(m_row);
    m_read += text.size();
    if (sql::isJson(text)) {
        m_elements.emplace(text);
        return {};
    }
    if (m_nullOnError) return {};
    m_opened = false;  // it is gone, and leaves no row behind
    if (withdraws(*m_batch, m_row)) return {};
    return out.reject(*m_batch, m_row, RW_TEXT("flatten", "The text is not JSON."));
}

void Flatten::add(std::optional<std::string_view> element) {
    m_rows.push_back(m_row);
    m_found.push_back(element);
    if (!element) {
        m_indexes.appendNull();
        for (ColumnBuilder& column : m_texts) column.appendNull();
        return;
    }
    m_indexes.append(m_index++);
    m_read += element->size();
    const bool object = element->starts_with('{');
    for (std::size_t i = 0; i < m_texts.size(); ++i) {
        const FlattenedColumn& column = m_plan->columns[i];
        const sql::JsonPath& path = !object && column.bare ? *column.bare : column.path;
        m_text.clear();
        if (path.scalar(m_text, *element)) {
            m_texts[i].appendString(m_text);
        } else {
            m_texts[i].appendNull();
        }
    }
}

Status Flatten::emit(Output& out) {
    Batch texts;
    texts.schema = m_plan->texts;
    texts.rows = m_rows.size();
    for (ColumnBuilder& column : m_texts) texts.columns.push_back(column.finish());
    Batch made = m_batch->select(m_rows);
    made.schema = m_plan->output;
    made.columns.push_back(m_indexes.finish());
    RowFailures failures;
    for (const FlattenedColumn& column : m_plan->columns) {
        const sql::Vector value = sql::evaluate(*column.value, texts, m_eval);
        if (!m_nullOnError) failures.add(value);
        made.columns.push_back(value.flat(made.rows));
    }
    for (const sql::RowError& error : failures.errors()) {
        if (withdraws(made, error.row)) continue;
        RW_TRY(out.reject(shownAlone(made, error.row), 0, error.reason));
    }
    if (!failures.empty()) made = made.select(failures.others(made.rows));
    if (!m_showsText) made.columns[static_cast<std::size_t>(m_plan->column)] = nullptr;
    unpairUpdates(made);
    out.emit(0, std::move(made));
    return {};
}

Batch Flatten::shownAlone(const Batch& made, std::uint32_t row) const {
    Batch alone = made.slice(row, 1);
    ColumnBuilder element(Type::of(TypeId::String));
    element.appendString(*m_found[row]);
    alone.columns[static_cast<std::size_t>(m_plan->column)] = element.finish();
    return alone;
}

}  // namespace rw
