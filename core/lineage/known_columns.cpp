#include "core/lineage/known_columns.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/data/text.h"
#include "core/sql/eval/scalar_function.h"

namespace rw {

namespace {

/// The column that an operand is, also where it is converted for the comparison; −1: it is none.
int columnOf(const sql::BoundExpr& expr) {
    if (expr.kind == sql::BoundExpr::Kind::Column) return expr.column;
    if (expr.kind == sql::BoundExpr::Kind::Cast) return columnOf(*expr.args.front());
    return -1;
}

bool readsColumns(const sql::BoundExpr& expr, std::size_t columns) {
    std::vector<bool> used(columns, false);
    sql::markColumns(expr, used);
    return std::find(used.begin(), used.end(), true) != used.end();
}

class Equations {
 public:
    Equations(KnownColumns& known, const SchemaRef& schema, const sql::EvalContext& eval)
        : m_known(known), m_schema(schema), m_eval(eval) {}

    void take(const sql::BoundExpr& expr) {
        if (expr.kind == sql::BoundExpr::Kind::And) {
            for (const sql::BoundRef& arg : expr.args) take(*arg);
            return;
        }
        if (expr.kind == sql::BoundExpr::Kind::Call && expr.function->name == "=" &&
            (set(*expr.args[0], *expr.args[1]) || set(*expr.args[1], *expr.args[0])))
            return;
        if (expr.kind == sql::BoundExpr::Kind::Call && expr.function->name == "IS NULL" &&
            setNull(*expr.args[0]))
            return;
        m_known.whole = false;
    }

 private:
    bool set(const sql::BoundExpr& left, const sql::BoundExpr& right) {
        const int column = columnOf(left);
        if (column < 0 || readsColumns(right, m_schema->size())) return false;
        Batch one;
        one.rows = 1;
        one.schema = m_schema;
        one.columns.resize(m_schema->size());
        const ColumnRef value = sql::evaluate(right, one, m_eval).flat(1);
        if (value->isNull(0)) return false;
        const Type type = m_schema->fields[static_cast<std::size_t>(column)].type;
        ColumnRef typed = value;
        if (!(value->type() == type)) {
            std::string text;
            appendCell(text, *value, 0);
            const std::optional<Value> read = parseValue(text, type);
            if (!read) return false;
            ColumnBuilder builder(type);
            appendValue(builder, *read);
            typed = builder.finish();
        }
        m_known.row.columns[static_cast<std::size_t>(column)] = std::move(typed);
        return true;
    }

    bool setNull(const sql::BoundExpr& operand) {
        const int column = columnOf(operand);
        if (column < 0) return false;
        const auto place = static_cast<std::size_t>(column);
        m_known.row.columns[place] = Column::nulls(m_schema->fields[place].type, 1);
        return true;
    }

    KnownColumns& m_known;
    const SchemaRef& m_schema;
    const sql::EvalContext& m_eval;
};

constexpr std::size_t kMostNamed = 3;

/// The texts of the row that are not those sought, but nearly.
void addValues(const Batch& row, const Batch& known, std::vector<std::string>& values) {
    const std::size_t columns = std::min(row.columns.size(), known.columns.size());
    for (std::size_t i = 0; i < columns && values.size() < kMostNamed; ++i) {
        const ColumnRef &have = row.columns[i], &wanted = known.columns[i];
        if (!have || !wanted || have->isNull(0) || wanted->isNull(0)) continue;
        if (!have->type().is(TypeId::String) || !wanted->type().is(TypeId::String)) continue;
        if (have->string(0) == wanted->string(0) || !nearlySame(have->string(0), wanted->string(0))) continue;
        const std::string shown = shortenedText(have->string(0));
        std::string value = row.schema->fields[i].name + " = “" + shown + "”";
        if (std::find(values.begin(), values.end(), value) == values.end())
            values.push_back(std::move(value));
    }
}

}  // namespace

bool KnownColumns::any() const {
    return std::any_of(row.columns.begin(), row.columns.end(),
                       [](const ColumnRef& each) { return each != nullptr; });
}

KnownColumns knownColumns(const sql::BoundExpr& condition, const SchemaRef& schema,
                          const sql::EvalContext& eval) {
    KnownColumns known;
    known.row.schema = schema;
    known.row.rows = 1;
    known.row.columns.resize(schema->size());
    Equations(known, schema, eval).take(condition);
    return known;
}

Batch knownOf(const RowMatch& match, const SchemaRef& schema) {
    Batch known;
    known.schema = schema;
    known.rows = 1;
    known.columns.resize(schema->size());
    for (const ColumnPair& pair : match.equal) {
        if (pair.asked < 0 || static_cast<std::size_t>(pair.asked) >= match.asked.columns.size()) continue;
        const ColumnRef& value = match.asked.columns[static_cast<std::size_t>(pair.asked)];
        const auto place = static_cast<std::size_t>(pair.input);
        if (value && value->type() == schema->fields[place].type) known.columns[place] = value;
    }
    return known;
}

RowPart NearlyCondition::of(const Batch& rows, std::size_t row) const {
    bool nearly = false;
    for (const ColumnPair& pair : m_match->equal) {
        const auto asked = static_cast<std::size_t>(pair.asked), input = static_cast<std::size_t>(pair.input);
        if (pair.asked < 0 || asked >= m_match->asked.columns.size()) continue;
        const ColumnRef &wanted = m_match->asked.columns[asked], &have = rows.columns[input];
        if (!wanted || !have) continue;
        if (equalCells(*have, row, *wanted, 0, m_match->asKeys)) continue;
        const bool texts = have->type().is(TypeId::String) && wanted->type().is(TypeId::String);
        if (!texts || have->isNull(row) || wanted->isNull(0) ||
            !nearlySame(have->string(row), wanted->string(0)))
            return {};
        nearly = true;
    }
    if (!nearly) return {};
    RowMatch rest = *m_match;
    rest.equal.clear();
    return rest.of(rows, row);
}

Text nearValues(const std::vector<LineageRow>& rows, const std::vector<Batch>& known) {
    std::vector<std::string> values;
    for (const LineageRow& row : rows) {
        for (const Batch& each : known) addValues(row.row, each, values);
    }
    if (values.empty()) return {};
    std::string all;
    for (const std::string& value : values) all += (all.empty() ? "" : ", ") + value;
    return RW_TEXT("lineage", "the nearest: %1").with(all);
}

}  // namespace rw
