// A node that never forgets a key tells so when its keys become very many, in a run that has no end.
#include <QtTest>

#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::uint64_t kMany = 5'000;

/// Numbers 0, 1, 2 … as keys; `rows` of them, or without end.
Pipeline numbers(const Node& keyed, int rows) {
    Pipeline pipeline;
    const Json columns = {"a BIGINT = i", "ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'"};
    pipeline.nodes = {node("source", "generator",
                           {{"columns", columns}, {"rows", rows}, {"rate", 0}, {"event_time", "ts"}}),
                      keyed, node("result", "table_view")};
    pipeline.wires = {wire("source", "keyed"), wire("keyed", "result")};
    return pipeline;
}

Node grouped(const Json& more = Json::object()) {
    Json params = {{"keys", {"a"}}, {"aggregates", {"COUNT(*) AS n"}}};
    params.update(more);
    return node("keyed", "group_aggregate", params);
}

RunOptions options() {
    RunOptions chosen;
    chosen.manyKeys = kMany;
    return chosen;
}

}  // namespace

class TestGrowingKeys : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isToldOnce_data() {
        QTest::addColumn<bool>("groups");
        QTest::newRow("group_aggregate") << true;
        QTest::newRow("deduplicate") << false;
    }
    void isToldOnce() {
        QFETCH(bool, groups);
        const Node keyed =
            groups ? grouped() : node("keyed", "deduplicate", {{"keys", {"a"}}, {"keep", "last"}});
        auto run = Run::start(planOf(numbers(keyed, 0)), options());
        QVERIFY(run.ok());
        std::vector<RunNote> notes;
        const auto told = [&] {  // asked more than once
            for (RunNote& note : (*run)->takeNotes()) notes.push_back(std::move(note));
            return !notes.empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(told(), 60'000);
        const std::uint64_t then = (*run)->metrics().nodes["keyed"].stateKeys;
        QVERIFY(then >= kMany);
        QTRY_VERIFY_WITH_TIMEOUT((*run)->metrics().nodes["keyed"].stateKeys > then + 5 * kMany, 60'000);
        (*run)->stop(StopMode::Now);
        (*run)->wait();
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(notes.front().node, std::string("keyed"));
        const std::string said = english(notes.front().text);
        QVERIFY2(said.find("keys are kept and none is forgotten") != std::string::npos, said.c_str());
        for (const RunNote& note : (*run)->takeNotes())
            QVERIFY2(english(note.text).find("none is forgotten") == std::string::npos,
                     english(note.text).c_str());
    }

    void notOfARunThatEnds() {
        const auto run = runToEnd(planOf(numbers(grouped(), 20'000)), options());
        QVERIFY(run && run->status().ok());
        QCOMPARE(run->metrics().nodes["keyed"].stateKeys, std::uint64_t{20'000});
        QCOMPARE(run->takeNotes().size(), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestGrowingKeys)
#include "test_growing_keys.moc"
