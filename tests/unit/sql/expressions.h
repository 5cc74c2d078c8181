// Expressions in a test: a table written as text, a text of SQL, and its result as text.
#pragma once
#include <QString>
#include <QStringList>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/batch.h"
#include "core/sql/bind/bind.h"
#include "core/sql/eval/evaluate.h"

namespace rw::sql::test {

/// A column: “name TYPE” and its values as text, “NULL” for none.
using ColumnText = std::pair<std::string, std::vector<std::string>>;

/// A batch of these columns, which are equally long.
Batch table(const std::vector<ColumnText>& columns);
/// A batch of `rows` rows and no column.
Batch rowsOnly(std::size_t rows = 1);
Scope scopeOf(const Batch& batch);

/// The expression's value in every row: its text form, “NULL”, or “!” and why the row failed. A text that
/// does not bind gives one entry, “?” and the message.
QStringList results(const std::string& text, const Batch& batch, const EvalContext& context = {});
/// The same for an expression without columns.
QString result(const std::string& text);
/// The type that the expression has, or “?” and the message.
QString typeOf(const std::string& text, const Batch& batch);
/// The rows that a condition selects.
std::vector<std::uint32_t> selected(const std::string& text, const Batch& batch);
/// The error in the text; fails the program when there is none.
SqlError errorOf(const std::string& text, const Batch& batch);

}  // namespace rw::sql::test
