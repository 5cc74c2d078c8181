#include "tests/unit/sql/accumulation.h"

#include <QtTest/QtTest>

#include "core/data/text.h"

namespace rw::sql::accumulation {

SchemaRef schema() {
    static const auto kSchema = std::make_shared<const Schema>(Schema{{{"i", Type::of(TypeId::Int)},
                                                                       {"b", Type::of(TypeId::Bigint)},
                                                                       {"d", Type::of(TypeId::Double)},
                                                                       {"p", Type::decimal(38, 2)},
                                                                       {"s", Type::of(TypeId::String)},
                                                                       {"y", Type::of(TypeId::Bytes)}}});
    return kSchema;
}

std::vector<std::string> pool(char column) {
    switch (column) {
        case 'i':
            return {"", "0", "1", "-1", "2147483647", "-2147483648", "7"};
        case 'b':
            return {"", "0", "3", "-3", "9223372036854775807", "-9223372036854775808", "9223372036854775806"};
        case 'd':
            return {"",     "0",        "-0",        "0.1",      "0.2",        "-0.3",    "1e-300",
                    "1e16", "1.1",      "-1e16",     "1e200",    "-3e200",     "1.7e308", "-1.7e308",
                    "NaN",  "Infinity", "-Infinity", "4.9e-324", "123456.789", "1e100"};
        case 'p':
            return {"",
                    "0.00",
                    "0.01",
                    "-0.01",
                    "999999999999999999999999999999999999.99",
                    "-999999999999999999999999999999999999.99",
                    "12345678901234567890.12"};
        case 'y':
            return {"",        "AA==", "AP8=", "gICAgICAgICAgICAgICAgICAgIA=", "gICAgICAgICAgICAgICAgICAgAA=",
                    "SGVsbG8="};
        default:
            return {"", "a", "b", "a text too long to lie inside of a string", "another one of that kind",
                    "é"};
    }
}

std::vector<std::pair<std::string, char>> calls() {
    std::vector<std::pair<std::string, char>> all;
    const auto row = [&all](const std::string& call, char column) { all.emplace_back(call, column); };
    row("COUNT(*)", 'i');
    row("COUNT(s)", 's');
    for (const char column : {'i', 'b', 'd', 'p', 's', 'y'}) {
        const std::string name(1, column);
        for (const char* const function :
             {"MIN", "MAX", "FIRST_VALUE", "LAST_VALUE", "APPROX_COUNT_DISTINCT"})
            row(function + ("(" + name) + ")", column);
        row("COUNT(DISTINCT " + name + ")", column);
        if (column == 's' || column == 'y') continue;
        for (const char* const function : {"SUM", "AVG"}) {
            row(function + ("(" + name) + ")", column);
            row(function + ("(DISTINCT " + name) + ")", column);
        }
        for (const char* const function : {"VAR_POP", "VAR_SAMP", "STDDEV_POP", "STDDEV_SAMP"})
            row(function + ("(" + name) + ")", column);
        row("PERCENTILE(" + name + ", 0.3)", column);
        row("PERCENTILE(DISTINCT " + name + ", 0.5)", column);
    }
    row("LISTAGG(s, '; ')", 's');
    row("LISTAGG(DISTINCT s)", 's');
    return all;
}

BoundAggregate bound(const std::string& text) {
    auto parsed = bindAggregate(text, Scope{schema()});
    if (const auto* error = std::get_if<SqlError>(&parsed)) qFatal("%s", english(error->message).c_str());
    return std::get<BoundAggregate>(std::move(parsed));
}

std::unique_ptr<Accumulator> make(const BoundAggregate& aggregate, bool retracting) {
    if (retracting) return aggregate.makeRetracting(aggregate);
    return aggregate.make(aggregate);
}

void feed(Accumulator& accumulator, const BoundAggregate& aggregate, char column,
          const std::vector<Row>& rows, bool retract) {
    Batch batch;
    batch.schema = schema();
    batch.rows = rows.size();
    for (const Field& field : schema()->fields) {
        ColumnBuilder builder(field.type);
        for (const Row& row : rows) {
            const bool filled = field.name.front() == column && !row.cell.empty();
            appendValue(builder, filled ? parseValue(row.cell, field.type).value() : Value());
        }
        batch.columns.push_back(builder.finish());
    }
    std::vector<std::uint32_t> numbers, groups;
    std::vector<RowOrder> orders;
    for (const Row& row : rows) {
        numbers.push_back(static_cast<std::uint32_t>(numbers.size()));
        groups.push_back(row.group);
        if (aggregate.ordered) orders.push_back({0, 0, row.order});
    }
    Vector argument;
    if (aggregate.argument) argument = evaluate(*aggregate.argument, batch, {});
    const AggregateInput input{numbers, groups, aggregate.argument ? &argument : nullptr, orders};
    if (retract) {
        dynamic_cast<RetractingAccumulator&>(accumulator).retract(input);
    } else {
        accumulator.update(input);
    }
}

std::string resultOf(const Accumulator& accumulator, std::uint32_t group) {
    const Vector result = accumulator.finish(std::span(&group, 1));
    if (result.errors) return english(result.errors->front().reason);
    if (result.column->isNull(0)) return "NULL";
    std::string text;
    appendCell(text, *result.column, 0);
    return text;
}

}  // namespace rw::sql::accumulation
