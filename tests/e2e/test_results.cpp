// A user at the Results page: rows that a run has written are sorted and filtered in place, and exported as
// shown. Amounts are DECIMAL, which are texts in the database.
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
Column cellsOf(const DesignerFixture& designer, const std::string& name) {
    const std::optional<Element> head =
        designer.screen.find({{"table", "Rows"}, {"table column header", name}});
    if (!head) return {};
    std::vector<Element> cells = designer.screen.all({{"table", "Rows"}, {"table cell", ""}});
    std::erase_if(cells, [&](const Element& cell) { return !head->holds(cell.middleX(), head->middleY()); });
    std::sort(cells.begin(), cells.end(), [](const Element& a, const Element& b) { return a.y < b.y; });
    Column words;
    for (const Element& cell : cells) words.push_back(cell.name);
    return words;
}

std::string joined(const Column& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return all;
}

void awaitCells(const DesignerFixture& designer, const std::string& name, const Column& wanted) {
    until([&] { return cellsOf(designer, name) == wanted; },
          [&] { return name + " is " + joined(cellsOf(designer, name)) + " instead of " + joined(wanted); });
}

void runToTheEnd(DesignerFixture& designer) {
    runForTheFirstTime(designer);
    awaitRun(designer, "Finished");
    designer.input.press("ctrl+3");
    designer.screen.await({{"list", "Tables and views"}, {"list item", "bills, 4 rows"}});
    awaitCells(designer, "total", {"89.00", "1000.50", "250.00", "9.75"});
}

constexpr std::chrono::milliseconds kDoubleClick{500};  ///< two clicks within less are one that sorts nothing

/// First the largest on top, then the smallest, by value and not by letters.
void sort(DesignerFixture& designer) {
    const Element head = designer.screen.await({{"table", "Rows"}, {"table column header", "total"}});
    designer.input.click(head);
    awaitCells(designer, "total", {"1000.50", "250.00", "89.00", "9.75"});
    std::this_thread::sleep_for(kDoubleClick);
    designer.input.click(head);
    awaitCells(designer, "total", {"9.75", "89.00", "250.00", "1000.50"});
    awaitCells(designer, "shop", {"cook", "baker", "tailor", "smith"});
}

void filter(DesignerFixture& designer) {
    const ElementPath find{{"text", "Find in rows"}};
    fill(designer, find, "total > 88.5");
    awaitCells(designer, "total", {"89.00", "250.00", "1000.50"});
    fill(designer, find, "total > 89");
    awaitCells(designer, "total", {"250.00", "1000.50"});
    fill(designer, find, "ai");
    awaitCells(designer, "shop", {"tailor"});
    fill(designer, find, "total > 5000");
    designer.screen.await({{"", "No row matches"}});
    designer.input.click(designer.screen.await({{"push button", "Show all rows"}}));
    awaitCells(designer, "total", {"9.75", "89.00", "250.00", "1000.50"});
}

/// The file has the rows shown, in their order.
void exportThem(DesignerFixture& designer) {
    fill(designer, {{"text", "Find in rows"}}, "total > 89");
    awaitCells(designer, "total", {"250.00", "1000.50"});
    const char* words = "Export 2 rows";
    designer.input.click(designer.screen.await({{"push button", words}}));
    designer.input.press("Down");  // the menu of the button: “CSV table” is its first entry
    designer.input.press("Return");
    answerFileName(designer, words, "dear.csv");
    designer.awaitFile("dear.csv");
    check(designer.contents("dear.csv") == "shop,total\ntailor,250.00\nsmith,1000.50\n",
          "The export says\n" + designer.contents("dear.csv"));
}

}  // namespace

int main() {
    return play("results", [](DesignerFixture& designer) {
        designer.write("bills.rill", kPipeline);
        designer.start("bills.rill");
        runToTheEnd(designer);
        sort(designer);
        filter(designer);
        exportThem(designer);
        designer.quit();
    });
}
