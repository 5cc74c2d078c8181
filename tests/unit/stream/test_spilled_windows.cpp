// Windows whose state is partly in files: the same results as in memory, also over checkpoints by change and
// restarts with other numbers of instances; and disks that fail.
#include <QtTest/QtTest>

#include <cerrno>
#include <random>
#include <set>
#include <variant>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/sql/bind/binder.h"
#include "core/stream/aggregates/groups_spill.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Table = std::map<std::string, int>;  ///< how often each row is there; those of late ports too

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Int)}}});
    type.eventTime = 0;
    return type;
}

Json windowOf(const char* params) {
    Json out = Json::parse(params);
    out["keys"] = {"k"};
    out["aggregates"] = {"COUNT(*) AS n",
                         "SUM(v) AS s",
                         "AVG(v) AS a",
                         "SUM(CAST(v AS DOUBLE) / 7) AS sd",
                         "MIN(v) AS lo",
                         "MAX(k) AS hi",
                         "FIRST_VALUE(v) AS f",
                         "LAST_VALUE(v) AS l",
                         "PERCENTILE(v, 0.5) AS p",
                         "COUNT(DISTINCT v % 5) AS dv",
                         "LISTAGG(CAST(v % 10 AS STRING)) AS list"};
    return out;
}

using Event = std::variant<Batch, Instant>;

/// Rows of many keys in disorder, of which some are late, and the watermarks between them.
std::vector<Event> eventsOf(std::uint64_t seed, std::size_t batches, int keys) {
    std::mt19937_64 random(seed);
    std::vector<Event> events;
    Instant clock = 0, watermark = kMinTimestamp;
    for (std::size_t i = 0; i < batches; ++i) {
        ColumnBuilder time(Type::of(TypeId::Timestamp)), key(Type::of(TypeId::String)),
            value(Type::of(TypeId::Int));
        const std::size_t rows = 1 + random() % 60;
        for (std::size_t row = 0; row < rows; ++row) {
            clock += static_cast<Instant>(random() % 2);
            time.append(clock - static_cast<Instant>(random() % 12));
            key.appendString("key number " + std::to_string(random() % static_cast<std::uint64_t>(keys)));
            value.append(static_cast<std::int32_t>(random() % 100));
        }
        Batch batch;
        batch.schema = input().schema;
        batch.rows = rows;
        batch.columns = {time.finish(), key.finish(), value.finish()};
        batch.stamps = std::make_shared<const std::vector<Instant>>(rows, watermark);
        events.emplace_back(std::move(batch));
        if (random() % 3 > 0) continue;
        watermark = std::max(watermark, clock - 8);
        events.emplace_back(watermark);
    }
    events.emplace_back(kMaxTimestamp);
    return events;
}

/// Several instances that take checkpoints by change and can go back to the last one, as others.
class Driver final : public Output {
 public:
    Driver(const BoundNode& bound, MakeContext context, int instances)
        : m_bound(bound), m_context(std::move(context)) {
        make(instances);
    }

    void run(const std::vector<Event>& events, std::mt19937_64& random, bool restarts) {
        while (m_next < events.size() && m_status.ok()) {
            apply(events[m_next++]);
            if (!restarts) continue;
            if (m_frozen) {
                if (random() % 2 == 0) writeSome();
            } else if (random() % 4 == 0) {
                freeze(random() % 6 == 0);
            }
            if (m_state.empty() || m_goneBack == kMostTimes || random() % 12 > 0) continue;
            goBack(static_cast<int>(1 + random() % 5));
        }
    }

    const Table& table() const { return m_table; }
    const Status& status() const { return m_status; }
    std::size_t goneBack() const { return m_goneBack; }
    Operator& first() { return *m_instances.front(); }

    void emit(int port, Batch batch) override {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const RowKind kind = batch.kind(row);
            const std::string line = std::to_string(port) + "|" + lineOf(batch, row);
            int& count = m_table[line];
            count += kind == RowKind::Insert || kind == RowKind::UpdateAfter ? 1 : -1;
            if (count == 0) m_table.erase(line);
        }
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        ++m_table["rejected|" + lineOf(batch, row) + english(reason)];
        return {};
    }
    void countLate(std::size_t, Millis) override {}

 private:
    static constexpr std::size_t kMostTimes = 4;

    void make(int instances) {
        m_instances.clear();
        m_context.instances = instances;
        for (int i = 0; i < instances; ++i) {
            m_context.instance = i;
            auto made = node().make(m_bound, m_context);
            m_instances.push_back(std::get<std::unique_ptr<Operator>>(std::move(made).value()));
            m_instances.back()->outputPorts = static_cast<int>(m_bound.outputs.size());
        }
        m_parts.assign(m_instances.size(), {});
        m_frozen = false;
        m_mustBeWhole = true;
    }

    template <class Call>
    void call(Operator& op, Call first) {
        if (m_status.ok()) m_status = first();
        while (m_status.ok() && op.hasMore()) m_status = op.resume(*this);
    }

    void apply(const Event& event) {
        const auto count = static_cast<int>(m_instances.size());
        if (const Instant* const watermark = std::get_if<Instant>(&event)) {
            for (const auto& op : m_instances) call(*op, [&] { return op->onWatermark(*watermark, *this); });
            return;
        }
        const Batch& batch = std::get<Batch>(event);
        std::vector<std::uint64_t> hashes;
        hashKeys(batch, m_bound.distribution.keys.front(), hashes);
        std::vector<std::vector<std::uint32_t>> rows(m_instances.size());
        for (std::uint32_t row = 0; row < batch.rows; ++row)
            rows[static_cast<std::size_t>(instanceOfGroup(keyGroupOf(hashes[row]), count))].push_back(row);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Batch some = batch.select(rows[i]);
            call(*m_instances[i], [&] { return m_instances[i]->onBatch(0, some, *this); });
        }
    }

    void freeze(bool whole) {
        m_whole = whole || m_mustBeWhole;
        m_mustBeWhole = false;
        m_rest.clear();
        m_written.assign(m_instances.size(), {});
        for (const auto& op : m_instances) {
            auto& changing = dynamic_cast<ChangingState&>(*op);
            StateWriter rest;
            changing.writeRest(rest);
            m_rest.push_back(rest.finish());
            changing.freeze(m_whole);
        }
        m_frozen = true;
        m_frozenAt = m_next;
        m_tableThen = m_table;
    }

    void writeSome() {
        bool more = false;
        for (std::size_t i = 0; i < m_instances.size(); ++i) {
            auto& changing = dynamic_cast<ChangingState&>(*m_instances[i]);
            StateWriter out;
            more = changing.writePiece(out) || more;
            if (m_status.ok()) m_status = changing.writing();
            m_written[i] += out.takeFields();
        }
        if (more || !m_status.ok()) return;
        m_frozen = false;
        m_state.clear();
        for (std::size_t i = 0; i < m_instances.size(); ++i) {
            m_parts[i] = m_whole ? m_written[i] : m_parts[i] + m_written[i];
            std::string state = m_rest[i] + m_parts[i];
            StateWriter::sealAnew(state);
            m_state.push_back(std::move(state));
        }
        m_stateAt = m_frozenAt;
        m_stateTable = m_tableThen;
    }

    void goBack(int instances) {
        make(instances);
        for (int i = 0; i < instances; ++i) {
            for (const std::string& state : m_state) {
                const Result<StateReader> reader = StateReader::open(state);
                if (m_status.ok()) m_status = reader.status();
                if (m_status.ok())
                    m_status =
                        m_instances[static_cast<std::size_t>(i)]->restore(*reader, keyGroupsOf(i, instances));
            }
        }
        m_next = m_stateAt;
        m_table = m_stateTable;
        ++m_goneBack;
    }

    const BoundNode& m_bound;
    MakeContext m_context;
    std::vector<std::unique_ptr<Operator>> m_instances{};
    Table m_table{};
    Status m_status{};
    std::size_t m_next = 0, m_goneBack = 0;  ///< events
    // The checkpoint under way, and the last one.
    bool m_frozen = false, m_whole = true, m_mustBeWhole = true;
    std::vector<std::string> m_rest{}, m_written{}, m_parts{}, m_state{};
    std::size_t m_frozenAt = 0, m_stateAt = 0;
    Table m_tableThen{}, m_stateTable{};
};

/// A table of so many BIGINT keys of one key group, each counted `count` times.
GroupState countsOf(const WindowPlan& plan, const std::vector<std::int64_t>& keys, int count) {
    MakeContext context;
    context.inputs.resize(1);
    ColumnBuilder times(Type::of(TypeId::Timestamp)), values(Type::of(TypeId::Bigint));
    for (const std::int64_t key : keys) {
        times.append<Instant>(0);
        values.append(key);
    }
    Batch batch;
    batch.schema = plan.input.schema;
    batch.rows = keys.size();
    batch.columns = {times.finish(), values.finish()};
    AggregateRows rows(plan.aggregates, plan.keys, 0, context);
    std::vector<std::uint32_t> all(keys.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
    GroupState state(plan);
    for (int i = 0; i < count; ++i) {
        (void)rows.take(batch);
        state.update(rows, all);
    }
    return state;
}

WindowPlan countingPlan() {
    WindowPlan plan;
    plan.input.schema = std::make_shared<const Schema>(
        Schema{{{"ts", Type::of(TypeId::Timestamp)}, {"k", Type::of(TypeId::Bigint)}}});
    plan.keys = {1};
    plan.keyTypes = {Type::of(TypeId::Bigint)};
    auto bound = sql::bindAggregate("COUNT(*) AS n", {plan.input.schema});
    plan.aggregates.push_back(std::move(std::get<sql::BoundAggregate>(bound)));
    return plan;
}

/// Keys of one key group alone.
std::vector<std::int64_t> keysOfOneGroup(std::size_t count) {
    std::vector<std::int64_t> keys;
    for (std::int64_t first = 0; keys.size() < count; first += 10'000) {
        ColumnBuilder values(Type::of(TypeId::Bigint));
        for (std::int64_t i = 0; i < 10'000; ++i) values.append(first + i);
        const ColumnRef column = values.finish();
        const Column* const columns[] = {column.get()};
        std::vector<std::uint64_t> hashes(10'000);
        hashKeys(columns, hashes.size(), hashes);
        for (std::size_t i = 0; i < hashes.size() && keys.size() < count; ++i) {
            if (keyGroupOf(hashes[i]) == 77) keys.push_back(first + static_cast<std::int64_t>(i));
        }
    }
    return keys;
}

Result<std::unique_ptr<SortedRun>> spilled(const WindowPlan& plan,
                                           const std::vector<const GroupState*>& states,
                                           const std::shared_ptr<SpillFolder>& folder) {
    RW_TRY_ASSIGN(GroupsSpill spill, GroupsSpill::begin(plan, states, folder));
    while (spill.busy()) {
        CallBudget budget(1);
        RW_TRY(spill.run(budget));
    }
    return spill.finish();
}

}  // namespace

class TestSpilledWindows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void resultsAreThoseOfMemory_data() {
        QTest::addColumn<QString>("params");
        QTest::newRow("tumble") << R"({"window": "tumble", "size": "20ms"})";
        QTest::newRow("tumble, corrected")
            << R"({"window": "tumble", "size": "20ms", "allowed_lateness": "15ms", "early": "6ms"})";
        QTest::newRow("hop") << R"({"window": "hop", "size": "30ms", "slide": "10ms"})";
        QTest::newRow("hop of many slides") << R"({"window": "hop", "size": "80ms", "slide": "4ms"})";
        QTest::newRow("hop, corrected")
            << R"({"window": "hop", "size": "25ms", "slide": "10ms", "allowed_lateness": "9ms"})";
        QTest::newRow("cumulate") << R"({"window": "cumulate", "size": "60ms", "step": "10ms"})";
        QTest::newRow("cumulate, corrected")
            << R"({"window": "cumulate", "size": "60ms", "step": "10ms", "allowed_lateness": "20ms"})";
    }
    void resultsAreThoseOfMemory() {
        QFETCH(QString, params);
        const BoundForTest bound = bindNode(node(), windowOf(params.toUtf8().constData()), {input()});
        QVERIFY(bound.bound && bound.bound->spills);
        std::size_t goneBack = 0;
        for (std::uint64_t seed = 1; seed <= affordableCases(40); ++seed) {
            std::mt19937_64 random(seed);
            const auto events = eventsOf(seed, 40, seed % 2 == 0 ? 400 : 20);
            const MakeContext memory = contextFor(input(), 1, 1 + random() % 40);
            Driver expected(*bound.bound, memory, 1);
            expected.run(events, random, false);
            // So little that everything goes to files, or some of it.
            const std::uint64_t bytes = seed % 3 == 0 ? 1 : 1 + random() % 200'000;
            Driver found(*bound.bound, spilling(memory, bytes), static_cast<int>(1 + random() % 3));
            found.run(events, random, true);
            QVERIFY2(found.status().ok(), found.status().ok() ? "" : english(found.status().error()).c_str());
            goneBack += found.goneBack();
            for (const auto& [line, count] : expected.table()) {
                const auto at = found.table().find(line);
                if (at == found.table().end() || at->second != count)
                    QFAIL(("case " + std::to_string(seed) + " lacks " + line).c_str());
            }
            QCOMPARE(found.table().size(), expected.table().size());
            QCOMPARE(found.first().stateSize().keys, std::size_t{0});
        }
        QVERIFY2(goneBack > affordableCases(40) / 2, std::to_string(goneBack).c_str());
    }

    void whatIsBeyondTheBudgetIsInFiles() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        constexpr std::uint64_t kBytes = 2'000'000;
        Driver driver(*bound.bound, spilling(contextFor(input()), kBytes, disk), 1);
        std::mt19937_64 random(1);
        std::vector<Event> events = eventsOf(1, 3'000, 15'000);
        events.pop_back();
        Driver memory(*bound.bound, contextFor(input()), 1);
        memory.run(events, random, false);
        driver.run(events, random, false);
        QVERIFY(driver.status().ok());
        const Operator::StateSize whole = memory.first().stateSize(), size = driver.first().stateSize();
        QVERIFY2(whole.bytes > 3 * kBytes && whole.spilled == 0, std::to_string(whole.bytes).c_str());
        QVERIFY2(size.bytes < kBytes + kBytes / 10, std::to_string(size.bytes).c_str());
        std::size_t files = 0;
        for (const auto& [path, content] : disk->contents()) files += content.size();
        QCOMPARE(size.spilled, files);
        QVERIFY(files > whole.bytes / 10);
        QVERIFY2(disk->contents().size() < 64, std::to_string(disk->contents().size()).c_str());
    }

    void filesAreGoneBehindTheirWindows() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "20ms"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        std::mt19937_64 random(1);
        {
            Driver driver(*bound.bound, spilling(contextFor(input()), 1, disk), 1);
            std::vector<Event> events = eventsOf(2, 60, 50);
            driver.run(events, random, false);  // to the end of time
            QVERIFY(!driver.table().empty());
            QVERIFY(disk->contents().empty());
        }
        {
            Driver stopped(*bound.bound, spilling(contextFor(input()), 1, disk), 1);
            std::vector<Event> events = eventsOf(3, 60, 50);
            events.pop_back();
            stopped.run(events, random, false);
            QVERIFY(!disk->contents().empty());
        }
        QVERIFY(disk->contents().empty());
    }

    void aDiskThatIsFullEndsTheRun() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "hop", "size": "30ms", "slide": "10ms"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        int writes = 0;
        disk->fails = [&writes](const std::string& what, const std::string&) {
            return what == "write" && ++writes > 5 ? ENOSPC : 0;
        };
        std::mt19937_64 random(1);
        {
            Driver driver(*bound.bound, spilling(contextFor(input()), 1, disk), 1);
            driver.run(eventsOf(4, 60, 50), random, false);
            QVERIFY(!driver.status().ok());
            QCOMPARE(driver.status().error().code, ErrorCode::Io);
        }
        QVERIFY(disk->contents().empty());
    }

    void aFileThatIsDamagedEndsTheRunInsteadOfGivingWrongRows() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        const auto damage = [](MemoryOutputs& disk) {
            for (auto [path, content] : disk.contents()) {
                content[content.size() / 2] ^= 1;
                disk.put(path, content);
            }
        };
        std::vector<Event> events = eventsOf(5, 30, 50);
        const Instant end = std::get<Instant>(events.back());
        events.pop_back();
        {  // at the fire
            const auto disk = std::make_shared<MemoryOutputs>();
            OperatorHarness harness(node(), *bound.bound, spilling(contextFor(input()), 1, disk));
            for (const Event& event : events) {
                if (const Batch* const batch = std::get_if<Batch>(&event)) harness.send(*batch);
            }
            QCOMPARE(harness.breaches().size(), std::size_t{0});
            QVERIFY(!disk->contents().empty());
            damage(*disk);
            Status status = harness.tested().onWatermark(end, harness);
            while (status.ok() && harness.tested().hasMore()) status = harness.tested().resume(harness);
            QVERIFY(!status.ok());
            QCOMPARE(status.error().code, ErrorCode::Io);
        }
        {  // in a checkpoint, of either kind
            const auto disk = std::make_shared<MemoryOutputs>();
            OperatorHarness harness(node(), *bound.bound, spilling(contextFor(input()), 1, disk));
            for (const Event& event : events) {
                if (const Batch* const batch = std::get_if<Batch>(&event)) harness.send(*batch);
            }
            damage(*disk);
            auto& changing = dynamic_cast<ChangingState&>(harness.tested());
            StateWriter all, some;
            QVERIFY(!harness.tested().snapshot(all).ok());
            changing.freeze(true);
            QVERIFY(changing.writing().ok());
            bool more = true;
            for (int pieces = 0; more && changing.writing().ok() && pieces < 1'000; ++pieces)
                more = changing.writePiece(some);
            QVERIFY(!changing.writing().ok());
            QVERIFY(changing.writePiece(some));  // it is never whole
            QVERIFY(!changing.writing().ok());
        }
    }

    void aKeyGroupOfManyGroupsIsSeveralSections() {
        const WindowPlan plan = countingPlan();
        const auto folder = spilling({}, 1).spill;
        const std::vector<std::int64_t> keys = keysOfOneGroup(2 * KeyGroupMerge::kGroupsOfPortion + 5);
        const GroupState once = countsOf(plan, keys, 1), thrice = countsOf(plan, keys, 3);
        const auto first = spilled(plan, {&once}, folder), second = spilled(plan, {&once, &thrice}, folder);
        QVERIFY(first.ok() && second.ok());
        QCOMPARE((*first)->sections().size(), std::size_t{3});
        QCOMPARE((*first)->items(), std::uint64_t{keys.size()});
        QCOMPARE((*second)->items(), std::uint64_t{keys.size()});  // merged as it is written
        KeyGroupMerge merge(plan);
        merge.add(**first);
        merge.add(**second);
        merge.add(once);
        while (merge.busy()) {
            CallBudget budget(1);
            QVERIFY(merge.run(budget).ok());
        }
        QVERIFY(!merge.hasNext());
        QCOMPARE(merge.groups().keys.size(), keys.size());
        std::vector<std::uint32_t> all(keys.size());
        for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
        const auto results = merge.groups().aggregates.results(all, nullptr);
        const auto counts = results.front()->values<std::int64_t>();
        QVERIFY(std::all_of(counts.begin(), counts.end(), [](std::int64_t count) { return count == 6; }));
    }

    void nothingMergedIsOnePortionWithoutGroups() {
        const WindowPlan plan = countingPlan();
        KeyGroupMerge merge(plan);
        CallBudget budget(1);
        QVERIFY(merge.run(budget).ok());
        QVERIFY(!merge.busy() && !merge.hasNext());
        QCOMPARE(merge.groups().keys.size(), std::size_t{0});
    }

    void portionsHaveEachKeyOnce() {
        const WindowPlan plan = countingPlan();
        std::vector<std::int64_t> keys(100'000);
        for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = static_cast<std::int64_t>(i);
        const GroupState state = countsOf(plan, keys, 1);
        const auto run = spilled(plan, {&state}, spilling({}, 1).spill);
        KeyGroupMerge merge(plan);
        merge.add(state);
        merge.add(**run);
        std::set<std::uint64_t> seen;
        int portions = 0;
        for (bool more = true; more;) {
            while (merge.busy()) {
                CallBudget budget(100);
                QVERIFY(merge.run(budget).ok());
            }
            ++portions;
            const KeyTable& table = merge.groups().keys;
            QVERIFY(table.size() <= KeyGroupMerge::kGroupsOfPortion);
            for (std::uint32_t group = 0; group < table.size(); ++group)
                QVERIFY(seen.insert(table.hash(group)).second);
            more = merge.hasNext();
            if (more) merge.next();
        }
        QCOMPARE(seen.size(), keys.size());
        QVERIFY2(portions >= 13, std::to_string(portions).c_str());
    }
};

QTEST_APPLESS_MAIN(TestSpilledWindows)
#include "test_spilled_windows.moc"
