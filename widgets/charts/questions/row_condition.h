// A condition in SQL that is true of the row behind a part of a picture, made column by column. What a
// picture knows only nearly is left out: a condition is never false of the row.
#pragma once
#include <string>

#include "core/data/value.h"
#include "core/views/chart_column.h"
#include "widgets/charts/drawing/ticks.h"

namespace rw::ui {

class RowCondition {
 public:
    RowCondition& time(const ChartColumn& column, Instant at);
    /// A number that chartNumber() gave.
    RowCondition& number(const ChartColumn& column, double value);
    /// A label that appendLabel() wrote.
    RowCondition& label(const ChartColumn& column, const std::string& label);
    /// A value that a table keeps; its texts are cut at `longest` bytes.
    RowCondition& value(const ChartColumn& column, const Value& value, std::size_t longest);
    /// A number or a time from `range.from` on, below `range.to`.
    RowCondition& within(const ChartColumn& column, const Range& range);
    /// A text that is not known yet: a person writes it between the quotes.
    RowCondition& open(const ChartColumn& column);

    bool empty() const { return m_sql.empty(); }
    const std::string& sql() const { return m_sql; }

 private:
    RowCondition& add(const ChartColumn& column, const std::string& rest);

    std::string m_sql{};
};

}  // namespace rw::ui
