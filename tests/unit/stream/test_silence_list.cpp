// Silences: which one an alert is under, and how many there may be.
#include <QtTest>

#include "core/stream/alerts/silence_list.h"

using namespace rw;

namespace {

constexpr Instant kSilencesNow = 1'000;

AlertSilence silenceOf(const char* core, Instant until) {
    return {"n", {{"core", core}}, until};
}

}  // namespace

class TestSilenceList : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theLongestOneCounts() {
        SilenceList list;
        QVERIFY(list.find("n", {}, kSilencesNow) == nullptr);
        list.set(silenceOf("7", 2'000), kSilencesNow);
        QCOMPARE(list.find("n", {{"core", "7"}}, kSilencesNow)->until, Instant{2'000});
        QVERIFY(list.find("n", {{"core", "8"}}, kSilencesNow) == nullptr);
        QVERIFY(list.find("n", {}, kSilencesNow) == nullptr);
        QVERIFY(list.find("other", {{"core", "7"}}, kSilencesNow) == nullptr);
        list.set({"n", {}, 3'000}, kSilencesNow);
        QCOMPARE(list.find("n", {{"core", "7"}}, kSilencesNow)->until, Instant{3'000});
        QCOMPARE(list.find("n", {{"core", "8"}}, kSilencesNow)->until, Instant{3'000});
        list.set(silenceOf("7", 9'000), kSilencesNow);  // in place of the one before
        QCOMPARE(list.find("n", {{"core", "7"}}, kSilencesNow)->until, Instant{9'000});
        QCOMPARE(list.holding(kSilencesNow).size(), std::size_t{2});
    }

    void oneThatIsOverIsNone() {
        SilenceList list;
        list.set(silenceOf("7", 2'000), kSilencesNow);
        list.set(silenceOf("8", kMaxTimestamp), kSilencesNow);
        QVERIFY(list.find("n", {{"core", "7"}}, 2'000) == nullptr);
        QCOMPARE(list.holding(2'000).size(), std::size_t{1});
        QVERIFY(list.dropOver(2'000));
        QVERIFY(!list.dropOver(2'000));
        list.set(silenceOf("8", 0), 2'000);  // lifted
        QVERIFY(list.holding(2'000).empty());
    }

    /// Parts of names do not run into one another.
    void keysAreNotMixedUp() {
        SilenceList list;
        list.set({"n", {{"a", "b"}, {"c", "d"}}, 2'000}, kSilencesNow);
        QVERIFY(list.find("n", {{"a", "bc"}, {"", "d"}}, kSilencesNow) == nullptr);
        QVERIFY(list.find("n", {{"a", "b"}}, kSilencesNow) == nullptr);
        QVERIFY(list.find("n", {{"a", "b"}, {"c", "d"}}, kSilencesNow) != nullptr);
    }

    void thereIsAnEndToThem() {
        SilenceList list;
        for (std::size_t i = 0; i < SilenceList::kMost; ++i)
            list.set(silenceOf(std::to_string(i).c_str(), 2'000 + static_cast<Instant>(i)), kSilencesNow);
        list.set(silenceOf("new", 5'000), kSilencesNow);
        QCOMPARE(list.holding(kSilencesNow).size(), SilenceList::kMost);
        QVERIFY(list.find("n", {{"core", "new"}}, kSilencesNow) != nullptr);
        QVERIFY(list.find("n", {{"core", "0"}}, kSilencesNow) == nullptr);  // it ended first
    }
};

QTEST_APPLESS_MAIN(TestSilenceList)
#include "test_silence_list.moc"
