// Pairs made rows: from batches and stores, without the other side, and walks through rows of one key.
#include <QtTest/QtTest>

#include <algorithm>
#include <array>

#include "core/data/value.h"
#include "core/sql/bind/bind.h"
#include "core/stream/joins/joined_rows.h"
#include "core/stream/keys/key_hash.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

JoinPlan plan() {
    JoinPlan made;
    made.left.schema = schemaOf({{"k", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Int)}});
    made.right.schema = schemaOf({{"m", Type::of(TypeId::Int)}});
    made.both = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Int)}, {"m", Type::of(TypeId::Int)}});
    return made;
}

MakeContext context(std::size_t batchRows) {
    MakeContext made;
    made.batchRows = batchRows;
    return made;
}

class Nobody final : public Output {
 public:
    std::size_t rejected = 0;
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override {
        ++rejected;
        return {};
    }
    void countLate(std::size_t, Millis) override {}
};

Batch lefts() {
    return batchOf(
        plan().left.schema,
        {{Value(std::string("a")), Value(1)}, {Value(std::string("b")), Value(2)}, {Value{}, Value(3)}});
}

RowStore rights() {
    RowStore store(plan().right.schema);
    const Batch batch = batchOf(plan().right.schema, {{Value(10)}, {Value(20)}});
    for (std::uint32_t row = 0; row < batch.rows; ++row) store.add(batch, row);
    return store;
}

std::vector<Value> rowOf(const Batch& batch, std::size_t row) {
    std::vector<Value> values;
    for (const ColumnRef& column : batch.columns) values.push_back(valueAt(*column, row));
    return values;
}

}  // namespace

class TestJoinedRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void pairsOfABatchAndAStore() {
        const JoinPlan joining = plan();
        const Batch left = lefts();
        const RowStore right = rights();
        Nobody out;
        JoinedRows rows(joining, context(3));
        rows.add(1, 0);
        rows.add(1, 1);
        QVERIFY(!rows.full());
        rows.add(2, 1);
        QVERIFY(rows.full());
        const Result<Joined> joined = rows.take(PairSide(left), PairSide(right), out);
        QVERIFY(joined.ok());
        QCOMPARE(rows.size(), std::size_t{0});
        QCOMPARE(joined->batch.rows, std::size_t{3});
        QVERIFY(*joined->batch.schema == *joining.both);
        QVERIFY((rowOf(joined->batch, 0) == std::vector<Value>{std::string("b"), 2, 10}));
        QVERIFY((rowOf(joined->batch, 1) == std::vector<Value>{std::string("b"), 2, 20}));
        QVERIFY((rowOf(joined->batch, 2) == std::vector<Value>{Value{}, 3, 20}));
        QVERIFY((joined->rows[kLeft] == std::vector<std::uint32_t>{1, 1, 2}));
        QVERIFY((joined->rows[kRight] == std::vector<std::uint32_t>{0, 1, 1}));
    }

    void onlyPairsThatHold() {
        JoinPlan joining = plan();
        const Batch left = batchOf(joining.left.schema, {{Value(std::string("a")), Value(1)}});
        joining.both = schemaOf({{"k", Type::of(TypeId::String)},
                                 {"n", Type::of(TypeId::Int)},
                                 {"holds", Type::of(TypeId::Boolean)}});
        joining.right.schema = schemaOf({{"holds", Type::of(TypeId::Boolean)}});
        const Batch right =
            batchOf(joining.right.schema, {{Value(false)}, {Value(true)}, {Value{}}, {Value(true)}});
        auto rest = std::make_shared<sql::BoundExpr>();
        rest->kind = sql::BoundExpr::Kind::Column;
        rest->type = Type::of(TypeId::Boolean);
        rest->column = 2;
        joining.rest = rest;
        Nobody out;
        JoinedRows rows(joining, context(8));
        for (std::uint32_t i = 0; i < 4; ++i) rows.add(0, i);
        const Result<Joined> joined = rows.take(PairSide(left), PairSide(right), out);
        QVERIFY(joined.ok());
        QCOMPARE(joined->batch.rows, std::size_t{2});
        QVERIFY((joined->rows[kLeft] == std::vector<std::uint32_t>{0, 0}));
        QVERIFY((joined->rows[kRight] == std::vector<std::uint32_t>{1, 3}));
    }

    void rowsWithoutAPartner() {
        const JoinPlan joining = plan();
        const JoinedRows rows(joining, context(3));
        const Batch left = lefts();
        const RowStore right = rights();
        const Batch alone = rows.alone(kLeft, PairSide(left), std::array<std::uint32_t, 2>{2, 0});
        QCOMPARE(alone.rows, std::size_t{2});
        QVERIFY((rowOf(alone, 0) == std::vector<Value>{Value{}, 3, Value{}}));
        QVERIFY((rowOf(alone, 1) == std::vector<Value>{std::string("a"), 1, Value{}}));
        const Batch other = rows.alone(kRight, PairSide(right), std::array<std::uint32_t, 1>{1});
        QVERIFY((rowOf(other, 0) == std::vector<Value>{Value{}, Value{}, 20}));
    }

    void pairsThatAreTakenBack() {
        const JoinPlan joining = plan();
        const Batch left = lefts();
        const RowStore right = rights();
        Nobody out;
        JoinedRows rows(joining, context(4));
        rows.add(0, 0, RowKind::Delete);
        rows.add(1, 1);
        const Result<Joined> joined = rows.take(PairSide(left), PairSide(right), out);
        QVERIFY(joined->batch.kind(0) == RowKind::Delete && joined->batch.kind(1) == RowKind::Insert);
        rows.add(1, 1);
        QVERIFY(!rows.take(PairSide(left), PairSide(right), out)->batch.kinds);
        for (const std::uint32_t row : {0U, 1U}) rows.add(row, row);
        rows.add(2, 1, RowKind::Delete);
        rows.add(2, 0);
        const Result<Joined> behind = rows.take(PairSide(left), PairSide(right), out);
        QVERIFY((*behind->batch.kinds ==
                 std::vector<RowKind>{RowKind::Insert, RowKind::Insert, RowKind::Delete, RowKind::Insert}));
    }

    void whatCannotBeComputedIsRejectedOnce() {
        JoinPlan joining = plan();
        const auto bound = sql::bindCondition("10 / m > n", {joining.both});
        joining.rest = std::get<sql::BoundRef>(bound);
        const Batch left = lefts(), zero = batchOf(joining.right.schema, {{Value(0)}, {Value(1)}});
        Nobody out;
        JoinedRows rows(joining, context(4));
        for (const RowKind kind : {RowKind::Insert, RowKind::Delete}) {
            for (const std::uint32_t right : {0U, 1U}) rows.add(0, right, kind);
            const Result<Joined> joined = rows.take(PairSide(left), PairSide(zero), out);
            QCOMPARE(joined->batch.rows, std::size_t{1});
            QVERIFY(joined->batch.kind(0) == kind);
            QCOMPARE(out.rejected, std::size_t{1});
        }
    }

    void rowsOfStoresSideBySide() {
        const JoinPlan joining = plan();
        const JoinedRows rows(joining, context(3));
        const RowStore nothing(joining.left.schema), right = rights();
        const Batch batch = rows.sideBySide(nothing, right, {{{kNoRow, kNoRow}, {1, kNoRow}}});
        QCOMPARE(batch.rows, std::size_t{2});
        QVERIFY((rowOf(batch, 0) == std::vector<Value>{Value{}, Value{}, 20}));
        QVERIFY((rowOf(batch, 1) == std::vector<Value>{Value{}, Value{}, Value{}}));
    }

    void aWalkSeesTheRowsOfAKey() {
        const Batch batch = batchOf(plan().right.schema, {{Value(7)}, {Value(8)}, {Value(7)}, {Value{}}});
        RowStore store(batch.schema);
        RowsByKey byKey(store, {0});
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, std::array{0}, hashes);
        QCOMPARE(byKey.first(hashes[0]), kNoRow);
        for (std::uint32_t row = 0; row < 3; ++row) byKey.add(store.add(batch, row), hashes[row]);
        const std::vector<const Column*> columns{&batch.column(0)};
        const auto found = [&](std::size_t row) {
            std::vector<RowSlot> slots;
            for (RowSlot slot = byKey.first(hashes[row]); slot != kNoRow; slot = byKey.behind(slot)) {
                if (byKey.has(slot, hashes[row], columns, row)) slots.push_back(slot);
            }
            std::sort(slots.begin(), slots.end());
            return slots;
        };
        QCOMPARE(found(0), (std::vector<RowSlot>{0, 2}));
        QCOMPARE(found(1), (std::vector<RowSlot>{1}));
        QCOMPARE(found(3), std::vector<RowSlot>{});
        byKey.remove(0);
        QCOMPARE(found(2), (std::vector<RowSlot>{2}));
    }
};

QTEST_APPLESS_MAIN(TestJoinedRows)
#include "test_joined_rows.moc"
