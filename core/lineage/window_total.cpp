#include "core/lineage/window_total.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "core/stream/lineage/row_match.h"

namespace rw {

namespace {

constexpr std::array<std::string_view, 5> kTotalled{"COUNT", "SUM", "MIN", "MAX", "AVG"};

bool isTotalled(const sql::BoundAggregate& aggregate) {
    return !aggregate.ordered &&
           std::find(kTotalled.begin(), kTotalled.end(), aggregate.function) != kTotalled.end();
}

bool failed(const sql::Vector& value) {
    return value.errors && !value.errors->empty();
}

/// An aggregate over one group, which is all rows.
class Totalled {
 public:
    explicit Totalled(const sql::BoundAggregate& aggregate)
        : m_aggregate(aggregate), m_accumulator(aggregate.make(aggregate)) {
        m_accumulator->resize(1);
    }

    const sql::BoundAggregate& aggregate() const { return m_aggregate; }
    void add(const Batch& row, const sql::EvalContext& eval) {
        static constexpr std::array<std::uint32_t, 1> kFirst{0};
        if (m_aggregate.filter) {
            const sql::Vector passes = sql::evaluate(*m_aggregate.filter, row, eval);
            if (passes.isNull(0) || passes.at<std::uint8_t>(0) == 0) return;
        }
        sql::AggregateInput input{kFirst, kFirst, nullptr, {}};
        sql::Vector argument;
        if (m_aggregate.argument) {
            argument = sql::evaluate(*m_aggregate.argument, row, eval);
            // As operators give it: a constant is a value of the row like any other.
            argument.column = argument.flat(1);
            argument.constant = false;
            input.argument = &argument;
        }
        m_accumulator->update(input);
    }
    /// Null: it does not fit its type.
    ColumnRef finish() const {
        const std::array<std::uint32_t, 1> first{0};
        const sql::Vector value = m_accumulator->finish(first);
        return failed(value) ? nullptr : value.flat(1);
    }

 private:
    const sql::BoundAggregate& m_aggregate;
    std::unique_ptr<sql::Accumulator> m_accumulator;
};

}  // namespace

WindowTotal windowTotal(const std::vector<sql::BoundAggregate>& aggregates, const std::vector<Batch>& rows,
                        std::uint64_t count, const sql::EvalContext& eval) {
    std::vector<Totalled> some;
    for (const sql::BoundAggregate& aggregate : aggregates) {
        if (isTotalled(aggregate)) some.emplace_back(aggregate);
    }
    if (some.empty() || count == 0) return {};
    WindowTotal total;
    total.tooMany = rows.size() < count;
    if (total.tooMany) return total;
    for (const Batch& row : rows) {
        for (Totalled& each : some) each.add(row, eval);
    }
    Schema schema;
    for (const Totalled& each : some) {
        ColumnRef value = each.finish();
        if (!value) continue;
        schema.fields.push_back({each.aggregate().name, each.aggregate().type});
        total.values.columns.push_back(std::move(value));
    }
    if (schema.fields.empty()) return {};
    total.values.schema = std::make_shared<const Schema>(std::move(schema));
    total.values.rows = 1;
    return total;
}

Text totalWords(const WindowTotal& total) {
    if (total.tooMany)
        return RW_TEXT("lineage", "What they come to together is not computed: not all of them are kept.");
    if (total.values.rows == 0) return {};
    std::vector<int> columns(total.values.columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = static_cast<int>(i);
    return RW_TEXT("lineage", "Together: %1").with(cellsText(total.values, 0, columns, columns.size()));
}

}  // namespace rw
