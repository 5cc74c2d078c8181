// When the state of an operator is written as a whole and when by change, and how its parts are cut.
#include <QtTest>
#include <map>
#include <optional>
#include <string>

#include "core/data/state_reader.h"
#include "core/runtime/checkpoints/changes_writer.h"

using namespace rw;

namespace {

constexpr std::size_t kFrom = 1'000;

/// Writes so many bytes when it is told to.
class PlainState final : public ChangingState {
 public:
    std::size_t whole = 10'000, changed = 10;  ///< bytes of a checkpoint
    int pieces = 1;
    std::optional<bool> frozen{};
    bool isAnother = false;                        ///< as needsWhole()
    bool ofFiles = false;                          ///< as mayNameRuns()
    std::map<std::string, std::uint64_t> files{};  ///< as runsNamed()

    bool needsWhole() const override { return isAnother; }
    bool mayNameRuns() const override { return ofFiles; }
    std::map<std::string, std::uint64_t> runsNamed() const override { return files; }
    void writeRest(StateWriter& out) const override { out.u64("rest", 1); }
    void freeze(bool all) override {
        frozen = all;
        m_left = pieces;
    }
    bool writePiece(StateWriter& out) override {
        out.keyed("rows", 7, 1, [this](StateWriter& record) {
            const std::size_t bytes = *frozen ? whole : changed;
            record.bytes("bytes", std::string(bytes, static_cast<char>('a' + m_left % 26)));
        });
        return --m_left > 0;
    }

 private:
    int m_left = 0;
};

struct Taken {
    StateSnapshot::Changes changes{};
    std::vector<std::string> parts{};
    std::string all{};  ///< the parts together
    bool mayNameRuns = false;
};

class Fixture {
 public:
    Fixture() {
        m_barriers.changesFrom = kFrom;
        m_barriers.join(this, "sums");
    }
    PlainState& state() { return m_state; }
    bool applies(std::size_t bytes) const { return m_writer.applies(bytes); }
    /// One that is kept, or not.
    Taken checkpoint(bool kept = true) {
        if (!m_barriers.request(true)) qFatal("no barrier");
        m_writer.freeze();
        Taken taken;
        const auto take = [&] {
            for (SnapshotCoordinator::Part& part : m_barriers.takeParts()) {
                taken.all += part.bytes;
                taken.parts.push_back(std::move(part.bytes));
            }
        };
        const auto wroteAll = [this] {
            const Result<bool> written = m_writer.writeSome();
            if (!written.ok()) qFatal("not written");
            return *written;
        };
        while (!wroteAll()) take();
        take();
        m_barriers.pass(this);
        const Result<StateSnapshot> snapshot = m_barriers.wait();
        if (!snapshot.ok()) qFatal("no snapshot");
        taken.changes = snapshot->changes.at(m_id).at(0);
        taken.mayNameRuns = snapshot->mayNameRuns;
        if (kept) m_barriers.setKept();
        return taken;
    }
    /// One that has the state in one piece.
    void otherCheckpoint() {
        (void)m_barriers.request(true);
        m_barriers.add(m_id, "state");
        m_barriers.pass(this);
        (void)m_barriers.wait();
        m_barriers.setKept();
    }

 private:
    const StateSnapshot::OperatorId m_id{"sums", 0};
    SnapshotCoordinator m_barriers;
    PlainState m_state;
    ChangesWriter m_writer{m_barriers, m_state, m_id, 0};
};

}  // namespace

class TestChangesWriter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aStateOfAboutTheSizeDoesNotGoToAndFro() {
        Fixture fixture;
        QVERIFY(!fixture.applies(kFrom));  // nobody has asked for a barrier with changes
        (void)fixture.checkpoint();
        QVERIFY(fixture.applies(kFrom / 2));
        QVERIFY(!fixture.applies(kFrom / 2 - 1));
    }

    void changesGoOnFromTheOneThatWasKept() {
        Fixture fixture;
        QVERIFY(fixture.checkpoint().changes.whole);
        const Taken next = fixture.checkpoint();
        QVERIFY(!next.changes.whole && fixture.state().frozen == false);
        QCOMPARE(next.parts.size(), std::size_t{1});
        QVERIFY(next.changes.bytes > 10'010);  // those before it, too
        QVERIFY(!fixture.checkpoint(false).changes.whole);
        QVERIFY(fixture.checkpoint().changes.whole);
        fixture.otherCheckpoint();
        QVERIFY(fixture.checkpoint().changes.whole);
    }

    void itIsWholeWhereThePiecesSoFarAreOfAnotherState() {
        Fixture fixture;
        (void)fixture.checkpoint();
        fixture.state().isAnother = true;
        QVERIFY(fixture.checkpoint().changes.whole);
        QVERIFY(fixture.checkpoint().changes.whole);
        fixture.state().isAnother = false;
        QVERIFY(!fixture.checkpoint().changes.whole);
    }

    void itIsWholeAgainOnceHalfHasChanged() {
        Fixture fixture;
        (void)fixture.checkpoint();
        fixture.state().changed = 2'000;
        int changes = 0;
        while (!fixture.checkpoint().changes.whole) ++changes;
        QCOMPARE(changes, 3);
    }

    void filesAreOfTheStateThatHalfOfHasToChange() {
        Fixture fixture;
        fixture.state().files = {{"a", 50'000}, {"b", 30'000}};
        QVERIFY(fixture.checkpoint().changes.bytes > 90'000);
        fixture.state().changed = 2'000;
        int changes = 0;
        while (!fixture.checkpoint().changes.whole) ++changes;
        QVERIFY2(changes > 20 && changes < 25, std::to_string(changes).c_str());
    }

    void aStateThatMayNameFilesSaysSoOfTheCheckpoint() {
        Fixture fixture;
        QVERIFY(!fixture.checkpoint().mayNameRuns);
        fixture.state().ofFiles = true;  // whether or not it names any
        QVERIFY(fixture.checkpoint().mayNameRuns);
    }

    void itIsWholeAgainOnceItHasManyParts() {
        Fixture fixture;
        fixture.state().whole = 1'000'000;
        (void)fixture.checkpoint();
        fixture.state().changed = 1;
        int changes = 0;
        while (!fixture.checkpoint().changes.whole) ++changes;
        QVERIFY2(changes > 100 && changes < 1'000, std::to_string(changes).c_str());
    }

    void smallPiecesGoTogether() {
        Fixture fixture;
        fixture.state().pieces = 50;
        const Taken taken = fixture.checkpoint();
        QCOMPARE(taken.parts.size(), std::size_t{1});
        QVERIFY(taken.all.size() > 50 * 10'000);
    }

    void aLongPieceIsCut() {
        constexpr std::size_t kMebi = std::size_t{1} << 20;
        Fixture fixture;
        fixture.state().whole = 150 * kMebi;
        const Taken taken = fixture.checkpoint();
        QCOMPARE(taken.parts.size(), std::size_t{3});
        for (const std::string& part : taken.parts) QVERIFY(part.size() <= 64 * kMebi);
        // Together they are fields again.
        StateWriter writer;
        writer.copy(taken.all);
        const std::string record = writer.finish();
        const Result<StateReader> reader = StateReader::open(record);
        QVERIFY(reader.ok());
        const auto rows = reader->keyed("rows");
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), std::size_t{1});
        QCOMPARE(rows->begin()->second.bytes("bytes")->size(), 150 * kMebi);
    }
};

QTEST_APPLESS_MAIN(TestChangesWriter)
#include "test_changes_writer.moc"
