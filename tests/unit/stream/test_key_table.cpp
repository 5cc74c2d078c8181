// Groups of keys: the same key the same group, whatever its type, NULLs together, and keys come back as they
// were.
#include <QtTest/QtTest>
#include <ctime>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include "core/stream/key_hash.h"
#include "core/stream/key_table.h"
#include "tests/unit/stream/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

std::vector<std::uint32_t> insert(KeyTable& table, const Batch& batch,
                                  const std::vector<std::uint32_t>& rows) {
    std::vector<const Column*> columns;
    for (const ColumnRef& column : batch.columns) columns.push_back(column.get());
    std::vector<std::uint64_t> hashes;
    hashKeys(columns, batch.rows, hashes);
    std::vector<std::uint32_t> groups;
    table.findOrInsert(columns, hashes, rows, groups);
    return groups;
}

Batch keysOf(const KeyTable& table, const SchemaRef& schema, const std::vector<std::uint32_t>& groups) {
    Batch batch;
    batch.schema = schema;
    batch.rows = groups.size();
    for (std::size_t i = 0; i < schema->size(); ++i) batch.columns.push_back(table.column(i, groups));
    return batch;
}

std::string randomCell(TypeId type, std::mt19937_64& random) {
    const std::uint64_t number = random() % 300;
    if (random() % 10 == 0) return {};
    switch (type) {
        case TypeId::Boolean:
            return number % 2 == 0 ? "true" : "false";
        case TypeId::String:
            return number % 3 == 0 ? std::string(number % 40, 'x') + "!" : "key " + std::to_string(number);
        case TypeId::Date:
            return "2024-0" + std::to_string(1 + number % 9) + "-01";
        case TypeId::Timestamp:
            return "2024-03-01 00:00:00." + std::to_string(100 + number);
        case TypeId::Double:
        case TypeId::Decimal:
            return std::to_string(number) + ".5";
        default:
            return std::to_string(number);
    }
}

}  // namespace

class TestKeyTable : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void agreesWithAMap_data() {
        QTest::addColumn<QString>("types");
        for (const char* types : {"INT", "BIGINT", "STRING", "DOUBLE", "DECIMAL(20,2)", "BOOLEAN", "DATE",
                                  "TIMESTAMP(3)", "STRING BIGINT", "INT INT", "DOUBLE STRING BOOLEAN"}) {
            QTest::addRow("%s", types) << QString::fromLatin1(types);
        }
    }
    void agreesWithAMap() {
        QFETCH(QString, types);
        std::mt19937_64 random(11);
        Schema schema;
        std::vector<Type> keyTypes;
        for (const QString& name : types.split(QLatin1Char(' '))) {
            keyTypes.push_back(parseType(name.toStdString()).value());
            schema.fields.push_back({"k" + std::to_string(schema.size()), keyTypes.back()});
        }
        const auto shared = std::make_shared<const Schema>(schema);
        KeyTable table(keyTypes), other(keyTypes);
        std::map<std::string, std::uint32_t> expected;
        for (int round = 0; round < 20; ++round) {
            std::vector<std::vector<std::string>> rows(random() % 200);
            for (auto& row : rows) {
                for (const Type type : keyTypes) row.push_back(randomCell(type.id, random));
            }
            const Batch batch = batchOf(shared, rows);
            std::vector<std::uint32_t> chosen;
            for (std::uint32_t row = 0; row < batch.rows; ++row) {
                if (random() % 4 != 0) chosen.push_back(row);
            }
            const auto groups = insert(table, batch, chosen);
            insert(other, batch, chosen);
            const Batch back = keysOf(table, shared, groups);
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                const auto at = expected.try_emplace(lineOf(batch, chosen[i]), expected.size()).first;
                QCOMPARE(groups[i], at->second);
                QCOMPARE(lineOf(back, i), at->first);
            }
            QCOMPARE(table.size(), expected.size());
        }
        std::vector<std::uint32_t> everything(other.size()), targets, half;
        std::iota(everything.begin(), everything.end(), 0U);
        table.insert(other, everything, targets);
        QCOMPARE(table.size(), expected.size());
        for (std::uint32_t group = 0; group < targets.size(); ++group) QCOMPARE(targets[group], group);

        for (std::uint32_t group = 0; group < table.size(); group += 2) half.push_back(group);
        KeyTable some = table.emptied();
        some.insert(table, half, targets);
        QCOMPARE(some.size(), half.size());
        std::vector<std::uint32_t> all(half.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
        const Batch before = keysOf(table, shared, half), after = keysOf(some, shared, all);
        for (std::size_t i = 0; i < half.size(); ++i) QCOMPARE(lineOf(after, i), lineOf(before, i));
    }

    void doublesGroupAsKeys() {
        const auto schema = std::make_shared<const Schema>(Schema{{{"d", Type::of(TypeId::Double)}}});
        const Type types[] = {Type::of(TypeId::Double)};
        KeyTable table(types);
        const auto groups = insert(table, batchOf(schema, {{"-0.0"}, {"0"}, {"NaN"}, {"NaN"}}), {0, 1, 2, 3});
        QCOMPARE(groups, (std::vector<std::uint32_t>{0, 0, 1, 1}));
        QCOMPARE(lineOf(keysOf(table, schema, {0}), 0), std::string("0"));
    }

    void withoutColumnsThereIsOneGroup() {
        KeyTable table({});
        std::vector<std::uint32_t> groups;
        table.findOrInsert({}, {}, std::vector<std::uint32_t>{0, 1, 2}, groups);
        QCOMPARE(groups, (std::vector<std::uint32_t>{0, 0, 0}));
        QCOMPARE(table.size(), std::size_t{1});
    }

    /// All keys of one instance share the high bits of their hashes; groups must spread all the same. With
    /// places by those bits this takes hundreds of times as long.
    void rowsDealtOutByAnExchangeStayFast() {
        const Type types[] = {Type::of(TypeId::Bigint)};
        ColumnBuilder builder(types[0]);
        for (std::int64_t i = 0; i < 200'000; ++i) builder.append(i);
        const ColumnRef column = builder.finish();
        const Column* columns[] = {column.get()};
        std::vector<std::uint64_t> hashes;
        hashKeys(columns, column->size(), hashes);
        std::vector<std::uint32_t> dealtOut, asManyOthers;
        for (std::uint32_t row = 0; row < column->size(); ++row) {
            if ((hashes[row] >> 32) * 16 >> 32 == 3) dealtOut.push_back(row);
        }
        QVERIFY(dealtOut.size() > 10'000);
        for (std::uint32_t row = 0; row < dealtOut.size(); ++row) asManyOthers.push_back(row);
        // Processor time, the least of several: other programs do not count.
        const auto ticksFor = [&](const std::vector<std::uint32_t>& rows) {
            std::clock_t least = std::numeric_limits<std::clock_t>::max();
            for (int i = 0; i < 5; ++i) {
                KeyTable table(types);
                std::vector<std::uint32_t> groups;
                const std::clock_t before = std::clock();
                table.findOrInsert(columns, hashes, rows, groups);
                least = std::min(least, std::clock() - before);
                if (table.size() != rows.size()) qFatal("keys are lost");
            }
            return least;
        };
        const std::clock_t usual = std::max<std::clock_t>(ticksFor(asManyOthers), CLOCKS_PER_SEC / 10'000);
        QVERIFY2(ticksFor(dealtOut) < 20 * usual, "groups of rows dealt out by their hashes crowd together");
    }
};

QTEST_APPLESS_MAIN(TestKeyTable)
#include "test_key_table.moc"
