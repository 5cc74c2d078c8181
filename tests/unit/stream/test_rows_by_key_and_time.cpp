// Rows found by key and a span of time, against a list that is searched from end to end.
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/rows_by_key_and_time.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::vector<int> kKeys{0, 1};

SchemaRef schemaOfKept() {
    return schemaOf(
        {{"k", Type::of(TypeId::Int)}, {"s", Type::of(TypeId::String)}, {"ts", Type::of(TypeId::Timestamp)}});
}

/// Those that look: a number is one of another type, and equal all the same.
SchemaRef schemaOfOthers() {
    return schemaOf({{"k", Type::of(TypeId::Bigint)},
                     {"s", Type::of(TypeId::String)},
                     {"ts", Type::of(TypeId::Timestamp)}});
}

struct Event {
    int number = 0;
    std::string text{};
    Instant time = 0;
    bool meets(const Event& other) const { return number == other.number && text == other.text; }
};

Batch batchFrom(const std::vector<Event>& events, bool kept) {
    Rows rows;
    for (const Event& event : events) {
        rows.push_back({kept ? Value(std::int32_t{event.number}) : Value(std::int64_t{event.number}),
                        Value(event.text), Value(event.time)});
    }
    return batchOf(kept ? schemaOfKept() : schemaOfOthers(), rows);
}

/// A store, its index, and the same as a list.
class Kept {
 public:
    explicit Kept(Millis length) : m_index(m_rows, kKeys, length) {}

    void add(const std::vector<Event>& events) {
        const Batch batch = batchFrom(events, true);
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, kKeys, hashes);
        std::vector<RowsByKeyAndTime::Row> rows;
        for (std::uint32_t row = 0; row < events.size(); ++row) {
            const RowSlot slot = m_rows.add(batch, row);
            rows.push_back({hashes[row], events[row].time, slot});
            m_events[slot] = events[row];
        }
        m_index.add(rows);
    }
    void remove(const std::vector<RowSlot>& gone) {
        m_index.remove(gone);
        for (const RowSlot slot : gone) {
            m_rows.remove(slot);
            m_events.erase(slot);
        }
    }
    /// In the store alone: the index is not told.
    RowSlot addUnfound(const Event& event) { return m_rows.add(batchFrom({event}, true), 0); }
    const std::map<RowSlot, Event>& events() const { return m_events; }

    using Pairs = std::vector<std::pair<std::uint32_t, RowSlot>>;
    /// Sorted.
    Pairs partners(const std::vector<Event>& events, const RowsByKeyAndTime::Distance& distance) {
        const Batch batch = batchFrom(events, false);
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, kKeys, hashes);
        std::vector<const Column*> columns;
        for (const int key : kKeys) columns.push_back(&batch.column(key));
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < events.size(); ++row) rows.push_back(row);
        std::vector<RowsByKeyAndTime::Look> looks;
        m_index.find(rows, hashes, batch.column(2).values<Instant>(), distance, looks);
        Pairs pairs;
        looked = 0;
        for (RowsByKeyAndTime::Look& look : looks) {
            if (look.slot == kNoRow) qFatal("an empty look");
            const RowsByKeyAndTime::Span span = distance.of(events[look.row].time);
            for (; look.slot != kNoRow; look.slot = m_index.behind(look.slot), ++looked) {
                if (m_index.has(look.slot, span, hashes[look.row], columns, look.row))
                    pairs.emplace_back(look.row, look.slot);
            }
        }
        std::sort(pairs.begin(), pairs.end());
        return pairs;
    }
    Pairs expected(const std::vector<Event>& events, const RowsByKeyAndTime::Distance& distance) const {
        Pairs pairs;
        for (std::uint32_t row = 0; row < events.size(); ++row) {
            for (const auto& [slot, event] : m_events) {
                const Millis apart = event.time - events[row].time;
                if (event.meets(events[row]) && distance.from <= apart && apart <= distance.until)
                    pairs.emplace_back(row, slot);
            }
        }
        return pairs;
    }

    std::size_t looked = 0;  ///< at rows, by the last call of partners()

 private:
    RowStore m_rows{schemaOfKept()};
    RowsByKeyAndTime m_index;
    std::map<RowSlot, Event> m_events{};
};

/// The difference from a look at all of them; empty: none.
std::string fault(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const Millis from = below(40) - 20, length = below(3) == 0 ? 0 : below(30);
    const RowsByKeyAndTime::Distance distance{from, from + length};
    const auto some = [&] {
        std::vector<Event> events(static_cast<std::size_t>(below(12)));
        for (Event& event : events)
            event = {below(3), below(2) == 0 ? "" : "longer than it fits in", below(120) - 60};
        return events;
    };
    Kept kept(length);
    for (int step = 0; step < 12; ++step) {
        kept.add(some());
        std::vector<RowSlot> gone;
        for (const auto& [slot, event] : kept.events()) {
            if (below(3) == 0) gone.push_back(slot);
        }
        std::shuffle(gone.begin(), gone.end(), random);
        if (below(2) == 0) kept.remove(gone);
        const std::vector<Event> looking = some();
        if (kept.partners(looking, distance) != kept.expected(looking, distance)) return "the partners";
    }
    return {};
}

}  // namespace

class TestRowsByKeyAndTime : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eachPartnerOnce() {
        for (const unsigned seed : seedsOf(suites::RowsByKeyAndTime)) {
            const std::string wrong = fault(seed);
            QVERIFY2(wrong.empty(), (std::to_string(seed) + ": " + wrong).c_str());
        }
    }

    void theEndsOfTime() {
        constexpr Millis kYears = 3'000'000'000'000;
        Kept kept(2 * kYears);
        kept.add({{1, "", kMaxTimestamp - 1}, {1, "", kMinTimestamp + 1}, {1, "", 0}});
        const RowsByKeyAndTime::Distance distance{-kYears, kYears};
        const Kept::Pairs found = kept.partners(
            {{1, "", kMaxTimestamp - 5}, {1, "", kMinTimestamp + 5}, {1, "", kYears}}, distance);
        QCOMPARE(found, (Kept::Pairs{{0, 0}, {1, 1}, {2, 2}}));
    }

    void whoWasNotAddedIsTakenOutAllTheSame() {
        Kept kept(10);
        const RowSlot unfound = kept.addUnfound({1, "a", 5});
        kept.remove({unfound});
        kept.add({{1, "a", 5}});
        const RowSlot another = kept.addUnfound({1, "a", 5});
        QCOMPARE(kept.partners({{1, "a", 5}}, {0, 10}), kept.expected({{1, "a", 5}}, {0, 10}));
        kept.remove({another, unfound});
        QCOMPARE(kept.partners({{1, "a", 5}}, {0, 10}), Kept::Pairs{});
    }

    void aKeyWithManyRowsIsNotWalkedOver() {
        Kept kept(10);
        std::vector<Event> many;
        for (int i = 0; i < 10'000; ++i) many.push_back({1, "a", i});
        kept.add(many);
        const RowsByKeyAndTime::Distance distance{0, 10};
        const Kept::Pairs found = kept.partners({{1, "a", 5'000}}, distance);
        QCOMPARE(found.size(), std::size_t{11});
        QVERIFY2(kept.looked < 100, std::to_string(kept.looked).c_str());
    }
};

QTEST_APPLESS_MAIN(TestRowsByKeyAndTime)
#include "test_rows_by_key_and_time.moc"
