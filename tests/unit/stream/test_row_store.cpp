// Rows kept in slots and found by key, against a list that is searched from end to end.
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/row_store.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"k", Type::of(TypeId::Int)},
                                    {"s", Type::of(TypeId::String)},
                                    {"d", Type::of(TypeId::Double)},
                                    {"unread", Type::of(TypeId::Boolean)}});

Batch withoutLast(Batch batch) {
    batch.columns.back() = nullptr;
    return batch;
}

/// Slots of the rows that meet the row of `probe`, sorted.
std::vector<RowSlot> found(const RowsByKey& index, const Batch& probe, std::span<const int> keys) {
    std::vector<std::uint64_t> hashes;
    hashKeys(probe, keys, hashes);
    std::vector<const Column*> columns;
    for (const int key : keys) columns.push_back(&probe.column(key));
    std::vector<RowSlot> slots;
    index.forEach(hashes[0], columns, 0, [&slots](RowSlot slot) { slots.push_back(slot); });
    std::sort(slots.begin(), slots.end());
    return slots;
}

std::string fault(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
    const auto orNull = [&](Value value) { return below(6) == 0 ? Value{} : value; };
    const auto rowOf = [&] {
        return std::vector<Value>{orNull(below(4)),
                                  orNull(std::string(static_cast<std::size_t>(10 + below(3)), 'z')),
                                  orNull(below(2) == 0 ? 0.0 : -0.0), true};
    };
    const std::vector<int> keys = below(2) == 0 ? std::vector<int>{0} : std::vector<int>{0, 1, 2};
    RowStore rows(kSchema);
    RowsByKey index(rows, keys);
    std::map<RowSlot, std::vector<Value>> kept;
    for (int step = 0; step < 60; ++step) {
        if (!kept.empty() && below(3) == 0) {
            const auto gone = std::next(kept.begin(), below(static_cast<unsigned>(kept.size())));
            index.remove(gone->first);
            rows.remove(gone->first);
            kept.erase(gone);
        } else {
            const std::vector<Value> row = rowOf();
            const Batch batch = withoutLast(batchOf(kSchema, {row}));
            std::vector<std::uint64_t> hashes;
            hashKeys(batch, keys, hashes);
            const RowSlot slot = rows.add(batch, 0);
            if (!kept.emplace(slot, row).second) return "a slot was given twice";
            index.add(slot, hashes[0]);
        }
        if (rows.size() != kept.size()) return "another number of rows";
        const std::vector<Value> wanted = rowOf();
        std::vector<RowSlot> expected;
        for (const auto& [slot, row] : kept) {
            const bool same = std::all_of(keys.begin(), keys.end(), [&row = row, &wanted](int key) {
                const auto column = static_cast<std::size_t>(key);
                return !isNull(row[column]) && row[column] == wanted[column];
            });
            if (same) expected.push_back(slot);
        }
        if (found(index, batchOf(kSchema, {wanted}), keys) != expected) return "other rows were found";
    }
    std::vector<RowSlot> slots{kNoRow};
    Rows values{{Value{}, Value{}, Value{}, Value{}}};
    for (const auto& [slot, row] : kept) {
        slots.push_back(slot);
        values.push_back(row);
    }
    const Batch batch = rows.batchOf(slots), expected = batchOf(kSchema, values);
    for (int column = 0; column < 3; ++column) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            if (valueAt(batch.column(column), row) != valueAt(expected.column(column), row))
                return "another value was kept";
        }
    }
    return batch.columns.back() ? "a column that never was there" : "";
}

/// Rows by slot, and all that they hold; a column that a batch did not have counts as NULL.
using Kept = std::map<RowSlot, std::vector<Value>>;

std::string difference(const RowStore& rows, const Kept& kept, const std::vector<bool>& had) {
    if (rows.size() != kept.size()) return "another number of rows";
    std::vector<RowSlot> slots{kNoRow};
    for (const auto& [slot, row] : kept) slots.push_back(slot);
    const Batch batch = rows.batchOf(slots);
    for (std::size_t column = 0; column < had.size(); ++column) {
        if ((batch.columns[column] != nullptr) != had[column]) return "a column is there that was not";
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const Value expected = i == 0 ? Value{} : kept.at(slots[i])[column];
            if (had[column] && valueAt(*batch.columns[column], i) != expected) return "another value";
            if (i > 0 && rows.isNull(static_cast<int>(column), slots[i]) != isNull(expected))
                return "NULL is told otherwise";
        }
    }
    return {};
}

/// Several rows are added and taken out at a time, from batches that have not all columns; and copied into
/// another store.
std::string faultOfMany(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&random](std::size_t n) { return random() % n; };
    const auto orNull = [&](bool nulls, Value value) { return nulls && below(4) == 0 ? Value{} : value; };
    RowStore rows(kSchema), copies(kSchema);
    Kept kept, copied;
    std::vector<bool> had(kSchema->size()), copiesHad(kSchema->size());
    for (int step = 0; step < 12; ++step) {
        Rows values;
        const bool nulls = below(3) == 0;
        for (std::size_t left = below(20); left > 0; --left) {
            values.push_back({orNull(nulls, static_cast<std::int32_t>(below(100))),
                              orNull(nulls, std::string(below(30), 'z')), orNull(nulls, 0.5), true});
        }
        Batch batch = batchOf(kSchema, values);
        for (std::size_t column = 0; column < had.size(); ++column) {
            if (below(3) > 0) continue;
            batch.columns[column] = nullptr;
            for (auto& row : values) row[column] = Value{};
        }
        std::vector<std::uint32_t> chosen;
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (below(3) > 0) chosen.push_back(row);
        }
        std::vector<RowSlot> slots{kNoRow};  // stays in front
        rows.add(batch, chosen, slots);
        if (slots.size() != chosen.size() + 1 || slots[0] != kNoRow) return "other slots";
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            if (!kept.emplace(slots[i + 1], values[chosen[i]]).second) return "a slot was given twice";
        }
        for (std::size_t column = 0; column < had.size(); ++column)
            had[column] = had[column] || (!chosen.empty() && batch.columns[column]);
        std::string why = difference(rows, kept, had);
        if (!why.empty()) return why;

        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const RowSlot copy = copies.add(rows, slots[i + 1]);
            if (!copied.emplace(copy, values[chosen[i]]).second) return "a copy got a slot that is in use";
        }
        for (std::size_t column = 0; column < had.size(); ++column)
            copiesHad[column] = copiesHad[column] || (!chosen.empty() && had[column]);
        why = difference(copies, copied, copiesHad);
        if (!why.empty()) return "copied: " + why;
        if (!copied.empty()) {
            copies.remove(copied.begin()->first);
            copied.erase(copied.begin());
        }

        std::vector<RowSlot> gone;
        for (const auto& [slot, row] : kept) {
            if (below(2) == 0) gone.push_back(slot);
        }
        rows.remove(gone);
        for (const RowSlot slot : gone) {
            kept.erase(slot);
            if (rows.contains(slot)) return "a row that was taken out";
        }
        why = difference(rows, kept, had);
        if (!why.empty()) return why;
    }
    return {};
}

}  // namespace

class TestRowStore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keepsAndFindsRows() {
        for (const unsigned seed : seedsOf(suites::RowStores)) {
            const std::string why = fault(seed);
            QVERIFY2(why.empty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(why))));
        }
    }

    void keepsRowsOfSeveralBatches() {
        for (const unsigned seed : seedsOf(suites::RowStores)) {
            const std::string why = faultOfMany(seed);
            QVERIFY2(why.empty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(why))));
        }
    }

    void slotsOfRowsThatWentTogetherAreUsedInTheirOrder() {
        RowStore rows(kSchema);
        const Batch batch = withoutLast(batchOf(kSchema, Rows(6, {1, Value{}, Value{}, Value{}})));
        const std::vector<std::uint32_t> all{0, 1, 2, 3, 4, 5};
        std::vector<RowSlot> slots, again;
        rows.add(batch, all, slots);
        rows.remove(slots);
        rows.add(batch, all, again);
        QCOMPARE(again, slots);
    }

    void columnsThatNoRowHasTakeNoMemory() {
        RowStore narrow(kSchema), wide(kSchema);
        Batch batch = batchOf(kSchema, {{1, std::string("z"), 1.0, true}});
        std::vector<RowSlot> slots;
        const std::vector<std::uint32_t> many(10'000, 0);
        wide.add(batch, many, slots);
        for (std::size_t column : {1U, 2U, 3U}) batch.columns[column] = nullptr;
        narrow.add(batch, many, slots);
        QVERIFY(narrow.memoryBytes() + 10'000 * (sizeof(std::string) + sizeof(double) + 1) <=
                wide.memoryBytes());
    }

    void integersMeetWhateverTheirWidth() {
        RowStore rows(kSchema);
        RowsByKey index(rows, {0});
        const Batch batch = batchOf(kSchema, {{-3, Value{}, Value{}, Value{}}});
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, std::vector<int>{0}, hashes);
        index.add(rows.add(batch, 0), hashes[0]);
        const SchemaRef wide = schemaOf({{"k", Type::of(TypeId::Bigint)}});
        const std::vector<int> first{0};
        QCOMPARE(found(index, batchOf(wide, {{std::int64_t{-3}}}), first).size(), std::size_t{1});
        QCOMPARE(found(index, batchOf(wide, {{std::int64_t{4'294'967'293}}}), first).size(), std::size_t{0});
    }

    void memoryGoesByTheRowsThatAreThere() {
        RowStore rows(kSchema);
        const Batch batch = batchOf(kSchema, {{1, std::string(10'000, 'q'), 2.0, false}});
        const RowSlot slot = rows.add(batch, 0);
        QVERIFY(rows.memoryBytes() > 10'000);
        for (int again = 0; again < 1'000; ++again) {
            rows.remove(slot);
            QCOMPARE(rows.add(batch, 0), slot);
        }
        QVERIFY(rows.memoryBytes() < 12'000);
        rows.remove(slot);
        QVERIFY(rows.memoryBytes() < 2'000);
        // Memory that was given back is not there for the next text, either.
        QCOMPARE(rows.add(batchOf(kSchema, {{1, std::string("q"), 2.0, false}}), 0), slot);
        QVERIFY(rows.memoryBytes() < 2'000);
    }
};

QTEST_APPLESS_MAIN(TestRowStore)
#include "test_row_store.moc"
