// Which causes differences are given, each by its evidence.
#include <fmt/format.h>

#include <QtTest/QtTest>

#include <algorithm>

#include "core/compare/causes.h"

using namespace rw;

namespace {

const Schema& windowed() {
    static const Schema kColumns{{{"window_end", Type::of(TypeId::Timestamp)},
                                  {"k", Type::of(TypeId::String)},
                                  {"n", Type::of(TypeId::Bigint)},
                                  {"x", Type::of(TypeId::Double)}}};
    return kColumns;
}

CompareRow minute(int at, const char* k, const char* n, const char* x = "1") {
    const std::string end = fmt::format("2024-03-01 00:{:02}:00.000", at);
    return {CompareCell(end), CompareCell(k), CompareCell(n), CompareCell(x)};
}

std::vector<Cause> causesBetween(std::vector<CompareRow> a, std::vector<CompareRow> b,
                                 const SinkEvidence& evidence, const std::vector<int>& key = {}) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return causesOf(rowDifference(a, b, windowed(), key), a, b, windowed(), evidence);
}

QByteArray namesOfAll(const std::vector<Cause>& causes) {
    QByteArray out;
    for (const Cause& cause : causes) {
        const std::string_view name = causeName(cause.kind);
        out += (out.isEmpty() ? "" : ", ") + QByteArray(name.data(), static_cast<qsizetype>(name.size()));
    }
    return out;
}

SinkEvidence lateOnTheWay() {
    SinkEvidence evidence;
    evidence.late.emplace_back("per_minute", 3);
    return evidence;
}

SinkEvidence orderOf(const char* column) {
    SinkEvidence evidence;
    evidence.orderedNodes.emplace_back("per_minute");
    if (*column != 0) evidence.orderedColumns.emplace_back(column);
    return evidence;
}

}  // namespace

class TestCauses : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void theSameRowsHaveNone() {
        QCOMPARE(namesOfAll(causesBetween({minute(1, "a", "1")}, {minute(1, "a", "1")}, lateOnTheWay())),
                 QByteArray());
    }

    void withoutEvidenceItIsUnexplained() {
        const auto causes = causesBetween({minute(1, "a", "1")}, {minute(1, "a", "2")}, {});
        QCOMPARE(namesOfAll(causes), QByteArray("unexplained"));
        QCOMPARE(causes.front().rows, std::uint64_t{1});
    }

    void lateRowsAreNamedWithTheirNode() {
        const auto causes = causesBetween({minute(1, "a", "1")}, {minute(1, "a", "2")}, lateOnTheWay());
        QCOMPARE(namesOfAll(causes), QByteArray("late"));
        QVERIFY(english(causes.front().evidence).find("per_minute (3)") != std::string::npos);
    }

    void lastDigitsCountAsTheSame() {
        const auto causes = causesBetween({minute(1, "a", "1", "0.3")},
                                          {minute(1, "a", "1", "0.30000000000000004")}, lateOnTheWay());
        QCOMPARE(namesOfAll(causes), QByteArray("float sum"));
    }

    void windowsThatNeverClosed() {
        const auto causes = causesBetween({minute(1, "a", "1"), minute(2, "a", "1"), minute(2, "b", "1")},
                                          {minute(1, "a", "1")}, lateOnTheWay());
        QCOMPARE(namesOfAll(causes), QByteArray("unfired windows"));
        QCOMPARE(causes.front().rows, std::uint64_t{2});
        // The other one has rows of that window: it did close.
        QCOMPARE(
            namesOfAll(causesBetween({minute(2, "a", "1"), minute(2, "b", "1")}, {minute(2, "b", "1")}, {})),
            QByteArray("unexplained"));
        // The rest beside them has a cause of its own.
        QCOMPARE(namesOfAll(causesBetween({minute(1, "a", "1"), minute(2, "a", "1")}, {minute(1, "a", "2")},
                                          lateOnTheWay())),
                 QByteArray("unfired windows, late"));
    }

    void theOrderOfRows() {
        const std::vector<CompareRow> a{minute(1, "first", "1"), minute(2, "second", "1")};
        const std::vector<CompareRow> b{minute(1, "other", "1"), minute(2, "second", "1")};
        QCOMPARE(namesOfAll(causesBetween(a, b, orderOf("k"))), QByteArray("order"));
        QCOMPARE(namesOfAll(causesBetween(a, b, orderOf(""))), QByteArray("unexplained"));
        QCOMPARE(namesOfAll(causesBetween(a, b, orderOf(""), {0})), QByteArray("order"));
        // Another column differs, too.
        QCOMPARE(
            namesOfAll(causesBetween(a, {minute(1, "other", "2"), minute(2, "second", "1")}, orderOf("k"))),
            QByteArray("unexplained"));
    }

    void wordsOfTheDialect() {
        SinkEvidence evidence;
        SinkEvidence::Word word;
        word.node = "big";
        word.function = "UPPER";
        word.condition = RW_TEXT("deploy", "no value is NaN");
        evidence.words.push_back(word);
        const auto causes = causesBetween({minute(1, "a", "1")}, {minute(1, "a", "2")}, evidence);
        QCOMPARE(namesOfAll(causes), QByteArray("dialect"));
        const std::string said = english(causes.front().evidence);
        QVERIFY(said.find("UPPER") != std::string::npos && said.find("no value is NaN") != std::string::npos);
    }

    void rejectedRowsAreInNoCopy() {
        SinkEvidence evidence;
        evidence.rejected.emplace_back("bids", 2);
        QCOMPARE(namesOfAll(causesBetween({minute(1, "a", "1")}, {}, evidence)),
                 QByteArray("unfired windows"));
        QCOMPARE(namesOfAll(causesBetween({minute(1, "a", "1"), minute(1, "b", "1")}, {minute(1, "b", "1")},
                                          evidence)),
                 QByteArray("rejected"));
    }
};

QTEST_APPLESS_MAIN(TestCauses)
#include "test_causes.moc"
