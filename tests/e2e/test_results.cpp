// A person at the Results page: what a run has written is sorted and filtered in place, and exported as it is
// shown. Amounts are DECIMAL, which lie in the database as text.
#include <algorithm>

#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "bills",
  "nodes": [
    { "id": "typed", "type": "rows", "title": "Bills", "at": [96, 160],
      "params": { "columns": ["shop STRING", "total DECIMAL(10, 2)"],
                  "rows": [["baker", "89.00"], ["smith", "1000.50"],
                           ["tailor", "250.00"], ["cook", "9.75"]] } },
    { "id": "base", "type": "sqlite_sink", "title": "Base", "at": [352, 160],
      "params": { "database": "bills.sqlite", "table": "bills" } } ],
  "wires": [ { "from": "typed", "to": "base" } ] })json";

using Column = std::vector<std::string>;

/// The cells below a column's head that are seen, from top to bottom.
Column cellsOf(const Desk& desk, const std::string& name) {
    const std::optional<Thing> head = desk.eyes.find({{"table", "Rows"}, {"table column header", name}});
    if (!head) return {};
    std::vector<Thing> cells = desk.eyes.all({{"table", "Rows"}, {"table cell", ""}});
    std::erase_if(cells, [&](const Thing& cell) { return !head->holds(cell.middleX(), head->middleY()); });
    std::sort(cells.begin(), cells.end(), [](const Thing& a, const Thing& b) { return a.y < b.y; });
    Column words;
    for (const Thing& cell : cells) words.push_back(cell.name);
    return words;
}

std::string joined(const Column& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

void awaitCells(const Desk& desk, const std::string& name, const Column& wanted) {
    until([&] { return cellsOf(desk, name) == wanted; },
          [&] { return name + " is " + joined(cellsOf(desk, name)) + " instead of " + joined(wanted); });
}

void runToTheEnd(Desk& desk) {
    runForTheFirstTime(desk);
    awaitRun(desk, "Finished");
    desk.hands.press("ctrl+3");
    desk.eyes.await({{"list", "Tables and views"}, {"list item", "bills, 4 rows"}});
    awaitCells(desk, "total", {"89.00", "1000.50", "250.00", "9.75"});
}

constexpr std::chrono::milliseconds kDoubleClick{500};  ///< two clicks within less are one that sorts nothing

/// First the largest on top, then the smallest, by value and not by letters.
void sort(Desk& desk) {
    const Thing head = desk.eyes.await({{"table", "Rows"}, {"table column header", "total"}});
    desk.hands.click(head);
    awaitCells(desk, "total", {"1000.50", "250.00", "89.00", "9.75"});
    std::this_thread::sleep_for(kDoubleClick);
    desk.hands.click(head);
    awaitCells(desk, "total", {"9.75", "89.00", "250.00", "1000.50"});
    awaitCells(desk, "shop", {"cook", "baker", "tailor", "smith"});
}

void filter(Desk& desk) {
    const Way find{{"text", "Find in rows"}};
    fill(desk, find, "total > 88.5");
    awaitCells(desk, "total", {"89.00", "250.00", "1000.50"});
    fill(desk, find, "total > 89");
    awaitCells(desk, "total", {"250.00", "1000.50"});
    fill(desk, find, "ai");
    awaitCells(desk, "shop", {"tailor"});
    fill(desk, find, "total > 5000");
    desk.eyes.await({{"", "No row matches"}});
    desk.hands.click(desk.eyes.await({{"push button", "Show all rows"}}));
    awaitCells(desk, "total", {"9.75", "89.00", "250.00", "1000.50"});
}

/// What is written is what is shown: its rows in its order.
void exportThem(Desk& desk) {
    fill(desk, {{"text", "Find in rows"}}, "total > 89");
    awaitCells(desk, "total", {"250.00", "1000.50"});
    const char* words = "Export 2 rows";
    desk.hands.click(desk.eyes.await({{"push button", words}}));
    answerFileName(desk, words, "dear.csv");
    desk.awaitFile("dear.csv");
    check(desk.contents("dear.csv") == "shop,total\ntailor,250.00\nsmith,1000.50\n",
          "The export says\n" + desk.contents("dear.csv"));
}

}  // namespace

int main() {
    return play("results", [](Desk& desk) {
        desk.write("bills.rill", kPipeline);
        desk.start("bills.rill");
        runToTheEnd(desk);
        sort(desk);
        filter(desk);
        exportThem(desk);
        desk.quit();
    });
}
