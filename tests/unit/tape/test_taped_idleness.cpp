// A replay tells of partitions that were idle: of those whose watermark was advanced for they gave no rows.
#include <QtTest/QtTest>

#include "core/tape/taped_source.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

TapePiece marksAt(Millis at, std::vector<TapeMark> marks) {
    TapePiece piece;
    piece.kind = TapePiece::Kind::Marks;
    piece.at = at;
    piece.marks = std::move(marks);
    return piece;
}
TapePiece rowsAt(Millis at, const char* partition) {
    TapePiece piece = rowsPiece(1);
    piece.at = at;
    piece.partition = partition;
    return piece;
}

/// What a replay of the pieces says of partitions, as “a live, b idle”; where `from` is not 0, one that goes
/// on behind so many of them.
QString toldOf(const std::vector<TapePiece>& pieces, const char* timeout, std::size_t from = 0) {
    TapeStart start = startOf(1);
    if (timeout != nullptr) start.pipeline.nodes.front().params["idle_timeout"] = timeout;
    MakeContext context;
    context.clock = std::make_shared<SimulatedClock>();
    const TapeInMemory disk;
    context.outputs = disk.disk;
    if (!disk.recorder->open(context, start).ok()) qFatal("no tape");
    for (const TapePiece& piece : pieces)
        if (!disk.recorder->write(0, piece).ok()) qFatal("not written");
    if (!disk.recorder->close({}).ok()) qFatal("not closed");
    const Result<TapeFileRef> tape = readTape(disk.bytes());
    if (!tape.ok()) qFatal("not read");
    BoundNode bound;
    StreamType stream;
    stream.schema = everyType();
    bound.outputs.push_back(stream);
    const auto begun = [&] {
        return std::make_unique<TapedSource>(*tape, 0, bound, std::make_shared<TapePace>(0.0), context);
    };
    auto source = begun();
    QStringList told;
    const auto play = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            std::unique_ptr<Chunk> chunk;
            if (!source->poll(chunk).ok()) qFatal("not given");
            for (const PartitionEvent& event : source->takePartitionEvents()) {
                const QString state = event.state == PartitionState::Idle   ? QStringLiteral("idle")
                                      : event.state == PartitionState::Live ? QStringLiteral("live")
                                                                            : QStringLiteral("ended");
                told << QString::fromStdString(event.name) + u' ' + state;
            }
            (void)source->takeAdvances();
        }
    };
    play(from);
    if (from > 0) {
        StateWriter saved;
        if (!source->snapshot(saved).ok()) qFatal("no state");
        const std::string bytes = saved.finish();
        const Result<StateReader> state = StateReader::open(bytes);
        source = begun();
        if (!state.ok() || !source->restore(*state).ok()) qFatal("not restored");
        (void)source->takePartitionEvents();
        told.clear();
    }
    play(pieces.size() - from);
    return told.join(QStringLiteral(", "));
}

const TapeMark kFoundA{TapeMark::Kind::Found, "a", kMinTimestamp}, kFoundB{TapeMark::Kind::Found, "b", 3};

}  // namespace

class TestTapedIdleness : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whoWasIdleLooksIdleUntilItsNextRow() {
        const std::vector<TapePiece> pieces{marksAt(0, {kFoundA, kFoundB}),
                                            rowsAt(10, "a"),
                                            rowsAt(20, "b"),
                                            marksAt(5'030, {{TapeMark::Kind::Advanced, "b", 77}}),
                                            marksAt(5'080, {{TapeMark::Kind::Advanced, "b", 78}}),
                                            rowsAt(6'000, "a"),
                                            rowsAt(7'000, "b")};
        QCOMPARE(toldOf(pieces, "5s"), QStringLiteral("a live, b live, b idle, b live"));
        // From the middle on, too: nothing is known of the rows before.
        QCOMPARE(toldOf(pieces, "5s", 4), QStringLiteral("b idle, b live"));
    }

    /// A person has closed windows, or it was found late.
    void otherAdvancesAreNoIdleness() {
        const std::vector<TapePiece> pieces{
            marksAt(0, {kFoundA}), rowsAt(10, "a"), marksAt(900, {kFoundB}),
            marksAt(1'000, {{TapeMark::Kind::Advanced, "a", 500}, {TapeMark::Kind::Advanced, "b", 500}})};
        QCOMPARE(toldOf(pieces, "5s"), QStringLiteral("a live, b live"));
        // It was silent for long, but not for so long.
        QCOMPARE(toldOf({marksAt(0, {kFoundA}), rowsAt(10, "a"),
                         marksAt(3'500, {{TapeMark::Kind::Advanced, "a", 500}})},
                        "5s"),
                 QStringLiteral("a live"));
        const std::vector<TapePiece> later{marksAt(0, {kFoundA}),
                                           marksAt(60'000, {{TapeMark::Kind::Advanced, "a", 500}})};
        QCOMPARE(toldOf(later, nullptr), QStringLiteral("a live"));
        QCOMPARE(toldOf(later, "5s"), QStringLiteral("a live, a idle"));
    }

    void whoHasEndedIsNotIdle() {
        QCOMPARE(toldOf({marksAt(0, {kFoundA}), marksAt(9'000, {{TapeMark::Kind::Ended, "a", kMaxTimestamp}}),
                         marksAt(9'050, {{TapeMark::Kind::Advanced, "a", 77}})},
                        "5s"),
                 QStringLiteral("a live, a ended"));
    }
};

QTEST_APPLESS_MAIN(TestTapedIdleness)
#include "test_taped_idleness.moc"
