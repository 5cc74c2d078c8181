// A state is cut into parts so that an unchanged piece is the same part again.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/state/state_parts.h"

using namespace rw;

namespace {

/// Two slices of keyed records, `bytes` each, with something before them that changes with `progress`.
std::string state(std::size_t bytes, int progress, int changedGroup = -1) {
    StateWriter out;
    out.record("progress", 1, [&](StateWriter& record) { record.i64("at", progress); });
    for (int slice = 0; slice < 2; ++slice) {
        for (int group = 0; group < StateWriter::kKeyGroups; ++group) {
            const std::string content(bytes + (group == changedGroup && slice == 1 ? 7 : 0),
                                      static_cast<char>('a' + group % 26));
            out.keyed("part", group, 1, [&](StateWriter& record) {
                record.i64("slice", slice);
                record.bytes("keys", content);
            });
        }
    }
    return out.finish();
}

std::string joined(const std::vector<std::string_view>& parts) {
    std::string all;
    for (const std::string_view part : parts) all += part;
    return all;
}

/// Bytes of the parts of `now` that `before` does not have.
std::size_t fresh(const std::string& before, const std::string& now) {
    std::vector<std::string> known;
    for (const std::string_view part : partsOf(before)) known.push_back(contentHash(part));
    std::size_t bytes = 0;
    for (const std::string_view part : partsOf(now)) {
        if (std::find(known.begin(), known.end(), contentHash(part)) == known.end()) bytes += part.size();
    }
    return bytes;
}

}  // namespace

class TestStateParts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void partsAreTheStateAgain() {
        for (const std::size_t bytes :
             {std::size_t{0}, std::size_t{50}, std::size_t{500}, std::size_t{20'000}}) {
            const std::string whole = state(bytes, 1);
            QVERIFY(joined(partsOf(whole)) == whole);
            QVERIFY(StateReader::open(joined(partsOf(whole))).ok());
        }
    }

    void bytesOfAnyKindAreOnePartOrMore() {
        const std::string whole = state(100, 1);
        for (const std::string& bytes :
             {std::string(), std::string("x"), std::string(100, '\0'), whole.substr(0, 21),
              whole.substr(0, whole.size() - 1), whole + "tail"}) {
            QVERIFY(joined(partsOf(bytes)) == bytes);
        }
    }

    void aSmallStateIsFewParts() { QVERIFY(partsOf(state(10, 1)).size() <= 4); }

    void aLargeStateIsAPartAGroup() {
        QVERIFY(partsOf(state(20'000, 1)).size() >= 2 * static_cast<std::size_t>(StateWriter::kKeyGroups));
    }

    void aGroupThatGrowsMovesNoOther() {
        const std::string before = state(20'000, 1), now = state(20'000, 2, 77);
        QVERIFY(fresh(before, now) < 21'000);
        QVERIFY(fresh(before, now) > 20'000);
    }

    void manySmallRecordsAreFewPartsThatStay() {
        // Slices of one record each, such as sessions; the first ones go, one grows, some come.
        const auto slices = [](int first, int last, int grown) {
            StateWriter out;
            for (int slice = first; slice < last; ++slice) {
                const std::string content(slice == grown ? 90 : 60, static_cast<char>('a' + slice % 26));
                out.keyed("part", (slice * 37) % 256, 1, [&](StateWriter& record) {
                    record.i64("slice", slice);
                    record.bytes("keys", content);
                });
            }
            return out.finish();
        };
        const std::string before = slices(0, 50'000, -1), now = slices(20, 50'010, 25'000);
        const std::size_t parts = partsOf(before).size();
        QVERIFY2(parts > 500 && parts < 50'000 / 8, qPrintable(QString::number(parts)));
        QVERIFY2(fresh(before, now) < 200'000, qPrintable(QString::number(fresh(before, now))));
        QVERIFY(joined(partsOf(now)) == now);
    }

    void theHashTellsContentsApart() {
        QCOMPARE(contentHash("a").size(), std::size_t{16});
        QVERIFY(contentHash("a") != contentHash("b"));
    }
};

QTEST_APPLESS_MAIN(TestStateParts)
#include "test_state_parts.moc"
