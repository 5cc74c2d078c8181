// Columns: building, selecting, slicing; strings inline and far; NULLs; the lifetime of string bytes.
#include <QtTest/QtTest>
#include <random>

#include "core/data/batch.h"
#include "core/data/value.h"

using namespace rw;

namespace {

const Type kString = Type::of(TypeId::String);
const Type kBigint = Type::of(TypeId::Bigint);

/// A random value of the type; one in five is NULL.
Value randomValue(Type type, std::mt19937& random) {
    if (random() % 5 == 0) return {};
    const auto number = static_cast<std::int32_t>(random());
    switch (type.id) {
        case TypeId::Boolean:
            return number % 2 != 0;
        case TypeId::Int:
        case TypeId::Date:
            return number;
        case TypeId::Bigint:
        case TypeId::Timestamp:
            return std::int64_t{number} * 1'000'003;
        case TypeId::Double:
            return number / 7.0;
        case TypeId::Decimal:
            return Int128{number} * 1'000'000'007 * 1'000'000'009;
        default:
            return std::string(random() % 30, static_cast<char>('a' + random() % 26));
    }
}

ColumnRef build(Type type, const std::vector<Value>& values) {
    ColumnBuilder builder(type);
    for (const Value& value : values) appendValue(builder, value);
    return builder.finish();
}

std::vector<Value> valuesOf(const Column& column) {
    std::vector<Value> values;
    for (std::size_t row = 0; row < column.size(); ++row) values.push_back(valueAt(column, row));
    return values;
}

const std::vector<Type> kTypes{Type::of(TypeId::Boolean), Type::of(TypeId::Int),      kBigint,
                               Type::of(TypeId::Double),  Type::decimal(38, 2),       kString,
                               Type::of(TypeId::Date),    Type::of(TypeId::Timestamp)};

}  // namespace

class TestColumn : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Empty texts may have any address; the sanitizers watch its use.
    void noText() {
        const StringRef none(nullptr, 0), empty(std::string_view{});
        QVERIFY(none == empty && none == StringRef() && none.view().empty() && none.isInline());
    }

    /// The values of a column equal a plain vector of values that went the same way.
    void agreesWithVectors() {
        std::mt19937 random(1);
        for (int round = 0; round < 200; ++round) {
            const Type type = kTypes[random() % kTypes.size()];
            std::vector<Value> model(1 + random() % 200);
            for (Value& value : model) value = randomValue(type, random);
            const ColumnRef column = build(type, model);
            QVERIFY(valuesOf(*column) == model);

            std::vector<std::uint32_t> rows(random() % 300);
            for (std::uint32_t& row : rows) row = static_cast<std::uint32_t>(random() % model.size());
            std::vector<Value> chosen;
            for (const std::uint32_t row : rows) chosen.push_back(model[row]);
            QVERIFY(valuesOf(*column->select(rows)) == chosen);

            const std::size_t from = random() % model.size(), count = random() % (model.size() - from + 1);
            const auto first = model.begin() + static_cast<std::ptrdiff_t>(from);
            QVERIFY(valuesOf(*column->slice(from, count)) ==
                    std::vector<Value>(first, first + static_cast<std::ptrdiff_t>(count)));
            QVERIFY(valuesOf(*column->repeat(from, 3)) == std::vector<Value>(3, model[from]));

            ColumnBuilder copied(type), shared(type);
            for (std::size_t row = 0; row < model.size(); ++row) {
                copied.appendFrom(*column, row);
                shared.appendSharing(*column, row);
            }
            QVERIFY(valuesOf(*copied.finish()) == model);
            QVERIFY(valuesOf(*shared.finish()) == model);
            QCOMPARE(copied.size(), std::size_t{0});
        }
    }
    void nullsAreZeroBytesAndCounted() {
        const ColumnRef column = build(kBigint, {std::int64_t{7}, {}, std::int64_t{9}});
        QCOMPARE(column->at<std::int64_t>(1), std::int64_t{0});
        QCOMPARE(column->validity().nullCount(3), std::size_t{1});
        QCOMPARE(Column::nulls(kString, 70)->validity().nullCount(70), std::size_t{70});
        QVERIFY(build(kBigint, {std::int64_t{7}})->validity().allValid());
    }
    void stringsAtTheInlineLimit() {
        for (const std::size_t size : {0U, 1U, 4U, 5U, 11U, 12U, 13U, 100'000U}) {
            const std::string text(size, 'x');
            const ColumnRef column = build(kString, {text, text, std::string(size, 'y')});
            QCOMPARE(column->string(0), std::string_view(text));
            QCOMPARE(column->at<StringRef>(0).isInline(), size <= 12);
            QVERIFY(column->at<StringRef>(0) == column->at<StringRef>(1));
            QCOMPARE(column->at<StringRef>(0) == column->at<StringRef>(2), size == 0);
        }
    }
    /// Texts that share their beginning, at every size around the inline one, and the same ones elsewhere.
    void stringsAreEqualByTheirBytes() {
        for (std::size_t size = 0; size <= 40; ++size) {
            const std::string text(size, 'x'), elsewhere = text;
            QVERIFY(StringRef(text) == StringRef(elsewhere));
            QVERIFY(StringRef(text) == StringRef(text));
            QVERIFY(!(StringRef(text) == StringRef(text + 'x')));
            for (std::size_t at = 0; at < size; ++at) {
                std::string other = text;
                other[at] = 'y';
                QVERIFY(!(StringRef(text) == StringRef(other)));
            }
        }
    }
    /// Columns made from a column keep its bytes when it is gone, also when the next column stands at its
    /// address.
    void sharedBytesOutliveTheirColumn() {
        ColumnBuilder builder(kString);
        std::vector<std::string> model;
        for (int i = 0; i < 100; ++i) {
            model.push_back("a text that is too long to lie inside " + std::to_string(i));
            const ColumnRef shortLived = build(kString, {model.back()});
            builder.appendSharing(*shortLived, 0);
        }
        const ColumnRef column = builder.finish();
        for (std::size_t i = 0; i < model.size(); ++i)
            QCOMPARE(column->string(i), std::string_view(model[i]));
        const ColumnRef part = column->select(std::vector<std::uint32_t>{99, 0});
        QCOMPARE(part->string(0), std::string_view(model[99]));
    }
    void batchesCarryEverythingAlong() {
        auto schema = std::make_shared<Schema>(Schema{{{"a", kBigint}, {"b", kString}}});
        Batch batch;
        batch.schema = schema;
        batch.columns = {build(kBigint, {std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}), nullptr};
        batch.rows = 3;
        batch.kinds = std::make_shared<const std::vector<RowKind>>(
            std::vector{RowKind::Insert, RowKind::UpdateBefore, RowKind::Delete});
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::vector<Instant>{10, 20, 30});
        batch.positions.first = 100;
        batch.watermark = 5;
        batch.control = Control::End;

        const Batch chosen = batch.select(std::vector<std::uint32_t>{2, 0});
        QCOMPARE(chosen.rows, std::size_t{2});
        QVERIFY(!chosen.columns[1]);
        QCOMPARE(chosen.column(0).at<std::int64_t>(0), std::int64_t{3});
        QVERIFY(chosen.kind(0) == RowKind::Delete);
        QCOMPARE((*chosen.stamps)[0], Instant{30});
        QCOMPARE(chosen.positions.at(0), std::int64_t{102});
        QCOMPARE(chosen.select(std::vector<std::uint32_t>{1}).positions.at(0), std::int64_t{100});
        QCOMPARE(chosen.slice(1, 1).positions.at(0), std::int64_t{100});
        QCOMPARE(chosen.control, Control::End);
        QCOMPARE(chosen.watermark, Instant{5});

        const Batch tail = batch.slice(1, 2);
        QCOMPARE(tail.positions.at(0), std::int64_t{101});
        QVERIFY(tail.kind(0) == RowKind::UpdateBefore);
        QCOMPARE(batch.emptied().rows, std::size_t{0});
        QCOMPARE(batch.emptied().control, Control::End);
        QCOMPARE(toString(RowKind::UpdateBefore), std::string_view("-U"));
    }
};

QTEST_APPLESS_MAIN(TestColumn)
#include "test_column.moc"
