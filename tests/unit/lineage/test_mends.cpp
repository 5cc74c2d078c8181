// The edits that answers offer: with them the row that is missed is there, and where nothing clear helps none
// is offered.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/lineage/mends.h"
#include "core/stream/lineage/row_match.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

using Fate = MissingEnd::Fate;

Node titled(Node node, const char* title) {
    node.title = title;
    return node;
}

/// Rows of one text “k” and a number “v”.
Node texts(const char* id, const std::vector<const char*>& keys) {
    Json cells = Json::array();
    for (const char* const key : keys) cells.push_back(Json::array({key, 1}));
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "v INT"})}, {"rows", std::move(cells)}});
}

/// Left and right meet in the node that is called “both”.
Pipeline joined(Node left, Node right, Node join) {
    Pipeline pipeline;
    pipeline.wires = {{{left.id, "out"}, {join.id, "left"}},
                      {{right.id, "out"}, {join.id, "right"}},
                      wire(join.id.c_str(), "seen")};
    pipeline.nodes = {std::move(left), std::move(right), std::move(join), node("seen", "table_view")};
    return pipeline;
}

Pipeline byKeys(const char* left, const char* right) {
    return joined(titled(texts("a", {left}), "Orders"), titled(texts("b", {right}), "Customers"),
                  titled(node("both", "join", Json{{"on", "left.k = right.k"}}), "Named orders"));
}

AskedPlan asked(const Pipeline& pipeline, const char* where = "", const char* of = "both") {
    return AskedPlan(pipeline.nodes, pipeline.wires, {of, {}}, where);
}

/// As the button makes the edits.
Pipeline mended(Pipeline pipeline, const LineageMend& mend) {
    for (const QuickFix& edit : mend.edits) {
        if (edit.kind == QuickFix::Kind::SetParam) {
            if (Node* const set = pipeline.find(edit.node)) set->params[edit.param] = edit.value;
            continue;
        }
        const std::string id = "added_" + edit.port;
        pipeline.nodes.push_back(node(id.c_str(), edit.param.c_str(), edit.value));
        const auto into = std::ranges::find_if(pipeline.wires, [&edit](const Wire& each) {
            return each.to.node == edit.node && each.to.port == edit.port;
        });
        if (into == pipeline.wires.end()) continue;
        const Wire behind{{id, "out"}, into->to, Json::object()};
        into->to = {id, "in"};
        pipeline.wires.push_back(behind);
    }
    return pipeline;
}

std::vector<LineageMend> mendsOf(const Result<MissingAnswer>& answer, Fate fate) {
    if (!answer.ok()) return {};
    const auto found =
        std::ranges::find_if(answer->ends, [fate](const auto& each) { return each.fate == fate; });
    return found == answer->ends.end() ? std::vector<LineageMend>() : found->mends;
}

std::string said(const MissingAnswer& answer) {
    std::string all;
    for (const MissingEnd& end : answer.ends) {
        for (const Text& each : end.words) all += english(each) + '\n';
    }
    return all;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// A row each at these times behind noon.
Node timed(const char* id, const std::vector<const char*>& times) {
    Json cells = Json::array();
    for (const char* const at : times) cells.push_back(Json::array({"x", std::string("2024-03-01 ") + at}));
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "ts TIMESTAMP(3)"})},
                     {"rows", std::move(cells)},
                     {"event_time", "ts"}});
}

}  // namespace

class TestMends : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keysThatPeopleTakeForOne_data() {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QByteArray>("label");
        const auto row = [](const char* name, const char* left, const char* right, const char* label) {
            QTest::newRow(name) << QByteArray(left) << QByteArray(right) << QByteArray(label);
        };
        row("blank of right", "C052", "C052 ", "Insert a Select with TRIM(k)");
        row("blanks of left", "  C052", "C052", "Insert a Select with TRIM(k)");
        row("blanks of both", "C052 ", " C052", "Insert a Select with TRIM(k), and one with TRIM(k)");
        row("capitals at left", "NORTH", "North", "Insert a Select with UPPER(k)");
        row("small at left", "north", "North", "Insert a Select with LOWER(k)");
        row("capitals at right", "North", "NORTH", "Insert a Select with UPPER(k)");
        row("small at right", "North", "north", "Insert a Select with LOWER(k)");
        row("of neither kind", "North", "nOrth", "Insert a Select with LOWER(k), and one with LOWER(k)");
        row("other letters", "KÖLN", "kÖln", "Insert a Select with LOWER(k), and one with LOWER(k)");
        row("blank and case", "north", "North ", "Insert a Select with LOWER(TRIM(k))");
        row("blank here, case there", " North", "NORTH", "Insert a Select with UPPER(TRIM(k))");
        row("a blank that both have", "north ", "North ", "Insert a Select with LOWER(k)");
    }
    void keysThatPeopleTakeForOne() {
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, right);
        QFETCH(QByteArray, label);
        const Pipeline pipeline = byKeys(left.constData(), right.constData());
        const auto answer = asked(pipeline).whyNoPair();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<LineageMend> mends = mendsOf(answer, Fate::Alone);
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(QByteArray::fromStdString(english(mends.front().label)), label);
        QVERIFY(!mends.front().does.empty());
        // All columns go on, by their names.
        for (const QuickFix& edit : mends.front().edits) {
            QCOMPARE(edit.value["columns"].size(), std::size_t{2});
            QVERIFY(edit.value["columns"][0].get<std::string>().ends_with(" AS k"));
            QCOMPARE(edit.value["columns"][1], Json("v"));
        }
        const auto after = asked(mended(pipeline, mends.front()), "v = 1").whyNot();
        QVERIFY2(after.ok(), failureOf(after).c_str());
        QCOMPARE(after->there, std::uint64_t{1});
    }

    void theEditSaysWhereAndWhatItIs() {
        const auto answer = asked(byKeys("C052", "C052 ")).whyNoPair();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<LineageMend> mends = mendsOf(answer, Fate::Alone);
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(english(mends.front().does),
                 std::string("Puts a Select between “Customers” and “Named orders” that has TRIM(k) in place "
                             "of the column; all other columns go on as they are. It can be undone."));
        const QuickFix& edit = mends.front().edits.at(0);
        QVERIFY(edit.kind == QuickFix::Kind::AddNode);
        QCOMPARE(edit.node, NodeId("both"));
        QCOMPARE(edit.port, std::string("right"));
        QCOMPARE(edit.param, std::string("select"));
    }

    void whereNothingClearHelpsNoneIsOffered() {
        // TRIM leaves a tab there; other keys have nothing to do with each other.
        for (const char* right : {"C052\t", "C053"}) {
            const auto answer = asked(byKeys("C052", right)).whyNoPair();
            QVERIFY2(answer.ok(), failureOf(answer).c_str());
            QVERIFY(mendsOf(answer, Fate::Alone).empty());
        }
        // The key of changing rows must go on as it is.
        Pipeline pipeline = byKeys("C052", "C052 ");
        pipeline.nodes.push_back(
            node("count", "group_aggregate",
                 Json{{"keys", Json::array({"k"})}, {"aggregates", Json::array({"COUNT(*) AS n"})}}));
        pipeline.wires[1] = wire("b", "count");
        pipeline.wires.push_back({{"count", "out"}, {"both", "right"}});
        const auto answer = asked(pipeline).whyNoPair();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QVERIFY2(contains(said(*answer), "they differ only in"), said(*answer).c_str());
        QVERIFY(mendsOf(answer, Fate::Alone).empty());
    }

    /// What makes a column equal to one that it is compared with parts it from another.
    void aColumnThatIsComparedTwice() {
        const auto twice = [](const char* left, const char* one, const char* other) {
            const Node right = node("b", "rows",
                                    Json{{"columns", Json::array({"x STRING", "y STRING"})},
                                         {"rows", Json::array({Json::array({one, other})})}});
            const Pipeline pipeline =
                joined(texts("a", {left}), right,
                       node("both", "join", Json{{"on", "left.k = right.x AND left.k = right.y"}}));
            return mendsOf(asked(pipeline).whyNoPair(), Fate::Alone);
        };
        QVERIFY(twice("north ", "north", "north ").empty());
        QVERIFY(twice("North", "NORTH", "North").empty());
        QVERIFY(twice("North", "NORTH", "North ").empty());
        const std::vector<LineageMend> mends = twice("north", "north ", "north  ");
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(mends.front().edits.front().value["columns"], Json::array({"TRIM(x) AS x", "TRIM(y) AS y"}));
        QCOMPARE(twice("north ", "north", "north").size(), std::size_t{1});
    }

    void inputsAreCalledByTheirTitles() {
        const auto answer = asked(byKeys("C052", "C052 ")).whyNoPair();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QVERIFY2(contains(said(*answer),
                          "“Orders” has k = “C052” and “Customers” has k = “C052 ”: they differ only in a "
                          "blank at the end of that of “Customers”"),
                 said(*answer).c_str());
        QVERIFY2(contains(said(*answer), "of all rows of “Customers”"), said(*answer).c_str());
        // Of one source with itself the two would be called the same.
        Pipeline pipeline;
        pipeline.nodes = {texts("a", {"C052 "}), node("both", "join", Json{{"on", "left.k = right.k"}}),
                          node("trim", "select", Json{{"columns", Json::array({"TRIM(k) AS k"})}}),
                          node("seen", "table_view")};
        pipeline.nodes[0].title = pipeline.nodes[2].title = "Orders";
        pipeline.wires = {wire("a", "trim"),
                          {{"trim", "out"}, {"both", "left"}},
                          {{"a", "out"}, {"both", "right"}},
                          wire("both", "seen")};
        const auto self = asked(pipeline).whyNoPair();
        QVERIFY2(self.ok(), failureOf(self).c_str());
        QVERIFY2(contains(said(*self), "left has k = “C052” and right has k = “C052 ”"), said(*self).c_str());
    }

    void boundsThatAZoneMoved() {
        const Pipeline pipeline =
            joined(titled(timed("a", {"12:00:00"}), "Orders"), titled(timed("b", {"13:03:00"}), "Payments"),
                   node("both", "interval_join",
                        Json{{"on", "left.k = right.k"}, {"lower", "0s"}, {"upper", "5min"}}));
        const auto answer = asked(pipeline, "k = 'x'").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QVERIFY2(
            contains(said(*answer), "the time of “Payments” minus that of “Orders” is 1\u2009h 3\u2009min"),
            said(*answer).c_str());
        const std::vector<LineageMend> mends = mendsOf(answer, Fate::Alone);
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(english(mends.front().label), std::string("Set the bounds to 1\u2009h and 65\u2009min"));
        QCOMPARE(mends.front().edits.size(), std::size_t{2});
        QCOMPARE(mends.front().edits[0].value, Json("1h"));
        QCOMPARE(mends.front().edits[1].value, Json("65min"));
        const auto after = asked(mended(pipeline, mends.front()), "k = 'x'").whyNot();
        QVERIFY2(after.ok(), failureOf(after).c_str());
        QCOMPARE(after->there, std::uint64_t{1});
        // That far apart they are not for a time zone.
        Pipeline far = pipeline;
        far.nodes[1] = timed("b", {"12:07:00"});
        const auto none = asked(far, "k = 'x'").whyNot();
        QVERIFY2(none.ok(), failureOf(none).c_str());
        QVERIFY(mendsOf(none, Fate::Alone).empty());
    }

    void theDelayOfALateRow() {
        const Node window = node("sums", "window_aggregate",
                                 Json{{"window", "tumble"},
                                      {"size", "10s"},
                                      {"keys", Json::array({"k"})},
                                      {"aggregates", Json::array({"SUM(v) AS total"})}});
        Pipeline pipeline;
        pipeline.nodes = {titled(givenRows("in", {{"x", 1, 1}, {"y", 2, 30}, {"x", 3, 2}}), "Orders"), window,
                          node("seen", "table_view")};
        pipeline.wires = {wire("in", "sums"), wire("sums", "seen")};
        const char* const where = "k = 'x' AND total = 4 AND window_end = '2024-03-01 12:00:10'";
        const auto answer = asked(pipeline, where, "sums").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<LineageMend> mends = mendsOf(answer, Fate::Late);
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(mends.front().edits.size(), std::size_t{1});
        QCOMPARE(mends.front().edits[0].node, NodeId("in"));
        QCOMPARE(mends.front().edits[0].param, std::string("watermark_delay"));
        const auto after = asked(mended(pipeline, mends.front()), where, "sums").whyNot();
        QVERIFY2(after.ok(), failureOf(after).c_str());
        QCOMPARE(after->there, std::uint64_t{1});
        // The row that lacks it says the same.
        const auto why = asked(pipeline, "k = 'x'", "sums").why();
        QVERIFY2(why.ok(), failureOf(why).c_str());
        QCOMPARE(why->steps.front().mends.size(), std::size_t{1});
        QCOMPARE(why->steps.front().mends.front().edits[0].value, mends.front().edits[0].value);
        // Of a row that left by the late port, too.
        Pipeline tapped = pipeline;
        tapped.nodes.push_back(node("lost", "table_view"));
        tapped.wires.push_back({{"sums", "late"}, {"lost", "in"}});
        const auto late = AskedPlan(tapped.nodes, tapped.wires, {"sums", "late"}, "k = 'x'").why();
        QVERIFY2(late.ok(), failureOf(late).c_str());
        QVERIFY(late->late.has_value());
        QCOMPARE(late->steps.front().mends.size(), std::size_t{1});
        QCOMPARE(late->steps.front().mends.front().edits[0].value, mends.front().edits[0].value);
    }

    /// Rows that were late at several steps are let in together.
    void ofSeveralDelaysTheLongestIsOffered() {
        const auto delayOf = [](const char* node, const char* delay) {
            LineageMend mend;
            mend.does = RW_TEXT("test", "%1 %2").with(node, delay);
            mend.edits.emplace_back();
            mend.edits.front().node = node;
            mend.edits.front().param = "watermark_delay";
            mend.edits.front().value = delay;
            return mend;
        };
        std::vector<LineageMend> mends;
        addMend(mends, delayOf("orders", "5s"));
        addMend(mends, delayOf("orders", "1min"));
        addMend(mends, delayOf("orders", "10s"));
        addMend(mends, std::nullopt);
        QCOMPARE(mends.size(), std::size_t{1});
        QCOMPARE(mends.front().edits.front().value, Json("1min"));
        addMend(mends, delayOf("clicks", "10s"));
        QCOMPARE(mends.size(), std::size_t{2});
    }

    void theConditionThatLeftRowsOut() {
        Pipeline pipeline;
        pipeline.nodes = {givenRows("in", {{"x", 1, 1}, {"x", 30, 2}}),
                          titled(node("good", "filter", Json{{"condition", "v >= 20"}}), "Real orders"),
                          node("seen", "table_view")};
        pipeline.wires = {wire("in", "good"), wire("good", "seen")};
        const auto answer = asked(pipeline, "v = 1", "good").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<LineageMend> mends = mendsOf(answer, Fate::Filtered);
        QCOMPARE(mends.size(), std::size_t{1});
        QVERIFY(mends.front().edits.empty());
        QCOMPARE(mends.front().node, NodeId("good"));
        QCOMPARE(mends.front().param, std::string("condition"));
    }

    void theNearestOfARowThatIsAlone() {
        Pipeline pipeline = byKeys("C052", "C052 ");
        pipeline.find("both")->params["kind"] = "left";
        const auto why = asked(pipeline, "k = 'C052'").why();
        QVERIFY2(why.ok(), failureOf(why).c_str());
        const auto alone =
            std::ranges::find_if(why->steps, [](const LineageStep& step) { return step.from.node.empty(); });
        QVERIFY(alone != why->steps.end());
        QCOMPARE(english(alone->words.front()), std::string("no row of “Customers” matched"));
        QCOMPARE(alone->mends.size(), std::size_t{1});
        QCOMPARE(english(alone->mends.front().label), std::string("Insert a Select with TRIM(k)"));
    }

    void whatTheRowWouldNeedIsSaidOnce() {
        const Node window = node("sums", "window_aggregate",
                                 Json{{"window", "tumble"},
                                      {"size", "10s"},
                                      {"keys", Json::array({"k"})},
                                      {"aggregates", Json::array({"SUM(v) AS total"})}});
        const auto answer = AskedPlan({givenRows("in", {{"y", 1, 1}}), window, node("seen", "table_view")},
                                      {wire("in", "sums"), wire("sums", "seen")}, {"sums", "out"}, "k = 'x'")
                                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QCOMPARE(answer->sought.size(), std::size_t{1});
        QCOMPARE(english(answer->sought.front()), std::string("rows with k = x"));
    }
};

QTEST_APPLESS_MAIN(TestMends)
#include "test_mends.moc"
