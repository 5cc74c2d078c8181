// CASE and COALESCE against results written row by row: NULLs, constants, failed rows, every width of a
// value, batches that end anywhere in a word.
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "core/data/value.h"
#include "core/sql/eval/choose.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::sql;

namespace {

constexpr auto kCases = rw::test::affordableCases(3'000);

const std::vector<Type>& types() {
    static const std::vector<Type> kTypes{Type::of(TypeId::Boolean), Type::of(TypeId::Int),
                                          Type::of(TypeId::Bigint), Type::decimal(38, 2),
                                          Type::of(TypeId::String)};
    return kTypes;
}

Value someValue(Type type, std::mt19937_64& random) {
    const auto number = static_cast<std::int32_t>(random());
    switch (type.id) {
        case TypeId::Boolean:
            return number % 2 == 0;
        case TypeId::Int:
            return number;
        case TypeId::Bigint:
            return std::int64_t{number} * number;
        case TypeId::Decimal:
            return Int128{number} * number * number;
        default:
            return std::string(random() % 20, static_cast<char>('a' + random() % 26));
    }
}

/// A column, and the same as values; `share` of a hundred are NULL, and some of those failed.
struct Model {
    Vector vector;
    std::vector<Value> values;
    std::map<std::uint32_t, std::string> failed;
};

Model someColumn(Type type, std::size_t rows, std::mt19937_64& random) {
    Model model;
    model.vector.constant = rows > 0 && random() % 4 == 0;
    const std::uint64_t share = random() % 3 * 25;
    ColumnBuilder builder(type);
    RowErrors errors;
    for (std::uint32_t row = 0; row < (model.vector.constant ? 1 : rows); ++row) {
        const bool null = random() % 100 < share;
        model.values.push_back(null ? Value() : someValue(type, random));
        appendValue(builder, model.values.back());
        if (!null || model.vector.constant || random() % 3 != 0) continue;
        model.failed[row] = std::to_string(random() % 1'000);
        errors.push_back({row, Text{"test", "%1"}.with(model.failed[row])});
    }
    if (model.vector.constant) model.values.assign(rows, model.values.front());
    model.vector.column = builder.finish();
    if (!errors.empty()) model.vector.errors = std::make_shared<const RowErrors>(std::move(errors));
    return model;
}

}  // namespace

class TestChoose : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isAsRowByRow() {
        std::mt19937_64 random(1);
        for (std::uint64_t i = 0; i < kCases; ++i) {
            const Type type = types()[random() % types().size()];
            const std::size_t rows = random() % 3 == 0 ? random() % 9 : random() % 300;
            Chooser chooser(type, rows);
            std::vector<Value> expected(rows);
            std::map<std::uint32_t, std::string> failed;
            std::vector<char> open(rows, 1);
            const auto isOpen = [&] { return std::count(open.begin(), open.end(), 1) > 0; };
            for (std::size_t branches = random() % 4; branches > 0 && isOpen(); --branches) {
                QVERIFY(chooser.open());
                const Model branch = someColumn(type, rows, random);
                const Model condition = someColumn(Type::of(TypeId::Boolean), rows, random);
                const std::uint64_t kind = random() % 5;
                const Model& asked = kind == 1 ? branch : condition;
                std::vector<char> selected(rows);
                for (std::uint32_t row = 0; row < rows; ++row) {
                    if (open[row] == 0) continue;
                    const auto error = asked.failed.find(row);
                    if (kind != 0 && error != asked.failed.end()) {
                        failed.insert(*error);
                        open[row] = 0;
                        continue;
                    }
                    const Value& value = asked.values[row];
                    const bool holds = kind == 0   ? true
                                       : kind == 1 ? !isNull(value)
                                                   : !isNull(value) && std::get<bool>(value);
                    if (!holds) continue;
                    selected[row] = 1;
                    open[row] = 0;
                    expected[row] = branch.values[row];
                    if (branch.failed.count(row) != 0) failed.insert(*branch.failed.find(row));
                }
                if (kind == 0) {
                    chooser.whenOpen();
                } else if (kind == 1) {
                    chooser.whenPresent(branch.vector);
                } else {
                    chooser.when(condition.vector);
                }
                QCOMPARE(chooser.selected(), std::count(selected.begin(), selected.end(), 1) > 0);
                if (chooser.selected()) chooser.take(branch.vector);
            }
            QCOMPARE(chooser.open(), isOpen());

            const Vector result = chooser.finish();
            const ColumnRef column = result.flat(rows);
            QCOMPARE(column->size(), rows);
            QVERIFY(column->type() == type);
            for (std::size_t row = 0; row < rows; ++row) QVERIFY(valueAt(*column, row) == expected[row]);
            std::map<std::uint32_t, std::string> errors;
            if (result.errors) {
                QVERIFY(std::is_sorted(result.errors->begin(), result.errors->end(),
                                       [](const RowError& a, const RowError& b) { return a.row < b.row; }));
                for (const RowError& error : *result.errors) errors[error.row] = english(error.reason);
                QCOMPARE(errors.size(), result.errors->size());
            }
            QVERIFY(errors == failed);
        }
    }

    /// A NULL is zero in memory, whatever value the branch has: comparing and hashing read it.
    void nullsAreZeroBytes() {
        std::mt19937_64 random(2);
        for (int i = 0; i < 200; ++i) {
            const std::size_t rows = 1 + random() % 100;
            Chooser chooser(Type::of(TypeId::Bigint), rows);
            chooser.when(someColumn(Type::of(TypeId::Boolean), rows, random).vector);
            if (chooser.selected()) chooser.take(someColumn(Type::of(TypeId::Bigint), rows, random).vector);
            const ColumnRef column = chooser.finish().flat(rows);
            for (std::size_t row = 0; row < rows; ++row)
                QVERIFY(!column->isNull(row) || column->at<std::int64_t>(row) == 0);
        }
    }

    /// A branch that all rows take is not copied.
    void oneBranchIsTheResult() {
        ColumnBuilder builder(Type::of(TypeId::Bigint));
        for (std::int64_t value = 0; value < 10; ++value) builder.append(value);
        const Vector branch{builder.finish(), false, {}};
        Chooser chooser(Type::of(TypeId::Bigint), 10);
        chooser.whenPresent(branch);
        chooser.take(branch);
        QVERIFY(!chooser.open());
        QVERIFY(chooser.finish().column == branch.column);
    }
};

QTEST_APPLESS_MAIN(TestChoose)
#include "test_choose.moc"
