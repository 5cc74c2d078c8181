// Things of a view are saved and restored by one list of their parts.
#include "core/views/state_fields.h"

#include <QtTest/QtTest>
#include <cmath>

#include "core/data/state_writer.h"

using namespace rw;

namespace {

struct Saved {
    std::int64_t place = 0;
    std::uint64_t count = 0;
    double value = 0;
    std::string name{};
    bool operator==(const Saved&) const = default;

    static void fields(auto& self, auto& field) {
        field("place", self.place);
        field("count", self.count);
        field("value", self.value);
        field("name", self.name);
    }
};

/// The same with a field more.
struct LongerSaved : Saved {
    double other = 0;

    static void fields(auto& self, auto& field) {
        Saved::fields(self, field);
        field("other", self.other);
    }
};

/// The same with a text, which may be shorter.
struct NamedSaved : Saved {
    std::string other{};

    static void fields(auto& self, auto& field) {
        Saved::fields(self, field);
        field("other", self.other);
    }
};

struct Extent {
    std::uint64_t count = 0;
    std::int64_t first = 0;
    double width = 0;

    static void fields(auto& self, auto& field) {
        field("count", self.count);
        field("first", self.first);
        field("width", self.width);
    }
};

struct Counted {
    std::uint64_t place = 0;

    static void fields(auto& self, auto& field) { field("place", self.place); }
};

std::string saved(const std::vector<Saved>& list) {
    StateWriter out;
    saveList(out, list);
    return out.finish();
}

template <class Wanted>
Result<std::vector<Wanted>> restored(const std::string& bytes, std::size_t most) {
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
    return restoreList<Wanted>(state, most);
}

const std::vector<Saved> kSaved{
    {-5, 7, 0.5, "north"}, {1, 0, -2, ""}, {1, 0, -2, "a longer text than inline"}};

}  // namespace

class TestStateFields : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatWasSavedComesBack() {
        const auto back = restored<Saved>(saved(kSaved), kSaved.size());
        QVERIFY(back.ok());
        QVERIFY(*back == kSaved);
        const auto none = restored<Saved>(saved({}), 0);
        QVERIFY(none.ok() && none->empty());
    }

    /// The fields of states before fields were named once.
    void eachFieldIsAColumnOfItsName() {
        const std::string bytes = saved(kSaved);
        const StateReader state = *StateReader::open(bytes);
        QCOMPARE(*restoreIntegers(state, "place"), (std::vector<std::int64_t>{-5, 1, 1}));
        QCOMPARE(*restoreCounts(state, "count"), (std::vector<std::uint64_t>{7, 0, 0}));
        QCOMPARE(*restoreDoubles(state, "value"), (std::vector<double>{0.5, -2, -2}));
        QCOMPARE(restoreTexts(state, "name")->front(), std::string("north"));
    }

    void moreThanFitAreRefused() {
        QVERIFY(restored<Saved>(saved(kSaved), 3).ok());
        QVERIFY(!restored<Saved>(saved(kSaved), 2).ok());
    }

    void aFieldThatIsMissingIsRefused() { QVERIFY(!restored<LongerSaved>(saved(kSaved), 3).ok()); }

    void columnsOfOtherLengthsAreRefused() {
        StateWriter out;
        saveList(out, kSaved);
        saveTexts(out, "other", std::vector<std::string>(2), [](const std::string& text) { return text; });
        const std::string bytes = out.finish();
        QVERIFY(!restored<NamedSaved>(bytes, 3).ok());
    }

    /// A struct alone has no columns: each field stands by its name.
    void oneStructHasItsFieldsInTheRecord() {
        StateWriter out;
        saveFields(out, Extent{3, -7, 0.25});
        const std::string bytes = out.finish();
        const StateReader state = *StateReader::open(bytes);
        QCOMPARE(*state.u64("count"), std::uint64_t{3});
        QCOMPARE(*state.i64("first"), std::int64_t{-7});
        QCOMPARE(*state.f64("width"), 0.25);
        const Result<Extent> back = restoreFields<Extent>(state);
        QVERIFY(back.ok() && back->count == 3 && back->first == -7 && back->width == 0.25);
        StateWriter less;
        less.u64("count", 3);
        const std::string lessBytes = less.finish();
        QVERIFY(!restoreFields<Extent>(*StateReader::open(lessBytes)).ok());
    }

    void numbersThatCanNotBeAreRefused() {
        QVERIFY(!restored<Saved>(saved({{0, 0, std::nan(""), ""}}), 1).ok());
        QVERIFY(!restored<Counted>(saved({{-1, 0, 0, ""}}), 1).ok());
    }
};

QTEST_APPLESS_MAIN(TestStateFields)
#include "test_state_fields.moc"
