#include "core/pipeline_tests/test_cells.h"

#include <utility>

#include "core/pipeline/json/json_layout.h"
#include "core/pipeline_tests/test_values.h"

namespace rw {

namespace {

constexpr const char* kAny = "*";

Status noSuchColumn(const std::string& column) {
    return {ErrorCode::Invalid, RW_TEXT("pipeline_tests", "There is no column “%1”.").with(column),
            RW_TEXT("pipeline_tests", "Name columns that the port has.")};
}

Status wrongCount(std::size_t row, std::size_t cells, std::size_t columns) {
    return {
        ErrorCode::Invalid,
        RW_TEXT("pipeline_tests", "Row %1: values: %2 instead of %3.").with(row + 1, cells, columns),
        RW_TEXT("pipeline_tests", "Give a value for each column, null for NULL, or name fewer “columns”.")};
}

Text wrongCell(const std::string& column, const Json& cell, Type type) {
    return RW_TEXT("pipeline_tests", "“%1”: %2 is not %3.").with(column, onOneLine(cell), toString(type));
}

/// For each cell of a row the column of `schema`.
Result<std::vector<std::size_t>> cellColumns(const PipelineTestStep& step, const Schema& schema) {
    std::vector<std::size_t> out;
    if (!step.columns) {
        for (std::size_t i = 0; i < schema.size(); ++i) out.push_back(i);
        return out;
    }
    for (const std::string& name : *step.columns) {
        const auto column = schema.find(name);
        if (!column) return noSuchColumn(name);
        out.push_back(static_cast<std::size_t>(*column));
    }
    return out;
}

}  // namespace

Result<StepRows> givenRows(const PipelineTestStep& step, const Schema& schema) {
    RW_TRY_ASSIGN(const std::vector<std::size_t> columns, cellColumns(step, schema));
    StepRows out;
    for (std::size_t i = 0; i < step.rows->size(); ++i) {
        const Json& cells = (*step.rows)[i];
        if (cells.size() != columns.size()) return wrongCount(i, cells.size(), columns.size());
        StepRow& row = out.emplace_back();
        row.values.resize(schema.size());
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            const Field& field = schema.fields[columns[cell]];
            if (auto value = testValue(cells[cell], field.type)) {
                row.values[columns[cell]] = *std::move(value);
            } else if (row.wrong.empty()) {
                row.wrong = wrongCell(field.name, cells[cell], field.type);
                row.text = onOneLine(cells);
            }
        }
    }
    return out;
}

Result<LookedAt> lookedAt(const PipelineTestStep& step, const StreamType& type, bool table) {
    LookedAt out;
    const Schema& schema = *type.schema;
    const bool hasOp = type.updating && !table && !schema.find(kOpColumn);
    const MatchColumn op{kOpColumn, Type::of(TypeId::String)};
    const auto add = [&](int column) {
        const Field& field = schema.fields[static_cast<std::size_t>(column)];
        out.columns.push_back({field.name, field.type});
        out.from.push_back(column);
    };
    const auto addOp = [&] {
        out.columns.push_back(op);
        out.from.push_back(-1);
    };
    if (!step.columns) {
        if (hasOp) addOp();
        for (int i = 0; i < static_cast<int>(schema.size()); ++i) add(i);
        return out;
    }
    for (const std::string& name : *step.columns) {
        const auto column = schema.find(name);
        if (column) {
            add(*column);
        } else if (hasOp && name == kOpColumn) {
            addOp();
        } else {
            return noSuchColumn(name);
        }
    }
    return out;
}

ValueRow cutRow(const LookedAt& look, const PortRow& row) {
    ValueRow cut;
    cut.reserve(look.from.size());
    for (const int column : look.from)
        cut.push_back(column < 0 ? Value{std::string(toString(row.kind))}
                                 : row.values[static_cast<std::size_t>(column)]);
    return cut;
}

std::vector<ValueRow> cutRows(const LookedAt& look, const PortRowList& rows) {
    std::vector<ValueRow> out;
    out.reserve(rows.size());
    for (const PortRow& row : rows) out.push_back(cutRow(look, row));
    return out;
}

Result<std::vector<ExpectedRow>> expectedRows(const PipelineTestStep& step, const LookedAt& look) {
    std::vector<ExpectedRow> out;
    for (std::size_t i = 0; i < step.rows->size(); ++i) {
        const Json& cells = (*step.rows)[i];
        if (cells.size() != look.columns.size()) return wrongCount(i, cells.size(), look.columns.size());
        ExpectedRow& row = out.emplace_back();
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            const MatchColumn& column = look.columns[cell];
            if (cells[cell] == kAny) {
                row.push_back({true, {}});
            } else if (auto value = testValue(cells[cell], column.type)) {
                row.push_back({false, *std::move(value)});
            } else {
                return Status(ErrorCode::Invalid, wrongCell(column.name, cells[cell], column.type),
                              RW_TEXT("pipeline_tests",
                                      "A DECIMAL of many digits, a time and a date are written "
                                      "in quotes."));
            }
        }
    }
    return out;
}

PipelineTestStep stepAsItCame(const PipelineTestStep& step, const LookedAt& look,
                              const std::vector<ValueRow>& rows) {
    PipelineTestStep out = step;
    if (step.count) {
        out.count = rows.size();
        return out;
    }
    std::vector<bool> any(look.columns.size(), !step.rows->empty());
    for (const Json& cells : *step.rows) {
        for (std::size_t i = 0; i < any.size(); ++i) any[i] = any[i] && cells[i] == kAny;
    }
    out.rows = Json::array();
    for (const ValueRow& row : rows) {
        Json cells = Json::array();
        for (std::size_t i = 0; i < row.size(); ++i)
            cells.push_back(any[i] ? Json(kAny) : testCell(row[i], look.columns[i].type));
        out.rows->push_back(std::move(cells));
    }
    return out;
}

}  // namespace rw
