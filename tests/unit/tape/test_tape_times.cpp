// The event time of a tape as a line, from its blocks.
#include <QtTest/QtTest>

#include "core/tape/tape_times.h"
#include "tests/support/tape_in_memory.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Instant kNone = kMinTimestamp, kEnd = kMaxTimestamp;

TapePiece pieceAt(Millis at, Instant watermark) {
    TapePiece piece;
    piece.kind = TapePiece::Kind::Marks;
    piece.at = at;
    piece.watermark = watermark;
    return piece;
}

using TapeBlock = std::vector<TapePiece>;
using TapeTracks = std::vector<std::vector<TapeBlock>>;  // of each source its blocks

std::string bytesOf(const TapeTracks& sources) {
    const TapeInMemory made;
    if (!openTape(made, sources.size()).ok()) qFatal("no tape");
    for (std::size_t source = 0; source < sources.size(); ++source) {
        for (const TapeBlock& block : sources[source]) {
            for (const TapePiece& piece : block) {
                if (!made.recorder->write(source, piece).ok()) qFatal("no piece");
            }
            if (!made.recorder->flush().ok()) qFatal("no block");
        }
    }
    if (!made.recorder->close({}).ok()) qFatal("no end");
    return made.bytes();
}

TapeFileRef tapeOf(const TapeTracks& sources) {
    const Result<TapeFileRef> tape = readTape(bytesOf(sources));
    if (!tape.ok()) qFatal("it can't be read");
    return *tape;
}

}  // namespace

class TestTapeTimes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void ofOneBlock() {
        const TapeTimes times(
            *tapeOf({{{pieceAt(10, kNone), pieceAt(20, 1'000), pieceAt(120, 2'000), pieceAt(130, kEnd)}}}));
        QVERIFY(times.known());
        QCOMPARE(times.first(), Instant{1'000});
        QCOMPARE(times.last(), Instant{2'000});
        QCOMPARE(times.reached(0), Instant{1'000});
        QCOMPARE(times.reached(20), Instant{1'000});
        QCOMPARE(times.reached(70), Instant{1'500});
        QCOMPARE(times.reached(120), Instant{2'000});
        QCOMPARE(times.reached(500), Instant{2'000});
    }

    void ofSeveralBlocks() {
        const TapeTimes times(*tapeOf({{{pieceAt(0, kNone)},
                                        {pieceAt(5, 1'000), pieceAt(100, 1'100)},
                                        {pieceAt(150, 1'200), pieceAt(200, 3'000)},
                                        {pieceAt(300, kEnd)}}}));
        QCOMPARE(times.first(), Instant{1'000});
        QCOMPARE(times.last(), Instant{3'000});
        QCOMPARE(times.reached(100), Instant{1'100});
        QCOMPARE(times.reached(200), Instant{3'000});
        QCOMPARE(times.reached(250), Instant{3'000});
        // Between the ends of blocks it only grows.
        for (Millis at = 1; at <= 300; ++at) QVERIFY(times.reached(at) >= times.reached(at - 1));
    }

    void theSlowestSourceCounts() {
        const TapeFileRef tape = tapeOf({{{pieceAt(0, 1'000), pieceAt(100, 2'000)}},
                                         {{pieceAt(0, 500), pieceAt(300, 800)}},
                                         {{pieceAt(0, kNone), pieceAt(900, kNone)}}});  // has no event time
        const TapeTimes times(*tape);
        QCOMPARE(times.first(), Instant{500});
        QCOMPARE(times.last(), Instant{2'000});
        QCOMPARE(times.reached(50), Instant{550});
        QCOMPARE(times.reached(200), Instant{700});  // the first one has given all
        QCOMPARE(times.reached(300), Instant{2'000});
    }

    /// Where a replay is held that was to go to a moment, event time has come to it.
    void itAgreesWithWhereAReplayIsHeld() {
        const TapeFileRef tape =
            tapeOf({{{pieceAt(3, 1'000), pieceAt(40, 1'700)}, {pieceAt(90, 2'000), pieceAt(91, kEnd)}},
                    {{pieceAt(7, 900), pieceAt(60, 1'900)}, {pieceAt(80, 2'500)}}});
        const TapeTimes times(*tape);
        for (const Instant moment : {900, 1'000, 1'700, 1'900, 2'000, 2'500}) {
            const Result<Millis> at = tape->whenReached(moment);
            QVERIFY(at.ok());
            QVERIFY2(times.reached(*at) >= moment, std::to_string(moment).c_str());
        }
    }

    /// Pieces that were read while a run paused, and forged times.
    void nothingGoesBack() {
        const TapeTimes times(*tapeOf({{{pieceAt(0, 1'000), pieceAt(500, 2'000)},
                                        {pieceAt(100, 3'000)},
                                        {pieceAt(200, kEnd - 1)},
                                        {pieceAt(300, kNone + 1)},
                                        {pieceAt(400, 2'500)}}}));
        QCOMPARE(times.first(), Instant{1'000});
        QCOMPARE(times.last(), Instant{3'000});
        for (const Millis at : {Millis{1}, Millis{250}, Millis{500}, kMaxTimestamp})
            QVERIFY(times.reached(at) >= times.reached(at - 1) && times.reached(at) <= times.last());
        QCOMPARE(times.reached(250), Instant{1'500});
        QVERIFY(!TapeTimes(*tapeOf({{{pieceAt(0, kNone + 1), pieceAt(9, kEnd - 1)}}})).known());
        const TapeTimes longest(*tapeOf({{{pieceAt(0, 1'000), pieceAt(kMaxTimestamp, 2'000)}}}));
        QCOMPARE(longest.reached(kMaxTimestamp / 2), Instant{1'500});
    }

    void noneWithoutEventTime() {
        QVERIFY(!TapeTimes(*tapeOf({{{pieceAt(0, kNone), pieceAt(10, kNone)}}})).known());
        QVERIFY(!TapeTimes(*tapeOf({{{pieceAt(0, kNone), pieceAt(10, kEnd)}}})).known());
        QVERIFY(!TapeTimes(*tapeOf({{}})).known());
    }

    void ofATapeThatWasCut() {
        const std::string bytes =
            bytesOf({{{pieceAt(0, 1'000)}, {pieceAt(10, 2'000)}, {pieceAt(20, 3'000)}}});
        std::size_t seen = 0;
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const Result<TapeFileRef> tape = readTape(bytes.substr(0, size));
            if (!tape.ok()) continue;
            const TapeTimes times(**tape);
            if (!times.known()) continue;
            ++seen;
            QCOMPARE(times.first(), Instant{1'000});
            QVERIFY(times.last() >= 1'000 && times.last() <= 3'000);
        }
        QVERIFY(seen > 0);
    }
};

QTEST_GUILESS_MAIN(TestTapeTimes)
#include "test_tape_times.moc"
