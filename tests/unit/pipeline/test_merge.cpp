// Merges: each kind of change and of clash by name; and over random pipelines with random edits, what any
// merge must keep to.
#include <QtTest>

#include <algorithm>
#include <functional>

#include "core/nodes/catalogue.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/json/note_color.h"
#include "core/pipeline/merging/merge.h"

using namespace rw;

namespace {

const Catalogue& kinds() {
    static const Catalogue all = builtin();
    return all;
}

Pipeline sample() {
    const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "orders",
        "variables": { "delay": "5s", "least": "1" }, "settings": { "parallelism": 1, "checkpoint_every": "10s" },
        "nodes": [
          { "id": "rows", "type": "rows", "params": { "columns": ["n INT", "k STRING"], "rows": [[1, "x"]] } },
          { "id": "more", "type": "csv_source", "params": { "path": "b.csv", "columns": ["n INT"] } },
          { "id": "all", "type": "union" },
          { "id": "big", "type": "filter", "title": "Big ones", "params": { "condition": "n > 1" } },
          { "id": "ways", "type": "route", "params": { "branches": ["one: n = 1", "two: n = 2"] } },
          { "id": "some", "type": "select", "params": { "columns": ["n", "n * 2 AS twice", "k"] } },
          { "id": "seen", "type": "table_view" } ],
        "wires": [ { "from": "rows", "to": "all" }, { "from": "more", "to": "all" }, { "from": "all", "to": "big" },
                   { "from": "big", "to": "some" }, { "from": "some", "to": "seen" } ],
        "notes": [ { "text": "first", "at": [1, 1], "size": [200, 80] }, { "text": "second", "at": [5, 5], "size": [200, 80] } ],
        "dashboard": { "cards": [ { "node": "seen", "at": [0, 0], "size": [6, 4] } ] } })json");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

/// One line for each: “changed node big.condition 1 | 2 | 3”.
std::string told(const std::vector<MergeClash>& clashes) {
    std::string out;
    for (const MergeClash& clash : clashes) {
        const MergePlace& place = clash.place;
        out += std::string(clashName(clash.kind)) + " " + std::string(place.of) + " " + place.name;
        if (!place.part.empty()) out += (place.parameter ? "." : "/") + place.part;
        if (!place.element.empty()) out += "[" + place.element + "]";
        if (place.of != "node" || !place.part.empty())
            out += " " + clash.base.dump() + " | " + clash.ours.dump() + " | " + clash.theirs.dump();
        if (!clash.renamed.empty()) out += " as " + clash.renamed;
        out += "\n";
    }
    return out;
}

using Edit = std::function<void(Pipeline&)>;

Json& param(Pipeline& pipeline, const char* node, const char* name) {
    return pipeline.find(node)->params[name];
}

void addNode(Pipeline& pipeline, const char* id, const char* type) {
    pipeline.nodes.push_back({.id = id, .type = type, .title = {}, .at = {}});
}
void removeNode(Pipeline& pipeline, const NodeId& id) {
    std::erase_if(pipeline.nodes, [&](const Node& node) { return node.id == id; });
    std::erase_if(pipeline.wires,
                  [&](const Wire& wire) { return wire.from.node == id || wire.to.node == id; });
}
void wire(Pipeline& pipeline, const char* from, const char* to) {
    pipeline.wires.push_back({{from, "out"}, {to, "in"}});
}
void unwire(Pipeline& pipeline, const NodeId& from, const NodeId& to) {
    std::erase_if(pipeline.wires,
                  [&](const Wire& wire) { return wire.from.node == from && wire.to.node == to; });
}

struct Case {
    const char* name;
    Edit ours, theirs;
    /// The result, made of the base; where there are clashes, that of MergeRule::Tell.
    Edit merged;
    const char* clashes = "";
};

const std::vector<Case>& cases() {
    static const std::vector<Case> all{
        {"parameters of one node", [](Pipeline& p) { param(p, "big", "condition") = "n > 2"; },
         [](Pipeline& p) { param(p, "big", "on_error") = "null"; },
         [](Pipeline& p) {
             param(p, "big", "condition") = "n > 2";
             param(p, "big", "on_error") = "null";
         }},
        {"one parameter", [](Pipeline& p) { param(p, "big", "condition") = "n > 2"; },
         [](Pipeline& p) { param(p, "big", "condition") = "n > 3"; },
         [](Pipeline& p) { param(p, "big", "condition") = "n > 2"; },
         "changed node big.condition \"n > 1\" | \"n > 2\" | \"n > 3\"\n"},
        {"the same change", [](Pipeline& p) { p.name = "bids"; }, [](Pipeline& p) { p.name = "bids"; },
         [](Pipeline& p) { p.name = "bids"; }},
        {"titles", [](Pipeline& p) { p.find("big")->title = "Large"; },
         [](Pipeline& p) { p.find("big")->title.clear(); },
         [](Pipeline& p) { p.find("big")->title = "Large"; },
         "removed node big/title \"Big ones\" | \"Large\" | null\n"},
        {"elements of a list",
         [](Pipeline& p) {
             param(p, "some", "columns") = {"n", "n * 3 AS twice", "k"};
         },
         [](Pipeline& p) {
             param(p, "some", "columns") = {"k", "n", "n * 2 AS twice", "n + 1 AS next"};
         },
         [](Pipeline& p) {
             param(p, "some", "columns") = {"k", "n", "n * 3 AS twice", "n + 1 AS next"};
         }},
        {"one element", [](Pipeline& p) { param(p, "some", "columns")[1] = "n * 3 AS twice"; },
         [](Pipeline& p) { param(p, "some", "columns").erase(1); },
         [](Pipeline& p) { param(p, "some", "columns")[1] = "n * 3 AS twice"; },
         "removed node some.columns[twice] \"n * 2 AS twice\" | \"n * 3 AS twice\" | null\n"},
        {"elements at one place, in the order of their names",
         [](Pipeline& p) { param(p, "some", "columns").push_back("n + 2 AS z"); },
         [](Pipeline& p) { param(p, "some", "columns").push_back("n + 1 AS a"); },
         [](Pipeline& p) {
             param(p, "some", "columns").push_back("n + 1 AS a");
             param(p, "some", "columns").push_back("n + 2 AS z");
         }},
        {"order of a list",
         [](Pipeline& p) {
             param(p, "some", "columns") = {"k", "n", "n * 2 AS twice"};
         },
         [](Pipeline& p) {
             param(p, "some", "columns") = {"n", "k", "n * 2 AS twice"};
         },
         [](Pipeline& p) {
             param(p, "some", "columns") = {"k", "n", "n * 2 AS twice"};
         },
         "changed node some.columns [\"n\",\"n * 2 AS twice\",\"k\"] | [\"k\",\"n\",\"n * 2 AS twice\"] | "
         "[\"n\",\"k\",\"n * 2 AS twice\"]\n"},
        {"branches, of which the first decides",
         [](Pipeline& p) { param(p, "ways", "branches").push_back("three: n < 4"); },
         [](Pipeline& p) { param(p, "ways", "branches").push_back("four: n < 5"); },
         [](Pipeline& p) { param(p, "ways", "branches").push_back("three: n < 4"); },
         "changed node ways.branches [\"one: n = 1\",\"two: n = 2\"] | [\"one: n = 1\",\"two: n = "
         "2\",\"three: n "
         "< 4\"] | [\"one: n = 1\",\"two: n = 2\",\"four: n < 5\"]\n"},
        {"branches at two places",
         [](Pipeline& p) {
             param(p, "ways", "branches").insert(param(p, "ways", "branches").begin(), "no: n < 0");
         },
         [](Pipeline& p) { param(p, "ways", "branches").push_back("four: n < 5"); },
         [](Pipeline& p) {
             param(p, "ways", "branches") = {"no: n < 0", "one: n = 1", "two: n = 2", "four: n < 5"};
         }},
        {"rows do not fit columns of the other side",
         [](Pipeline& p) {
             param(p, "rows", "columns") = {"k STRING", "n INT"};
         },
         [](Pipeline& p) {
             param(p, "rows", "rows").push_back({2, "y"});
         },
         [](Pipeline& p) {
             param(p, "rows", "columns") = {"k STRING", "n INT"};
         },
         "changed node rows.columns [\"n INT\",\"k STRING\"] | [\"k STRING\",\"n INT\"] | [\"n INT\",\"k "
         "STRING\"]\nchanged node rows.rows [[1,\"x\"]] | [[1,\"x\"]] | [[1,\"x\"],[2,\"y\"]]\n"},
        {"variables and settings",
         [](Pipeline& p) {
             p.variables[0].value = "9s";
             p.settings.timeZone = "Asia/Tokyo";
         },
         [](Pipeline& p) {
             p.variables[0].value = "7s";
             p.variables.pop_back();
             p.settings.unknown["checkpoint_every"] = "1s";
             p.settings.stateMemory = "64MB";
         },
         [](Pipeline& p) {
             p.variables = {{"delay", "9s"}};
             p.settings.timeZone = "Asia/Tokyo";
             p.settings.unknown["checkpoint_every"] = "1s";
             p.settings.stateMemory = "64MB";
         },
         "changed variable delay \"5s\" | \"9s\" | \"7s\"\n"},
        {"places never clash",
         [](Pipeline& p) {
             p.find("big")->at = {7, 7};
             p.cards[0].row = 3;
             p.notes[0].at = {9, 9};
         },
         [](Pipeline& p) {
             p.find("big")->at = {8, 8};
             p.find("all")->at = {3, 3};
             p.cards[0].width = 12;
             p.notes[0].size = {300, 80};
         },
         [](Pipeline& p) {
             p.find("big")->at = {7, 7};
             p.find("all")->at = {3, 3};
             p.cards[0].row = 3;
             p.notes[0].at = {9, 9};
         }},
        {"a node that goes, and only moved", [](Pipeline& p) { removeNode(p, "ways"); },
         [](Pipeline& p) {
             p.find("ways")->at = {8, 8};
         },
         [](Pipeline& p) { removeNode(p, "ways"); }},
        {"a node that goes, and changed", [](Pipeline& p) { removeNode(p, "big"); },
         [](Pipeline& p) { param(p, "big", "condition") = "n > 3"; },
         [](Pipeline& p) { removeNode(p, "big"); }, "removed node big\n"},
        {"a node that is changed, and goes", [](Pipeline& p) { param(p, "seen", "keep") = 5; },
         [](Pipeline& p) {
             removeNode(p, "seen");
             p.cards.clear();
             p.noCards = true;
         },
         [](Pipeline& p) { param(p, "seen", "keep") = 5; }, "removed node seen\n"},
        {"a node that goes, and connected", [](Pipeline& p) { removeNode(p, "ways"); },
         [](Pipeline& p) { wire(p, "all", "ways"); }, [](Pipeline& p) { removeNode(p, "ways"); },
         "removed node ways\n"},
        {"another type, and changed",
         [](Pipeline& p) {
             *p.find("ways") = {.id = "ways", .type = "limit", .title = {}, .at = p.find("ways")->at};
         },
         [](Pipeline& p) { param(p, "ways", "branches").erase(0); },
         [](Pipeline& p) {
             *p.find("ways") = {.id = "ways", .type = "limit", .title = {}, .at = p.find("ways")->at};
         },
         "changed node ways\n"},
        {"nodes of one name",
         [](Pipeline& p) {
             addNode(p, "filter", "filter");
             param(p, "filter", "condition") = "n > 5";
             wire(p, "all", "filter");
         },
         [](Pipeline& p) {
             addNode(p, "filter", "filter");
             param(p, "filter", "condition") = "n > 6";
             wire(p, "some", "filter");
         },
         [](Pipeline& p) {
             addNode(p, "filter", "filter");
             param(p, "filter", "condition") = "n > 5";
             addNode(p, "filter_2", "filter");
             param(p, "filter_2", "condition") = "n > 6";
             wire(p, "all", "filter");
             wire(p, "some", "filter_2");
         },
         "added node filter as filter_2\n"},
        {"the same node on both sides", [](Pipeline& p) { addNode(p, "filter", "filter"); },
         [](Pipeline& p) { addNode(p, "filter", "filter"); },
         [](Pipeline& p) { addNode(p, "filter", "filter"); }},
        {"an input that takes one wire",
         [](Pipeline& p) {
             unwire(p, "big", "some");
             wire(p, "all", "some");
         },
         [](Pipeline& p) {
             unwire(p, "big", "some");
             wire(p, "rows", "some");
         },
         [](Pipeline& p) {
             unwire(p, "big", "some");
             wire(p, "all", "some");
         },
         "input wire → some [\"big\"] | [\"all\"] | [\"rows\"]\n"},
        {"an input that takes several",
         [](Pipeline& p) {
             addNode(p, "z", "filter");
             wire(p, "z", "all");
         },
         [](Pipeline& p) {
             addNode(p, "y", "filter");
             wire(p, "y", "all");
         },
         [](Pipeline& p) {
             addNode(p, "y", "filter");
             addNode(p, "z", "filter");
             wire(p, "y", "all");
             wire(p, "z", "all");
         }},
        {"order at two inputs", [](Pipeline& p) { std::swap(p.wires[0], p.wires[1]); },
         [](Pipeline& p) { std::swap(p.nodes[0], p.nodes[1]); },
         [](Pipeline& p) {
             std::swap(p.wires[0], p.wires[1]);
             std::swap(p.nodes[0], p.nodes[1]);
         }},
        {"comments", [](Pipeline& p) { p.notes[0].text = "Ours"; },
         [](Pipeline& p) {
             p.notes[0].text = "Theirs";
             p.notes.push_back({"new", {9, 9}});
         },
         [](Pipeline& p) {
             p.notes[0].text = "Ours";
             p.notes.push_back({"new", {9, 9}});
         },
         "changed comment first/text \"first\" | \"Ours\" | \"Theirs\"\n"},
        {"a comment with another colour in each",
         [](Pipeline& p) { setNoteColor(p.notes[0], NoteColor::Red); },
         [](Pipeline& p) {
             setNoteColor(p.notes[0], NoteColor::Blue);
             setNoteColor(p.notes[1], NoteColor::Green);
         },
         [](Pipeline& p) {
             setNoteColor(p.notes[0], NoteColor::Red);
             setNoteColor(p.notes[1], NoteColor::Green);
         }},
        {"a coloured comment with other words",
         [](Pipeline& p) { setNoteColor(p.notes[0], NoteColor::Violet); },
         [](Pipeline& p) { p.notes[0].text = "Theirs"; },
         [](Pipeline& p) {
             setNoteColor(p.notes[0], NoteColor::Violet);
             p.notes[0].text = "Theirs";
         }},
        {"no card is left of two dashboards", [](Pipeline& p) { p.cards[0].node = "big"; },
         [](Pipeline& p) {
             p.cards.clear();
             p.noCards = true;
         },
         [](Pipeline& p) { p.cards[0].node = "big"; }}};
    return all;
}

Pipeline after(const Edit& edit) {
    Pipeline pipeline = sample();
    edit(pipeline);
    return pipeline;
}

}  // namespace

class TestMerge : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void eachChangeIsTakenAndEachClashTold_data() {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }

    void eachChangeIsTakenAndEachClashTold() {
        QFETCH(int, number);
        const Case& one = cases()[static_cast<std::size_t>(number)];
        const Merged merged = merge(sample(), after(one.ours), after(one.theirs), kinds());
        QCOMPARE(QString::fromStdString(told(merged.clashes)), QString::fromUtf8(one.clashes));
        QCOMPARE(QString::fromStdString(savePipeline(merged.pipeline)),
                 QString::fromStdString(savePipeline(after(one.merged))));
        for (const MergeClash& clash : merged.clashes) QVERIFY(!clashText(clash).empty());
    }

    void nodesOfOneNameGoByTheRule() {
        const Edit ours = [](Pipeline& p) {
            addNode(p, "filter", "filter");
            wire(p, "all", "filter");
        };
        const Edit theirs = [](Pipeline& p) {
            addNode(p, "filter", "limit");
            wire(p, "some", "filter");
        };
        const auto by = [&](MergeRule rule) {
            return savePipeline(merge(sample(), after(ours), after(theirs), kinds(), rule).pipeline);
        };
        QCOMPARE(by(MergeRule::Ours), savePipeline(after(ours)));
        QCOMPARE(by(MergeRule::Theirs), savePipeline(after(theirs)));
    }

    /// A node that stays because of a change in it is not left without its wires and its card.
    void whatStaysKeepsItsWires() {
        const Edit ours = [](Pipeline& p) {
            removeNode(p, "big");
            wire(p, "all", "some");
        };
        const Edit theirs = [](Pipeline& p) { param(p, "big", "condition") = "n > 3"; };
        const Merged merged = merge(sample(), after(ours), after(theirs), kinds(), MergeRule::Theirs);
        Pipeline expected = after(theirs);
        unwire(expected, "big", "some");  // which ours has connected meanwhile
        wire(expected, "all", "some");
        QVERIFY(diff(expected, merged.pipeline, DiffScope::WhatRuns).empty());
    }

    void aNameThatIsAsLongAsItMayBe() {
        const NodeId longest(1000, 'x');
        Pipeline ours, theirs;
        ours.nodes.push_back({.id = longest, .type = "filter", .title = {}, .at = {}});
        theirs.nodes.push_back({.id = longest, .type = "limit", .title = {}, .at = {}});
        const Merged merged = merge({}, ours, theirs, kinds());
        QCOMPARE(merged.pipeline.nodes.size(), std::size_t{2});
        QVERIFY(loadPipeline(savePipeline(merged.pipeline)).ok());
    }

    /// Each is looked up by its name, in either order.
    void manyChangesOfManyThings() {
        constexpr std::size_t kMany = 4'000;
        Pipeline base;
        for (std::size_t i = 0; i < kMany; ++i) {
            const NodeId id = "n" + std::to_string(i);
            base.nodes.push_back({.id = id, .type = "filter", .title = {}, .at = {}});
            base.notes.push_back({id, {static_cast<double>(i), 0}});
            if (i > 0) base.wires.push_back({{"n" + std::to_string(i - 1), "out"}, {id, "in"}});
        }
        Pipeline ours = base, theirs = base;
        for (std::size_t i = 0; i < kMany; i += 2) {
            ours.nodes[i].params["condition"] = "a";
            theirs.nodes[i].params["condition"] = "b";
            ours.notes[i].text += " a";
        }
        std::reverse(theirs.nodes.begin(), theirs.nodes.end());
        std::reverse(theirs.wires.begin(), theirs.wires.end());
        const Merged merged = merge(base, ours, theirs, kinds());
        QCOMPARE(merged.clashes.size(), kMany / 2);
        QCOMPARE(merged.pipeline.nodes.size(), kMany);
        QCOMPARE(merged.pipeline.nodes.front().id, theirs.nodes.front().id);
    }
};

QTEST_APPLESS_MAIN(TestMerge)
#include "test_merge.moc"
