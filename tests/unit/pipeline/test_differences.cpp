// Differences of two pipelines one by one: each kind of change, its values, and that none is told twice or
// not at all.
#include <QtTest/QtTest>
#include <functional>

#include "core/pipeline/differences.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/note_color.h"
#include "core/pipeline/json/saved_queries.h"

using namespace rw;

namespace {

Pipeline sample() {
    const Result<Loaded> loaded = loadPipeline(R"({ "rill": 1, "name": "orders",
        "variables": { "delay": "5s", "least": "1" }, "settings": { "parallelism": 1, "checkpoint_every": "10s" },
        "nodes": [
          { "id": "rows", "type": "csv_source", "at": [0, 0], "params": { "path": "a.csv", "columns": ["n INT"] } },
          { "id": "more", "type": "csv_source", "at": [0, 9], "params": { "path": "b.csv", "columns": ["n INT"] } },
          { "id": "all", "type": "union", "at": [50, 0] },
          { "id": "big", "type": "filter", "title": "Big ones", "at": [100, 0], "params": { "condition": "n > 1" } },
          { "id": "seen", "type": "table_view", "at": [200, 0] } ],
        "wires": [ { "from": "rows", "to": "all" }, { "from": "more", "to": "all" }, { "from": "all", "to": "big" },
                   { "from": "big", "to": "seen" } ],
        "notes": [ { "text": "twice", "at": [1, 1], "size": [200, 80] }, { "text": "twice", "at": [5, 5], "size": [200, 80] } ],
        "dashboard": { "cards": [ { "node": "seen", "at": [0, 0], "size": [6, 4] } ] } })");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

/// One line for each: “changed node big.condition "n > 1" "n > 2"”.
std::string told(const std::vector<PipelineDifference>& differences) {
    std::string out;
    for (const PipelineDifference& found : differences) {
        out += std::string(differenceName(found.kind)) + " " + std::string(found.of) + " " + found.name;
        if (!found.part.empty()) out += (found.parameter ? "." : "/") + found.part;
        if (found.kind == DifferenceKind::Changed)
            out += " " + found.before.dump() + " " + found.after.dump();
        out += "\n";
    }
    return out;
}

struct Edit {
    const char* name;
    std::function<void(Pipeline&)> make;
    const char* told;
    const char* toldBack;
};

const std::vector<Edit>& edits() {
    static const std::vector<Edit> all{
        {"nothing", [](Pipeline&) {}, "", ""},
        {"name", [](Pipeline& p) { p.name = "bids"; }, "changed pipeline name \"orders\" \"bids\"\n",
         "changed pipeline name \"bids\" \"orders\"\n"},
        {"variable", [](Pipeline& p) { p.variables[0].value = "9s"; },
         "changed variable delay \"5s\" \"9s\"\n", "changed variable delay \"9s\" \"5s\"\n"},
        {"query saved",
         [](Pipeline& p) {
             saveQuery(p, {"all", "SELECT 1"});
         },
         "added query all\n", "removed query all\n"},
        {"variable gone", [](Pipeline& p) { p.variables.pop_back(); }, "removed variable least\n",
         "added variable least\n"},
        {"setting", [](Pipeline& p) { p.settings.unknown["checkpoint_every"] = "1s"; },
         "changed setting checkpoint_every \"10s\" \"1s\"\n",
         "changed setting checkpoint_every \"1s\" \"10s\"\n"},
        {"setting that was not there", [](Pipeline& p) { p.settings.stateMemory = "64MB"; },
         "added setting state_memory\n", "removed setting state_memory\n"},
        {"parameter", [](Pipeline& p) { p.find("big")->params["condition"] = "n > 2"; },
         "changed node big.condition \"n > 1\" \"n > 2\"\n",
         "changed node big.condition \"n > 2\" \"n > 1\"\n"},
        {"parameter set", [](Pipeline& p) { p.find("big")->params["on_error"] = "null"; },
         "changed node big.on_error null \"null\"\n", "changed node big.on_error \"null\" null\n"},
        {"title and disabled",
         [](Pipeline& p) {
             p.find("big")->title.clear();
             p.find("big")->disabled = true;
         },
         "changed node big/title \"Big ones\" null\nchanged node big/disabled null true\n",
         "changed node big/disabled true null\nchanged node big/title null \"Big ones\"\n"},
        {"moved", [](Pipeline& p) { p.find("big")->at.x = 7; }, "moved node big\n", "moved node big\n"},
        {"another type", [](Pipeline& p) { p.find("big")->type = "route"; },
         "removed node big\nadded node big\n", "removed node big\nadded node big\n"},
        {"node and wire gone",
         [](Pipeline& p) {
             p.nodes.pop_back();
             p.wires.pop_back();
         },
         "removed node seen\nremoved wire big → seen\n", "added node seen\nadded wire big → seen\n"},
        {"order of wires at an input", [](Pipeline& p) { std::swap(p.wires[0], p.wires[1]); },
         "changed wire → all/order [\"rows\",\"more\"] [\"more\",\"rows\"]\n",
         "changed wire → all/order [\"more\",\"rows\"] [\"rows\",\"more\"]\n"},
        {"order alone", [](Pipeline& p) { std::swap(p.nodes[0], p.nodes[1]); }, "moved pipeline order\n",
         "moved pipeline order\n"},
        {"card", [](Pipeline& p) { p.cards[0].width = 3; }, "moved card seen\n", "moved card seen\n"},
        {"one of two comments that read alike", [](Pipeline& p) { p.notes.pop_back(); },
         "removed comment twice\n", "added comment twice\n"},
        {"comment", [](Pipeline& p) { p.notes[1].size.x = 300; }, "moved comment twice\n",
         "moved comment twice\n"},
        {"colour of a comment", [](Pipeline& p) { setNoteColor(p.notes[1], NoteColor::Amber); },
         "moved comment twice\n", "moved comment twice\n"}};
    return all;
}

}  // namespace

class TestDifferences : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void eachEditIsToldOnce_data() {
        QTest::addColumn<int>("edit");
        for (std::size_t i = 0; i < edits().size(); ++i)
            QTest::newRow(edits()[i].name) << static_cast<int>(i);
    }

    void eachEditIsToldOnce() {
        QFETCH(int, edit);
        const Edit& one = edits()[static_cast<std::size_t>(edit)];
        const Pipeline before = sample();
        Pipeline after = before;
        one.make(after);
        QCOMPARE(told(differencesBetween(before, after)), std::string(one.told));
        QCOMPARE(told(differencesBetween(after, before)), std::string(one.toldBack));
    }

    void whatComesAndGoesIsThereAsAWhole() {
        const Pipeline before = sample();
        Pipeline after = before;
        after.nodes.erase(after.nodes.begin() + 3);
        const std::vector<PipelineDifference> found = differencesBetween(before, after);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].before.dump(),
                 std::string(R"({"title":"Big ones","params":{"condition":"n > 1"}})"));
        QVERIFY(found[0].after.is_null());
        QCOMPARE(found[0].type, std::string("filter"));
    }
};

QTEST_APPLESS_MAIN(TestDifferences)
#include "test_differences.moc"
