#include "core/learn/made_rows.h"

#include <algorithm>
#include <cmath>

namespace rw::learn {

namespace {

std::size_t prefixOf(const LearningPlan& plan, const MadePort& port) {
    if (port.prefix == MadePrefix::Keys) return plan.keyTypes.size() + 1;
    const InputRole role = port.prefix == MadePrefix::Ask ? InputRole::Asks : InputRole::Rows;
    const auto input = std::find_if(plan.inputs.begin(), plan.inputs.end(),
                                    [&](const LearningInput& each) { return each.role == role; });
    return input->type.schema->size();
}

}  // namespace

RowMaker::RowMaker(const MadePort& port, std::size_t prefix) : m_port(port) {
    for (std::size_t i = prefix; i < port.schema->size(); ++i)
        m_own.emplace_back(port.schema->fields[i].type);
}

RowMaker& RowMaker::begin(const AtRow& at) {
    m_batch = at.batch;
    m_from.push_back(m_port.prefix != MadePrefix::Keys ? at.row : at.key);
    m_times.push_back(at.time);
    m_next = 0;
    ++m_rows;
    return *this;
}

RowMaker& RowMaker::number(double value) {
    if (!std::isfinite(value)) return null();
    next().append(value);
    return *this;
}

RowMaker& RowMaker::truth(bool value) {
    next().append(static_cast<std::uint8_t>(value));
    return *this;
}

RowMaker& RowMaker::integer(std::int64_t value) {
    next().append(value);
    return *this;
}

RowMaker& RowMaker::time(Instant value) {
    next().append(value);
    return *this;
}

RowMaker& RowMaker::text(std::string_view value) {
    next().appendString(value);
    return *this;
}

RowMaker& RowMaker::null() {
    next().appendNull();
    return *this;
}

void RowMaker::emit(const KeyTable& keys, std::size_t batchRows, Output& out) {
    if (m_rows == 0) return;
    Batch made;
    made.schema = m_port.schema;
    made.rows = m_rows;
    if (m_port.prefix != MadePrefix::Keys) {
        for (const ColumnRef& column : m_batch->columns)
            made.columns.push_back(column ? column->select(m_from) : nullptr);
    } else {
        made.columns = keys.columns(m_from);
        ColumnBuilder times(Type::of(TypeId::Timestamp));
        for (const Instant time : m_times) times.append(time);
        made.columns.push_back(times.finish());
    }
    for (ColumnBuilder& own : m_own) made.columns.push_back(own.finish());
    m_rows = 0;
    m_from.clear();
    m_times.clear();
    if (made.rows <= batchRows) return out.emit(m_port.port, std::move(made));
    for (std::size_t from = 0; from < made.rows; from += batchRows)
        out.emit(m_port.port, made.slice(from, std::min(batchRows, made.rows - from)));
}

MadeRows::MadeRows(const LearningPlan& plan, std::size_t batchRows) : m_batchRows(batchRows) {
    for (const MadePort& port : plan.made) m_makers.emplace_back(port, prefixOf(plan, port));
}

void MadeRows::emit(const KeyTable& keys, Output& out) {
    for (RowMaker& maker : m_makers) maker.emit(keys, m_batchRows, out);
    m_count = 0;
}

}  // namespace rw::learn
