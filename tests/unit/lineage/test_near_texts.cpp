// What answers say of a value that never came, of texts that look alike, and of many rows that one condition
// left out; nodes are called by their titles.
#include <QtTest/QtTest>

#include "core/lineage/waiting.h"
#include "core/stream/lineage/row_match.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

using Fate = MissingEnd::Fate;

std::string said(const MissingEnd& end) {
    std::string all;
    for (const Text& each : end.words) all += english(each) + '\n';
    return all;
}

Node titled(Node node, const char* title) {
    node.title = title;
    return node;
}

AskedPlan filtered(const std::vector<Given>& rows, const char* condition, const char* where) {
    return AskedPlan({titled(givenRows("in", rows), "Orders"),
                      titled(node("good", "filter", Json{{"condition", condition}}), "Real orders"),
                      node("seen", "table_view", Json::object())},
                     {wire("in", "good"), wire("good", "seen")}, {"good", "out"}, where);
}

}  // namespace

class TestNearTexts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void textsThatPeopleMayMean_data() {
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("near");
        const auto row = [](const char* name, const char* own, const char* other, bool near) {
            QTest::newRow(name) << QString::fromUtf8(own) << QString::fromUtf8(other) << near;
        };
        row("one more", "island", "islands", true);
        row("one less in the middle", "islnds", "islands", true);
        row("another", "isxands", "islands", true);
        row("in front", "slands", "islands", true);
        row("blank and case", "Islands ", "islands", true);
        row("of two bytes", "köln", "kiln", true);
        row("of two bytes, with equal ones", "köln", "käln", true);
        row("two", "isle", "islands", false);
        row("swapped", "silands", "islands", false);
        row("a digit", "C052", "C053", false);
        row("a further digit", "C05", "C052", false);
        row("too short", "no", "yo", false);
        row("nothing", "", "a", false);
    }
    void textsThatPeopleMayMean() {
        QFETCH(QString, own);
        QFETCH(QString, other);
        QFETCH(bool, near);
        QCOMPARE(nearlySame(own.toStdString(), other.toStdString()), near);
        QCOMPARE(nearlySame(other.toStdString(), own.toStdString()), near);
    }

    void inWhatTextsDiffer_data() {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("words");
        QTest::newRow("end") << "C052"
                             << "C052 "
                             << "a blank at the end of that of right";
        QTest::newRow("ends") << "C052 \t"
                              << "C052"
                              << "blanks at the end of that of left";
        QTest::newRow("front") << " C052"
                               << "C052"
                               << "a blank in front of that of left";
        QTest::newRow("letters") << "c052"
                                 << "C052"
                                 << "small and capital letters";
        QTest::newRow("both") << "c052"
                              << " C052"
                              << "a blank in front of that of right and small and capital letters";
        QTest::newRow("kinds") << "C052 "
                               << "C052\t"
                               << "the kind of blanks";
    }
    void inWhatTextsDiffer() {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, words);
        const SideNames names{RW_TEXT("join", "left"), RW_TEXT("join", "right")};
        QCOMPARE(QString::fromStdString(english(apartText(left.toStdString(), right.toStdString(), names))),
                 words);
    }

    void aValueThatNeverCameHasNearOnes() {
        const auto answer =
            filtered({{"islands", 1, 1}, {"north", 2, 2}, {"islands", 3, 3}}, "v > 0", "k = 'island'")
                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY(answer->ends.front().fate == Fate::NoSuchRow);
        QCOMPARE(said(answer->ends.front()), std::string("the nearest: k = “islands”\n"));
        QCOMPARE(answer->ends.front().rows.size(), std::size_t{2});
        const auto far = filtered({{"north", 2, 2}}, "v > 0", "k = 'island'").whyNot();
        QVERIFY2(far.ok(), failureOf(far).c_str());
        QCOMPARE(said(far->ends.front()), std::string());
    }

    /// One value does not stand for all.
    void whatAConditionIsFalseForIsSaidOfAll() {
        const auto ends = [](const std::vector<Given>& rows, const char* condition) {
            const auto answer = filtered(rows, condition, "k = 'x'").whyNot();
            return answer.ok() ? answer->ends : std::vector<MissingEnd>();
        };
        const std::vector<Given> rows{{"x", 7, 1}, {"x", 3, 2}, {"y", 1, 3}, {"x", 19, 4}};
        const std::vector<MissingEnd> left = ends(rows, "v >= 20");
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(english(left.front().ofAll), std::string("v >= 20 is false for each v from 3 to 19"));
        QCOMPARE(said(left.front()), english(left.front().ofAll) + "\n");
        // One value, and several columns: each row says why.
        QVERIFY(ends({{"x", 7, 1}, {"x", 7, 2}}, "v >= 20").front().ofAll.empty());
        QVERIFY(ends(rows, "v >= 20 AND k <> ''").front().ofAll.empty());
        // Of more than are kept it is said that these are the last.
        std::vector<Given> many(1'001, Given{"x", 7, 1});
        many.back().number = 8;
        const std::string of = english(ends(many, "v >= 20").front().ofAll);
        QVERIFY2(of.starts_with("v >= 20 is false for each v of the last 1"), of.c_str());
        QVERIFY2(of.ends_with("of the last 1\u2009000: from 7 to 8"), of.c_str());
    }

    /// Without a condition it is about any row: of a node that gave none.
    void nothingAtAllCame() {
        const std::vector<Given> rows{{"x", 7, 1}, {"y", 3, 2}, {"x", 19, 4}};
        const Node window = node(
            "sums", "window_aggregate",
            Json{{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}});
        const auto answer =
            AskedPlan({givenRows("in", rows), node("good", "filter", Json{{"condition", "v >= 20"}}), window,
                       node("seen", "table_view", Json::object())},
                      {wire("in", "good"), wire("good", "sums"), wire("sums", "seen")}, {"sums", "out"}, "")
                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QCOMPARE(answer->there, std::uint64_t{0});
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY(answer->ends.front().fate == Fate::Filtered);
        QCOMPARE(answer->ends.front().node, NodeId("good"));
        QCOMPARE(answer->ends.front().count, std::uint64_t{3});
        QVERIFY(answer->notes.empty());
        const auto there = filtered(rows, "v > 0", "").whyNot();
        QVERIFY2(there.ok(), failureOf(there).c_str());
        QCOMPARE(there->there, std::uint64_t{3});
    }

    void nodesAreCalledByTheirTitles() {
        const Node window = titled(node("moves", "window_aggregate",
                                        Json{{"window", "tumble"},
                                             {"size", "10s"},
                                             {"keys", {"k"}},
                                             {"aggregates", {"COUNT(*) AS n"}}}),
                                   "Movements");
        const auto answer =
            AskedPlan({titled(givenRows("in", {{"x", 1, 1}, {"y", 2, 30}, {"x", 3, 2}}), "Orders"), window,
                       node("seen", "table_view", Json::object())},
                      {wire("in", "moves"), wire("moves", "seen")}, {"moves", "out"},
                      "k = 'x' AND n = 2 AND window_end = '2024-03-01 12:00:10'")
                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        std::string all;
        for (const MissingEnd& end : answer->ends) all += said(end);
        QVERIFY2(all.find("they came too late for “Movements”") != std::string::npos, all.c_str());
        QVERIFY2(all.find("at “Orders” would have let them in") != std::string::npos, all.c_str());
    }

    void rowsThatWaitComeBeforeLateOnesOfTheirNode() {
        const auto end = [](Fate fate, const char* node) {
            MissingEnd made;
            made.fate = fate;
            made.node = node;
            return made;
        };
        std::vector<MissingEnd> ends{end(Fate::Filtered, "a"), end(Fate::Late, "b"), end(Fate::Late, "c"),
                                     end(Fate::Waiting, "c"), end(Fate::NoSuchRow, "d")};
        putWaitingFirst(ends);
        std::string order;
        for (const MissingEnd& each : ends) order += each.node + std::to_string(static_cast<int>(each.fate));
        std::string expected;
        for (const auto& [node, fate] :
             {std::pair("a", Fate::Filtered), std::pair("b", Fate::Late), std::pair("c", Fate::Waiting),
              std::pair("c", Fate::Late), std::pair("d", Fate::NoSuchRow)})
            expected += node + std::to_string(static_cast<int>(fate));
        QCOMPARE(order, expected);
    }
};

QTEST_APPLESS_MAIN(TestNearTexts)
#include "test_near_texts.moc"
