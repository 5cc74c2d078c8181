// The state of sessions by change: whatever comes while a checkpoint is written, it has the sessions of its
// barrier, though their numbers name others by then, and their keys have other numbers. And sessions of which
// some are in files.
#include <QtTest/QtTest>
#include <cerrno>
#include <functional>
#include <random>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/state/carried/carried_state.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/session_stories.h"
#include "tests/unit/stream/cases/watched_sessions.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

class TestSessionChanges : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        m_bound = bindNode(sessionNode(), sessionParams(), {sessionInput()}).bound;
        QVERIFY(m_bound);
    }

    void anySessions() {
        int byChange = 0;
        for (std::uint64_t seed = 1; seed <= affordableCases(600); ++seed) {
            const std::string wrong = trySessions(seed, false, byChange);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(byChange > static_cast<int>(affordableCases(60)), std::to_string(byChange).c_str());
    }

    void anySessionsInFiles() {
        int byChange = 0;
        for (std::uint64_t seed = 1; seed <= affordableCases(600); ++seed) {
            const std::string wrong = trySessions(seed, true, byChange);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(byChange > static_cast<int>(affordableCases(60)), std::to_string(byChange).c_str());
    }

    void manySessionsOfWhichSomeAreInFiles() {
        Json params = sessionParams();
        params["gap"] = "30ms";
        const BoundForTest bound = bindNode(sessionNode(), params, {sessionInput()});
        int inFiles = 0;
        constexpr int kAll = 40;
        for (std::uint64_t seed = 1; seed <= affordableCases(kAll); ++seed) {
            const std::string wrong = tryManySessions(*bound.bound, seed, inFiles);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(inFiles > static_cast<int>(affordableCases(kAll)), std::to_string(inFiles).c_str());
    }

    void whatIsBeyondTheShareIsInFiles() {
        Json params = sessionParams();
        params["gap"] = "1h";
        params["aggregates"].push_back("PERCENTILE(v, 0.5) AS p");
        const BoundForTest bound = bindNode(sessionNode(), params, {sessionInput()});
        QVERIFY(bound.bound && bound.bound->spills);
        constexpr std::uint64_t kBytes = 12'000'000;
        constexpr int kKeys = 20'000;
        const auto disk = std::make_shared<MemoryOutputs>();
        WatchedSessions memory(*bound.bound, contextFor(sessionInput())),
            files(*bound.bound, spilling(contextFor(sessionInput()), kBytes, disk));
        std::size_t mostBytes = 0, mostFiles = 0;
        for (int round = 0; round < 40; ++round) {
            for (int key = 0; key < kKeys; key += 2'000) {
                const Batch rows = sessionRows(1'000 * round, key, 2'000);
                memory.send(rows);
                files.send(rows);
                mostBytes = std::max(mostBytes, files.op().stateSize().bytes);
                mostFiles = std::max(mostFiles, disk->contents().size());
            }
        }
        QVERIFY(files.status().ok());
        const Operator::StateSize whole = memory.op().stateSize(), size = files.op().stateSize();
        QVERIFY2(whole.bytes > 3 * kBytes && whole.spilled == 0, std::to_string(whole.bytes).c_str());
        QVERIFY2(mostBytes < kBytes + kBytes / 10, std::to_string(mostBytes).c_str());
        QVERIFY2(mostFiles < 10, std::to_string(mostFiles).c_str());
        std::size_t bytes = 0;
        for (const auto& [path, content] : disk->contents()) bytes += content.size();
        QCOMPARE(size.spilled, bytes);
        QVERIFY(size.spilled > 0);
        QCOMPARE(size.keys, std::size_t{kKeys});
        // To the end, some sessions at a time.
        std::size_t atEnd = 0;
        files.betweenCalls = [&] { atEnd = std::max(atEnd, files.op().stateSize().bytes); };
        memory.advance(kMaxTimestamp);
        files.advance(kMaxTimestamp);
        QCOMPARE(files.lines(), memory.lines());
        QVERIFY2(atEnd < kBytes + kBytes / 4, std::to_string(atEnd).c_str());
        QVERIFY(disk->contents().empty());
        QCOMPARE(files.op().stateSize().spilled, std::size_t{0});
    }

    void aDiskThatIsFullEndsTheRun() {
        const auto disk = std::make_shared<MemoryOutputs>();
        int writes = 0;
        disk->fails = [&writes](const std::string& what, const std::string&) {
            return what == "write" && ++writes > 3 ? ENOSPC : 0;
        };
        {
            WatchedSessions watched(*m_bound, spilling(contextFor(sessionInput()), 1, disk));
            for (int i = 0; i < 10 && watched.status().ok(); ++i) watched.send(sessionRows(100 + i, 0, 50));
            QVERIFY(!watched.status().ok());
            QCOMPARE(watched.status().error().code, ErrorCode::Io);
        }
        QVERIFY(disk->contents().empty());
    }

    void aFileThatIsDamagedEndsTheRun() {
        const auto tryDamage = [this](const std::function<void(WatchedSessions&)>& goOn) {
            const auto disk = std::make_shared<MemoryOutputs>();
            WatchedSessions watched(*m_bound, spilling(contextFor(sessionInput()), 1, disk));
            watched.send(sessionRows(100, 0, 50));
            watched.send(sessionRows(115, 0, 50));
            QVERIFY(watched.status().ok());
            for (auto [path, content] : disk->contents()) {
                for (char& byte : content) byte = static_cast<char>(byte ^ 1);
                disk->put(path, content);
            }
            goOn(watched);
            QVERIFY(!watched.status().ok());
            QCOMPARE(watched.status().error().code, ErrorCode::Io);
        };
        tryDamage([](WatchedSessions& watched) { watched.advance(130); });
        tryDamage([](WatchedSessions& watched) { watched.send(sessionRows(108, 0, 1)); });  // two become one
        tryDamage(
            [](WatchedSessions& watched) { watched.send(sessionRows(117, 0, 1)); });  // … is written again
        tryDamage([](WatchedSessions& watched) {
            watched.freeze(true);  // in one piece, too
            QVERIFY(!watched.status().ok());
        });
        tryDamage([](WatchedSessions& watched) {
            StateWriter out;
            auto& changing = dynamic_cast<ChangingState&>(watched.op());
            changing.freeze(true);
            QVERIFY(changing.writing().ok());
            while (watched.writeSome()) {
            }
            QVERIFY(!changing.writing().ok());
            QVERIFY(changing.writePiece(out));  // it is never whole
        });
    }

    void whatIsShownOfSessionsStaysInMemory() {
        Json params = sessionParams();
        params["allowed_lateness"] = "5ms";
        const BoundForTest bound = bindNode(sessionNode(), params, {sessionInput()});
        QVERIFY(bound.bound && !bound.bound->spills);
    }

    void theyAreWrittenPieceByPiece() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        for (int key = 0; key < 20'000; key += 1'000)
            watched.send(sessionRows(100 + key / 1'000, key, 1'000));
        Instant now = 100;
        // Some grow, some come, and the oldest fire and go.
        const auto goOn = [&] {
            now += 4;
            watched.send(sessionRows(now + 3, static_cast<int>(now) % 7 * 2'000, 3'000));
            watched.send(sessionRows(now + 3, 20'000 + static_cast<int>(now) * 100, 300));
            watched.advance(now);
        };
        watched.freeze(true);
        int pieces = 1;
        for (; watched.writeSome(); ++pieces) goOn();
        QVERIFY(pieces >= 3);
        watched.keep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY(watched.largestPiece() < watched.written() * 2 / 3);
        const std::size_t whole = watched.written();

        watched.freeze(false);
        while (watched.writeSome()) goOn();
        watched.keep();
        QCOMPARE(watched.difference(), std::string());
        goOn();
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());

        watched.send(sessionRows(now + 3, 0, 10));
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY2(watched.written() > 0 && watched.written() * 20 < whole,
                 std::to_string(watched.written()).c_str());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.written(), std::size_t{0});
        QCOMPARE(watched.difference(), std::string());
    }

    void theyJoinWhileTheyAreWritten() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        watched.send(sessionRows(100, 0, 3'000));
        watched.send(sessionRows(115, 0, 3'000));
        for (const bool whole : {true, false}) {
            watched.freeze(whole);
            const int first = whole ? 0 : 1'000;
            watched.send(sessionRows(108, first, 1'000));          // two become one
            watched.send(sessionRows(140, first, 1'000));          // their numbers are used again
            watched.send(sessionRows(142, 3'000 + first, 1'000));  // … for other keys
            watched.writeAndKeep();
            QCOMPARE(watched.difference(), std::string());
        }
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    /// An open session then reaches over the sealed one, which was open in an earlier record.
    void theyAreSealedWhileTheyAreWritten() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        watched.send(sessionRows(100, 0, 3'000));
        for (const bool whole : {true, false}) {
            watched.freeze(whole);
            watched.send(sessionRows(108, whole ? 0 : 1'000, 1'000, 112));
            watched.writeAndKeep();
            QCOMPARE(watched.difference(), std::string());
        }
        watched.freeze(false);
        watched.advance(113);  // the sealed ones go
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    void keysAreForgottenAndRenumbered() {
        for (const std::size_t batchRows : {std::size_t{64}, std::size_t{4'096}}) {
            WatchedSessions watched(*m_bound, contextFor(sessionInput(), 1, batchRows));
            watched.send(sessionRows(100, 0, 12'000));
            watched.send(sessionRows(400, 5'000, 50));
            watched.freeze(true);
            int calls = 0;
            watched.betweenCalls = [&] {
                if (watched.isFrozen && ++calls % 25 == 0) (void)watched.writeSome();
            };
            watched.advance(200);
            while (watched.isFrozen) (void)watched.writeSome();
            watched.keep();
            QCOMPARE(watched.difference(), std::string());
            watched.advance(201);  // at the latest now
            watched.send(sessionRows(300, 20'000, 700));
            watched.freeze(false);
            watched.send(sessionRows(305, 20'300, 700));
            watched.advance(330);
            while (watched.isFrozen) (void)watched.writeSome();
            watched.keep();
            QCOMPARE(watched.difference(), std::string());
            watched.freeze(false);
            watched.writeAndKeep();
            watched.betweenCalls = [] {};
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.op().stateSize().keys, std::size_t{50});
            watched.send(sessionRows(401, 5'000, 50));
            watched.advance(kMaxTimestamp);
            watched.freeze(false);
            watched.writeAndKeep();
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.op().stateSize().keys, std::size_t{0});
        }
    }

    void aCheckpointThatIsNeverKept() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        watched.send(sessionRows(100, 0, 1'000));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(sessionRows(105, 0, 300));
        watched.freeze(false);
        watched.send(sessionRows(108, 200, 300));
        while (watched.writeSome()) {
        }  // the disk is full, say
        watched.send(sessionRows(106, 400, 900));
        watched.advance(110);
        watched.freeze(true);
        watched.send(sessionRows(112, 0, 700));
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    void oneWithoutKeys() {
        Json params = sessionParams();
        params.erase("keys");
        const BoundForTest bound = bindNode(sessionNode(), params, {sessionInput()});
        QVERIFY(bound.bound);
        WatchedSessions watched(*bound.bound, contextFor(sessionInput()));
        watched.freeze(true);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        // A key with very many sessions, of which few change.
        for (int i = 0; i < 9'000; ++i) watched.send(sessionRows(100 + 20 * i, i, 1));
        watched.freeze(false);
        watched.send(sessionRows(95, 1, 2));
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        const std::size_t most = watched.written();
        watched.freeze(false);
        watched.advance(500);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        QVERIFY(watched.written() > 0 && watched.written() * 20 < most);
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    void anEditCarriesThemOver() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        watched.send(sessionRows(100, 0, 2'000));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(sessionRows(115, 500, 1'000));
        watched.advance(110);
        watched.freeze(false);
        watched.writeAndKeep();
        CarriedAggregates edit;
        edit.keys = 1;
        edit.before = 3;
        edit.from = {std::nullopt, 1, 0};
        edit.read = {sessionInput().schema->fields[2]};
        Json params = sessionParams();
        params["aggregates"] = {"MAX(v) AS m", "SUM(v) AS s", "COUNT(*) AS n"};
        for (const Json& text : params["aggregates"]) {
            auto bound = sql::bindAggregate(text.get<std::string>(), sql::Scope{sessionInput().schema});
            edit.now.push_back(std::get<sql::BoundAggregate>(std::move(bound)));
        }
        const BoundForTest edited = bindNode(sessionNode(), params, {sessionInput()});
        const Result<std::string> one = carriedState(watched.atBarrier(), edit),
                                  changes = carriedState(watched.byChange(), edit);
        QVERIFY(edited.bound && one.ok() && changes.ok());
        const std::string expected = restoredSessions(*edited.bound, *one);
        QVERIFY(!expected.starts_with("refused"));
        QVERIFY(restoredSessions(*edited.bound, *changes) == expected);
    }

    void whatIsShownIsWrittenInOnePiece() {
        Json params = sessionParams();
        params["allowed_lateness"] = "5ms";
        const BoundForTest bound = bindNode(sessionNode(), params, {sessionInput()});
        QVERIFY(bound.bound);
        const auto op = makeSessions(*bound.bound, contextFor(sessionInput()));
        QVERIFY(!dynamic_cast<ChangingState&>(*op).writesChanges());
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        QVERIFY(dynamic_cast<ChangingState&>(watched.op()).writesChanges());
        watched.send(sessionRows(100, 0, 10));
        watched.freeze(true);
        watched.writeAndKeep();
        QVERIFY(restoredSessions(*bound.bound, watched.byChange()).starts_with("refused"));
    }

    void statesThatCanNotBeAreRefused() {
        WatchedSessions watched(*m_bound, contextFor(sessionInput()));
        watched.send(sessionRows(100, 0, 10));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(sessionRows(115, 0, 5));
        watched.send(sessionRows(108, 0, 2));
        watched.send(sessionRows(108, 5, 2, 112));
        watched.freeze(false);
        watched.writeAndKeep();
        const std::string state = watched.byChange();
        const auto twice = makeSessions(*m_bound, contextFor(sessionInput()));
        QVERIFY(twice->restore(*StateReader::open(state), {}).ok());
        QVERIFY(!twice->restore(*StateReader::open(state), {}).ok());  // the keys are there

        const std::string bytes = state.substr(state_layout::kSealSize);
        int accepted = 0, refused = 0;
        const auto tryBytes = [&](const std::string& record) {
            const auto op = makeSessions(*m_bound, contextFor(sessionInput()));
            const Result<StateReader> reader = StateReader::unsealed(record);
            const bool ok = reader.ok() && op->restore(*reader, {}).ok();
            ++(ok ? accepted : refused);
            if (!ok) return;
            // Another state, perhaps, but none that it can't go on with.
            IgnoredOutput out;
            Status status = op->onBatch(0, sessionRows(109, 0, 20, 105), out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
            if (status.ok()) status = op->onWatermark(kMaxTimestamp, out);
            while (status.ok() && op->hasMore()) status = op->resume(out);
        };
        for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 500)
            tryBytes(bytes.substr(0, size));
        QVERIFY(refused > accepted);
        accepted = refused = 0;
        std::mt19937_64 random(1);
        for (std::uint64_t i = 0; i < affordableCases(4'000); ++i) {
            std::string wrong = bytes;
            for (std::size_t n = 1 + random() % 3; n > 0; --n)
                wrong[random() % wrong.size()] = static_cast<char>(random());
            tryBytes(wrong);
        }
        QVERIFY2(accepted > 0, "nothing was accepted: the operator was not tried");
        QVERIFY2(refused > accepted, qPrintable(QStringLiteral("%1, %2").arg(refused).arg(accepted)));
    }

 private:
    BoundNodeRef m_bound{};
};

QTEST_APPLESS_MAIN(TestSessionChanges)
#include "test_session_changes.moc"
