#include "tests/unit/sql/expressions.h"

#include "core/data/text.h"

namespace rw::sql::test {

Batch table(const std::vector<ColumnText>& columns) {
    auto schema = std::make_shared<Schema>();
    Batch batch;
    for (const auto& [declared, cells] : columns) {
        const std::size_t blank = declared.find(' ');
        const Field field{declared.substr(0, blank), parseType(declared.substr(blank + 1)).value()};
        ColumnBuilder builder(field.type);
        for (const std::string& cell : cells) {
            appendValue(builder, cell == "NULL" ? Value() : parseValue(cell, field.type).value());
        }
        schema->fields.push_back(field);
        batch.columns.push_back(builder.finish());
        batch.rows = cells.size();
    }
    batch.schema = std::move(schema);
    return batch;
}

Batch rowsOnly(std::size_t rows) {
    Batch batch;
    batch.schema = std::make_shared<Schema>();
    batch.rows = rows;
    return batch;
}

Scope scopeOf(const Batch& batch) {
    return {batch.schema, {}, false};
}

QStringList results(const std::string& text, const Batch& batch, const EvalContext& context) {
    Scope scope = scopeOf(batch);
    scope.generator = true;
    const auto bound = bindText(text, scope);
    if (const auto* const error = std::get_if<SqlError>(&bound)) {
        return {"? " + QString::fromStdString(english(error->message))};
    }
    const Vector vector = evaluate(*std::get<BoundRef>(bound), batch, context);
    const ColumnRef column = vector.flat(batch.rows);
    QStringList out;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        std::string cell;
        appendCell(cell, *column, row);
        out.append(column->isNull(row) ? QStringLiteral("NULL") : QString::fromStdString(cell));
    }
    if (vector.errors) {
        for (const RowError& error : *vector.errors) {
            Q_ASSERT(column->isNull(error.row));
            out[static_cast<int>(error.row)] = "! " + QString::fromStdString(english(error.reason));
        }
    }
    return out;
}

QString result(const std::string& text) {
    return results(text, rowsOnly()).front();
}

QString typeOf(const std::string& text, const Batch& batch) {
    const auto bound = bindText(text, scopeOf(batch));
    if (const auto* const error = std::get_if<SqlError>(&bound)) {
        return "? " + QString::fromStdString(english(error->message));
    }
    return QString::fromStdString(toString(std::get<BoundRef>(bound)->type));
}

std::vector<std::uint32_t> selected(const std::string& text, const Batch& batch) {
    const auto bound = bindCondition(text, scopeOf(batch));
    std::vector<std::uint32_t> rows;
    RowErrors errors;
    filterRows(*std::get<BoundRef>(bound), batch, {}, rows, errors);
    return rows;
}

SqlError errorOf(const std::string& text, const Batch& batch) {
    const auto bound = bindText(text, scopeOf(batch));
    return std::get<SqlError>(bound);
}

}  // namespace rw::sql::test
