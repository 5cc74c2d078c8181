// Things of a view are saved and restored by one list of their parts.
#include "core/views/state_lists.h"

#include <QtTest/QtTest>
#include <cmath>

#include "core/data/state_writer.h"

using namespace rw;

namespace {

struct Thing {
    std::int64_t place = 0;
    std::uint64_t count = 0;
    double value = 0;
    std::string name{};
    bool operator==(const Thing&) const = default;

    static void parts(auto& self, auto& part) {
        part("place", self.place);
        part("count", self.count);
        part("value", self.value);
        part("name", self.name);
    }
};

/// The same with a part more.
struct LongerThing : Thing {
    double other = 0;

    static void parts(auto& self, auto& part) {
        Thing::parts(self, part);
        part("other", self.other);
    }
};

/// The same with a text for what may be shorter.
struct NamedThing : Thing {
    std::string other{};

    static void parts(auto& self, auto& part) {
        Thing::parts(self, part);
        part("other", self.other);
    }
};

struct Counted {
    std::uint64_t place = 0;

    static void parts(auto& self, auto& part) { part("place", self.place); }
};

std::string saved(const std::vector<Thing>& things) {
    StateWriter out;
    saveThings(out, things);
    return out.finish();
}

template <class Wanted>
Result<std::vector<Wanted>> restored(const std::string& bytes, std::size_t most) {
    RW_TRY_ASSIGN(const StateReader state, StateReader::open(bytes));
    return restoreThings<Wanted>(state, most);
}

const std::vector<Thing> kThings{
    {-5, 7, 0.5, "north"}, {1, 0, -2, ""}, {1, 0, -2, "a longer text than inline"}};

}  // namespace

class TestStateLists : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatWasSavedComesBack() {
        const auto back = restored<Thing>(saved(kThings), kThings.size());
        QVERIFY(back.ok());
        QVERIFY(*back == kThings);
        const auto none = restored<Thing>(saved({}), 0);
        QVERIFY(none.ok() && none->empty());
    }

    /// What stood in states before there was a list of parts.
    void eachPartIsAColumnOfItsName() {
        const std::string bytes = saved(kThings);
        const StateReader state = *StateReader::open(bytes);
        QCOMPARE(*restoreIntegers(state, "place"), (std::vector<std::int64_t>{-5, 1, 1}));
        QCOMPARE(*restoreCounts(state, "count"), (std::vector<std::uint64_t>{7, 0, 0}));
        QCOMPARE(*restoreDoubles(state, "value"), (std::vector<double>{0.5, -2, -2}));
        QCOMPARE(restoreTexts(state, "name")->front(), std::string("north"));
    }

    void moreThanFitAreRefused() {
        QVERIFY(restored<Thing>(saved(kThings), 3).ok());
        QVERIFY(!restored<Thing>(saved(kThings), 2).ok());
    }

    void aPartThatIsMissingIsRefused() { QVERIFY(!restored<LongerThing>(saved(kThings), 3).ok()); }

    void columnsOfOtherLengthsAreRefused() {
        StateWriter out;
        saveThings(out, kThings);
        saveTexts(out, "other", std::vector<std::string>(2), [](const std::string& text) { return text; });
        const std::string bytes = out.finish();
        QVERIFY(!restored<NamedThing>(bytes, 3).ok());
    }

    void numbersThatCanNotBeAreRefused() {
        QVERIFY(!restored<Thing>(saved({{0, 0, std::nan(""), ""}}), 1).ok());
        QVERIFY(!restored<Counted>(saved({{-1, 0, 0, ""}}), 1).ok());
    }
};

QTEST_APPLESS_MAIN(TestStateLists)
#include "test_state_lists.moc"
