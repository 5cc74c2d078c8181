// Models that people reset: all keys begin anew, at the same place of the input in all instances; rows that
// wait stay; the tape has the place.
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/stream/barrier_listener.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/node_requests.h"
#include "core/stream/recording/tape.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/learning/learning_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

struct Rows final : Output {
    std::vector<Batch> batches{};
    void emit(int port, Batch batch) override {
        if (port == 0) batches.push_back(std::move(batch));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text& reason) override { return {ErrorCode::Row, reason}; }
    void countLate(std::size_t, Millis) override {}
};

/// Keeps the answers that are recorded.
struct Recorder final : LookupRecorder {
    QStringList answers{};
    std::size_t addLookup(TapeLookup) override { return 0; }
    std::size_t addAsking(NodeId) override { return 0; }
    bool admits() override { return true; }
    void add(std::size_t, TapeTable) override {}
    void add(std::size_t, Answers some) override {
        for (const std::string& answer : some.answers) answers << QString::fromStdString(answer);
    }
};

/// Two instances of a node in a run. The first row of a model is in its warm-up.
class Learning {
 public:
    explicit Learning(InputOrder order, bool checkpoints, LookupRecorder* recorder = nullptr)
        : m_kind(*kinds().find("regress")), m_stream(learningStream()) {
        m_stream.sourceOrder = order == InputOrder::Source;
        m_bound =
            bindNode(
                m_kind,
                {{"target", "y"}, {"features", {"x"}}, {"keys", {"k"}}, {"scale", "none"}, {"warm_up", 1}},
                {{m_stream}})
                .node;
        if (!m_bound) qFatal("regress is not bound");
        asked->setAtBarriers(checkpoints);
        m_context.node = "learns";
        m_context.instances = 2;
        m_context.clock = systemClock();
        m_context.inputs = {InputInfo{m_stream, 1, false, order}};
        m_context.asked = asked;
        m_context.recorder = recorder;
        for (m_context.instance = 0; m_context.instance < 2; ++m_context.instance)
            m_instances.push_back(make());
    }

    /// A row of a key, which is in the source at `place`, and has its event time. Gives what is predicted;
    /// empty: it waits.
    QString give(std::size_t instance, const char* key, std::int64_t place) {
        const Row row{std::string(key), place, 1.0, 1.0, Value{}, Instant{place}};
        Batch batch = batches(m_stream, {row}, 1).front();
        batch.positions.first = place;
        batch.stamps = {};
        return call(instance, [&](Rows& out) { return at(instance).onBatch(0, batch, out); });
    }
    QString advance(std::size_t instance, Instant watermark) {
        return call(instance, [&](Rows& out) { return at(instance).onWatermark(watermark, out); });
    }
    void pass(std::size_t instance, std::uint64_t barrier) {
        dynamic_cast<BarrierListener&>(at(instance)).onBarrier(barrier);
        takeNotes(instance);
    }
    /// The instances of a run that resumes from the states of these.
    void resume(bool backwards) {
        std::vector<std::string> states;
        for (const auto& instance : m_instances) {
            StateWriter writer;
            if (!instance->snapshot(writer).ok()) qFatal("no state is written");
            states.push_back(writer.finish());
        }
        if (backwards) std::reverse(states.begin(), states.end());
        m_context.scope = std::make_shared<RunScope>();
        for (std::size_t i = 0; i < 2; ++i) {
            m_context.instance = static_cast<int>(i);
            m_instances[i] = make();
            for (const std::string& state : states) {
                const Result<StateReader> reader = StateReader::open(state);
                // The one has the keys of both.
                const KeyGroups own = i == 0 ? KeyGroups{} : KeyGroups{0, 0};
                if (!reader.ok() || !m_instances[i]->restore(*reader, own).ok()) qFatal("not restored");
            }
        }
    }
    Operator& at(std::size_t instance) { return *m_instances[instance]; }

    const std::shared_ptr<NodeRequests> asked = std::make_shared<NodeRequests>();
    QStringList notes{};

 private:
    static const Catalogue& kinds() {
        static const Catalogue all = builtin();
        return all;
    }
    std::unique_ptr<Operator> make() const {
        Result<Made> made = m_kind.make(*m_bound, m_context);
        if (!made.ok()) qFatal("%s", english(made.error()).c_str());
        return std::get<std::unique_ptr<Operator>>(*std::move(made));
    }
    template <class Call>
    QString call(std::size_t instance, Call first) {
        Rows out;
        Status status = first(out);
        while (status.ok() && at(instance).hasMore()) status = at(instance).resume(out);
        if (!status.ok()) qFatal("%s", english(status.error()).c_str());
        takeNotes(instance);
        QStringList predicted;
        for (const Batch& batch : out.batches) {
            const int column = batch.schema->find("predicted").value_or(0);
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const Column& values = batch.column(column);
                predicted << (values.isNull(row) ? QStringLiteral("new") : QStringLiteral("known"));
            }
        }
        return predicted.join(u' ');
    }
    void takeNotes(std::size_t instance) {
        for (const Text& note : at(instance).takeNotes()) notes << QString::fromStdString(english(note));
    }

    const NodeKind& m_kind;
    StreamType m_stream;
    BoundNodeRef m_bound{};
    MakeContext m_context{};
    std::vector<std::unique_ptr<Operator>> m_instances{};
};

}  // namespace

class TestModelResets : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void atABarrierAllKeysBeginAnew() {
        Learning node(InputOrder::Source, true);
        for (std::int64_t place = 0; place < 6; ++place)
            (void)node.give(0, place % 2 == 0 ? "a" : "b", place);
        QCOMPARE(node.give(0, "a", 6), QStringLiteral("known"));
        QCOMPARE(node.at(0).quality().learnt, std::uint64_t{7});
        QVERIFY(node.at(0).quality().rows > 0);
        QVERIFY(node.asked->ask().ok());
        QCOMPARE(node.give(0, "a", 7), QStringLiteral("known"));
        node.pass(0, 1);
        QCOMPARE(node.at(0).quality().learnt, std::uint64_t{0});
        QCOMPARE(node.at(0).quality().rows, std::size_t{0});
        QCOMPARE(node.at(0).stateSize().keys, std::size_t{0});
        QCOMPARE(node.notes, (QStringList{QStringLiteral("Reset as asked: the rows after checkpoint 1 find a "
                                                         "model that has learnt nothing.")}));
        QCOMPARE(node.give(0, "a", 8), QStringLiteral("new"));
        QCOMPARE(node.give(0, "b", 9), QStringLiteral("new"));
        QCOMPARE(node.give(0, "b", 11), QStringLiteral("known"));
        node.pass(0, 2);
        QCOMPARE(node.give(0, "b", 13), QStringLiteral("known"));
    }

    void rowsThatWaitStay() {
        Learning node(InputOrder::EventTime, true);
        for (const std::int64_t place : {1, 2, 3, 10, 11}) QCOMPARE(node.give(0, "a", place), QString());
        QCOMPARE(node.advance(0, 5), QStringLiteral("new known known"));
        QVERIFY(node.asked->ask().ok());
        node.pass(0, 1);
        QCOMPARE(node.advance(0, 20), QStringLiteral("new known"));
    }

    // The reset is behind position 6, which the first instance had begun to take, wherever the other was.
    void withoutCheckpointsAllResetAtOnePlace() {
        Recorder tape;
        Learning node(InputOrder::Source, false, &tape);
        (void)node.give(0, "a", 0);
        (void)node.give(1, "b", 1);
        QCOMPARE(node.give(0, "a", 6), QStringLiteral("known"));
        QVERIFY(node.asked->ask().ok());
        QCOMPARE(node.give(1, "b", 3), QStringLiteral("known"));
        QCOMPARE(node.give(1, "b", 5), QStringLiteral("known"));
        QCOMPARE(node.give(1, "b", 7), QStringLiteral("new"));
        QCOMPARE(node.give(0, "a", 8), QStringLiteral("new"));
        QCOMPARE(node.give(0, "a", 10), QStringLiteral("known"));
        QCOMPARE(node.notes.size(), 1);
        QCOMPARE(tape.answers, QStringList{QStringLiteral("reset at row 6")});
    }

    void byEventTimeWhereRowsWait() {
        Recorder tape;
        Learning node(InputOrder::EventTime, false, &tape);
        for (const std::int64_t place : {1, 4, 8}) (void)node.give(0, "a", place);
        for (const std::int64_t place : {2, 5, 9}) (void)node.give(1, "b", place);
        QCOMPARE(node.advance(0, 6), QStringLiteral("new known"));
        QVERIFY(node.asked->ask().ok());
        QCOMPARE(node.advance(1, 3), QStringLiteral("new"));
        QCOMPARE(node.advance(1, 10), QStringLiteral("known new"));
        QCOMPARE(node.advance(0, 10), QStringLiteral("new"));
        QCOMPARE(tape.answers, QStringList{QStringLiteral("reset at time 6")});
    }

    // The tape has the last row before a barrier, of all instances.
    void theTapeHasTheRowBeforeABarrier() {
        Recorder tape;
        Learning node(InputOrder::Source, true, &tape);
        (void)node.give(0, "a", 0);
        QVERIFY(node.asked->ask().ok());
        node.pass(0, 1);
        QVERIFY(tape.answers.isEmpty());
        (void)node.give(1, "b", 4);
        node.pass(1, 1);
        QCOMPARE(tape.answers, QStringList{QStringLiteral("reset at row 4")});
        QCOMPARE(node.notes.size(), 1);
    }

    // One instance had come beyond the reset when the state was written, and one had not.
    void aResetThatWasStillToBeDoneIsDoneWhenResumed_data() {
        QTest::addColumn<bool>("backwards");
        QTest::newRow("the one that was ahead comes first") << false;
        QTest::newRow("it comes last") << true;
    }
    void aResetThatWasStillToBeDoneIsDoneWhenResumed() {
        QFETCH(bool, backwards);
        Learning node(InputOrder::Source, false);
        for (const std::int64_t place : {0, 2}) (void)node.give(0, "a", place);
        for (const std::int64_t place : {1, 3}) (void)node.give(1, "b", place);
        QVERIFY(node.asked->ask().ok());
        QCOMPARE(node.give(0, "a", 4), QStringLiteral("new"));
        node.resume(backwards);
        QCOMPARE(node.give(0, "a", 6), QStringLiteral("known"));
        QCOMPARE(node.give(0, "b", 7), QStringLiteral("new"));
    }

    void rowsWithoutPositionsAreResetBeforeTheNext() {
        Learning node(InputOrder::Source, false);
        (void)node.give(0, "a", -1);
        (void)node.give(1, "b", -1);
        QVERIFY(node.asked->ask().ok());
        QCOMPARE(node.give(0, "a", -1), QStringLiteral("new"));
        QCOMPARE(node.give(1, "b", -1), QStringLiteral("new"));
        QCOMPARE(node.give(0, "a", -1), QStringLiteral("known"));
    }
};

QTEST_APPLESS_MAIN(TestModelResets)
#include "test_model_resets.moc"
