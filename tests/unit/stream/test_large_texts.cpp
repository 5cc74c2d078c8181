// Large texts that a select makes, or a group: they leave a few rows at a time, and between two such calls a
// run may stop.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/stream/cases/grouped.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

class TestLargeTexts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void leaveInSlices() {
        const Catalogue catalogue = builtin();
        const NodeKind& select = *catalogue.find("select");
        StreamType input;
        input.schema = std::make_shared<const Schema>(Schema{{{"n", Type::of(TypeId::Int)}}});
        const Json params = {{"columns", {"n", "REPEAT('x', 600000 + n) AS t", "10 / (n - 7) AS q"}}};
        const BoundForTest bound = bindNode(select, params, {input});
        QVERIFY(bound.bound);
        OperatorHarness tried(select, *bound.bound, contextFor(input));
        TextRows rows;
        for (int n = 0; n < 40; ++n) rows.push_back({std::to_string(n)});
        tried.send(textBatch(input.schema, rows));
        QVERIFY2(tried.calls() >= 3, std::to_string(tried.calls()).c_str());
        QCOMPARE(tried.lines(0).size(), std::size_t{39});
        QCOMPARE(tried.rejected().size(), std::size_t{1});
        for (std::size_t i = 0; i < 39; ++i) {
            const std::size_t n = i < 7 ? i : i + 1;
            QVERIFY(tried.lines(0)[i].starts_with(std::to_string(n) + "|x"));
            QVERIFY(tried.lines(0)[i].size() > 600'000 + n);
        }
        QCOMPARE(tried.breaches(), std::vector<std::string>());
    }

    void smallOnesLeaveAtOnce() {
        const Catalogue catalogue = builtin();
        const NodeKind& select = *catalogue.find("select");
        StreamType input;
        input.schema = std::make_shared<const Schema>(Schema{{{"n", Type::of(TypeId::Int)}}});
        const BoundForTest bound = bindNode(select, {{"columns", {"REPEAT('x', n) AS t"}}}, {input});
        QVERIFY(bound.bound);
        OperatorHarness tried(select, *bound.bound, contextFor(input));
        tried.send(textBatch(input.schema, TextRows(4'096, {"100"})));
        QCOMPARE(tried.calls(), std::size_t{1});
        QCOMPARE(tried.lines(0).size(), std::size_t{4'096});
    }

    void thoseOfGroupsAreShownAFewAtATime() {
        Grouped tried({{"keys", {"v"}}, {"aggregates", {"LISTAGG(k) AS all", "COUNT(*) AS n"}}});
        const std::string text(std::size_t{1} << 20, 'x');
        Lines lines;
        for (int group = 0; group < 32; ++group) lines.push_back(text + "|" + std::to_string(group));
        tried.send(lines);
        const std::size_t calls = tried->calls();
        for (int group = 0; group < 32; ++group) lines.push_back(lines[static_cast<std::size_t>(group)]);
        tried.send(lines);
        QVERIFY(tried->calls() > calls + 1);
        // Text that was sent on counts as state for as long as it was held, and is a part of all texts there
        // were.
        const std::size_t state = tried->tested().stateSize().bytes;
        QVERIFY2(state > (std::size_t{96} << 20) + (std::size_t{4} << 20), std::to_string(state).c_str());
        QVERIFY2(state < (std::size_t{160} << 20), std::to_string(state).c_str());
        for (const std::string& row : tried->table(0)) QVERIFY(row.ends_with("|3"));
        QCOMPARE(tried->table(0).size(), std::size_t{32});
        QCOMPARE(tried->breaches(), Lines{});
    }

    void oneThatIsTooLongFailsItsGroup() {
        Grouped tried({{"keys", {"v"}}, {"aggregates", {"LISTAGG(k, '') AS all"}}});
        const std::string text(std::size_t{40} << 20, 'x');
        tried.send({text + "|1", "y|2"});
        tried.send({text + "|1", "z|2"});
        QCOMPARE(tried->table(0), (Lines{"2|yz"}));
        QCOMPARE(tried->rejected().size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestLargeTexts)
#include "test_large_texts.moc"
