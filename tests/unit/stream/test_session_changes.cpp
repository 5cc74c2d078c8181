// The state of sessions by change: whatever comes while a checkpoint is written, it has the sessions of its
// barrier, though their numbers name others by then, and their keys have other numbers.
#include <QtTest/QtTest>
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
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/window_case.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

StreamType input() {
    return WindowCase(WindowKind::Session, 1).input();
}

Json sessions() {
    return {{"window", "session"},
            {"gap", "10ms"},
            {"keys", {"k"}},
            {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s", "LISTAGG(CAST(v AS STRING)) AS l"}}};
}

/// Rows of one time, a key each: `first` … `first` + `count` − 1.
Batch rowsAt(Instant time, int first, int count, Instant stamp = kCleanStamp) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::String)),
        values(Type::of(TypeId::Int));
    for (int key = first; key < first + count; ++key) {
        times.append(time);
        keys.appendString("a key that is no short text " + std::to_string(key));
        values.append(static_cast<std::int32_t>(key % 100));
    }
    Batch batch;
    batch.schema = input().schema;
    batch.rows = static_cast<std::size_t>(count);
    batch.columns = {times.finish(), keys.finish(), values.finish()};
    if (stamp != kCleanStamp) batch.stamps = std::make_shared<const std::vector<Instant>>(batch.rows, stamp);
    return batch;
}

/// For rows that do not matter.
struct Ignored : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

std::unique_ptr<Operator> make(const BoundNode& bound, int wires = 1, std::size_t batchRows = 4096) {
    auto made = node().make(bound, contextFor(input(), wires, batchRows));
    auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
    op->outputPorts = static_cast<int>(bound.outputs.size());
    return op;
}

/// The state of an instance that restored one, or why it did not.
std::string restored(const BoundNode& bound, const std::string& state, KeyGroups own = {}) {
    const auto op = make(bound);
    const Result<StateReader> reader = StateReader::open(state);
    const Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
    if (!status.ok()) return "refused: " + english(status.error());
    StateWriter again;
    return op->snapshot(again).ok() ? again.finish() : "no snapshot";
}

/// An operator, and the checkpoints that are taken of it.
class Watched {
 public:
    explicit Watched(const BoundNode& bound, int wires = 1, std::size_t batchRows = 4096)
        : m_bound(bound),
          m_op(make(bound, wires, batchRows)),
          m_changing(dynamic_cast<ChangingState*>(m_op.get())) {}

    void send(const Batch& batch) {
        run([&] { return m_op->onBatch(0, batch, m_ignored); });
    }
    void advance(Instant watermark) {
        if (watermark <= m_watermark) return;
        m_watermark = watermark;
        run([&] { return m_op->onWatermark(watermark, m_ignored); });
    }
    void freeze(bool whole) {
        StateWriter all, rest;
        QVERIFY(m_op->snapshot(all).ok());
        m_atBarrier = all.finish();
        m_changing->writeRest(rest);
        m_rest = rest.finish();
        m_changing->freeze(whole);
        m_whole = whole;
        m_part.clear();
        isFrozen = true;
    }
    /// Whether there is more.
    bool writeSome() {
        StateWriter out;
        isFrozen = m_changing->writePiece(out);
        m_largestPiece = std::max(m_largestPiece, out.size());
        m_part += out.takeFields();
        return isFrozen;
    }
    /// What was written is on the disk now; else it never is.
    void keep() { m_parts = m_whole ? m_part : m_parts + m_part; }
    void writeAndKeep() {
        while (writeSome()) {
        }
        keep();
    }
    std::string byChange() const {
        std::string state = m_rest + m_parts;
        StateWriter::sealAnew(state);
        return state;
    }
    /// Empty: any number of instances that restore the last checkpoint have the state of its barrier.
    std::string difference() const {
        for (const int instances : {1, 3}) {
            for (int i = 0; i < instances; ++i) {
                const KeyGroups own = keyGroupsOf(i, instances);
                const std::string expected = restored(m_bound, m_atBarrier, own),
                                  found = restored(m_bound, byChange(), own);
                if (found.starts_with("refused")) return found;
                if (found != expected)
                    return "another state at instance " + std::to_string(i) + " of " +
                           std::to_string(instances);
            }
        }
        return {};
    }

    std::size_t written() const { return m_part.size(); }
    std::size_t largestPiece() const { return m_largestPiece; }
    const std::string& atBarrier() const { return m_atBarrier; }
    Operator& op() { return *m_op; }
    bool isFrozen = false;
    std::function<void()> betweenCalls = [] {};

 private:
    template <class Call>
    void run(Call first) {
        Status status = first();
        betweenCalls();
        while (status.ok() && m_op->hasMore()) {
            status = m_op->resume(m_ignored);
            betweenCalls();
        }
        QVERIFY(status.ok());
    }

    const BoundNode& m_bound;
    std::unique_ptr<Operator> m_op;
    ChangingState* const m_changing;
    Ignored m_ignored{};
    Instant m_watermark = kMinTimestamp;
    std::string m_atBarrier{}, m_rest{};  ///< of the last freeze
    std::string m_part{}, m_parts{};      ///< of it; of those that are kept
    std::size_t m_largestPiece = 0;
    bool m_whole = true;
};

/// Checkpoints at any time of a small case, some of them never kept. `byChange` grows by those with changes
/// alone that were compared.
std::string tryStory(std::uint64_t seed, int& byChange) {
    WindowCase tried(WindowKind::Session, seed);
    Json params = tried.params();
    params["allowed_lateness"] = params["early"] = "0s";
    params["aggregates"].push_back("LISTAGG(CAST(v AS STRING)) AS l");
    params["aggregates"].push_back("PERCENTILE(v, 0.5) AS p");
    const BoundForTest bound = bindNode(node(), params, {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    Watched watched(*bound.bound, tried.wires(), 2);
    std::mt19937_64 random(seed);
    bool needsWhole = true, isWhole = true;
    std::string wrong;
    const auto freeze = [&] {
        isWhole = needsWhole || random() % 6 == 0;
        watched.freeze(isWhole);
    };
    const auto keep = [&] {
        needsWhole = random() % 5 == 0;
        if (needsWhole) return;
        watched.keep();
        if (!isWhole && watched.written() > 0) ++byChange;
        if (wrong.empty()) wrong = watched.difference();
    };
    watched.betweenCalls = [&] {
        if (watched.isFrozen && random() % 4 == 0 && !watched.writeSome()) keep();
    };
    const auto between = [&] {
        if (!watched.isFrozen && random() % 3 != 0) freeze();
    };
    tried.feed(
        [&](const Batch& batch) {
            watched.send(batch);
            between();
        },
        [&](Instant watermark) {
            watched.advance(watermark);
            between();
        });
    for (int last = 0; last < 2; ++last) {
        if (!watched.isFrozen) freeze();
        while (watched.writeSome()) {
        }
        keep();
    }
    return wrong.empty() ? wrong : wrong + "\n" + tried.describe();
}

}  // namespace

class TestSessionChanges : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        m_bound = bindNode(node(), sessions(), {input()}).bound;
        QVERIFY(m_bound);
    }

    void anySessions() {
        int byChange = 0;
        for (std::uint64_t seed = 1; seed <= affordableCases(600); ++seed) {
            const std::string wrong = tryStory(seed, byChange);
            if (!wrong.empty()) QFAIL(("case " + std::to_string(seed) + "\n" + wrong).c_str());
        }
        QVERIFY2(byChange > static_cast<int>(affordableCases(60)), std::to_string(byChange).c_str());
    }

    void theyAreWrittenPieceByPiece() {
        Watched watched(*m_bound);
        for (int key = 0; key < 20'000; key += 1'000) watched.send(rowsAt(100 + key / 1'000, key, 1'000));
        Instant now = 100;
        // Some grow, some come, and the oldest fire and go.
        const auto goOn = [&] {
            now += 4;
            watched.send(rowsAt(now + 3, static_cast<int>(now) % 7 * 2'000, 3'000));
            watched.send(rowsAt(now + 3, 20'000 + static_cast<int>(now) * 100, 300));
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

        watched.send(rowsAt(now + 3, 0, 10));
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
        Watched watched(*m_bound);
        watched.send(rowsAt(100, 0, 3'000));
        watched.send(rowsAt(115, 0, 3'000));
        for (const bool whole : {true, false}) {
            watched.freeze(whole);
            const int first = whole ? 0 : 1'000;
            watched.send(rowsAt(108, first, 1'000));          // two become one
            watched.send(rowsAt(140, first, 1'000));          // their numbers are used again
            watched.send(rowsAt(142, 3'000 + first, 1'000));  // … for other keys
            watched.writeAndKeep();
            QCOMPARE(watched.difference(), std::string());
        }
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    /// An open session then reaches over the sealed one, which was open in an earlier record.
    void theyAreSealedWhileTheyAreWritten() {
        Watched watched(*m_bound);
        watched.send(rowsAt(100, 0, 3'000));
        for (const bool whole : {true, false}) {
            watched.freeze(whole);
            watched.send(rowsAt(108, whole ? 0 : 1'000, 1'000, 112));
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
            Watched watched(*m_bound, 1, batchRows);
            watched.send(rowsAt(100, 0, 12'000));
            watched.send(rowsAt(400, 5'000, 50));
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
            watched.send(rowsAt(300, 20'000, 700));
            watched.freeze(false);
            watched.send(rowsAt(305, 20'300, 700));
            watched.advance(330);
            while (watched.isFrozen) (void)watched.writeSome();
            watched.keep();
            QCOMPARE(watched.difference(), std::string());
            watched.freeze(false);
            watched.writeAndKeep();
            watched.betweenCalls = [] {};
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.op().stateSize().keys, std::size_t{50});
            watched.send(rowsAt(401, 5'000, 50));
            watched.advance(kMaxTimestamp);
            watched.freeze(false);
            watched.writeAndKeep();
            QCOMPARE(watched.difference(), std::string());
            QCOMPARE(watched.op().stateSize().keys, std::size_t{0});
        }
    }

    void aCheckpointThatIsNeverKept() {
        Watched watched(*m_bound);
        watched.send(rowsAt(100, 0, 1'000));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(rowsAt(105, 0, 300));
        watched.freeze(false);
        watched.send(rowsAt(108, 200, 300));
        while (watched.writeSome()) {
        }  // the disk is full, say
        watched.send(rowsAt(106, 400, 900));
        watched.advance(110);
        watched.freeze(true);
        watched.send(rowsAt(112, 0, 700));
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        watched.freeze(false);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
    }

    void oneWithoutKeys() {
        Json params = sessions();
        params.erase("keys");
        const BoundForTest bound = bindNode(node(), params, {input()});
        QVERIFY(bound.bound);
        Watched watched(*bound.bound);
        watched.freeze(true);
        watched.writeAndKeep();
        QCOMPARE(watched.difference(), std::string());
        // A key with very many sessions, of which few change.
        for (int i = 0; i < 9'000; ++i) watched.send(rowsAt(100 + 20 * i, i, 1));
        watched.freeze(false);
        watched.send(rowsAt(95, 1, 2));
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
        Watched watched(*m_bound);
        watched.send(rowsAt(100, 0, 2'000));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(rowsAt(115, 500, 1'000));
        watched.advance(110);
        watched.freeze(false);
        watched.writeAndKeep();
        CarriedAggregates edit;
        edit.keys = 1;
        edit.before = 3;
        edit.from = {std::nullopt, 1, 0};
        edit.read = {input().schema->fields[2]};
        Json params = sessions();
        params["aggregates"] = {"MAX(v) AS m", "SUM(v) AS s", "COUNT(*) AS n"};
        for (const Json& text : params["aggregates"]) {
            auto bound = sql::bindAggregate(text.get<std::string>(), sql::Scope{input().schema});
            edit.now.push_back(std::get<sql::BoundAggregate>(std::move(bound)));
        }
        const BoundForTest edited = bindNode(node(), params, {input()});
        const Result<std::string> one = carriedState(watched.atBarrier(), edit),
                                  changes = carriedState(watched.byChange(), edit);
        QVERIFY(edited.bound && one.ok() && changes.ok());
        const std::string expected = restored(*edited.bound, *one);
        QVERIFY(!expected.starts_with("refused"));
        QVERIFY(restored(*edited.bound, *changes) == expected);
    }

    void whatIsShownIsWrittenInOnePiece() {
        Json params = sessions();
        params["allowed_lateness"] = "5ms";
        const BoundForTest bound = bindNode(node(), params, {input()});
        QVERIFY(bound.bound);
        const auto op = make(*bound.bound);
        QVERIFY(!dynamic_cast<ChangingState&>(*op).writesChanges());
        Watched watched(*m_bound);
        QVERIFY(dynamic_cast<ChangingState&>(watched.op()).writesChanges());
        watched.send(rowsAt(100, 0, 10));
        watched.freeze(true);
        watched.writeAndKeep();
        QVERIFY(restored(*bound.bound, watched.byChange()).starts_with("refused"));
    }

    void statesThatCanNotBeAreRefused() {
        Watched watched(*m_bound);
        watched.send(rowsAt(100, 0, 10));
        watched.freeze(true);
        watched.writeAndKeep();
        watched.send(rowsAt(115, 0, 5));
        watched.send(rowsAt(108, 0, 2));
        watched.send(rowsAt(108, 5, 2, 112));
        watched.freeze(false);
        watched.writeAndKeep();
        const std::string state = watched.byChange();
        const auto twice = make(*m_bound);
        QVERIFY(twice->restore(*StateReader::open(state), {}).ok());
        QVERIFY(!twice->restore(*StateReader::open(state), {}).ok());  // the keys are there

        const std::string bytes = state.substr(state_layout::kSealSize);
        int accepted = 0, refused = 0;
        const auto tryBytes = [&](const std::string& record) {
            const auto op = make(*m_bound);
            const Result<StateReader> reader = StateReader::unsealed(record);
            const bool ok = reader.ok() && op->restore(*reader, {}).ok();
            ++(ok ? accepted : refused);
            if (!ok) return;
            // Another state, perhaps, but none that it can't go on with.
            Ignored out;
            Status status = op->onBatch(0, rowsAt(109, 0, 20, 105), out);
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
