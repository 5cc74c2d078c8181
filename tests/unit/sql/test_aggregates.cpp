// Aggregates: their types, their results, that neither the order of rows nor how they were cut up shows,
// and errors of wrong ones.
#include <QtTest/QtTest>
#include <cmath>
#include <random>

#include "core/data/text.h"
#include "core/sql/aggregates/aggregates.h"
#include "tests/unit/sql/accumulation.h"

using namespace rw;
using namespace rw::sql;
using rw::sql::accumulation::resultOf;

namespace {

using Rows = std::vector<std::vector<std::string>>;

SchemaRef schema() {
    static const auto kSchema = std::make_shared<const Schema>(Schema{{{"i", Type::of(TypeId::Int)},
                                                                       {"b", Type::of(TypeId::Bigint)},
                                                                       {"d", Type::of(TypeId::Double)},
                                                                       {"p", Type::decimal(38, 2)},
                                                                       {"s", Type::of(TypeId::String)},
                                                                       {"t", Type::of(TypeId::Timestamp)},
                                                                       {"ok", Type::of(TypeId::Boolean)}}});
    return kSchema;
}

/// One column of text; the others are NULL.
Batch column(const std::string& name, const std::vector<std::string>& cells) {
    Batch batch;
    batch.schema = schema();
    batch.rows = cells.size();
    for (const Field& field : schema()->fields) {
        if (field.name != name) {
            batch.columns.push_back(Column::nulls(field.type, cells.size()));
            continue;
        }
        ColumnBuilder builder(field.type);
        for (const std::string& cell : cells) {
            if (cell.empty()) {
                builder.appendNull();
            } else {
                appendValue(builder, parseValue(cell, field.type).value());
            }
        }
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

BoundAggregate bound(const std::string& text) {
    auto parsed = bindAggregate(text, Scope{schema()});
    if (const auto* error = std::get_if<SqlError>(&parsed)) qFatal("%s", english(error->message).c_str());
    return std::get<BoundAggregate>(std::move(parsed));
}

SqlError problem(const std::string& text) {
    auto parsed = bindAggregate(text, Scope{schema()});
    if (!std::holds_alternative<SqlError>(parsed)) qFatal("no error: %s", text.c_str());
    return std::get<SqlError>(parsed);
}

/// Feeds rows [from, to) of the batch to group `group`.
void feed(Accumulator& accumulator, const BoundAggregate& aggregate, const Batch& batch, std::uint32_t group,
          std::size_t from, std::size_t to) {
    std::vector<std::uint32_t> rows, groups;
    std::vector<RowOrder> orders;
    std::vector<std::uint32_t> passing;
    RowErrors errors;
    if (aggregate.filter) filterRows(*aggregate.filter, batch, {}, passing, errors);
    for (std::uint32_t row = static_cast<std::uint32_t>(from); row < to; ++row) {
        if (aggregate.filter && !std::binary_search(passing.begin(), passing.end(), row)) continue;
        rows.push_back(row);
        groups.push_back(group);
        orders.push_back({0, 0, row});
    }
    Vector argument;
    if (aggregate.argument) argument = evaluate(*aggregate.argument, batch, {});
    if (!aggregate.ordered) orders.clear();
    accumulator.update({rows, groups, aggregate.argument ? &argument : nullptr, orders});
}

/// The result over a batch: all at once, and cut in two with the parts merged the wrong way round.
std::string compute(const std::string& text, const Batch& batch) {
    const BoundAggregate aggregate = bound(text);
    const auto whole = aggregate.make(aggregate);
    whole->resize(1);
    feed(*whole, aggregate, batch, 0, 0, batch.rows);
    const std::string result = resultOf(*whole, 0);

    const auto parts = aggregate.make(aggregate), merged = aggregate.make(aggregate);
    parts->resize(2);
    merged->resize(3);
    feed(*parts, aggregate, batch, 1, 0, batch.rows / 2);
    feed(*parts, aggregate, batch, 0, batch.rows / 2, batch.rows);
    const std::uint32_t sources[] = {0, 1}, targets[] = {2, 2};
    merged->merge(*parts, sources, targets);
    if (resultOf(*merged, 2) != result) return "merged: " + resultOf(*merged, 2) + ", at once: " + result;
    // One group taken over by another of the same accumulator, and forgotten.
    const std::uint32_t zero[] = {0}, one[] = {1};
    parts->merge(*parts, zero, one);
    parts->clear(zero);
    if (resultOf(*parts, 1) != result) return "merged within: " + resultOf(*parts, 1);
    const auto empty = aggregate.make(aggregate);
    empty->resize(1);
    if (resultOf(*parts, 0) != resultOf(*empty, 0)) return "not forgotten: " + resultOf(*parts, 0);
    return result;
}

std::string compute(const std::string& text, const std::string& name, const std::vector<std::string>& cells) {
    return compute(text, column(name, cells));
}

}  // namespace

class TestAggregates : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void types() {
        const std::pair<const char*, const char*> expected[] = {{"COUNT(*) AS x", "BIGINT"},
                                                                {"SUM(i) AS x", "BIGINT"},
                                                                {"SUM(b) AS x", "BIGINT"},
                                                                {"SUM(d) AS x", "DOUBLE"},
                                                                {"SUM(p) AS x", "DECIMAL(38,2)"},
                                                                {"AVG(i) AS x", "DOUBLE"},
                                                                {"AVG(p) AS x", "DECIMAL(38,6)"},
                                                                {"MIN(s) AS x", "STRING"},
                                                                {"MAX(t) AS x", "TIMESTAMP(3)"},
                                                                {"MIN(ok) AS x", "BOOLEAN"},
                                                                {"STDDEV_POP(i) AS x", "DOUBLE"},
                                                                {"FIRST_VALUE(p) AS x", "DECIMAL(38,2)"},
                                                                {"LISTAGG(s) AS x", "STRING"},
                                                                {"PERCENTILE(i, 0.5) AS x", "DOUBLE"},
                                                                {"SUM(i * 2.5) AS x", "DECIMAL(38,1)"},
                                                                {"APPROX_COUNT_DISTINCT(s) AS x", "BIGINT"}};
        for (const auto& [text, type] : expected) QCOMPARE(toString(bound(text).type), std::string(type));
        QCOMPARE(bound("max(i) as Best").name, std::string("Best"));
    }

    void results_data() {
        QTest::addColumn<QString>("aggregate");
        QTest::addColumn<QString>("column");
        QTest::addColumn<QStringList>("cells");
        QTest::addColumn<QString>("result");
        const auto row = [](const char* aggregate, const char* name, const QStringList& cells,
                            const char* result) {
            QTest::addRow("%s of %s", aggregate, qPrintable(cells.join(QLatin1Char(' '))))
                << QString::fromUtf8(aggregate) << QString::fromUtf8(name) << cells
                << QString::fromUtf8(result);
        };
        const auto cells = [](const char* text) { return QString::fromUtf8(text).split(QLatin1Char(' ')); };
        row("COUNT(*) AS x", "i", cells("1  3"), "3");
        row("COUNT(i) AS x", "i", cells("1  3"), "2");
        row("COUNT(DISTINCT i) AS x", "i", cells("1 2 1  2 3"), "3");
        row("COUNT(DISTINCT s) AS x", "s", cells("a bb a a-text-that-is-long bb a-text-that-is-long"), "3");
        row("COUNT(DISTINCT d) AS x", "d", cells("0 -0 NaN NaN 1"), "3");
        row("COUNT(DISTINCT i) AS x", "i", cells("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 1 20"),
            "20");
        row("SUM(i) AS x", "i", cells("2147483647 2147483647"), "4294967294");
        row("SUM(b) AS x", "b", cells("9223372036854775807 1 -1"), "9223372036854775807");
        row("SUM(b) AS x", "b", cells("9223372036854775807 1"), "SUM overflows BIGINT.");
        row("SUM(DISTINCT i) AS x", "i", cells("5 5 7"), "12");
        row("SUM(i) AS x", "i", cells(" "), "NULL");
        row("SUM(d) AS x", "d", cells("1e16 1 -1e16"), "1");
        row("SUM(d) AS x", "d", cells("Infinity 1"), "Infinity");
        row("SUM(d) AS x", "d", cells("Infinity -Infinity"), "NaN");
        row("SUM(p) AS x", "p", cells("999999999999999999999999999999999999.99 0.01 -0.02"),
            "999999999999999999999999999999999999.98");
        row("SUM(p) AS x", "p",
            cells("999999999999999999999999999999999999.99 999999999999999999999999999999999999.99"),
            "SUM overflows DECIMAL(38,2).");
        row("AVG(i) AS x", "i", cells("1 2"), "1.5");
        row("AVG(b) AS x", "b", cells("9223372036854775807 9223372036854775807"), "9223372036854775808");
        row("AVG(p) AS x", "p", cells("0.01 0.01 0.00"), "0.006667");
        row("AVG(p) AS x", "p", cells("-0.01 -0.01 0.00"), "-0.006667");
        row("AVG(p) AS x", "p", cells(" "), "NULL");
        row("MIN(i) AS x", "i", cells("3  -1 2"), "-1");
        row("MAX(s) AS x", "s", cells("apple Zebra éclair"), "éclair");
        row("MIN(ok) AS x", "ok", cells("true false"), "false");
        row("MAX(d) AS x", "d", cells("1 NaN Infinity"), "NaN");
        row("MIN(d) AS x", "d", cells("0 -0"), "-0");
        row("MAX(t) AS x", "t", {QStringLiteral("2024-03-01"), QStringLiteral("2024-03-02 00:00:00.001")},
            "2024-03-02 00:00:00.001");
        row("VAR_POP(i) AS x", "i", cells("2 4 4 4 5 5 7 9"), "4");
        row("STDDEV_POP(i) AS x", "i", cells("2 4 4 4 5 5 7 9"), "2");
        row("VAR_SAMP(d) AS x", "d", cells("1000000000.1 1000000000.2 1000000000.3"), "0.009999992847440353");
        row("STDDEV_SAMP(i) AS x", "i", cells("7"), "NULL");
        // Mirrored values vary as much, to the last bit.
        row("VAR_POP(i) AS x", "i", cells("0 0 -1"), "0.2222222222222222");
        row("VAR_POP(i) AS x", "i", cells("0 -1 -1"), "0.2222222222222222");
        row("STDDEV_SAMP(d) AS x", "d", cells("0 0 -1"), "0.5773502691896257");
        row("STDDEV_SAMP(d) AS x", "d", cells("0 -1 -1"), "0.5773502691896257");
        row("VAR_POP(b) AS x", "b", cells("9223372036854775807 9223372036854775806"), "0.25");
        row("VAR_SAMP(p) AS x", "p", cells("12345678901234567890.10 12345678901234567890.20"), "0.005");
        row("VAR_POP(DISTINCT b) AS x", "b", cells("9007199254740992 9007199254740993 9007199254740993"),
            "0.25");
        row("VAR_SAMP(DISTINCT p) AS x", "p",
            cells("12345678901234567890.10 12345678901234567890.20 12345678901234567890.10"), "0.005");
        row("VAR_POP(d) AS x", "d", cells("Infinity 1"), "NaN");
        row("VAR_POP(d) AS x", "d", cells("1e200"), "0");
        row("VAR_POP(d) AS x", "d", cells("-1.7e308"), "0");
        row("VAR_SAMP(d) AS x", "d", cells("1.7e308 1.7e308 1.7e308"), "0");
        row("STDDEV_POP(d) AS x", "d", cells("1e308 -1e308"), "1e+308");
        row("STDDEV_POP(d) AS x", "d", cells("1e200 3e200"), "1e+200");
        row("VAR_POP(d) AS x", "d", cells("1e200 3e200"), "Infinity");
        row("VAR_POP(d) AS x", "d", cells("-1e150 1e150"), "9.999999999999999e+299");
        row("STDDEV_SAMP(d) AS x", "d", cells("1e200 0 -1e200"), "1e+200");
        row("VAR_POP(d) AS x", "d", cells("1e200 NaN"), "NaN");
        row("SUM(d) AS x", "d", cells("1.7e308 1.7e308"), "Infinity");
        row("AVG(d) AS x", "d", cells("-1.7e308 -1.7e308"), "-Infinity");
        row("FIRST_VALUE(i) AS x", "i", cells(" 3 1"), "3");
        row("LAST_VALUE(s) AS x", "s", cells("a b "), "b");
        row("LISTAGG(s) AS x", "s", cells("b a  b"), "b,a,b");
        row("LISTAGG(s, ' + ') AS x", "s", cells("b a"), "b + a");
        row("LISTAGG(DISTINCT s) AS x", "s", cells("b a b c a"), "b,a,c");
        row("PERCENTILE(i, 0.5) AS x", "i", cells("4 1 3 2"), "2.5");
        row("PERCENTILE(d, 0.9) AS x", "d", cells("10 20"), "19");
        row("PERCENTILE(d, 1) AS x", "d", cells("1 NaN"), "NaN");
        row("PERCENTILE(d, 0.5) AS x", "d", cells("Infinity Infinity"), "Infinity");
        row("APPROX_COUNT_DISTINCT(s) AS x", "s", cells("a b a  c"), "3");
        row("COUNT(*) FILTER (WHERE i > 1) AS x", "i", cells("1 2 3 "), "2");
        row("COUNT(*) FILTER (WHERE NULL) AS x", "i", cells("1 2 3"), "0");
        row("SUM(i * i) FILTER (WHERE i <> 2) AS x", "i", cells("1 2 3"), "10");
    }
    void results() {
        QFETCH(QString, aggregate);
        QFETCH(QString, column);
        QFETCH(QStringList, cells);
        QFETCH(QString, result);
        std::vector<std::string> texts;
        for (const QString& cell : cells) texts.push_back(cell.toStdString());
        QCOMPARE(QString::fromStdString(compute(aggregate.toStdString(), column.toStdString(), texts)),
                 result);
    }

    void orderOfRowsDoesNotShow() {
        std::mt19937_64 random(7);
        std::vector<std::string> cells;
        for (int i = 0; i < 300; ++i) {
            std::string text;
            appendDouble(
                text, std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 40) - 60));
            cells.push_back(random() % 2 == 0 ? text : "-" + text);
        }
        for (const char* aggregate :
             {"SUM(d) AS x", "AVG(d) AS x", "VAR_SAMP(d) AS x", "PERCENTILE(d, 0.37) AS x"}) {
            const std::string first = compute(aggregate, "d", cells);
            QVERIFY2(parseDouble(first),
                     first.c_str());  // neither NULL nor what compute() says of a difference
            for (int i = 0; i < 20; ++i) {
                std::shuffle(cells.begin(), cells.end(), random);
                QCOMPARE(compute(aggregate, "d", cells), first);
            }
        }
    }

    void approximateCountIsNear_data() {
        QTest::addColumn<int>("values");
        for (const int count : {512, 513, 1000, 5'000, 20'000, 100'000, 400'000}) {
            QTest::addRow("%d", count) << count;
        }
    }
    void approximateCountIsNear() {
        QFETCH(int, values);
        ColumnBuilder builder(Type::of(TypeId::Bigint));
        for (std::int64_t i = 0; i < values; ++i) builder.append(i * 1'000);
        Batch batch = column("i", std::vector<std::string>(static_cast<std::size_t>(values), ""));
        batch.columns[1] = builder.finish();
        const double found = std::stod(compute("APPROX_COUNT_DISTINCT(b) AS x", batch));
        QVERIFY2(std::abs(found - values) <= (values <= 512 ? 0.0 : 0.03 * values),
                 std::to_string(found).c_str());
    }

    void wrongOnesAreExplained_data() {
        QTest::addColumn<QString>("aggregate");
        QTest::addColumn<QString>("message");
        QTest::addColumn<int>("position");
        const auto row = [](const char* aggregate, const char* message, int position) {
            QTest::addRow("%s", aggregate)
                << QString::fromUtf8(aggregate) << QString::fromUtf8(message) << position;
        };
        row("COUNT(*)", "The result has no name.", 8);
        row("i * 2 AS x", "This is not an aggregate.", 0);
        row("* ", "This is not an aggregate.", 0);
        row("SUM(s) AS x", "SUM takes a number, not STRING.", 4);
        row("SUM(i, b) AS x", "SUM does not take 2 arguments.", 0);
        row("LISTAGG(i) AS x", "LISTAGG takes a STRING, not INT.", 8);
        row("LISTAGG(s, s) AS x", "The separator of LISTAGG is a text in quotes.", 11);
        row("PERCENTILE(d, 95) AS x", "The share of PERCENTILE is a number from 0 to 1.", 14);
        row("PERCENTILE(d) AS x", "PERCENTILE does not take 1 arguments.", 0);
        row("MAX(NULL) AS x", "MAX of NULL has no type.", 4);
        row("SUM(i) FILTER (WHERE i) AS x", "FILTER needs a condition, not INT.", 21);
    }
    void wrongOnesAreExplained() {
        QFETCH(QString, aggregate);
        QFETCH(QString, message);
        QFETCH(int, position);
        const SqlError error = problem(aggregate.toStdString());
        QCOMPARE(QString::fromStdString(english(error.message)), message);
        QCOMPARE(static_cast<int>(error.position), position);
        QVERIFY(!error.fix.empty());
    }

    void unknownColumnsAreNamed() {
        const SqlError error = problem("SUM(ii) AS x");
        QCOMPARE(english(error.message), std::string("No column “ii” in the input."));
        QCOMPARE(error.position, std::size_t{4});
    }

    void everyFunctionIsDescribed() {
        QCOMPARE(aggregateFunctions().size(), std::size_t{14});
        for (const AggregateInfo& info : aggregateFunctions()) {
            QVERIFY(info.signature.starts_with(info.name));
            QVERIFY(!info.help.empty());
        }
        QCOMPARE(aggregateCallText("SUM( i ) AS total"), std::string("SUM( i )"));
        QCOMPARE(aggregateCallText("SUM(("), std::string("SUM(("));
    }
};

QTEST_APPLESS_MAIN(TestAggregates)
#include "test_aggregates.moc"
