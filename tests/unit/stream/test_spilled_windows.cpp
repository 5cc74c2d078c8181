// Windows whose state is partly in files: the same results as in memory, also over checkpoints by change and
// restarts with other numbers of instances; and disks that fail.
#include <QtTest/QtTest>

#include <cerrno>
#include <random>
#include <set>

#include "core/nodes/catalogue.h"
#include "core/sql/bind/binder.h"
#include "core/store/state_memory.h"
#include "core/stream/aggregates/groups_spill.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_hash.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/checkpointed_group.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

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

/// Rows of many keys in disorder, of which some are late, and the watermarks between them.
std::vector<CheckpointedGroup::Event> eventsOf(std::uint64_t seed, std::size_t batches, int keys) {
    std::mt19937_64 random(seed);
    std::vector<CheckpointedGroup::Event> events;
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
    auto merge = std::make_unique<KeyGroupMerge>(plan);
    for (const GroupState* const state : states) merge->add(*state);
    RW_TRY_ASSIGN(GroupsSpill spill, states.size() == 1 ? GroupsSpill::begin(*states.front(), folder)
                                                        : GroupsSpill::begin(std::move(merge), folder));
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
        QTest::newRow("session") << R"({"window": "session", "gap": "15ms"})";
        QTest::newRow("session of a long gap") << R"({"window": "session", "gap": "200ms"})";
    }
    void resultsAreThoseOfMemory() {
        QFETCH(QString, params);
        const BoundForTest bound = bindNode(node(), windowOf(params.toUtf8().constData()), {input()});
        QVERIFY(bound.bound && bound.bound->spills);
        constexpr std::uint64_t kAll = 20, kCases = affordableCases(kAll);
        std::size_t goneBack = 0, filesNamed = 0;
        for (std::uint64_t seed = 1; seed <= kCases; ++seed) {
            std::mt19937_64 random(seed);
            const auto events = eventsOf(seed, 30, seed % 2 == 0 ? 400 : 20);
            const MakeContext memory = contextFor(input(), 1, 1 + random() % 40);
            CheckpointedGroup expected(node(), *bound.bound, memory, 1);
            expected.run(events, random, false);
            // So little that everything goes to files, or some of it.
            const std::uint64_t bytes = seed % 3 == 0 ? 1 : 1 + random() % 200'000;
            MakeContext context = spilling(memory, bytes);
            StateMemory more(random() % 200'000);
            if (random() % 2 == 0) context.moreStateMemory = &more;
            context.namesRuns = seed % 4 < 2;  // in checkpoints
            CheckpointedGroup found(node(), *bound.bound, context, static_cast<int>(1 + random() % 3));
            found.run(events, random, true);
            QVERIFY2(found.status().ok(), found.status().ok() ? "" : english(found.status().error()).c_str());
            goneBack += found.goneBack();
            filesNamed += found.filesNamed();
            for (const auto& [line, count] : expected.table()) {
                const auto at = found.table().find(line);
                if (at == found.table().end() || at->second != count)
                    QFAIL(("case " + std::to_string(seed) + " lacks " + line).c_str());
            }
            QCOMPARE(found.table().size(), expected.table().size());
            QCOMPARE(found.first().stateSize().keys, std::size_t{0});
        }
        QVERIFY2(goneBack > kAll / 2 || kCases < kAll, std::to_string(goneBack).c_str());
        QVERIFY(filesNamed > 0 || kCases < kAll || params.contains("session"));
    }

    void whatIsBeyondTheBudgetIsInFiles() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        constexpr std::uint64_t kBytes = 2'000'000;
        CheckpointedGroup driver(node(), *bound.bound, spilling(contextFor(input()), kBytes, disk), 1);
        std::mt19937_64 random(1);
        std::vector<CheckpointedGroup::Event> events = eventsOf(1, 3'000, 15'000);
        events.pop_back();
        CheckpointedGroup memory(node(), *bound.bound, contextFor(input()), 1);
        memory.run(events, random, false);
        driver.run(events, random, false);
        QVERIFY(driver.status().ok());
        const Operator::StateSize whole = memory.first().stateSize(), size = driver.first().stateSize();
        QVERIFY2(whole.bytes > 3 * kBytes && whole.spilled == 0, std::to_string(whole.bytes).c_str());
        QVERIFY2(size.bytes < kBytes + kBytes / 10, std::to_string(size.bytes).c_str());
        std::size_t files = 0;
        for (const auto& [path, content] : disk->contents()) files += content.size();
        QVERIFY(size.spilled > 0 && size.spilled <= files && files < 2 * size.spilled);  // some are merged
        QVERIFY(files > whole.bytes / 10);
        QVERIFY2(disk->contents().size() < 300, std::to_string(disk->contents().size()).c_str());
    }

    void filesAreGoneBehindTheirWindows() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "20ms"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        std::mt19937_64 random(1);
        {
            CheckpointedGroup driver(node(), *bound.bound, spilling(contextFor(input()), 1, disk), 1);
            std::vector<CheckpointedGroup::Event> events = eventsOf(2, 60, 50);
            driver.run(events, random, false);  // to the end of time
            QVERIFY(!driver.table().empty());
            QVERIFY(disk->contents().empty());
        }
        {
            CheckpointedGroup stopped(node(), *bound.bound, spilling(contextFor(input()), 1, disk), 1);
            std::vector<CheckpointedGroup::Event> events = eventsOf(3, 60, 50);
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
            CheckpointedGroup driver(node(), *bound.bound, spilling(contextFor(input()), 1, disk), 1);
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
                char& byte = content[content.size() / 2];
                byte = static_cast<char>(byte ^ 1);
                disk.put(path, content);
            }
        };
        std::vector<CheckpointedGroup::Event> events = eventsOf(5, 30, 50);
        const Instant end = std::get<Instant>(events.back());
        events.pop_back();
        {  // at the fire
            const auto disk = std::make_shared<MemoryOutputs>();
            OperatorHarness harness(node(), *bound.bound, spilling(contextFor(input()), 1, disk));
            for (const CheckpointedGroup::Event& event : events) {
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
            for (const CheckpointedGroup::Event& event : events) {
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

    void aPartHasFewRunsHoweverManyRowsCome() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        const auto disk = std::make_shared<MemoryOutputs>();
        CheckpointedGroup few(node(), *bound.bound, spilling(contextFor(input()), 100'000, disk), 1);
        CheckpointedGroup memory(node(), *bound.bound, contextFor(input()), 1);
        std::mt19937_64 random(1);
        std::vector<CheckpointedGroup::Event> events = eventsOf(6, 2'000, 500);
        events.pop_back();
        few.run(events, random, false);
        memory.run(events, random, false);
        QVERIFY(few.status().ok());
        StateWriter whole;
        QVERIFY(memory.first().snapshot(whole).ok());
        const std::size_t all = whole.finish().size(), inFiles = few.first().stateSize().spilled;
        QVERIFY2(inFiles > 0 && inFiles < 4 * all, qPrintable(QString("%1 of %2").arg(inFiles).arg(all)));
        QVERIFY2(disk->contents().size() < 20, std::to_string(disk->contents().size()).c_str());
    }

    void rowsBehindABarrierGoToFilesWhileItIsWritten() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        constexpr std::uint64_t kBytes = 1'000'000;
        OperatorHarness harness(node(), *bound.bound, spilling(contextFor(input()), kBytes)),
            then(node(), *bound.bound, contextFor(input()));
        const auto send = [&](std::uint64_t seed, bool both) {
            std::vector<CheckpointedGroup::Event> events = eventsOf(seed, 1'000, 30'000);
            events.pop_back();
            for (const CheckpointedGroup::Event& event : events) {
                const Batch* const batch = std::get_if<Batch>(&event);
                if (batch) harness.send(*batch);
                if (batch && both) then.send(*batch);
            }
        };
        send(7, true);
        QVERIFY(harness.tested().stateSize().spilled > 0);
        auto& changing = dynamic_cast<ChangingState&>(harness.tested());
        StateWriter written;
        changing.freeze(true);
        QVERIFY(changing.writePiece(written));
        std::size_t most = 0;
        for (std::uint64_t seed = 8; seed < 16; ++seed) {
            send(seed, false);
            most = std::max(most, harness.tested().stateSize().bytes);
        }
        QVERIFY2(most < 2 * kBytes, std::to_string(most).c_str());
        while (changing.writePiece(written)) {
        }
        QVERIFY(changing.writing().ok());
        // It is the state of the barrier.
        StateWriter rest;
        changing.writeRest(rest);
        written.copy(rest.takeFields());
        const std::string bytes = written.finish();
        OperatorHarness restored(node(), *bound.bound, contextFor(input()));
        const Result<StateReader> reader = StateReader::open(bytes);
        QVERIFY(reader.ok() && restored.tested().restore(*reader, KeyGroups{}).ok());
        restored.advance(kMaxTimestamp);
        then.advance(kMaxTimestamp);
        QVERIFY(then.table(0).size() > 15'000);
        QCOMPARE(restored.table(0), then.table(0));
    }

    void whatIsRestoredGoesToFilesAtOnce() {
        const BoundForTest bound =
            bindNode(node(), windowOf(R"({"window": "tumble", "size": "1h"})"), {input()});
        OperatorHarness memory(node(), *bound.bound, contextFor(input()));
        std::vector<CheckpointedGroup::Event> events = eventsOf(9, 500, 10'000);
        events.pop_back();
        for (const CheckpointedGroup::Event& event : events) {
            if (const Batch* const batch = std::get_if<Batch>(&event)) memory.send(*batch);
        }
        StateWriter written;
        QVERIFY(memory.tested().snapshot(written).ok());
        const std::string bytes = written.finish();
        constexpr std::uint64_t kBytes = 500'000;
        QVERIFY(memory.tested().stateSize().bytes > 4 * kBytes);
        OperatorHarness restored(node(), *bound.bound, spilling(contextFor(input()), kBytes));
        const Result<StateReader> reader = StateReader::open(bytes);
        QVERIFY(reader.ok() && restored.tested().restore(*reader, KeyGroups{}).ok());
        const Operator::StateSize size = restored.tested().stateSize();
        QVERIFY2(size.spilled > 0 && size.bytes < kBytes + kBytes / 10, std::to_string(size.bytes).c_str());
        restored.advance(kMaxTimestamp);
        memory.advance(kMaxTimestamp);
        QCOMPARE(restored.table(0), memory.table(0));
    }

    void largeGroupsComeInSmallPortions() {
        const BoundForTest bound = bindNode(node(),
                                            {{"window", "tumble"},
                                             {"size", "1h"},
                                             {"keys", {"k"}},
                                             {"aggregates", {"MAX(REPEAT(k, 100000)) AS m"}}},
                                            {input()});
        QVERIFY(bound.bound);
        OperatorHarness harness(node(), *bound.bound, spilling(contextFor(input()), 4'000'000));
        std::vector<CheckpointedGroup::Event> events = eventsOf(10, 20, 100);
        std::size_t most = 0;
        for (const CheckpointedGroup::Event& event : events) {
            if (const Batch* const batch = std::get_if<Batch>(&event)) harness.send(*batch);
        }
        QVERIFY(harness.tested().stateSize().spilled > 60'000'000);
        Status status = harness.tested().onWatermark(kMaxTimestamp, harness);
        while (status.ok() && harness.tested().hasMore()) {
            status = harness.tested().resume(harness);
            most = std::max(most, harness.tested().stateSize().bytes);
        }
        QVERIFY(status.ok());
        QVERIFY2(most < 50'000'000, std::to_string(most).c_str());
        const std::size_t rows = harness.lines(0).size();  // a few of the hour before
        QVERIFY2(rows >= 100 && rows < 130, std::to_string(rows).c_str());
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
