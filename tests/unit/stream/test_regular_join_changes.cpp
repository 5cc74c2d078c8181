// The state of a join that is written by change: an operator that restores it is in the state of the barrier,
// whatever came and went while it was written.
#include <QtTest/QtTest>

#include <utility>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kLeftIn = 0, kRightIn = 1;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("join");
}

/// Rows id, k, ts that stay; or change, and are told by their id.
StreamType rowsOf(bool change) {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"id", Type::of(TypeId::Int)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"ts", Type::of(TypeId::Timestamp)}}});
    type.eventTime = change ? -1 : 2;
    type.updating = change;
    if (change) type.key = {0};
    return type;
}

/// “id k” of `count` rows from the id `first` on, which have `keys` keys.
TextRows someRows(int first, int count, int keys) {
    TextRows rows;
    for (int id = first; id < first + count; ++id)
        rows.push_back({std::to_string(id), "k" + std::to_string(id % keys)});
    return rows;
}

/// A join whose checkpoints are written piece by piece.
class WrittenJoin {
 public:
    explicit WrittenJoin(Json more, bool change = true) : m_input(rowsOf(change)) {
        Json params = {{"on", "left.k = right.k"}};
        params.update(more);
        m_bound = bindNode(node(), params, {m_input, m_input});
        if (!m_bound.bound) qFatal("%s", english(m_bound.issues.front()).c_str());
        m_context = contextFor(m_input);
        m_context.inputs.push_back(m_context.inputs.front());
        m_harness = make();
    }
    std::unique_ptr<OperatorHarness> make() const {
        return std::make_unique<OperatorHarness>(node(), *m_bound.bound, m_context);
    }
    void send(int port, TextRows rows, RowKind kind = RowKind::Insert, int second = 0) {
        std::string time;
        appendTimestamp(time, Instant{1'000} * second);
        for (auto& row : rows) row.push_back(time);
        Batch batch = textBatch(m_input.schema, rows);
        if (kind != RowKind::Insert)
            batch.kinds = std::make_shared<const std::vector<RowKind>>(rows.size(), kind);
        batch.stamps = std::make_shared<const std::vector<Instant>>(rows.size(), Instant{-100'000});
        m_harness->send(batch, port);
    }
    void takeBack(int port, TextRows rows) { send(port, std::move(rows), RowKind::Delete); }
    void advance(Instant watermark) { m_harness->advance(watermark); }
    std::size_t rowsKept() const { return m_harness->tested().stateSize().keys; }
    std::size_t bytesKept() const { return m_harness->tested().stateSize().bytes; }

    /// Takes a checkpoint, and calls between(n) behind its n-th piece, from 0, while there are more. Gives
    /// what is wrong with it.
    template <class Between>
    std::string checkpoint(bool whole, Between between) {
        barrier(whole);
        for (pieces = 1; writePiece(); ++pieces) between(pieces - 1);
        m_parts = whole ? m_part : m_parts + m_part;
        return problem();
    }
    std::string checkpoint(bool whole) {
        return checkpoint(whole, [](int) {});
    }
    /// One that is written and comes to nothing.
    void lostCheckpoint() {
        barrier(false);
        while (writePiece()) {
        }
    }
    std::size_t written() const { return m_part.size(); }  ///< bytes of the last one
    std::string state() const {
        std::string bytes = m_rest + m_parts;
        StateWriter::sealAnew(bytes);
        return bytes;
    }
    /// The state of a join that has restored it with these key groups; or the error.
    std::string restored(const std::string& bytes, const KeyGroups& own) const {
        const auto next = make();
        const auto reader = StateReader::open(bytes);
        if (!reader.ok()) return english(reader.status().error());
        if (const Status status = next->tested().restore(*reader, own); !status.ok())
            return english(status.error());
        return snapshotOf(*next);
    }

    int pieces = 0;  ///< of the last checkpoint

 private:
    ChangingState& changing() { return dynamic_cast<ChangingState&>(m_harness->tested()); }
    static std::string snapshotOf(OperatorHarness& harness) {
        StateWriter writer;
        if (!harness.tested().snapshot(writer).ok()) qFatal("no snapshot");
        return writer.finish();
    }
    void barrier(bool whole) {
        m_atBarrier = snapshotOf(*m_harness);
        StateWriter rest;
        changing().writeRest(rest);
        m_rest = rest.finish();
        changing().freeze(whole);
        m_part.clear();
    }
    bool writePiece() {
        const bool more = changing().writePiece(m_out);
        m_part += m_out.takeFields();
        return more;
    }
    /// Restored by one instance, and by each of several.
    std::string problem() const {
        for (const int instances : {1, 2, 5}) {
            for (int i = 0; i < instances; ++i) {
                const KeyGroups own = keyGroupsOf(i, instances);
                const std::string expected = restored(m_atBarrier, own), found = restored(state(), own);
                if (found == expected) continue;
                return "instance " + std::to_string(i) + " of " + std::to_string(instances) + " has " +
                       std::to_string(found.size()) + " bytes of state, not " +
                       std::to_string(expected.size());
            }
        }
        return {};
    }

    StreamType m_input;
    BoundForTest m_bound{};
    MakeContext m_context{};
    std::unique_ptr<OperatorHarness> m_harness{};
    std::string m_atBarrier{}, m_rest{}, m_part{}, m_parts{};
    StateWriter m_out{};
};

}  // namespace

class TestRegularJoinChanges : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void onlyWhatChangedIsWritten() {
        WrittenJoin join(Json{{"kind", "left"}});
        join.send(kLeftIn, someRows(0, 20'000, 20'000));
        QCOMPARE(join.checkpoint(true), std::string());
        QVERIFY(join.pieces >= 3);
        const std::size_t all = join.written();
        join.takeBack(kLeftIn, someRows(5'000, 3, 20'000));
        join.send(kLeftIn, someRows(20'000, 2, 40'000));
        QCOMPARE(join.checkpoint(false), std::string());
        QVERIFY(join.written() > 0 && join.written() < all / 50);
        QCOMPARE(join.checkpoint(false), std::string());
        QCOMPARE(join.written(), std::size_t{0});
        QCOMPARE(join.checkpoint(true), std::string());
    }

    void anEmptyStateHasNoPieces() {
        WrittenJoin join(Json{{"kind", "full"}});
        QCOMPARE(join.checkpoint(true), std::string());
        QCOMPARE(join.written(), std::size_t{0});
        join.send(kRightIn, someRows(0, 1, 1));
        QCOMPARE(join.checkpoint(false), std::string());
        join.takeBack(kRightIn, someRows(0, 1, 1));
        QCOMPARE(join.checkpoint(false), std::string());
        QCOMPARE(join.rowsKept(), std::size_t{0});
    }

    void slotsAreUsedAgainWhileTheyAreWritten() {
        WrittenJoin join(Json{{"kind", "inner"}});
        join.send(kLeftIn, someRows(0, 12'000, 12'000));
        join.send(kRightIn, someRows(0, 100, 700));
        int calls = 0;
        QCOMPARE(join.checkpoint(true,
                                 [&](int piece) {
                                     if (piece > 0) return;
                                     ++calls;  // half of these rows are written
                                     join.takeBack(kLeftIn, someRows(6'000, 4'000, 12'000));
                                     join.send(kLeftIn, someRows(100'000, 3'000, 200'000));
                                 }),
                 std::string());
        QCOMPARE(calls, 1);
        for (int round = 0; round < 4; ++round) {
            // In the slots of the last ones, and of some of those that came before them.
            const auto first = [](int of) { return 100'000 + 10'000 * of; };
            QCOMPARE(join.checkpoint(false,
                                     [&](int piece) {
                                         if (piece > 0) return;
                                         ++calls;
                                         join.takeBack(kLeftIn, someRows(first(round), 2'000, 200'000));
                                         join.takeBack(kLeftIn, someRows(round * 500, 500, 12'000));
                                         join.send(kLeftIn, someRows(first(round + 1), 3'000, 200'000));
                                         // One that goes again is in no checkpoint.
                                         join.takeBack(kLeftIn,
                                                       someRows(first(round + 1) + 2'500, 500, 200'000));
                                     }),
                     std::string());
        }
        QCOMPARE(calls, 5);
        QCOMPARE(join.checkpoint(false), std::string());
    }

    void partnersComeAndGoWhileTheyAreWritten() {
        WrittenJoin join(Json{{"kind", "full"}});
        join.send(kLeftIn, someRows(0, 9'000, 3));
        join.send(kRightIn, {{"1", "k1"}, {"2", "k2"}});
        const auto swap = [&join](int piece) {
            if (piece > 0) return;
            join.takeBack(kRightIn, {{"1", "k1"}});
            join.send(kRightIn, {{"1", "k0"}, {"3", "k2"}});
        };
        QCOMPARE(join.checkpoint(true, swap), std::string());
        const std::size_t all = join.written();
        QCOMPARE(join.checkpoint(false,
                                 [&join](int piece) {
                                     if (piece > 0) return;
                                     join.takeBack(kRightIn, {{"1", "k0"}, {"3", "k2"}});
                                     join.send(kRightIn, {{"4", "k2"}});
                                     join.takeBack(kLeftIn, someRows(2'000, 3'000, 3));
                                 }),
                 std::string());
        QCOMPARE(join.checkpoint(false), std::string());
        // A row more that those of one key meet: these alone.
        join.send(kRightIn, {{"5", "k1"}});
        QCOMPARE(join.checkpoint(false), std::string());
        QVERIFY(join.written() < all / 2);
    }

    void keysEndWhileTheyAreWritten() {
        WrittenJoin join(Json{{"kind", "left"}, {"state_ttl", "10s"}}, false);
        join.send(kLeftIn, someRows(0, 5'000, 10'000), RowKind::Insert, 1);
        join.send(kLeftIn, someRows(5'000, 5'000, 10'000), RowKind::Insert, 8);
        join.send(kRightIn, someRows(0, 200, 400), RowKind::Insert, 2);
        QCOMPARE(join.checkpoint(true,
                                 [&join](int piece) {
                                     if (piece > 0) return;
                                     join.advance(11'000);
                                     join.send(kLeftIn, someRows(0, 300, 600), RowKind::Insert, 12);
                                 }),
                 std::string());
        QCOMPARE(join.rowsKept(), std::size_t{5'700});
        QCOMPARE(join.checkpoint(false,
                                 [&join](int piece) {
                                     if (piece > 0) return;
                                     // These live on; the others of the second half end.
                                     join.send(kRightIn, someRows(6'000, 100, 10'000), RowKind::Insert, 15);
                                     join.advance(18'000);
                                 }),
                 std::string());
        QCOMPARE(join.rowsKept(), std::size_t{900});
        QCOMPARE(join.checkpoint(false), std::string());
        join.advance(40'000);
        QCOMPARE(join.rowsKept(), std::size_t{0});
        QCOMPARE(join.checkpoint(false), std::string());
    }

    void allIsWrittenAfterACheckpointThatWasLost() {
        WrittenJoin join(Json{{"kind", "left"}});
        join.send(kLeftIn, someRows(0, 1'000, 1'000));
        QCOMPARE(join.checkpoint(true), std::string());
        join.takeBack(kLeftIn, someRows(0, 300, 1'000));
        join.lostCheckpoint();
        join.send(kLeftIn, someRows(5'000, 200, 1'000));
        join.takeBack(kLeftIn, someRows(400, 100, 1'000));
        QCOMPARE(join.checkpoint(true), std::string());
        join.takeBack(kLeftIn, someRows(5'000, 100, 1'000));
        QCOMPARE(join.checkpoint(false), std::string());
    }

    void copiesAreReleased() {
        WrittenJoin join(Json{{"kind", "inner"}});
        join.send(kLeftIn, someRows(0, 16'000, 16'000));
        QCOMPARE(join.checkpoint(true), std::string());
        const std::size_t before = join.bytesKept();
        std::size_t during = 0;
        QCOMPARE(join.checkpoint(true,
                                 [&](int piece) {
                                     if (piece > 0) return;
                                     join.takeBack(kLeftIn, someRows(0, 16'000, 16'000));
                                     during = join.bytesKept();
                                 }),
                 std::string());
        QVERIFY(during > before);
        QCOMPARE(join.checkpoint(false), std::string());
        QVERIFY(join.bytesKept() < during);
        QCOMPARE(join.rowsKept(), std::size_t{0});
    }

    void changesThatCannotBeAreRefused() {
        WrittenJoin join(Json{{"kind", "left"}});
        join.send(kLeftIn, {{"1", "a"}});
        QCOMPARE(join.checkpoint(true), std::string());
        const std::string whole = join.state();
        const auto kept = StateReader::open(whole).value().keyed("left");
        QVERIFY(kept.ok() && kept->size() == 1);
        const auto& [keyGroup, record] = kept->front();
        const Batch row = record.batch("rows").value();
        const std::string slot(record.bytes("slots").value());
        QCOMPARE(slot.size(), sizeof(std::uint32_t));
        const std::string other = std::string("\x7f\xff\xff\xff", 4);
        const auto now = [&, group = keyGroup](std::uint32_t version, std::size_t rows,
                                               const std::string& slots, const std::string& gone) {
            StateWriter writer;
            writer.keyed("changed_left", group, version, [&](StateWriter& out) {
                if (rows > 0) out.batch("rows", row.select(std::vector<std::uint32_t>(rows, 0)));
                if (!slots.empty()) out.bytes("slots", slots);
                if (!gone.empty()) out.bytes("gone", gone);
            });
            std::string bytes = whole + writer.takeFields();
            StateWriter::sealAnew(bytes);
            const auto next = join.make();
            const Status status = next->tested().restore(StateReader::open(bytes).value(), KeyGroups());
            return status.ok() ? static_cast<int>(next->tested().stateSize().keys) : -1;
        };
        QCOMPARE(now(1, 1, slot, {}), 1);
        QCOMPARE(now(1, 1, other, {}), 2);
        QCOMPARE(now(1, 0, {}, slot), 0);
        QCOMPARE(now(1, 0, {}, other), 1);   // it came and went
        QCOMPARE(now(1, 1, slot, slot), 1);  // first it is gone
        QCOMPARE(now(1, 2, slot + other, {}), 2);
        QCOMPARE(now(1, 2, other + other, {}), -1);
        QCOMPARE(now(1, 1, slot + other, {}), -1);
        QCOMPARE(now(1, 2, slot, {}), -1);
        QCOMPARE(now(1, 0, slot, {}), -1);
        QCOMPARE(now(1, 1, slot + "x", {}), -1);
        QCOMPARE(now(1, 0, {}, slot + "x"), -1);
        QCOMPARE(now(2, 1, slot, {}), -1);
    }
};

QTEST_APPLESS_MAIN(TestRegularJoinChanges)
#include "test_regular_join_changes.moc"
