// The state of a view is saved and restored by one list of its fields, in the format of earlier programs.
#include "core/views/state_fields.h"

#include <QtTest/QtTest>
#include <cmath>
#include <deque>
#include <map>
#include <set>
#include <unordered_map>

#include "core/data/state_writer.h"
#include "core/sql/aggregates/exact_sum.h"

using namespace rw;

namespace {

template <class Fields>
std::string saved(Fields&& fields) {
    StateWriter out;
    StateFields state(out);
    fields(state);
    return out.finish();
}

template <class Fields>
Status restored(const std::string& bytes, Fields&& fields) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    StateFields state(in);
    fields(state);
    return state.status();
}

/// One of each sort of field.
struct Part {
    std::int64_t place = 0;
    std::uint32_t count = 0;
    int exponent = 0;
    bool whole = false;
    double value = 0;
    std::string name{};
    std::optional<double> newest{}, oldest{};
    std::vector<std::uint64_t> counts{};
    std::set<std::string> names{};
    bool operator==(const Part&) const = default;

    void fields(StateFields& state) {
        state("place", place);
        state("count", count);
        state("exponent", exponent);
        state("whole", whole);
        state("value", value);
        state("name", name);
        state("newest", newest);
        state("oldest", oldest);
        state("counts", counts);
        state("names", names);
    }
};

const Part kPart{-5, 7, -3, true, 0.5, "north", 2.5, std::nullopt, {1, 0, 9}, {"a", "b"}};

struct Row {
    std::int64_t place = 0;
    std::size_t count = 0;
    double value = 0;
    std::string name{};
    bool operator==(const Row&) const = default;
};

constexpr auto kRowFields = [](auto& row, auto& field) {
    field("place", row.place);
    field("count", row.count);
    field("value", row.value);
    field("name", row.name);
};

const std::vector<Row> kRows{{-5, 7, 0.5, "north"}, {1, 0, -2, ""}, {1, 0, -2, "a longer text than inline"}};

std::string savedRows(std::vector<Row> rows) {
    return saved([&](StateFields& state) { state.list(rows, rows.size(), kRowFields); });
}

Status restoredRows(const std::string& bytes, std::vector<Row>& rows, std::size_t most) {
    return restored(bytes, [&](StateFields& state) { state.list(rows, most, kRowFields); });
}

}  // namespace

class TestStateFields : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void fieldsComeBack() {
        Part part = kPart, back;
        const auto bytes = saved([&](StateFields& state) { state.record("part", part); });
        QVERIFY(restored(bytes, [&](StateFields& state) { state.record("part", back); }).ok());
        QVERIFY(back == kPart);
    }

    /// The format of programs that wrote each by hand.
    void eachFieldStandsByItsName() {
        Part part = kPart;
        const auto bytes = saved([&](StateFields& state) { part.fields(state); });
        const StateReader in = *StateReader::open(bytes);
        QCOMPARE(*in.i64("place"), std::int64_t{-5});
        QCOMPARE(*in.u64("count"), std::uint64_t{7});
        QCOMPARE(*in.i64("exponent"), std::int64_t{-3});
        QCOMPARE(*in.u64("whole"), std::uint64_t{1});
        QCOMPARE(*in.f64("value"), 0.5);
        QCOMPARE(*in.bytes("name"), std::string_view("north"));
        QVERIFY(in.has("newest") && !in.has("oldest"));
        QCOMPARE((*in.column("counts"))->values<std::int64_t>()[2], std::int64_t{9});
        QCOMPARE((*in.column("names"))->string(1), std::string_view("b"));
    }

    void aListHasAColumnForEachField() {
        const auto bytes = savedRows(kRows);
        const StateReader in = *StateReader::open(bytes);
        QCOMPARE((*in.column("place"))->values<std::int64_t>()[0], std::int64_t{-5});
        QCOMPARE((*in.column("count"))->values<std::int64_t>()[0], std::int64_t{7});
        QCOMPARE((*in.column("value"))->values<double>()[1], -2.0);
        QCOMPARE((*in.column("name"))->string(0), std::string_view("north"));
    }

    void listsComeBack() {
        std::vector<Row> rows;
        QVERIFY(restoredRows(savedRows(kRows), rows, kRows.size()).ok());
        QVERIFY(rows == kRows);
        QVERIFY(restoredRows(savedRows({}), rows, 0).ok());
        QVERIFY(rows.empty());
    }

    /// Their elements are pairs, whose first can be changed only before it is in the map.
    void mapsComeBackAsListsAndRecords() {
        const std::map<std::int64_t, Part> kept{{-2, kPart}, {3, {}}};
        const std::unordered_map<std::string, double> shares{{"north", 0.25}, {"south", 0.75}};
        auto some = kept, parts = decltype(some)();
        auto few = shares, read = decltype(few)();
        const auto fields = [](auto& numbered, auto& named) {
            return [&](StateFields& state) {
                state.records("part", numbered, 2, [](auto& part, StateFields& record) {
                    record("number", part.first);
                    part.second.fields(record);
                });
                state.list(named, 2, [](auto& share, auto& field) {
                    field("name", share.first);
                    field("share", share.second);
                });
            };
        };
        QVERIFY(restored(saved(fields(some, few)), fields(parts, read)).ok());
        QVERIFY(parts == kept);
        QVERIFY(read == shares);
    }

    void aMapHasNoKeyTwice() {
        std::map<std::int64_t, std::string> rows;
        const auto status = restored(savedRows(kRows), [&](StateFields& state) {
            state.list(rows, 3, [](auto& row, auto& field) {
                field("place", row.first);
                field("name", row.second);
            });
        });
        QVERIFY(!status.ok());
    }

    /// Which no column has a type for.
    void sumsComeBack() {
        std::deque<sql::ExactSum> sums(2), back;
        sums[0].add(1e300);
        sums[0].add(1);
        sums[0].add(-1e300);
        const auto list = [](auto& of) {
            return [&](StateFields& state) {
                state.list(of, 2, [](auto& sum, auto& field) {
                    double rounded = sum.value();
                    field("sums", sum);
                    field("rounded", rounded);
                });
            };
        };
        const std::string bytes = saved(list(sums));
        QVERIFY(restored(bytes, list(back)).ok());
        QCOMPARE(back.size(), std::size_t{2});
        QCOMPARE(back[0].value(), 1.0);
        sums.pop_back();
        const std::string one = saved([&](StateFields& state) { list(sums)(state); });
        const StateReader longer = *StateReader::open(bytes), shorter = *StateReader::open(one);
        StateWriter out;
        out.bytes("sums", *longer.bytes("sums"));
        out.column("rounded", **shorter.column("rounded"));
        QVERIFY2(!restored(out.finish(), list(back)).ok(), "more sums than elements");
    }

    void moreThanFitAreRefused() {
        std::vector<Row> rows;
        QVERIFY(!restoredRows(savedRows(kRows), rows, 2).ok());
        std::vector<Part> parts(3), fewer;
        const auto bytes = saved([&](StateFields& state) { state.records("part", parts, 3); });
        QVERIFY(restored(bytes, [&](StateFields& state) { state.records("part", fewer, 3); }).ok());
        QVERIFY(!restored(bytes, [&](StateFields& state) { state.records("part", fewer, 2); }).ok());
    }

    void whatIsMissingIsRefused() {
        std::string name;
        const auto bytes = savedRows(kRows);
        QVERIFY(!restored(bytes, [&](StateFields& state) { state("other", name); }).ok());
        Part part;
        QVERIFY(!restored(bytes, [&](StateFields& state) { state.record("part", part); }).ok());
        std::vector<Row> rows;
        const auto status = restored(bytes, [&](StateFields& state) {
            state.list(rows, 3, [](auto& row, auto& field) {
                kRowFields(row, field);
                field("other", row.value);
            });
        });
        QVERIFY(!status.ok());
    }

    void columnsOfOtherLengthsAreRefused() {
        const auto bytes = saved([](StateFields& state) {
            std::vector<Row> rows = kRows;
            std::vector<std::string> others(2);
            state.list(rows, 3, kRowFields);
            state("other", others);
        });
        std::vector<Row> rows;
        const auto status = restored(bytes, [&](StateFields& state) {
            state.list(rows, 3, [](auto& row, auto& field) {
                field("name", row.name);
                field("other", row.name);
            });
        });
        QVERIFY(!status.ok());
    }

    void numbersThatCanNotBeAreRefused() {
        std::vector<Row> rows;
        QVERIFY(!restoredRows(savedRows({{0, 0, std::nan(""), ""}}), rows, 1).ok());
        const auto negative = savedRows({{-1, 0, 0, ""}}),
                   large = savedRows({{std::int64_t{1} << 40, 0, 0, ""}});
        const auto readAs = [](const std::string& bytes, auto number) {
            std::vector<decltype(number)> numbers;
            return restored(bytes, [&](StateFields& state) { state("place", numbers); });
        };
        QVERIFY(readAs(large, std::uint64_t{}).ok());
        QVERIFY(!readAs(negative, std::uint64_t{}).ok());
        QVERIFY(!readAs(large, std::int32_t{}).ok());
        std::uint32_t small = 0;
        const auto much = saved([](StateFields& state) {
            std::uint64_t count = std::uint64_t{1} << 32;
            state("count", count);
        });
        QVERIFY(!restored(much, [&](StateFields& state) { state("count", small); }).ok());
    }

    /// A later part may count on values that an earlier one could not read.
    void nothingIsReadAfterAnError() {
        Part part = kPart;
        const auto bytes = saved([&](StateFields& state) { part.fields(state); });
        std::int64_t place = 0;
        const auto status = restored(bytes, [&](StateFields& state) {
            state.require(false, "all of it");
            QVERIFY(!state.restores());
            state("place", place);
        });
        QVERIFY(!status.ok());
        QCOMPARE(place, std::int64_t{0});
    }

    void whatIsSavedIsNotInQuestion() {
        QVERIFY(restored(saved([](StateFields& state) {
                             state.require(false, "all of it");
                             QVERIFY(!state.restores() && state.status().ok());
                         }),
                         [](StateFields&) {})
                    .ok());
    }
};

QTEST_APPLESS_MAIN(TestStateFields)
#include "test_state_fields.moc"
